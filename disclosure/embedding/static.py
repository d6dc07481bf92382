"""A small model from scratch: a vector for each character, a text's vector their weighted mean.

It knows only the texts it was made of, loads in no time and needs no GPU. Needs the extra
``transformers``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log
from pathlib import Path

import numpy as np

from disclosure.embedding.local_models import require_extra
from disclosure.embedding.training import save
from disclosure.text import fold

_UNKNOWN = "[UNK]"


def save_static(texts: Sequence[str], dimension: int, target: Path, seed: int = 0) -> None:
    """Save an untrained model of the characters of ``texts``.

    Each character gets a random direction, as long as the character is rare among the texts: a
    text is then a bag of its characters, which is what training starts from.
    """
    require_extra()
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    held = Counter(character for text in texts for character in set(fold(text).lower()))
    characters = sorted(held)
    rng = np.random.default_rng(seed)
    directions = rng.standard_normal((len(characters) + 1, dimension))
    rarity = [0.0, *(log(1 + len(texts) / held[c]) for c in characters)]
    weights = np.asarray(directions * np.array(rarity)[:, np.newaxis], dtype=np.float32)
    module = StaticEmbedding(_tokenizer(characters), embedding_weights=weights)
    save(SentenceTransformer(modules=[module], device="cpu"), target)


def _tokenizer(characters: Sequence[str]) -> object:
    """One token a character, whatever its width or case; white space is none."""
    from tokenizers import Regex, Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.normalizers import NFKC, Lowercase, Replace
    from tokenizers.normalizers import Sequence as Steps
    from tokenizers.pre_tokenizers import Split

    vocabulary = {token: n for n, token in enumerate((_UNKNOWN, *characters))}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token=_UNKNOWN))
    tokenizer.normalizer = Steps([NFKC(), Lowercase(), Replace(Regex(r"\s+"), "")])
    tokenizer.pre_tokenizer = Split(Regex("."), behavior="isolated")
    return tokenizer
