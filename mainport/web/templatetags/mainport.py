# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How pages say texts, numbers, euros and dates; the same functions serve templates and views."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_compact_currency, format_currency, format_decimal
from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mainport.agenda.rules.status import State
from mainport.core.rules.dates import first_day, last_day
from mainport.core.rules.languages import say as say_words
from mainport.core.rules.languages import spoken
from mainport.web.agenda import labels
from mainport.web.agenda.addresses import Named
from mainport.web.agenda.addresses import url_of as address_of
from mainport.web.glossary import anchor_of, terms

register = template.Library()

#: A name that is the same in every language may stand as plain words, as attributes keep it.
Text = Mapping[str, str] | str


def _language() -> str:
    return get_language() or "en"


def _locale() -> Locale:
    try:
        return Locale.parse(_language(), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@register.filter
def words(text: Text | None) -> str:
    """The plain words in the reader's language: for attributes, titles and sentences."""
    return text if isinstance(text, str) else say_words(text, _language())


@register.filter
def say(text: Text | None) -> str | SafeString:
    """The words in the reader's language, marked with their own language where that is another."""
    if isinstance(text, str):
        return text
    language = spoken(text, _language())
    said = say_words(text, _language())
    return format_html('<span lang="{}">{}</span>', language, said) if language else said


@register.filter
def number(value: float | None) -> str:
    """A number in the notation of the page's language; '' for none."""
    return "" if value is None else format_decimal(value, format="#,##0.######", locale=_locale())


@register.filter
def euro(value: float | Decimal | None) -> str:
    """1.050.000 euro on a Dutch page, €1,050,000 on an English one; cents where there are any, always two digits."""
    if value is None:
        return ""
    if _language().startswith("nl"):
        return f"{format_decimal(value, format='#,##0.00' if value % 1 else '#,##0', locale=_locale())} euro"
    pattern = None if value % 1 else "¤#,##0" if _locale().language == "en" else "#,##0\N{NO-BREAK SPACE}¤"
    return format_currency(value, "EUR", format=pattern, locale=_locale(), currency_digits=False)


@register.filter
def euro_short(value: float | None) -> str:
    """A large amount where room is scarce: 500 miljoen euro, €500 million."""
    if value is None or value < 10**7:
        return euro(value)
    size, dutch, english = (10**9, "miljard", "billion") if value >= 10**9 else (10**6, "miljoen", "million")
    amount = format_decimal(value / size, format="#,##0.##", locale=_locale())
    if _language().startswith("nl"):
        return f"{amount} {dutch} euro"
    if _language().startswith("en"):
        return f"€{amount} {english}"
    return str(format_compact_currency(value, "EUR", format_type="short", locale=_locale(), fraction_digits=2))


@register.filter
def when(written: str | date | None) -> str:
    """A date as exact as it is known: 2022; januari 2022; 24 november 2026."""
    if not written:
        return ""
    if isinstance(written, datetime):
        written = timezone.localtime(written).date()
    if isinstance(written, date):
        return format_date(written, _long_pattern(), locale=_locale())
    if len(written) == 4:
        return written
    if len(written) == 7:
        return format_skeleton("yMMMM", first_day(written), locale=_locale())
    return format_date(first_day(written), _long_pattern(), locale=_locale())


def _long_pattern() -> str:
    """British order on English pages: the readers are Dutch and their guests."""
    return "d MMMM y" if _locale().language == "en" else "long"


@register.filter
def machine_date(written: str | date | None) -> str:
    """The same for `<time datetime>`."""
    return written.isoformat() if isinstance(written, date) else written or ""


@register.simple_tag
def span(start: str | None, end: str | None) -> str:
    """A stretch of time: 2022 to 2026; from 2018; until 2027."""
    if start and end:
        return _("%(start)s to %(end)s") % {"start": when(start), "end": when(end)}
    if start:
        return _("from %(start)s") % {"start": when(start)}
    return _("until %(end)s") % {"end": when(end)} if end else ""


@register.filter
def is_past(written: str, today: date) -> bool:
    """Whether all that a reduced date covers lies before today."""
    return last_day(written) < today


@register.filter
def state_label(state: str) -> str:
    return str(labels.STATES[State(state)])


@register.filter
def kind_label(kind: str) -> str:
    return labels.one(kind)


@register.filter
def kind_plural(kind: str) -> str:
    return labels.several(kind)


@register.filter
def value_label(written: str, field: str) -> str:
    """A value that is one of a few words, in the reader's: {{ "yearly"|value_label:"when" }}."""
    return labels.value(field, written)


@register.filter
def url_of(element: Named | str) -> str:
    """The page of an element, or of a uid."""
    return address_of(element)


@register.filter
def is_code(key: str) -> bool:
    """Whether a key is a code that people use (E3), and not just a part of an address."""
    return len(key) <= 8 and any(character.isdigit() for character in key)


@register.simple_tag
def term(key: str, shown: str) -> str | SafeString:
    """A word of the agenda, tied to its meaning where the glossary has it."""
    if key not in terms():
        return shown
    return format_html('<a class="mainport-term" href="{}">{}</a>', anchor_of(key), shown)


@register.filter
def source(about: Any) -> str:
    """Where a table or scenario comes from; one of the demonstration says in either language that it was invented."""
    return _("Invented, to show how it works") if about.demo else str(about.source or "–")
