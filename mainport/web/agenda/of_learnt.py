# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What was found out for a part of the agenda, as its page shows it beside the decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainport.agenda.models import Element
from mainport.agenda.rules.elements import Kind
from mainport.board.queries import Brief
from mainport.catalogue.queries.learnt import Learnt, learnt
from mainport.web.catalogue.records import labels
from mainport.web.catalogue.records.show import plain, search_url
from mainport.web.templatetags.mainport import number, when

#: What the search page can be narrowed by.
_FACETS = (Kind.TASK, Kind.SECTOR, Kind.GOAL)


def read(element: Element, below: Iterable[Element]) -> Learnt:
    """Works and adopted advice of a task, or of all tasks of a group with the group itself. One query."""
    tasks = [one.key for one in (element, *below) if one.kind == Kind.TASK]
    return learnt(
        tasks,
        goal=element.key if element.kind == Kind.GOAL else "",
        sector=element.key if element.kind == Kind.SECTOR else "",
    )


def figure(decisions: Sequence[Brief], found: Learnt) -> dict[str, Any]:
    """How many decisions there are, else how many works, else how much advice was adopted; the others in words."""
    works = ngettext("%(count)s work", "%(count)s works", found.works_count) % {"count": number(found.works_count)}
    adopted = ngettext("%(count)s recommendation adopted", "%(count)s recommendations adopted", found.adopted_count) % {
        "count": number(found.adopted_count)
    }
    shown = found.adopted[0].demo if found.adopted and not found.works else all(one.demo for one in found.works)
    if decisions:
        label = ngettext("decision about this", "decisions about this", len(decisions))
        more = [works] * bool(found.works_count) + [adopted] * bool(found.adopted_count)
        return {
            "value": number(len(decisions)),
            "label": "; ".join([label, ", ".join(more)] if more else [label]),
            "source": _("Register of decisions, %(day)s") % {"day": when(decisions[0].day)},
            "source_url": reverse("decision_list"),
            "demo": all(one.demo for one in decisions) and (not found or shown),
        }
    count = found.works_count or found.adopted_count
    if found.works_count:
        label = ngettext("work about this", "works about this", count)
        label = f"{label}; {adopted}" if found.adopted_count else label
    else:
        label = ngettext("recommendation adopted for this", "recommendations adopted for this", count)
    return {
        "value": number(count),
        "label": label,
        "source": "Open Onderzoek Groningen",
        "source_url": reverse("research"),
        "demo": shown,
    }


def context(found: Learnt, element: Element) -> dict[str, Any]:
    """The lists of the band, and where all of them stand."""
    return {
        "works": [
            {
                "title": plain(one.titles),
                "url": reverse("work", kwargs={"key": one.key}),
                "note": ", ".join(filter(None, [labels.type_of(one.type), one.provider])),
                "published": one.published.isoformat()[:7] if one.published else "",
                "demo": one.demo,
            }
            for one in found.works
        ],
        "more_works": found.works_count - len(found.works),
        "works_url": search_url(tab="research", **{element.kind: element.key}) if element.kind in _FACETS else "",
        "adopted": [
            {
                "row": one,
                "text": plain(one.text),
                "work": plain(one.work_title),
                "url": f"{reverse('work', kwargs={'key': one.work})}#recommendation-{one.number}",
                "sign": labels.ADOPTIONS[one.state][0],
                "word": labels.ADOPTIONS[one.state][1],
            }
            for one in found.adopted
        ],
        "more_adopted": found.adopted_count - len(found.adopted),
    }


def as_data(found: Learnt) -> dict[str, Any]:
    """The same as JSON."""
    return {
        "works": [
            {"key": one.key, "title": one.titles, "type": one.type, "published": one.published, "demo": one.demo}
            for one in found.works
        ],
        "works_count": found.works_count,
        "adopted": [
            {
                "text": one.text,
                "state": one.state,
                "organisation": one.organisation,
                "task": one.task,
                "at": one.at,
                "work": one.work,
                "number": one.number,
                "demo": one.demo,
            }
            for one in found.adopted
        ],
        "adopted_count": found.adopted_count,
    }
