"""Fine-tuning of sentence-transformers models on questions and passages, on this machine.

A loop of its own over PyTorch: the library's trainer would need two more packages, and reports to
outside services where it finds them. Needs the extra ``transformers``.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure.embedding.errors import ModelLoadError
from disclosure.embedding.local_models import require_extra
from disclosure.embedding.sentence_transformers import load
from disclosure.settings import ModelSettings

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

#: The largest step of the optimiser that a gradient may cause.
_LARGEST_GRADIENT = 1.0
#: The share of the steps in which the learning rate rises to its full value.
_WARMING_UP = 0.1

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train. The same recipe over the same pairs gives the same model on one machine."""

    epochs: int
    batch: int
    learning_rate: float
    seed: int = 0


def fine_tune(
    source: Path,
    target: Path,
    pairs: Sequence[Pair],
    recipe: Recipe,
    settings: ModelSettings,
    progress: Callable[[int], None] = lambda _: None,
) -> list[float]:
    """Train the model in ``source`` and save it in ``target``; returns each epoch's mean loss.

    Multiple negatives ranking: each question is to be nearer to its passage than to the others of
    its batch. Prompts that the settings give become the saved model's own. ``progress`` is told
    how many pairs each step has used. Raises ``ModelError``.
    """
    require_extra()
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss

    rng = random.Random(recipe.seed)
    torch.manual_seed(recipe.seed)
    model = load(SentenceTransformer, source, settings)
    _take_prompts(model, settings)
    loss = MultipleNegativesRankingLoss(model)
    optimiser = torch.optim.AdamW(model.parameters(), lr=recipe.learning_rate)
    total = recipe.epochs * -(-len(pairs) // recipe.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, _rise_and_fall(total))
    model.train()
    means = []
    for _ in range(recipe.epochs):
        losses = []
        for batch in batches(pairs, recipe.batch, rng):
            value = loss(_features(model, batch), None)
            if not torch.isfinite(value):
                raise ModelLoadError("训练发散（损失不是有限的数）。请减小 --learning-rate。")
            value.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), _LARGEST_GRADIENT)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
            losses.append(value.detach().item())
            progress(len(batch))
        means.append(sum(losses) / len(losses))
    model.eval()
    save(model, target)
    return means


def batches(pairs: Sequence[Pair], size: int, rng: random.Random) -> Iterator[list[Pair]]:
    """The pairs in a new order, in batches in which no question and no passage comes twice: the
    others of a batch are taken for wrong answers."""
    waiting = list(pairs)
    rng.shuffle(waiting)
    while waiting:
        batch: list[Pair] = []
        later: list[Pair] = []
        questions: set[str] = set()
        passages: set[str] = set()
        read = 0
        for question, passage in waiting:
            if len(batch) == size:
                break
            read += 1
            if question in questions or passage in passages:
                later.append((question, passage))
            else:
                batch.append((question, passage))
                questions.add(question)
                passages.add(passage)
        if len(batch) > 1:  # alone, a question has nothing to be told apart from
            yield batch
        waiting = later + waiting[read:]


def save(model: SentenceTransformer, target: Path) -> None:
    """Save without the library's model card, which would tell of this machine's folders."""
    model.save_pretrained(str(target), create_model_card=False)
    for path in target.rglob("*"):
        if path.is_file():  # weights are written for their owner only; a server is another user
            path.chmod(0o644)


def _take_prompts(model: SentenceTransformer, settings: ModelSettings) -> None:
    given = {
        "query": settings.embedding_query_prompt,
        "document": settings.embedding_passage_prompt,
    }
    model.prompts.update({name: prompt for name, prompt in given.items() if prompt is not None})


def _features(model: SentenceTransformer, batch: Sequence[Pair]) -> list[dict[str, torch.Tensor]]:
    prompts = model.prompts
    passage = next((prompts[n] for n in ("document", "passage", "corpus") if prompts.get(n)), None)
    columns = zip(*batch, strict=True)
    return [
        {
            name: value.to(model.device) if hasattr(value, "to") else value
            for name, value in model.preprocess(list(column), prompt=prompt or None).items()
        }
        for column, prompt in zip(columns, (prompts.get("query"), passage), strict=True)
    ]


def _rise_and_fall(total: int) -> Callable[[int], float]:
    """The learning rate's course: up in a straight line, then down to nothing."""
    peak = max(1, int(total * _WARMING_UP))
    return lambda step: (
        (step + 1) / peak if step < peak else max(0.0, (total - step) / max(1, total - peak))
    )
