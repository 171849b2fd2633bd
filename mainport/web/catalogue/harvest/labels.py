# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The words of harvesting: states, and what speaks for and against two records being one."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from mainport.catalogue.models import Match
from mainport.catalogue.rules.matching import Evidence

Words = str | Promise

#: The glyph of a state of the agenda, and the word.
STATES: dict[str, tuple[str, Words]] = {
    "never": ("no-figure", pgettext_lazy("harvest", "not harvested yet")),
    "waiting": ("no-report", pgettext_lazy("harvest", "begins in a moment")),
    "running": ("on-track", pgettext_lazy("harvest", "going on now")),
    "silent": ("at-risk", pgettext_lazy("harvest", "broken off")),
    "complete": ("done", pgettext_lazy("harvest", "complete")),
    "stopped": ("at-risk", pgettext_lazy("harvest", "stopped")),
    "failed": ("behind", pgettext_lazy("harvest", "failed")),
}

VERDICTS: dict[str, Words] = {
    Match.Verdict.OPEN: pgettext_lazy("duplicates", "To decide"),
    Match.Verdict.MERGED: pgettext_lazy("duplicates", "Joined"),
    Match.Verdict.APART: pgettext_lazy("duplicates", "Told apart"),
}

EVIDENCE: dict[str, Words] = {
    Evidence.DOI: gettext_lazy("the same DOI"),
    Evidence.HANDLE: gettext_lazy("the same handle"),
    Evidence.ISBN: gettext_lazy("the same ISBN"),
    Evidence.URN: gettext_lazy("the same URN"),
    Evidence.RECORD: gettext_lazy("the same number in a repository"),
    Evidence.ADDRESS: gettext_lazy("the same address"),
    Evidence.FILE: gettext_lazy("the same file"),
    Evidence.TITLE: gettext_lazy("the same title"),
    Evidence.LIKE_TITLE: gettext_lazy("nearly the same title"),
    Evidence.AUTHORS: gettext_lazy("the same authors"),
    Evidence.YEAR: gettext_lazy("the same year"),
    Evidence.TEXT: gettext_lazy("nearly the same text"),
    Evidence.PROVIDER: gettext_lazy("the same provider"),
    Evidence.CODE: gettext_lazy("the same code"),
    Evidence.OTHER_TITLE: gettext_lazy("another title"),
    Evidence.OTHER_DOI: gettext_lazy("another DOI"),
    Evidence.OTHER_TYPE: gettext_lazy("another kind of work"),
    Evidence.OTHER_YEAR: gettext_lazy("another year"),
    Evidence.OTHER_AUTHORS: gettext_lazy("other authors"),
    "by-hand": gettext_lazy("somebody joined them"),
}
