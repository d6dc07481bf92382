"""Narratives of real disclosures against ground truth that was written by reading them.

The truth is data: one YAML file a disclosure. A figure is written as one line, its base after a
slash: ``expenditure share kind=basic 27.68% / 支出总预算``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from disclosure.model import Aspect, Bundle, Fact, Kind, Level, Passage, Region
from ingest.assemble import assemble
from ingest.readers import read_document
from tests.support.narration import line_of

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
TRUTHS = sorted(path.stem for path in (HERE / "truth").glob("*.yaml"))
_RELATIVE = (Aspect.CHANGE, Aspect.CHANGE_RATE, Aspect.SHARE, Aspect.COMPLETION, Aspect.PRIOR)


@cache
def _truth(name: str) -> dict[str, Any]:
    loaded = yaml.safe_load((HERE / "truth" / f"{name}.yaml").read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


@cache
def _read(paths: tuple[Path, ...]) -> Bundle:
    assembly = assemble([read_document(path.name, path.read_bytes()) for path in paths])
    assert assembly.refusals == ()
    (bundle,) = assembly.bundles
    return bundle


def _bundle(name: str, request: pytest.FixtureRequest) -> Bundle:
    paths = []
    for file in _truth(name)["files"]:
        place, _, rest = str(file).partition("/")
        folder = ROOT / place
        if place == "corpus":
            folder = request.getfixturevalue("corpus")
        paths.append(folder / rest)
    return _read(tuple(paths))


def _lines(facts: Iterable[Fact], units: Mapping[str, str]) -> set[str]:
    """Each fact as a line of the truth, units by name; relative figures also with their base."""
    lines: set[str] = set()
    for fact in facts:
        line = line_of(fact)
        unit = fact.coordinates.unit
        if unit in units:
            line = line.replace(f"unit={unit} ", f"unit=<{units[unit]}> ")
        lines.add(line)
        if fact.aspect in _RELATIVE:
            lines.add(f"{line} / {fact.base}")
        if fact.as_of:
            lines.add(f"{line} @ {fact.as_of}")
    return lines


def _is(passage: Passage, expected: Mapping[str, Any]) -> bool:
    return (
        passage.kind.value == expected["kind"]
        and passage.subject_label == expected.get("about", passage.subject_label)
        and expected["says"] in passage.text.replace(" ", "")
        and expected.get("section", "") in "/".join(passage.section)
    )


@pytest.mark.corpus
@pytest.mark.parametrize("name", TRUTHS)
def test_disclosures_are_identified(name: str, request: pytest.FixtureRequest) -> None:
    expected = _truth(name)["identity"]
    found = _bundle(name, request).disclosure
    assert found.department == expected["department"]
    assert found.code == expected.get("code", "")
    assert found.region == Region(*expected["region"])
    assert found.year == expected["year"]
    assert found.kind is Kind(expected.get("kind", "budget"))
    assert found.level is Level(expected.get("level", "department"))
    assert found.title == expected["title"]
    assert {unit.name for unit in found.units} >= set(_truth(name).get("units", ()))


@pytest.mark.corpus
@pytest.mark.parametrize("name", TRUTHS)
def test_sentences_state_these_figures(name: str, request: pytest.FixtureRequest) -> None:
    truth = _truth(name)
    bundle = _bundle(name, request)
    units = {unit.key: unit.name for unit in bundle.disclosure.units}
    stated = _lines((fact for fact in bundle.facts if fact.origin == "sentence"), units)
    wanted = set(truth["stated"])
    assert wanted <= stated, "\n".join(sorted(wanted - stated))
    unwanted = set(truth.get("never", ()))
    assert not (unwanted & stated)
    if truth.get("complete"):
        # Lines come with and without base; those with base cover both.
        covered = wanted | {line.partition(" / ")[0] for line in wanted}
        bare = {line.partition(" / ")[0].partition(" @ ")[0] for line in stated}
        assert bare <= covered, "\n".join(sorted(bare - covered))


@pytest.mark.corpus
@pytest.mark.parametrize("name", TRUTHS)
def test_last_years_figures_follow(name: str, request: pytest.FixtureRequest) -> None:
    truth = _truth(name)
    derived = [fact for fact in _bundle(name, request).facts if fact.origin == "derived"]
    priors = {f"{line_of(f)} = {f.formula}" for f in derived if f.aspect is Aspect.PRIOR}
    wanted = set(truth.get("derived", ()))
    lines = {prior.partition(" = ")[0] for prior in priors} | priors
    assert wanted <= lines, "\n".join(sorted(wanted - lines))
    if truth.get("complete"):
        assert len(priors) == len(wanted), "\n".join(sorted(priors))


@pytest.mark.corpus
@pytest.mark.parametrize("name", TRUTHS)
def test_passages_explain_define_and_list(name: str, request: pytest.FixtureRequest) -> None:
    passages = _bundle(name, request).passages
    for expected in _truth(name).get("passages", ()):
        near = [p for p in passages if p.kind.value == expected["kind"]]
        assert any(_is(p, expected) for p in passages), (
            f"{expected} but {[(p.subject_label, p.text[:40]) for p in near]}"
        )
    for kind, count in _truth(name).get("counts", {}).items():
        assert sum(p.kind.value == kind for p in passages) == count, kind
