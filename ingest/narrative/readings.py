"""What a label means, and what the words around it fix beforehand: the values of label reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from disclosure.model import Coordinates, Measure


@dataclass(frozen=True, slots=True)
class Scope:
    """What the headings and introductory sentences around a label already fix.

    ``axis`` tells namesakes apart (住房公积金 is a functional and an economic subject);
    ``within`` is the 类 that a heading names; ``three_public`` marks passages on 三公;
    ``projects`` marks lists whose labels are project names; ``whole`` names what the parts are of.
    """

    measures: tuple[Measure, ...] = ()
    axes: Mapping[str, str] = field(default_factory=dict)
    axis: str = ""
    within: str = ""
    three_public: bool = False
    projects: bool = False
    whole: str = ""

    def inside(self, reading: Reading) -> Scope:
        """The scope of the parts of ``reading``."""
        axes = dict(self.axes)
        if set(reading.axes) & {"fund", "carry"}:
            axes.pop("fund", None)
            axes.pop("carry", None)
        axes |= {axis: member for axis, member in reading.axes.items() if axis != "item"}
        subject = axes.get("subject", "")
        if axes.get("carry") == "current":
            axes.pop("carry")
        return replace(
            self,
            measures=reading.measures or self.measures,
            axes=axes,
            within=subject if subject.isdigit() else self.within,
            three_public=self.three_public or Measure.THREE_PUBLIC in reading.measures,
            whole=reading.label or self.whole,
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """An understood label: one measure (two for 收支), the axes it sets, and its short form.
    A heading may name a unit or a fund only, and no measure.

    ``empty`` labels consist of filler only ('2026年预算安排'): the figure belongs to what was
    named before. ``stage`` is set where a final account says which of its stages it gives.
    """

    measures: tuple[Measure, ...]
    axes: Mapping[str, str]
    label: str
    stage: str = ""
    empty: bool = False
    path: tuple[str, ...] = ()

    def coordinates(self) -> Coordinates:
        """The axes as complete coordinates."""
        return Coordinates(**{axis: str(member) for axis, member in self.axes.items()})
