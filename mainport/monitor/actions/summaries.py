# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Keeps each indicator in short, so that pages that show many needn't reckon.

Whatever changes observations, targets or definitions calls this before its own transaction ends. In the same
transaction and not in a job: a job that fails or waits would leave an old figure on the page as if it were
today's. Two that change one indicator at once do so one after the other, for its row is held; the second then
sees what the first stored. Doing it twice changes nothing. It is derived from what the audit trail tells
already, so it tells nothing there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from mainport import __version__
from mainport.monitor.models import Indicator, Summary

if TYPE_CHECKING:
    from mainport.core.models import Source
    from mainport.monitor.queries.indicators import IndicatorValues

_VERSION = __version__[:40]
_COLUMNS = (
    "feed",
    "measures",
    "tables",
    "verdict",
    "connected",
    "with_target",
    "with_values",
    "data",
    "at",
    "code_version",
)


def renew_after(tables: Collection[str], measures: Collection[str]) -> int:
    """Make anew what is made of these tables; of what was entered by hand, only these measures. How many.

    One query where no indicator is.
    """
    touched = {
        key: set(made_of) & set(tables)
        for key, made_of in Summary.objects.values_list("indicator__key", "tables")
        if not set(made_of).isdisjoint(tables)
    }
    if not touched:
        return 0
    # Reads definitions, for which much must be loaded: most fetches touch no indicator.
    from mainport.monitor.queries.indicators import ENTERED

    return renew(key for key, named in touched.items() if named != {ENTERED} or key in measures)


@transaction.atomic
def renew(keys: Iterable[str]) -> int:
    """Make these indicators' summaries anew, and say how many."""
    from mainport.monitor.queries.citing import sources_of
    from mainport.monitor.queries.indicators import find_indicators, values_of

    wanted = list(keys)
    # Held in one order, so that two that change several don't wait for each other.
    held = Indicator.objects.filter(key__in=wanted).order_by("pk").select_for_update()
    ids = list(held.values_list("pk", flat=True))
    read = values_of(find_indicators().filter(pk__in=ids))
    sources = sources_of(read)
    found = [_summary(one, sources) for one in read]
    Summary.objects.bulk_create(found, update_conflicts=True, unique_fields=["indicator"], update_fields=_COLUMNS)
    return len(found)


def renew_outdated() -> int:
    """Make those that are missing, that another version of the code made, or whose definition is newer. How many."""
    outdated = Q(summary=None) | ~Q(summary__code_version=_VERSION) | Q(summary__at__lt=F("changed_at"))
    keys = list(Indicator.objects.filter(outdated).values_list("key", flat=True))
    return renew(keys) if keys else 0


def _summary(one: IndicatorValues, sources: Mapping[str, Source]) -> Summary:
    from mainport.monitor.queries.indicators import ENTERED, PUBLISHED
    from mainport.monitor.rules.formula import tables
    from mainport.monitor.rules.standing import one_frequency
    from mainport.monitor.rules.summary import Cited, to_json, verdict_of

    definition, standing = one.definition, one.standing
    made_of = tables(definition.formula) if definition.formula else set()
    named = dict.fromkeys([*(figure.source for figure in one.figures), *(goal.source for goal in one.goals)])
    cited = [Cited(s.key, s.title, s.document, s.url) for key in named if (s := sources.get(key))]
    line = one_frequency(one.lines.get(definition.areas[0], {}))
    return Summary(
        indicator=one.indicator,
        feed=one.feed,
        measures=list(definition.measures),
        tables=sorted({*made_of, PUBLISHED, ENTERED}),
        verdict=verdict_of(standing, goals=one.goals, has_values=one.has_values, connected=definition.connected),
        connected=definition.connected,
        with_target=bool(one.goals),
        with_values=one.has_values,
        data=to_json(line, one.figures, one.goals, standing, cited),
        at=timezone.now(),
        code_version=_VERSION,
    )
