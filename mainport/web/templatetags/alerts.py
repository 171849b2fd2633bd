# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How a letter says what changed in an indicator."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from mainport.monitor.rules.changes import Change, Said
from mainport.monitor.rules.formula import Point
from mainport.monitor.rules.indicators import Definition
from mainport.web.monitor.words import period_words, value_words
from mainport.web.templatetags.mainport import words

register = template.Library()


@register.simple_tag
def change_words(change: Change, definition: Definition) -> str:
    """- 2021, Groningen: 230, was 228"""
    told = {
        "period": period_words(change.span),
        "where": _where(change, definition),
        "old": _said(change.old, definition),
        "new": _said(change.new, definition),
    }
    if change.old is None:
        return _("- %(period)s, %(where)s: %(new)s (new)") % told
    if change.new is None:
        return _("- %(period)s, %(where)s: no value any more (was %(old)s)") % told
    return _("- %(period)s, %(where)s: %(new)s (was %(old)s)") % told


def _where(change: Change, definition: Definition) -> str:
    if not change.is_area:
        return _("as published by %(source)s") % {"source": change.where}
    return next((words(place.title) for place in definition.places if place.id == change.where), change.where)


def _said(value: Said, definition: Definition) -> str:
    if isinstance(value, Point):
        said = value_words(value.value, definition, unit=False)
        return f"{said} ± {value_words(value.margin, definition, unit=False)}" if value.margin else said
    return words(value)
