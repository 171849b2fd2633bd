# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What each field is called where it is edited or looked back on, and how to fill it in."""

from __future__ import annotations

from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mainport.agenda.rules.elements import Kind
from mainport.web.agenda.labels import FIELDS, Words

#: Fields that pages of elements don't label, since they show them otherwise.
MORE_FIELDS: dict[str, Words] = {
    "id": pgettext_lazy("field", "Code"),
    "title": pgettext_lazy("field", "Title"),
    "summary": pgettext_lazy("field", "Summary"),
    "source": pgettext_lazy("field", "Source"),
    "demo": pgettext_lazy("field", "Invented example"),
    "parent": pgettext_lazy("field", "Part of"),
    "position": pgettext_lazy("field", "Place in the list"),
    "mission": pgettext_lazy("field", "Mission"),
    "ambition": pgettext_lazy("field", "Ambition"),
    "towns": pgettext_lazy("field", "Towns of the region"),
    "languages": pgettext_lazy("field", "Languages"),
    "founded": pgettext_lazy("field", "Founded"),
    "adopted": pgettext_lazy("field", "Adopted"),
    "period": pgettext_lazy("field", "Period"),
    "risks": pgettext_lazy("field", "Risks"),
    "measure": pgettext_lazy("field", "What is done about it"),
    "size": pgettext_lazy("field", "How large"),
    "service": pgettext_lazy("field", "Service of this site"),
    "milestones": pgettext_lazy("field", "Milestones"),
}

_DATE = _("As exact as is known: 2026, 2026-03 or 2026-03-31.")

#: How to fill a field in, in plain words; a kind's own words first.
HELP: dict[tuple[Kind | None, str], Words] = {
    (None, "title"): _("Short and exact: this is how it is called everywhere on the site."),
    (None, "summary"): _("One or two sentences for readers who see it for the first time."),
    (None, "source"): _("Where the agenda says so. No source is better than a wrong one."),
    (None, "demo"): _("Marks it everywhere as invented, so that nobody takes it for real."),
    (None, "partners"): _("The organisations that take part beside the lead."),
    (None, "towns"): _("One on each line."),
    (None, "partners_count"): _("Only when more take part than the agenda names."),
    (None, "stated_by"): _("Who published this figure."),
    (None, "precision"): _("How exact the coordinates are, such as ± 300 m."),
    (None, "coordinates_source"): _("Where the coordinates were found."),
    (None, "latitude"): _("In degrees (WGS 84), such as 53.2194."),
    (None, "longitude"): _("In degrees (WGS 84), such as 6.5665."),
    (None, "budget"): _("Whole euros."),
    (None, "amount"): _("Whole euros."),
    (Kind.CONTRIBUTION, "partners"): _("Who pays this contribution, alone or together."),
    (Kind.CONTRIBUTION, "per_year"): _("Whole euros."),
    (Kind.CONTRIBUTION, "total"): _("Whole euros: the amount a year times the number of years."),
    (Kind.INSTRUMENT, "partners"): _("The organisations that run it."),
    (Kind.INSTRUMENT, "tasks"): _("The tasks to which it contributes."),
    (Kind.PLAN, "title"): _("May stay as it is: a plan is known by what it plans."),
    (Kind.PLAN, "lead"): _("The organisation that answers for the plan and reports on it."),
    (Kind.PLAN, "forums"): _("The tables at which this plan is discussed."),
    (Kind.PLAN, "result"): _("What there is once the plan has been carried out, in one or two sentences."),
    (Kind.PLAN, "depends_on"): _("What must be there first."),
    (Kind.MILESTONE, "title"): _("An event, not an activity: afterwards everybody agrees whether it happened."),
    (Kind.MILESTONE, "owner"): _("The organisation that sees to it."),
}
_DATES = ("founded", "joined", "adopted", "start", "end", "due", "horizon", "year")


def label_of(name: str) -> str:
    return str(FIELDS.get(name) or MORE_FIELDS.get(name) or name)


def help_of(kind: Kind | None, name: str) -> str:
    """How to fill the field in, of an element of this kind or in a row; '' where its label says it all."""
    if kind is None:
        return ""
    if name in _DATES:
        return str(_DATE)
    return str(HELP.get((kind, name)) or HELP.get((None, name)) or "")


def language_name(code: str) -> str:
    """A language as the reader calls it; one that Django doesn't know by its code."""
    try:
        return str(get_language_info(code)["name_translated"]).capitalize()
    except KeyError:
        return code
