# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The nodes of an agenda: a pydantic class a kind, nested as people write it in a file.

Every field is named and checked here, and its description is what the reference says of it. A new kind is a
member of `kinds.Kind` and a class in this file, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StrictFloat,
    StrictInt,
)

from mainport.agenda.rules.elements import PLANNED
from mainport.agenda.rules.kinds import Kind as Kind
from mainport.core.rules.dates import is_reduced_date
from mainport.core.rules.languages import EVERY_LANGUAGE

# --- Fields ---


def _text(value: Any) -> Any:
    """A name that is the same in every language may be written as plain words."""
    return {EVERY_LANGUAGE: value} if isinstance(value, str) else value


def _plain_text(value: Mapping[str, str]) -> str | dict[str, str]:
    return value[EVERY_LANGUAGE] if set(value) == {EVERY_LANGUAGE} else dict(value)


def _reduced_date(value: str) -> str:
    if not is_reduced_date(value):
        raise ValueError("a date as YYYY, YYYY-MM or YYYY-MM-DD")
    return value


def _date_words(value: Any) -> Any:
    """YAML reads 2022 as a number and 2022-01-15 as a date."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


KEY_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9-]*$"
UID_PATTERN = r"^[a-z]+:[A-Za-z0-9][A-Za-z0-9-]*$"
#: No control characters: neither XML nor every database takes them.
_CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff"
WORDS_PATTERN = rf"^[^{_CONTROL}]*[^{_CONTROL}\s][^{_CONTROL}]*$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}$"
WEBSITE_PATTERN = rf"^https?://[^{_CONTROL}\s/]+\.[^{_CONTROL}\s]+$"

Key = Annotated[str, Field(pattern=KEY_PATTERN, max_length=80)]
Words = Annotated[str, Field(max_length=5000, pattern=WORDS_PATTERN)]
Language = Annotated[str, Field(pattern=LANGUAGE_PATTERN)]
Text = Annotated[
    dict[Language, Words], BeforeValidator(_text), Field(min_length=1), PlainSerializer(_plain_text, when_used="json")
]
ReducedDate = Annotated[str, BeforeValidator(_date_words), AfterValidator(_reduced_date)]
Euro = Annotated[int, Field(ge=0, le=10**12, strict=True)]
Website = Annotated[str, Field(pattern=WEBSITE_PATTERN, max_length=500)]


@dataclass(frozen=True)
class To:
    """Marks a field as a relation to elements of these kinds.

    What is written is their key, or where `qualified` their uid (kind:key).
    """

    kinds: tuple[Kind, ...]
    qualified: bool = False


PARTY = To((Kind.PARTNER, Kind.ORGANISATION))
Uid = Annotated[str, Field(pattern=UID_PATTERN)]


class Node(BaseModel):
    """What every kind has."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: ClassVar[Kind]
    #: The field of the parent in which nodes of this kind stand.
    plural: ClassVar[str]

    id: Key = Field(description="Unique among its kind, and for ever: it stands in addresses.")
    title: Text = Field(description="What it is called.")
    summary: Text | None = Field(None, description="What it is or wants, in a sentence or two.")
    source: Key | None = Field(None, description="The id of the source in which it stands.")
    demo: bool = Field(False, description="Whether it was made up, to show the site with.")


class Contribution(Node):
    """Base financing that one partner, or several together, pledged: euro a year and in all."""

    kind = Kind.CONTRIBUTION
    plural = "contributions"
    partners: Annotated[tuple[Key, ...], To((Kind.PARTNER,)), Field(min_length=1)] = Field(description="Who pays it.")
    per_year: Euro = Field(description="Euro a year.")
    years: Annotated[int, Field(ge=1, le=50)] = Field(description="For how many years.")
    total: Euro = Field(description="Euro in all: `per_year` times `years`.")


class Organisation(Node):
    """An organisation that the agenda names and that is no partner of the alliance."""

    kind = Kind.ORGANISATION
    plural = "organisations"
    website: Website | None = Field(None, description="Its own site.")


class Partner(Organisation):
    """A member of the alliance."""

    kind = Kind.PARTNER
    plural = "partners"
    sort: Words | None = Field(None, description="What it is: municipality, university …")
    short: Words | None = Field(None, description="Its short name.")
    joined: ReducedDate | None = Field(None, description="When it became a partner.")


class Fund(Node):
    """Where co-financing is sought, or comes from."""

    kind = Kind.FUND
    plural = "funds"
    amount: Euro | None = Field(None, description="Euro in the fund.")


class Body(Node):
    """A body of the alliance: steering group, programme office, teams."""

    kind = Kind.BODY
    plural = "bodies"


class Forum(Node):
    """An existing table on which tasks are picked up with others."""

    kind = Kind.FORUM
    plural = "forums"


class Paper(Node):
    """A paper of the yearly cycle, or the plan drawn up in the first year."""

    kind = Kind.PAPER
    plural = "papers"
    when: Literal["yearly", "first-year"] = Field(description="How often it is written.")


class Milestone(Node):
    """Something that is reached, by a day, by somebody."""

    kind = Kind.MILESTONE
    plural = "milestones"
    due: ReducedDate = Field(description="When it is to be reached; of a year or month its last day counts.")
    owner: Annotated[Key | None, PARTY] = Field(None, description="Who sees to it.")


class Risk(BaseModel):
    """What may go wrong with a plan, and what is done about it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: Text = Field(description="What may go wrong.")
    measure: Text | None = Field(None, description="What is done about it.")
    size: Literal["small", "medium", "large"] = Field(
        "medium", description="How great it is; medium where nothing is said."
    )


#: A plan seldom has a title of its own.
PLAN_TITLE = {EVERY_LANGUAGE: "Plan"}


class Plan(Node):
    """The operational plan of a task, sector or other element: one each, in the implementation agenda."""

    kind = Kind.PLAN
    plural = "plan"
    id: Key = "-"  # Takes the key of what it plans.
    title: Text = Field(default_factory=lambda: dict(PLAN_TITLE), description="Only where it has a name of its own.")
    lead: Annotated[Key | None, PARTY] = Field(
        None, description="Who answers for it; without a lead nobody is asked to report."
    )
    partners: Annotated[tuple[Key, ...], PARTY] = Field((), description="Who works on it too.")
    forums: Annotated[tuple[Key, ...], To((Kind.FORUM,))] = Field(
        (), description="The tables on which it is picked up."
    )
    start: ReducedDate | None = Field(None, description="When it begins.")
    end: ReducedDate | None = Field(None, description="When it is to be finished.")
    result: Text | None = Field(None, description="What there is when it has been carried out.")
    risks: tuple[Risk, ...] = Field((), description="What may go wrong.")
    depends_on: Annotated[tuple[Uid, ...], To(PLANNED, qualified=True)] = Field(
        (), description="What must be there first."
    )
    milestones: tuple[Milestone, ...] = ()


class Place(Node):
    """A place on the alliance's map. Coordinates are WGS 84; `precision` says how exact they are."""

    kind = Kind.PLACE
    plural = "places"
    sector: Annotated[Key | None, To((Kind.SECTOR,))] = Field(
        None, description="The sector under which the map has it."
    )
    field: Words | None = Field(None, description="The heading under which the map has it, where that is no sector.")
    municipality: Words | None = Field(None, description="In which municipality it lies.")
    latitude: Annotated[float | None, Field(ge=-90, le=90)] = Field(None, description="Degrees north (WGS 84).")
    longitude: Annotated[float | None, Field(ge=-180, le=180)] = Field(None, description="Degrees east (WGS 84).")
    precision: Text | None = Field(None, description="How exact the coordinates are; required with them.")
    coordinates_source: Words | None = Field(None, description="Where the coordinates come from.")
    year: ReducedDate | None = Field(None, description="The year that the map writes beside it.")


class Project(Node):
    """Work with a beginning and an end, under a task or flagship."""

    kind = Kind.PROJECT
    plural = "projects"
    lead: Annotated[Key | None, PARTY] = Field(None, description="Who answers for it.")
    partners: Annotated[tuple[Key, ...], PARTY] = Field((), description="Who works on it too.")
    start: ReducedDate | None = Field(None, description="When it begins.")
    end: ReducedDate | None = Field(None, description="When it is to be finished.")
    budget: Euro | None = Field(None, description="Euro in all.")
    plan: Plan | None = None
    milestones: tuple[Milestone, ...] = ()


class Flagship(Node):
    """A project or programme by which a part of the agenda is known."""

    kind = Kind.FLAGSHIP
    plural = "flagships"
    status: Literal["in-development", "running", "ended"] | None = Field(None, description="How far it is.")
    start: ReducedDate | None = Field(None, description="When it began or begins.")
    end: ReducedDate | None = Field(None, description="When it ends.")
    lead: Annotated[Key | None, PARTY] = Field(None, description="Who answers for it.")
    partners: Annotated[tuple[Key, ...], PARTY] = Field((), description="Who takes part.")
    place: Annotated[Key | None, To((Kind.PLACE,))] = Field(None, description="Where it is.")
    partners_count: Annotated[int | None, Field(ge=1)] = Field(
        None, description="How many take part, where the agenda gives only their number."
    )
    plan: Plan | None = None
    projects: tuple[Project, ...] = ()
    milestones: tuple[Milestone, ...] = ()


class Task(Node):
    """What the alliance set itself to do (opgave)."""

    kind = Kind.TASK
    plural = "tasks"
    horizon: ReducedDate | None = Field(None, description="The year that it looks ahead to.")
    plan: Plan | None = None
    tasks: tuple[Task, ...] = ()
    flagships: tuple[Flagship, ...] = ()
    projects: tuple[Project, ...] = ()
    milestones: tuple[Milestone, ...] = ()


class Theme(Node):
    """A subject inside a goal or sector; it may hold themes of its own."""

    kind = Kind.THEME
    plural = "themes"
    plan: Plan | None = None
    themes: tuple[Theme, ...] = ()
    tasks: tuple[Task, ...] = ()
    flagships: tuple[Flagship, ...] = ()


class Pillar(Node):
    """What goal, sector and chapter share."""

    plan: Plan | None = None
    themes: tuple[Theme, ...] = ()
    tasks: tuple[Task, ...] = ()
    flagships: tuple[Flagship, ...] = ()
    milestones: tuple[Milestone, ...] = ()


class Goal(Pillar):
    """What the alliance wants to reach."""

    kind = Kind.GOAL
    plural = "goals"
    goals: tuple[Goal, ...] = ()


class Sector(Pillar):
    """A field of the economy or of society to which the alliance gives its attention."""

    kind = Kind.SECTOR
    plural = "sectors"
    core: bool = Field(False, description="Whether the alliance concentrates on it.")


class Chapter(Pillar):
    """A chapter of the agenda that sets tasks and is neither a goal nor a sector."""

    kind = Kind.CHAPTER
    plural = "chapters"


class Instrument(Node):
    """A platform or programme by which the agenda works; `service` is the room that carries it."""

    kind = Kind.INSTRUMENT
    plural = "instruments"
    service: Key | None = Field(None, description="The part of this software that carries it: agenda, broker …")
    partners: Annotated[tuple[Key, ...], PARTY] = Field((), description="With whom it is run.")
    tasks: Annotated[tuple[Key, ...], To((Kind.TASK,))] = Field((), description="The tasks that it serves.")


class Monitor(Node):
    """An outside monitor to which measurable goals are coupled."""

    kind = Kind.MONITOR
    plural = "monitors"


class Figure(Node):
    """A figure that the agenda itself states."""

    kind = Kind.FIGURE
    plural = "figures"
    value: Annotated[StrictInt | StrictFloat, Field(ge=-(10**15), le=10**15)] = Field(description="The number itself.")
    unit: Text = Field(description="What it counts.")
    qualifier: Text | None = Field(None, description="At least, almost …")
    area: Text | None = Field(None, description="Where, or of what.")
    note: Text | None = Field(None, description="How it was come by.")
    stated_by: Words | None = Field(None, description="Whose figure it is, where the agenda quotes another.")


class Period(BaseModel):
    """First and last year of an agenda, both included."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    start: ReducedDate = Field(description="First year.")
    end: ReducedDate = Field(description="Last year.")


class Alliance(Node):
    """The alliance, and all that its agenda holds: the whole file but for its sources."""

    kind = Kind.ALLIANCE
    plural = "alliance"
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = Field(
        description="The codes of its languages; every text stands in each of them."
    )
    founded: ReducedDate | None = Field(None, description="When the alliance was founded.")
    period: Period = Field(description="First and last year of the agenda.")
    adopted: ReducedDate | None = Field(None, description="When the agenda was adopted.")
    mission: Text | None = Field(None, description="What the alliance is for.")
    ambition: Text = Field(description="What it wants the region to become.")
    towns: tuple[Words, ...] = Field((), description="Towns of the region, as the alliance draws it on its map.")
    partners: tuple[Partner, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    funds: tuple[Fund, ...] = ()
    bodies: tuple[Body, ...] = ()
    forums: tuple[Forum, ...] = ()
    papers: tuple[Paper, ...] = ()
    goals: tuple[Goal, ...] = ()
    sectors: tuple[Sector, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    monitors: tuple[Monitor, ...] = ()
    figures: tuple[Figure, ...] = ()
    places: tuple[Place, ...] = ()


NODES: dict[Kind, type[Node]] = {
    node.kind: node
    for node in (
        Alliance,
        Partner,
        Organisation,
        Contribution,
        Fund,
        Body,
        Forum,
        Paper,
        Goal,
        Sector,
        Chapter,
        Theme,
        Task,
        Flagship,
        Project,
        Plan,
        Milestone,
        Instrument,
        Monitor,
        Figure,
        Place,
    )
}

_SHARED = frozenset(Node.model_fields)


@dataclass(frozen=True)
class Shape:
    """How the fields of one kind divide: children by field, relations by field, the rest attributes."""

    children: Mapping[str, Kind]
    relations: Mapping[str, To]
    many: frozenset[str]  # relations that hold several keys
    attributes: tuple[str, ...]


def _shape(node: type[Node]) -> Shape:
    children: dict[str, Kind] = {}
    relations: dict[str, To] = {}
    many: set[str] = set()
    attributes: list[str] = []
    by_plural = {other.plural: kind for kind, other in NODES.items()}
    for name, info in node.model_fields.items():
        if name in _SHARED:
            continue
        to = next((item for item in info.metadata if isinstance(item, To)), None)
        if to:
            relations[name] = to
            if str(info.annotation).startswith("tuple"):
                many.add(name)
        elif name in by_plural and name != "alliance":
            children[name] = by_plural[name]
        else:
            attributes.append(name)
    return Shape(children, relations, frozenset(many), tuple(attributes))


for _node in NODES.values():
    _node.model_rebuild()
SHAPES: dict[Kind, Shape] = {kind: _shape(node) for kind, node in NODES.items()}
