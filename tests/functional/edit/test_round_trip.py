# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Every element of the Groningen agenda goes through its form and comes out as it was."""

from __future__ import annotations

from django.http import QueryDict

from mainport.agenda.rules.elements import Agenda, Kind
from mainport.web.agenda.edit_data import Subject, sent, stored
from mainport.web.agenda.edit_fields import Setting
from mainport.web.agenda.edit_forms import EditForm
from mainport.web.agenda.edit_result import result_of
from tests.conftest import groningen_file


def _through_its_form(agenda: Agenda, uid: str) -> tuple[object, object]:
    element = agenda.elements[uid]
    subject = Subject(element)
    setting = Setting(agenda=agenda, language="en", kind=element.kind)
    data = QueryDict(mutable=True)
    for name, values in stored(subject, agenda.languages).items():
        data.setlist(name, list(values))
    form = EditForm(subject, setting, filled=sent(data), why={"why": "none", "opened": "1"})
    assert form.is_valid(), (uid, form.faults())
    result = result_of(form, agenda.elements)
    assert result.remove == []
    return result.put, [element]


def test_what_is_not_changed_stays_exactly_as_it_is() -> None:
    agenda = groningen_file()
    for uid in agenda.elements:
        put, before = _through_its_form(agenda, uid)
        assert put == before, uid


def test_every_kind_has_a_form() -> None:
    agenda = groningen_file()
    for kind in Kind:
        element = next((e for e in agenda.elements.values() if e.kind is kind), None)
        if element:
            form = EditForm(Subject(element), Setting(agenda=agenda, language="nl", kind=kind))
            assert form.fields.groups()
            assert all(str(one.label) for group in form.fields.groups() for one in group)
