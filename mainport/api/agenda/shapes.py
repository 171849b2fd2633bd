# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the agenda's answers look like. Names of fields are those of the agenda file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from mainport.agenda.rules.difference import Sort
from mainport.agenda.rules.elements import Kind
from mainport.agenda.rules.status import Reason, State, Status

#: Texts carry their languages; `mul` says that the words are the same in every language.
Words = Annotated[dict[str, str], Field(examples=[{"nl": "Energie", "en": "Energy"}])]
Uid = Annotated[str, Field(description="Kind and key; unique in the agenda and for ever.", examples=["task:E3"])]
ReducedDate = Annotated[str, Field(description="YYYY, YYYY-MM or YYYY-MM-DD.", examples=["2022-01"])]
Url = Annotated[str, Field(json_schema_extra={"format": "uri"})]


class Reference(Schema):
    """Another element, by name."""

    id: Uid
    kind: Kind
    title: Words
    url: Url


class Relation(Schema):
    """A relation of an element to another."""

    role: Annotated[str, Field(examples=["lead"])]
    id: Uid


class Snapshot(Schema):
    """One thing of the agenda, as it is or was."""

    id: Uid
    kind: Kind
    key: str
    parent: str | None
    position: int
    title: Words
    summary: Words | None
    source: Annotated[str | None, Field(description="The id of the source: see /agenda.")]
    demo: Annotated[bool, Field(description="Whether it is an invented example.")]
    attributes: Annotated[dict[str, Any], Field(description="What only its kind has.")]
    links: list[Relation]


_EXAMPLE: dict[str, Any] = {
    "id": "task:E3",
    "kind": "task",
    "key": "E3",
    "parent": "sector:energy",
    "position": 2,
    "title": {"nl": "Energie Human Capital Agenda 2030", "en": "Energy Human Capital Agenda 2030"},
    "summary": None,
    "source": "energy",
    "demo": False,
    "attributes": {"horizon": "2030"},
    "links": [],
    "due": None,
    "url": "https://mainport.example.org/api/v1/elements/task:E3",
}


class Element(Snapshot):
    """One thing of the agenda: a goal, a task, a partner, a place …"""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})

    due: Annotated[date | None, Field(description="The last day of a milestone, plan or project.")]
    url: Url


class Standing(Schema):
    """How something stands, and why, by the rule that the site explains."""

    id: Uid
    state: State
    reason: Reason
    because_of: Annotated[str | None, Field(description="The organisation, milestone or task that decides.")]
    as_of: Annotated[date | None, Field(description="The end of the period of the report that decides.")]
    counts: Annotated[dict[str, int], Field(description="Of a group: how many tasks below it stand how.")]


class MilestoneReached(Schema):
    """What a report says of one milestone."""

    id: Uid
    reached_on: date | None
    words: str


class Evidence(Schema):
    """What shows that a report is true: a link, or a file that the site keeps."""

    title: str
    url: Annotated[str | None, Field(description="Of a link; null for a file.")]
    media_type: str | None
    size: Annotated[int | None, Field(description="Bytes, of a file.")]


class Report(Schema):
    """What one organisation reported on one element over one period. Only approved reports are public."""

    id: int
    period: Annotated[str, Field(examples=["2026-1"])]
    element: Uid
    organisation: Annotated[str, Field(examples=["hanze"])]
    status: Status
    words: str
    language: str
    approved_at: datetime
    demo: bool
    milestones: list[MilestoneReached]
    evidence: list[Evidence]
    url: Url


class ElementWithSurroundings(Element):
    """An element with what hangs below it, what names it, how it stands and what was reported last."""

    model_config = ConfigDict(
        json_schema_extra={"example": _EXAMPLE | {"below": [], "named_by": [], "standing": None, "reports": []}}
    )

    below: list[Reference]
    named_by: Annotated[list[Relation], Field(description="Elements that name it, and in which role.")]
    standing: Standing | None
    reports: Annotated[list[Report], Field(description="The latest 20; see /reports for all.")]


class Version(Schema):
    """An element as it was from `at` until `until`."""

    at: datetime
    until: Annotated[datetime | None, Field(description="Null while this version is in force.")]
    why: str
    element: Annotated[Snapshot | None, Field(description="Null from the moment that it was removed.")]


class FieldChange(Schema):
    """One field's old and new value; null where there was or is none."""

    field: str
    old: Any
    new: Any


class Change(Schema):
    """What happened to one element between two days."""

    change: Sort
    id: Uid
    title: Words
    fields: list[FieldChange]


class Source(Schema):
    """A document, and the place in it, where facts stand."""

    id: str
    title: Words
    document: str
    url: str | None
    published: ReducedDate | None


class Pledged(Schema):
    """The contributions: how many, euro a year and in all."""

    count: int
    per_year: int
    total: int


class Counts(Schema):
    """How many elements of each kind."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"additionalProperties": {"type": "integer"}})

    contributions: Pledged


class Period(Schema):
    """First and last year, month or day; both included."""

    start: ReducedDate
    end: ReducedDate


class Resources(Schema):
    """Where the rest is."""

    elements: Url
    organisations: Url
    versions: Url
    changes: Url
    states: Url
    reports: Url
    exports: Url


class Agenda(Schema):
    """The alliance and what its agenda holds."""

    id: Uid
    title: Words
    summary: Words | None
    languages: list[str]
    period: Period
    founded: ReducedDate | None
    adopted: ReducedDate | None
    mission: Words | None
    ambition: Words
    towns: list[str]
    counts: Counts
    sources: list[Source]
    links: Resources


class Moment(Schema):
    """A moment at which the agenda changed."""

    at: datetime
    changes: Annotated[int, Field(description="How many elements changed.")]
    why: str
    url: Annotated[Url, Field(description="The agenda at the end of that day.")]


class AgendaOnDay(Schema):
    """The whole agenda as it stood at the end of a day."""

    on: date
    counts: Counts
    elements: list[Snapshot]
    sources: list[Source]


class Organisation(Schema):
    """A partner of the alliance, or another organisation that the agenda names."""

    id: Uid
    key: str
    partner: Annotated[bool, Field(description="Whether it is a partner of the alliance.")]
    title: Words
    summary: Words | None
    sort: str | None
    short: str | None
    joined: ReducedDate | None
    website: str | None
    demo: bool
    url: Url


class ReportingPeriod(Schema):
    """A stretch of time on which organisations report."""

    id: Annotated[str, Field(examples=["2026-1"])]
    start: date
    end: date
    due: Annotated[date, Field(description="The day by which reports are handed in.")]
    locked_at: Annotated[datetime | None, Field(description="From then on nothing in it changes.")]
    demo: bool


class Export(Schema):
    """A format in which the whole agenda can be had."""

    format: Literal["yaml", "stratml", "jsonld", "csv", "xlsx"]
    media_type: str
    one_language: bool
    url: Url


class Paged(Schema):
    """What every page of a list says beside its items."""

    count: Annotated[int, Field(description="How many there are on all pages together.")]
    next: Url | None
    previous: Url | None


class Elements(Paged):
    items: list[Element]


class Versions(Paged):
    items: list[Version]


class Changes(Paged):
    items: list[Change]


class Moments(Paged):
    items: list[Moment]


class Organisations(Paged):
    items: list[Organisation]


class ReportingPeriods(Paged):
    items: list[ReportingPeriod]


class Reports(Paged):
    items: list[Report]


class Standings(Paged):
    items: list[Standing]


class Exports(Paged):
    items: list[Export]
