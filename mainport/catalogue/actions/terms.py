# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the levels of the agenda are called, told by the agenda itself."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from mainport.catalogue.models import Term
from mainport.catalogue.rules.texts import Texts


@transaction.atomic
def put_terms(titles: Mapping[tuple[str, str], Texts]) -> int:
    """Store the titles by level ("sector", "goal", "task") and code; how many were new or said something else.

    No event of its own: the change of the agenda that it comes with has one. Search builds its index anew after it.
    """
    known = {(term.level, term.code): term for term in Term.objects.all()}
    now, changed = timezone.now(), 0
    for (level, code), texts in titles.items():
        old = known.get((level, code))
        if old is None or old.titles != dict(texts):
            Term.objects.update_or_create(level=level, code=code, defaults={"titles": dict(texts), "at": now})
            changed += 1
    return changed
