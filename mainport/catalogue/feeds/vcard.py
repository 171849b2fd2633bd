# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The visiting card (vCard 3) by which LOM names a person or an organisation."""

from __future__ import annotations

import re
from dataclasses import replace

from mainport.catalogue.feeds import vocabulary
from mainport.catalogue.rules import identifiers
from mainport.catalogue.rules.works import Author, Organisation

_FIELD = re.compile(r"(BEGIN|END|VERSION|FN|N|ORG|EMAIL|URL|UID|TEL|ADR|NOTE|TITLE|X-[A-Z-]+)(?:;[^:\n]*)?:(.*)", re.I)
#: Cards of which somebody made one line: a field begins after a space.
_BOUNDARY = re.compile(r" (?=(?:END|VERSION|FN|N|ORG|EMAIL|URL|UID|TEL|ADR|NOTE|TITLE|X-[A-Z-]+)(?:;[^:\s]*)?:)")


def read(card: str, role: str = "author") -> Author | None:
    """Whom a card names; None for a card without a name. An organisation's name is that of its own card."""
    fields = _fields(card)
    name = fields.get("FN") or _name(fields.get("N", ""))
    organisation = fields.get("ORG", "").replace(";", ", ").strip(" ,")
    if not name and not organisation:
        return None
    number = next(
        (right for key in ("X-ORCID", "UID", "URL", "NOTE") if (right := identifiers.orcid(fields.get(key, "")))), ""
    )
    if not name or name == organisation:
        return Author(organisation, role=role, is_organisation=True)
    family, given = ([*fields.get("N", "").split(";"), "", ""])[:2]
    known = vocabulary.author(name, role)
    if family.strip() and given.strip():
        known = replace(known, family=family.strip(), given=given.strip())
    return replace(known, orcid=number, organisations=(Organisation(organisation),) if organisation else ())


def _fields(card: str) -> dict[str, str]:
    lines = [line.strip() for line in card.strip().splitlines()]
    if len(lines) == 1:
        lines = [part.strip() for part in _BOUNDARY.split(" ".join(lines[0].split()))]
    fields: dict[str, str] = {}
    last = ""
    for line in lines:
        if found := _FIELD.fullmatch(line):
            last = found[1].upper()
            fields.setdefault(last, found[2])
        elif last and line:
            # Repositories indent the whole card, so that a line that was folded can't be told by its space.
            fields[last] += f" {line}"
    return {name: _plain(words) for name, words in fields.items()}


def _plain(words: str) -> str:
    """A value without the signs that vCard puts before a comma, a semicolon or the end of a line."""
    bare = re.sub(r"\\([,;:\\])", r"\1", re.sub(r"\\n", " ", words, flags=re.I))
    return " ".join(bare.split())


def _name(parts: str) -> str:
    family, given = ([*parts.split(";"), "", ""])[:2]
    return " ".join(filter(None, [given.strip(), family.strip()]))
