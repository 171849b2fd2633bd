# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the levels of the agenda are called."""

from __future__ import annotations

from collections.abc import Mapping

from mainport.catalogue.models import Term
from mainport.catalogue.rules.texts import Texts

#: By level ("sector", "goal", "task") and code.
Terms = Mapping[tuple[str, str], Texts]


def terms() -> Terms:
    """The titles of all levels. One query."""
    return {(term.level, term.code): term.titles for term in Term.objects.all()}
