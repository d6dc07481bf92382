"""Parts are few, none is too large, and what comes moves little of what is there."""

from __future__ import annotations

from dataclasses import replace

from disclosure.store.manifest import Manifest, Part
from ingest.layout import MOST, Layout, lay_out


def ids(*numbers: int) -> list[str]:
    return [f"{number:05}" for number in numbers]


def wanted(*of: str) -> dict[str, str]:
    return dict.fromkeys(of, "digest")


def published(layout: Layout, of: dict[str, str]) -> Manifest:
    manifest = Manifest(of, "none")
    built = tuple(Part(manifest.id_of(wanted(*one)), one) for one in layout.built)
    return replace(manifest, parts=(*layout.shared, *built))


def shown(manifest: Manifest) -> list[str]:
    return sorted(i for part in manifest.parts for i in part.shown)


def test_what_is_new_is_spread_over_parts_of_bounded_size() -> None:
    many = ids(*range(1000))
    layout = lay_out(wanted(*many), None, shares=True)
    assert sorted(i for one in layout.built for i in one) == many
    assert len(layout.built) == 4
    assert max(map(len, layout.built)) <= MOST
    assert layout.fresh == set(many)


def test_one_by_one_parts_stay_few_and_each_disclosure_moves_seldom() -> None:
    of = wanted(*ids(*range(600)))
    held = published(lay_out(of, None, shares=True), of)
    large = {part.id for part in held.parts}
    moved = 0
    for number in range(600, 900):
        of = of | wanted(*ids(number))
        layout = lay_out(of, held, shares=True)
        assert layout.fresh == {*ids(number)}
        moved += sum(len(part.shown) for part in layout.moved)
        held = published(layout, of)
        assert shown(held) == sorted(of)
        assert len(held.parts) <= 3 + 10
        assert max(len(part.shown) for part in held.parts) <= MOST
        assert large <= {part.id for part in held.parts}
    assert moved <= 300 * 8


def test_what_changed_is_hidden_where_it_was() -> None:
    of = wanted("a", "b", "c", "d")
    held = published(lay_out(of, None, shares=True), of)
    (part,) = held.parts
    layout = lay_out({**of, "b": "other"}, held, shares=True)
    assert layout.shared == (Part(part.id, ("a", "c", "d"), ("b",)),)
    assert (layout.built, layout.fresh, layout.moved) == ((("b",),), {"b"}, ())


def test_what_is_removed_is_hidden_and_nothing_is_built() -> None:
    of = wanted("a", "b", "c", "d")
    held = published(lay_out(of, None, shares=True), of)
    layout = lay_out(wanted("a", "c", "d"), held, shares=True)
    assert [part.hidden for part in layout.shared] == [("b",)]
    assert (layout.built, layout.fresh) == ((), frozenset())


def test_a_part_of_which_most_is_hidden_is_made_anew() -> None:
    of = wanted("a", "b", "c")
    held = published(lay_out(of, None, shares=True), of)
    layout = lay_out(wanted("c"), held, shares=True)
    assert (layout.shared, layout.built, layout.fresh) == ((), (("c",),), frozenset())


def test_a_part_of_which_all_is_gone_is_left_out() -> None:
    held = published(lay_out(wanted("a"), None, shares=True), wanted("a"))
    layout = lay_out(wanted("b"), held, shares=True)
    assert (layout.shared, layout.moved, layout.built) == ((), (), (("b",),))


def test_on_servers_a_release_is_one_part() -> None:
    many = ids(*range(1000))
    held = published(lay_out(wanted(*many), None, shares=False), wanted(*many))
    (part,) = held.parts
    layout = lay_out(wanted(*many, "a"), held, shares=False)
    assert (layout.shared, layout.moved, layout.fresh) == ((), (part,), {"a"})
    assert len(layout.built) == 1
    assert lay_out({}, held, shares=False).built == ()


def test_another_model_moves_everything() -> None:
    of = wanted("a", "b", "c")
    held = published(lay_out(of, None, shares=True), of)
    layout = lay_out(of, held, shares=True, anew=True)
    assert (layout.shared, layout.moved, layout.built) == ((), held.parts, (("a", "b", "c"),))
    assert layout.fresh == frozenset()
