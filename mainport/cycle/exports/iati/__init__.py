# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The alliance in IATI 2.03: its activities with their money and results, and itself as an organisation.

By https://iatistandard.org/en/iati-standard/203/. How things are named: `names`; which elements are activities: `tree`.
What was made up to show the platform says so in its title, and the file in a comment on top.
"""

from __future__ import annotations

import io
from typing import BinaryIO

from django.conf import settings
from django.utils import timezone

from mainport.agenda.queries import agenda
from mainport.core.rules.dates import first_day
from mainport.cycle.exports.iati.activity import Writer
from mainport.cycle.exports.iati.money import Money
from mainport.cycle.exports.iati.names import Names
from mainport.cycle.exports.iati.organisation import organisation as _organisation
from mainport.cycle.exports.iati.results import Results
from mainport.cycle.exports.iati.tree import Tree
from mainport.cycle.exports.iati.writing import document_of
from mainport.cycle.models import Movement


class NothingToTell(LookupError):
    """There is no agenda, and so there are no activities."""


def write_activities(out: BinaryIO) -> int:
    """Write the file of activities; how many there are. Raises NothingToTell."""
    names = _names()
    today = timezone.localdate()
    money = Money(names, today)
    results = Results(first_day(names.alliance.attributes["period"]["start"]), today, settings.SITE_URL)
    tree = Tree(names.agenda, money.elements | set(results.by_element))
    writer = Writer(names, tree, money, results, today)
    with document_of(out, "iati-activities", demo=any(map(writer.is_demo, tree.elements))) as file:
        for element in tree.elements:
            file.write(writer.activity(element), pretty_print=True)
    return len(tree.elements)


def write_organisation(out: BinaryIO) -> None:
    """Write the file of the organisation. Raises NothingToTell."""
    names = _names()
    demo = Movement.objects.filter(demo=True).exists()
    with document_of(out, "iati-organisations", demo=demo) as file:
        file.write(_organisation(names, demo=demo), pretty_print=True)


def activities() -> bytes:
    out = io.BytesIO()
    write_activities(out)
    return out.getvalue()


def organisation() -> bytes:
    out = io.BytesIO()
    write_organisation(out)
    return out.getvalue()


def _names() -> Names:
    found = agenda()
    if found is None:
        raise NothingToTell("there is no agenda yet: load one with mainport agenda load")
    return Names(found)
