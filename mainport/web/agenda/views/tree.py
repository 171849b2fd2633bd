# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The whole agenda as a tree that can be filtered, and as the implementation agenda: who does what when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mainport.agenda import queries
from mainport.agenda.models import Element
from mainport.agenda.queries import Outline
from mainport.agenda.rules.elements import PILLARS, Kind
from mainport.agenda.rules.status import Standing
from mainport.web.agenda import labels
from mainport.web.agenda.standing import NOTHING_KNOWN
from mainport.web.agenda.views.parts import Crumb, crumbs, today
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import words

#: Tasks on one page: an agenda of the usual size fits on it whole.
PER_PAGE = 100

_GROUPS = (*PILLARS, Kind.THEME)


class Filter(forms.Form):
    """Which tasks to show; every field may be left open."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)
    pillar = forms.ChoiceField(label=gettext_lazy("Goal or sector"), required=False)
    partner = forms.ChoiceField(label=gettext_lazy("Organisation"), required=False)
    state = forms.MultipleChoiceField(
        label=gettext_lazy("State"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(self, data: Any, outline: Outline) -> None:
        super().__init__(data)
        top = [(e.uid, words(e.title)) for e in outline.rows if e.kind in PILLARS]
        parties = [(e.uid, words(e.title)) for e in outline.parties.values()]
        self.fields["pillar"].choices = [("", _("All")), *top]  # type: ignore[attr-defined]
        self.fields["partner"].choices = [("", _("All")), *parties]  # type: ignore[attr-defined]
        self.fields["state"].choices = list(labels.STATES.items())  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen rightly; what isn't among the choices counts as left open."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


@dataclass
class Branch:
    """An element of the tree with what is shown below it."""

    element: Element
    state: str
    lead: Element | None = None
    partners: Sequence[Element] = ()
    plan: Element | None = None
    milestone: Element | None = None
    below: list[Branch] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        return self.element.kind in _GROUPS


@require_safe
def agenda_tree(request: HttpRequest) -> Page:
    """All tasks under their goals and sectors, flagships beside them."""
    return _page(request, "agenda/tree.html", _("The agenda"), "agenda_tree")


@require_safe
def implementation_agenda(request: HttpRequest) -> Page:
    """All plans together: per task its lead, partners, start, end, next milestone and state."""
    return _page(request, "agenda/implementation.html", _("The implementation agenda"), "implementation_agenda")


def _page(request: HttpRequest, template: str, title: str, name: str) -> Page:
    outline = queries.outline()
    standings = queries.standings(today())
    form = Filter(request.GET, outline)
    chosen = form.chosen
    tasks = [row for row in outline.rows if row.kind == Kind.TASK]
    found = [task for task in tasks if _fits(task, outline, standings, chosen)]
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    coming = queries.next_milestones(page.object_list, today()) if name == "implementation_agenda" else {}
    return Page(
        template=template,
        context={
            "page_title": title,
            "breadcrumbs": crumbs(Crumb(_("Agenda"), reverse("agenda_tree")), Crumb(title))
            if name != "agenda_tree"
            else crumbs(Crumb(title)),
            "filter": form,
            "filtered": bool(chosen),
            "reset_url": reverse(name) if chosen else "",
            "page_obj": page,
            "found": len(found),
            "all": len(tasks),
            "branches": _branches(page.object_list, outline, standings, coming, bool(chosen)),
            "day": today(),
        },
        data={
            "filter": chosen,
            "tasks": [_task_json(task, outline, standings) for task in found],
        },
        rows=(_task_row(task, outline, standings) for task in found),
    )


def _fits(task: Element, outline: Outline, standings: Mapping[str, Standing], chosen: Mapping[str, Any]) -> bool:
    if "state" in chosen and _state(task, standings) not in chosen["state"]:
        return False
    if "pillar" in chosen and not task.tree_key.startswith(_tree_key(outline, chosen["pillar"])):
        return False
    if "partner" in chosen and chosen["partner"] not in {
        party.uid for party in (outline.lead(task), *outline.taking_part(task)) if party
    }:
        return False
    if "q" in chosen:
        said = " ".join([task.key, *task.title.values(), *(task.summary or {}).values()]).lower()
        return all(word in said for word in chosen["q"].lower().split())
    return True


def _tree_key(outline: Outline, uid: str) -> str:
    return next((e.tree_key for e in outline.rows if e.uid == uid), "-")


def _state(element: Element, standings: Mapping[str, Standing]) -> str:
    return standings.get(element.uid, NOTHING_KNOWN).state.value


def _branches(
    tasks: Iterable[Element],
    outline: Outline,
    standings: Mapping[str, Standing],
    coming: Mapping[int, Element],
    filtered: bool,
) -> list[Branch]:
    """The tree down to these tasks: only branches that lead to one of them.

    Without a filter, themes that have no task, and flagships, stand beside what is shown.
    """
    wanted = {task.pk for task in tasks}
    by_id = {row.pk: row for row in outline.rows}
    shown: set[int] = set()
    for pk in wanted:
        at: int | None = pk
        while at in by_id and at not in shown:
            shown.add(at)
            at = by_id[at].parent_id
    made: dict[int, Branch] = {}
    top: list[Branch] = []
    for element in outline.rows:
        beside = not filtered and element.kind in (Kind.THEME, Kind.FLAGSHIP) and element.parent_id in shown
        if element.pk not in shown and not beside:
            continue
        branch = made[element.pk] = Branch(
            element,
            _state(element, standings),
            outline.lead(element),
            outline.taking_part(element),
            outline.plans.get(element.pk),
            coming.get(element.pk),
        )
        above = made.get(element.parent_id or 0)
        (above.below if above else top).append(branch)
    return top


def _task_json(task: Element, outline: Outline, standings: Mapping[str, Standing]) -> dict[str, Any]:
    plan, lead = outline.plans.get(task.pk), outline.lead(task)
    return {
        "uid": task.uid,
        "title": task.title,
        "lead": lead.uid if lead else None,
        "partners": [party.uid for party in outline.taking_part(task)],
        "start": plan.attributes.get("start") if plan else None,
        "end": plan.attributes.get("end") if plan else None,
        "state": _state(task, standings),
    }


def _task_row(task: Element, outline: Outline, standings: Mapping[str, Standing]) -> dict[str, Any]:
    found = _task_json(task, outline, standings)
    return {"id": task.key, **found, "title": words(task.title), "partners": " ".join(found["partners"])}
