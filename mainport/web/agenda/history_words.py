# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Versions and their differences in words for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from mainport.agenda.models import Version
from mainport.agenda.queries import history
from mainport.agenda.rules.difference import Change, FieldChange, Sort
from mainport.agenda.rules.elements import Kind
from mainport.agenda.rules.fields import FieldShape, fields_of_kind
from mainport.agenda.rules.fields import Sort as Holds
from mainport.agenda.rules.nodes import SHAPES
from mainport.core.models import Source
from mainport.core.queries import offices
from mainport.core.rules.languages import EVERY_LANGUAGE, say
from mainport.core.rules.permissions import Actor, Permission, Role
from mainport.web.accounts.words import ROLES
from mainport.web.agenda import labels
from mainport.web.agenda.edit_labels import label_of, language_name
from mainport.web.templatetags.mainport import euro, number, span, when

_EURO = frozenset({"per_year", "total", "amount", "budget"})


@dataclass(frozen=True)
class Line:
    """One difference, as `components/diff.html` shows it."""

    kind: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Titles:
    """What elements and sources are called, by uid and by key."""

    elements: Mapping[str, str]
    sources: Mapping[str, str]

    def of(self, uid: str) -> str:
        return self.elements.get(uid) or uid


def titles_for(changes: Iterable[Change]) -> Titles:
    """What all that these changes name is called. Two queries."""
    language = get_language() or ""
    changes = list(changes)
    uids = {uid for change in changes for uid in _named(change)}
    elements = {
        uid: f"{row.key} {say(row.title, language)}" if row.kind == Kind.TASK else say(row.title, language)
        for uid, row in history.named(uids).items()
    }
    sources = {source.key: say(source.title, language) for source in Source.objects.all()}
    return Titles(elements, sources)


def _named(change: Change) -> Iterator[str]:
    yield change.uid
    for element in (change.old, change.new):
        if element:
            yield from (link.target for link in element.links)
            if element.parent:
                yield element.parent


def lines(change: Change, titles: Titles) -> list[Line]:
    """What differs, field by field and language by language."""
    kind = change.element.kind
    shapes = {shape.name: shape for shape in fields_of_kind(kind)}
    return [line for field in change.fields for line in _lines(field, kind, shapes.get(field.field), titles)]


def _lines(field: FieldChange, kind: Kind, shape: FieldShape | None, titles: Titles) -> Iterator[Line]:
    label = label_of(field.field)
    if shape and shape.sort is Holds.TEXT:
        yield from _lines_of_text(label, _text(field.old), _text(field.new))
        return
    old, new = (_shown(value, field.field, kind, shape, titles) for value in (field.old, field.new))
    if old != new:
        yield _line(label, old, new)


def _lines_of_text(label: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Line]:
    languages = dict.fromkeys(code for code in (*old, *new) if code != EVERY_LANGUAGE)
    for code in languages or [EVERY_LANGUAGE]:
        before, after = (text.get(code) or text.get(EVERY_LANGUAGE) or "" for text in (old, new))
        if before != after:
            named = label if code == EVERY_LANGUAGE else f"{label} ({language_name(code)})"
            yield _line(named, before, after)


def _line(label: str, old: str, new: str) -> Line:
    sort = Sort.ADDED if not old else Sort.REMOVED if not new else Sort.CHANGED
    return Line(sort.value, label, old, new)


def _text(value: Any) -> Mapping[str, str]:
    return {EVERY_LANGUAGE: value} if isinstance(value, str) else value or {}


def _shown(value: Any, name: str, kind: Kind, shape: FieldShape | None, titles: Titles) -> str:
    """A value as people read it."""
    if value is None:
        return ""
    if name == "parent":
        return titles.of(value)
    if name == "position":
        return str(value + 1)
    if name == "source":
        return titles.sources.get(value, value)
    if name in SHAPES[kind].relations:
        return ", ".join(titles.of(uid) for uid in value)
    return _value(value, name, shape)


def _value(value: Any, name: str, shape: FieldShape | None) -> str:
    match shape.sort if shape else None:
        case Holds.FLAG:
            return _("yes") if value else _("no")
        case Holds.DATE:
            return when(value)
        case Holds.WHOLE | Holds.NUMBER:
            return euro(value) if name in _EURO else number(value)
        case Holds.LINES:
            return ", ".join(value)
        case Holds.LANGUAGES:
            return ", ".join(language_name(code) for code in value)
        case Holds.GROUP:
            return span(value.get("start"), value.get("end"))
        case Holds.ROWS:
            return "; ".join(_risk(row) for row in value)
        case Holds.TEXT:
            return say(_text(value), get_language() or "")
    return labels.value(name, str(value))


def _risk(row: Mapping[str, Any]) -> str:
    language = get_language() or ""
    size = labels.value("size", row.get("size", "medium"))
    title, measure = (say(_text(row.get(name)), language) for name in ("title", "measure"))
    return f"{title} ({size}): {measure}" if measure else f"{title} ({size})"


# --- Who ---


class Authors:
    """Who made these versions, as far as the reader may know.

    People of the alliance see each other's names; visitors see the office or organisation, since a
    name is a personal datum that they don't need to follow a change.
    """

    def __init__(self, versions: Iterable[Version], reader: Actor) -> None:
        self._sees_names = reader.may(Permission.ENTER_WORKSPACE)
        people = {version.by_id for version in versions if version.by_id}
        self._offices = {} if self._sees_names or not people else offices(people)

    def of(self, version: Version) -> str:
        if version.by_id is None:
            return version.by_name if self._sees_names else pgettext("author", "the system")
        if self._sees_names:
            return version.by_name
        role, organisation = self._offices.get(version.by_id, (Role.VISITOR, ""))
        if organisation:
            return organisation
        return pgettext("author", "the alliance") if role is Role.VISITOR else str(ROLES[role])
