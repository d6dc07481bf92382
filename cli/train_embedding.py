"""``budget-qa train-embedding``: an embedding model of one's own, from what is loaded."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from cli.options import AsJson, DataDir, needing_data, published

if TYPE_CHECKING:
    from disclosure.embedding.training import Recipe
    from disclosure.library import Library
    from eval.retrieval.metrics import Quality

#: A model from scratch instead of one to go on from.
STATIC = "static"
#: What is used where no option says otherwise: from scratch, and for a pretrained model.
_SCRATCH, _PRETRAINED = (4, 64, 0.02), (1, 32, 2e-5)
#: What is told of the training beside the model.
REPORT = "training.json"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was trained on what, and what it brought."""

    base: str
    identity: str
    pairs: int
    recipe: Recipe
    losses: list[float]
    before: Quality
    after: Quality


def train_embedding(
    model: Annotated[
        str, typer.Argument(help="要微调的模型（名称或文件夹），或 static：从零训练一个字向量模型")
    ],
    output: Annotated[Path, typer.Option(help="存放模型的文件夹，须不存在或为空")],
    data_dir: DataDir = None,
    epochs: Annotated[
        int | None, typer.Option(min=1, help="遍数", show_default="static 4，其他 1")
    ] = None,
    batch: Annotated[
        int | None, typer.Option(min=2, help="每批的问题数", show_default="static 64，其他 32")
    ] = None,
    learning_rate: Annotated[
        float | None, typer.Option(min=0, help="学习率", show_default="static 0.02，其他 0.00002")
    ] = None,
    held_out: Annotated[
        float, typer.Option(min=0.05, max=0.9, help="留出多少段落只用来检验，不用来训练")
    ] = 0.2,
    limit: Annotated[
        int | None, typer.Option(min=2, help="最多用多少对问题和段落", show_default="全部")
    ] = None,
    dimension: Annotated[int, typer.Option(min=8, help="static 的向量维数")] = 256,
    seed: Annotated[int, typer.Option(help="随机数种子")] = 0,
    as_json: AsJson = False,
) -> None:
    """用已导入的资料训练向量模型：由数字和段落生成问题，微调，给出训练前后的 hit@k。

    训练好的模型用 BUDGET_QA_EMBEDDING=st:文件夹 启用，再运行 budget-qa reembed。
    需要附加组件 transformers。
    """
    from disclosure.embedding.training import Recipe

    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise typer.BadParameter(f"“{output}”不是空文件夹，请换一个。", param_hint="--output")
    usual = _SCRATCH if model == STATIC else _PRETRAINED
    recipe = Recipe(
        epochs=epochs or usual[0],
        batch=batch or usual[1],
        learning_rate=learning_rate or usual[2],
        seed=seed,
    )
    with needing_data():
        library = published(data_dir)
        outcome = _train(model, output, library, recipe, held_out, limit, dimension, quiet=as_json)
    if as_json:
        typer.echo(json.dumps(_data(outcome), ensure_ascii=False, indent=1))
    else:
        _print(outcome, output)


def _train(
    model: str,
    output: Path,
    library: Library,
    recipe: Recipe,
    held_out: float,
    limit: int | None,
    dimension: int,
    quiet: bool,
) -> Outcome:
    from cli.progress import drawing
    from disclosure.embedding.local_models import model_directory, require_extra
    from disclosure.embedding.pairs import pairs, questions, split
    from disclosure.embedding.sentence_transformers import SentenceEmbedder
    from disclosure.embedding.static import save_static
    from disclosure.embedding.training import fine_tune
    from disclosure.settings import ModelSettings
    from eval.retrieval.embedders import measure, sample

    require_extra()
    settings = ModelSettings()
    parts = split(questions(library), held_out)
    measured, learnt = sample(parts.held_out), list(pairs(parts.training))
    random.Random(recipe.seed).shuffle(learnt)
    learnt = learnt[:limit]
    if len(learnt) < 2 or not measured:
        raise typer.BadParameter("已导入的资料太少，生成不出训练和检验用的问题。请先导入更多资料。")
    with _staging(output) as (start, trained), drawing(quiet) as progress:
        if model == STATIC:
            held = [p for d in library.disclosures() for p in library.passages(d.id)]
            save_static([p.embedded_text() for p in held], dimension, start, recipe.seed)
            source = start
        else:
            source = model_directory(model.removeprefix("st:"), settings.download_models)
        progress.stage("训练前检验", None)
        before = measure(SentenceEmbedder(str(source), settings), library, measured)
        progress.stage("训练", recipe.epochs * len(learnt))
        losses = fine_tune(source, trained, learnt, recipe, settings, progress.advance)
        progress.stage("训练后检验", None)
        embedder = SentenceEmbedder(str(trained), settings)
        after = measure(embedder, library, measured)
        digest = embedder.identity.rsplit("-", 1)[-1]
        identity = f"st-{output.resolve().name}-{digest}"
        base = Path(model.removeprefix("st:")).name
        outcome = Outcome(base, identity, len(learnt), recipe, losses, before, after)
        text = json.dumps(_data(outcome), ensure_ascii=False, indent=1)
        (trained / REPORT).write_text(text, encoding="utf-8")
    return outcome


@contextmanager
def _staging(output: Path) -> Iterator[tuple[Path, Path]]:
    """Folders for the model to start from and the trained one, beside ``output``; the latter
    becomes ``output`` when all is done, and nothing is left of a training that failed."""
    output = output.resolve()
    folder = output.with_name(f".{output.name}.training")
    shutil.rmtree(folder, ignore_errors=True)  # of a training that was killed
    start, trained = folder / "start", folder / "trained"
    try:
        for path in (start, trained):
            path.mkdir(parents=True)
        yield start, trained
        if output.exists():
            output.rmdir()
        trained.rename(output)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _data(outcome: Outcome) -> dict[str, Any]:
    from eval.retrieval.report import quality_data

    return {
        **asdict(outcome),
        "before": quality_data(outcome.before),
        "after": quality_data(outcome.after),
    }


def _print(outcome: Outcome, output: Path) -> None:
    from eval.retrieval.report import quality_cells, quality_table

    console = Console(highlight=False)
    table: Table = quality_table(f"留出的 {outcome.before.questions} 个问题", "")
    table.add_row("训练前", *quality_cells(outcome.before))
    table.add_row("训练后", *quality_cells(outcome.after))
    console.print(table)
    losses = "，".join(f"{loss:.3f}" for loss in outcome.losses)
    console.print(f"用 {outcome.pairs} 对问题和段落训练，各遍的损失 {losses}。", markup=False)
    console.print(
        f"模型已存入 {output}。启用：设 BUDGET_QA_EMBEDDING=st:{output.resolve()}，"
        "再运行 budget-qa reembed",
        markup=False,
    )
