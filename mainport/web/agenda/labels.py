# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The words by which pages call kinds, states, fields and relations."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mainport.agenda.rules.elements import Kind
from mainport.agenda.rules.status import State

Words = str | Promise

#: One, and several.
KINDS: dict[Kind, tuple[Words, Words]] = {
    Kind.ALLIANCE: (pgettext_lazy("kind", "Alliance"), pgettext_lazy("kind", "Alliances")),
    Kind.PARTNER: (pgettext_lazy("kind", "Partner"), pgettext_lazy("kind", "Partners")),
    Kind.ORGANISATION: (pgettext_lazy("kind", "Organisation"), pgettext_lazy("kind", "Organisations")),
    Kind.CONTRIBUTION: (pgettext_lazy("kind", "Contribution"), pgettext_lazy("kind", "Contributions")),
    Kind.FUND: (pgettext_lazy("kind", "Fund"), pgettext_lazy("kind", "Funds")),
    Kind.BODY: (pgettext_lazy("kind", "Body"), pgettext_lazy("kind", "Bodies")),
    Kind.FORUM: (pgettext_lazy("kind", "Forum"), pgettext_lazy("kind", "Forums")),
    Kind.PAPER: (pgettext_lazy("kind", "Paper"), pgettext_lazy("kind", "Papers")),
    Kind.GOAL: (pgettext_lazy("kind", "Goal"), pgettext_lazy("kind", "Goals")),
    Kind.SECTOR: (pgettext_lazy("kind", "Sector"), pgettext_lazy("kind", "Sectors")),
    Kind.CHAPTER: (pgettext_lazy("kind", "Chapter"), pgettext_lazy("kind", "Chapters")),
    Kind.THEME: (pgettext_lazy("kind", "Theme"), pgettext_lazy("kind", "Themes")),
    Kind.TASK: (pgettext_lazy("kind", "Task"), pgettext_lazy("kind", "Tasks")),
    Kind.FLAGSHIP: (pgettext_lazy("kind", "Flagship"), pgettext_lazy("kind", "Flagships")),
    Kind.PROJECT: (pgettext_lazy("kind", "Project"), pgettext_lazy("kind", "Projects")),
    Kind.PLAN: (pgettext_lazy("kind", "Plan"), pgettext_lazy("kind", "Plans")),
    Kind.MILESTONE: (pgettext_lazy("kind", "Milestone"), pgettext_lazy("kind", "Milestones")),
    Kind.INSTRUMENT: (pgettext_lazy("kind", "Instrument"), pgettext_lazy("kind", "Instruments")),
    Kind.MONITOR: (pgettext_lazy("kind", "Monitor"), pgettext_lazy("kind", "Monitors")),
    Kind.FIGURE: (pgettext_lazy("kind", "Key figure"), pgettext_lazy("kind", "Key figures")),
    Kind.PLACE: (pgettext_lazy("kind", "Place"), pgettext_lazy("kind", "Places")),
}

#: What a list of a kind says above itself.
KIND_LEADS: dict[Kind, Words] = {
    Kind.FLAGSHIP: _("Projects and programmes by which parts of the agenda are known."),
    Kind.PARTNER: _("The members of the alliance: what each pledged, what it leads and where it takes part."),
    Kind.ORGANISATION: _("Organisations that the agenda names and that are no partner of the alliance."),
    Kind.FUND: _("Where co-financing is sought, or comes from."),
    Kind.BODY: _("How the alliance steers itself."),
    Kind.FORUM: _("Existing tables at which tasks are picked up together with others."),
    Kind.PAPER: _("The papers of the yearly cycle, and the plan that is drawn up in the first year."),
    Kind.PROJECT: _("Work with a beginning and an end, under a task or a flagship."),
    Kind.INSTRUMENT: _("Platforms and programmes by which the agenda works."),
    Kind.MONITOR: _("Outside monitors to which the measurable goals of the agenda are coupled."),
    Kind.FIGURE: _("Figures that the agenda itself states."),
    Kind.PLACE: _("Where the agenda happens. With each place stands how exactly we know where it lies."),
}

STATES: dict[State, Words] = {
    State.DONE: _("Done"),
    State.ON_TRACK: _("On track"),
    State.AT_RISK: _("At risk"),
    State.BEHIND: _("Behind"),
    State.NO_REPORT: _("No report yet"),
    State.NO_PLAN: _("No plan yet"),
}

#: What a field or a relation of an element is called, by its name in `agenda.rules.elements`.
FIELDS: dict[str, Words] = {
    "lead": pgettext_lazy("field", "Lead"),
    "partners": pgettext_lazy("field", "Partners"),
    "forums": pgettext_lazy("field", "Picked up at"),
    "depends_on": pgettext_lazy("field", "Depends on"),
    "owner": pgettext_lazy("field", "Answers for it"),
    "place": pgettext_lazy("field", "Place"),
    "sector": pgettext_lazy("field", "Sector"),
    "tasks": pgettext_lazy("field", "Tasks"),
    "sort": pgettext_lazy("field", "Sort"),
    "short": pgettext_lazy("field", "Short name"),
    "joined": pgettext_lazy("field", "Partner since"),
    "website": pgettext_lazy("field", "Website"),
    "per_year": pgettext_lazy("field", "A year"),
    "years": pgettext_lazy("field", "Number of years"),
    "total": pgettext_lazy("field", "In all"),
    "amount": pgettext_lazy("field", "Amount"),
    "budget": pgettext_lazy("field", "Budget"),
    "when": pgettext_lazy("field", "When"),
    "start": pgettext_lazy("field", "Start"),
    "end": pgettext_lazy("field", "End"),
    "due": pgettext_lazy("field", "Due"),
    "horizon": pgettext_lazy("field", "Horizon"),
    "status": pgettext_lazy("field", "Phase"),
    "partners_count": pgettext_lazy("field", "Number of partners"),
    "field": pgettext_lazy("field", "Field"),
    "municipality": pgettext_lazy("field", "Municipality"),
    "latitude": pgettext_lazy("field", "Latitude"),
    "longitude": pgettext_lazy("field", "Longitude"),
    "precision": pgettext_lazy("field", "How exact"),
    "coordinates_source": pgettext_lazy("field", "Coordinates from"),
    "year": pgettext_lazy("field", "Year"),
    "core": pgettext_lazy("field", "Core sector"),
    "value": pgettext_lazy("field", "Value"),
    "unit": pgettext_lazy("field", "Unit"),
    "qualifier": pgettext_lazy("field", "Qualifier"),
    "area": pgettext_lazy("field", "Area"),
    "note": pgettext_lazy("field", "Note"),
    "stated_by": pgettext_lazy("field", "Stated by"),
    "result": pgettext_lazy("field", "Expected result"),
}

#: What stands on the page of an element that others point at: (the field that points, the kind that holds it).
POINTED_AT: dict[tuple[str, Kind], Words] = {
    ("lead", Kind.PLAN): _("Leads the plan of"),
    ("partners", Kind.PLAN): _("Takes part in"),
    ("lead", Kind.FLAGSHIP): _("Leads the flagship"),
    ("partners", Kind.FLAGSHIP): _("Takes part in the flagship"),
    ("lead", Kind.PROJECT): _("Leads the project"),
    ("partners", Kind.PROJECT): _("Takes part in the project"),
    ("owner", Kind.MILESTONE): _("Answers for the milestone"),
    ("partners", Kind.CONTRIBUTION): _("Contribution"),
    ("partners", Kind.INSTRUMENT): _("Takes part in the instrument"),
    ("forums", Kind.PLAN): _("What is picked up here"),
    ("depends_on", Kind.PLAN): _("What waits for this"),
    ("place", Kind.FLAGSHIP): _("Flagships at this place"),
    ("sector", Kind.PLACE): _("Places of this sector"),
    ("tasks", Kind.INSTRUMENT): _("Instruments"),
}

#: Values that are one of a few words.
VALUES: dict[tuple[str, str], Words] = {
    ("when", "yearly"): pgettext_lazy("paper", "every year"),
    ("when", "first-year"): pgettext_lazy("paper", "in the first year"),
    ("status", "in-development"): pgettext_lazy("flagship", "in development"),
    ("status", "running"): pgettext_lazy("flagship", "running"),
    ("status", "ended"): pgettext_lazy("flagship", "ended"),
    ("sort", "municipality"): pgettext_lazy("partner", "municipality"),
    ("sort", "province"): pgettext_lazy("partner", "province"),
    ("sort", "university"): pgettext_lazy("partner", "university"),
    ("sort", "university-of-applied-sciences"): pgettext_lazy("partner", "university of applied sciences"),
    ("sort", "vocational-college"): pgettext_lazy("partner", "vocational college"),
    ("sort", "university-hospital"): pgettext_lazy("partner", "university hospital"),
    ("sort", "hospital"): pgettext_lazy("partner", "hospital"),
    ("field", "learning"): pgettext_lazy("place", "Learning"),
    ("size", "small"): pgettext_lazy("risk", "small"),
    ("size", "medium"): pgettext_lazy("risk", "medium"),
    ("size", "large"): pgettext_lazy("risk", "large"),
}


def one(kind: str) -> str:
    """The word for one of a kind: Task."""
    return str(KINDS[Kind(kind)][0])


def several(kind: str) -> str:
    """The word for several of a kind: Tasks."""
    return str(KINDS[Kind(kind)][1])


def value(field: str, written: str) -> str:
    """A value in the reader's words; one that we have no words for as it is written."""
    return str(VALUES.get((field, written), written))
