# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Entering a value by hand on the site, and having another look at it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from mainport.monitor.models import Entry, Indicator, Observation
from tests.conftest import Cast
from tests.functional.matrix.entry import make_indicator

pytestmark = pytest.mark.django_db
FILLED = {"side_0": "groningen", "period": "2021", "value": "60,000.5", "source": "https://example.org/report"}


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def indicator(db: None) -> Indicator:
    return make_indicator()


def form() -> str:
    return f"{reverse('entry_add')}?of=indicator:students"


def test_the_whole_way(cast: Cast, as_person, indicator: Indicator) -> None:
    dave, frank = as_person(cast.dave), as_person(cast.frank)
    assert 'value="indicator:students"' in dave.get(reverse("entry_add")).content.decode()
    answer = dave.post(form(), FILLED, follow=True).content.decode()
    entry = Entry.objects.get()
    assert entry.value == 60000.5
    assert "another person must look at it" in answer
    assert reverse("entry_confirm", kwargs={"pk": entry.pk}) not in answer

    page = frank.get(reverse("entry", kwargs={"pk": entry.pk})).content.decode()
    assert reverse("entry_confirm", kwargs={"pk": entry.pk}) in page
    assert '<a class="nl-link" href="https://example.org/report">' in page
    answer = frank.post(reverse("entry_confirm", kwargs={"pk": entry.pk}), follow=True)
    assert "Confirmed. The value counts from now on." in answer.content.decode()
    assert Observation.objects.get().value == 60000.5
    assert frank.get(reverse("entry_list_json")).json()["entries"][0]["state"] == "confirmed"


def test_dutch_numbers_on_the_dutch_page(cast: Cast, as_person, indicator: Indicator) -> None:
    with translation.override("nl"):
        as_person(cast.dave).post(form(), {**FILLED, "value": "60.000,5"})
    assert Entry.objects.get().value == 60000.5


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        ("value", "60.000.000", "Write a number such as 1,234.5."),
        ("value", "", "Give a value, or say why there is none"),
        ("period", "some day", "Write a period such as 2021"),
        ("source", "", "This field is required."),
        ("side_0", "mars", "Select a valid choice."),
    ],
)
def test_faults_stand_at_their_field(cast: Cast, as_person, indicator: Indicator, field, written, said) -> None:
    answer = as_person(cast.dave).post(form(), {**FILLED, field: written})
    assert answer.status_code == 200
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert said in errors[field][0]
    assert f'href="#id_{field}"' in answer.content.decode()
    assert not Entry.objects.exists()


def test_returned_only_with_a_reason(cast: Cast, as_person, indicator: Indicator) -> None:
    as_person(cast.dave).post(form(), FILLED)
    entry = Entry.objects.get()
    url = reverse("entry_return", kwargs={"pk": entry.pk})
    frank = as_person(cast.frank)
    assert frank.post(url, {"why": ""}).context["form"].errors["why"]
    own = as_person(cast.dave).post(url, {"why": "no"})
    assert "You entered this value yourself" in own.content.decode()
    frank.post(url, {"why": "Page 4 says 61,000"})
    assert "Page 4 says 61,000" in as_person(cast.dave).get(reverse("entry_list")).content.decode()


def test_own_or_decided_is_refused_in_words(cast: Cast, as_person, indicator: Indicator) -> None:
    dave = as_person(cast.dave)
    dave.post(form(), FILLED)
    pk = {"pk": Entry.objects.get().pk}
    assert "another person must look" in dave.post(reverse("entry_confirm", kwargs=pk), follow=True).content.decode()
    dave.post(reverse("entry_withdraw", kwargs=pk))
    answer = as_person(cast.frank).post(reverse("entry_confirm", kwargs=pk), follow=True)
    assert "Somebody has decided about this value already." in answer.content.decode()
    assert not Observation.objects.exists()


def test_no_such_place(cast: Cast, as_person, indicator: Indicator) -> None:
    for of in ("indicator:none", "dataset:none", "students"):
        assert as_person(cast.dave).get(reverse("entry_add"), {"of": of}).status_code == 404


def in_words(indicator: Indicator) -> Indicator:
    indicator.definition = {
        **indicator.definition,
        "kind": "qualitative",
        "unit": {"nl": "in woorden", "en": "in words"},
    }
    indicator.save()
    return indicator


def test_an_answer_in_words_comes_on_the_page_of_the_indicator(cast: Cast, as_person, indicator: Indicator) -> None:
    in_words(indicator)
    dave, frank = as_person(cast.dave), as_person(cast.frank)
    assert "Answer in words" in dave.get(form()).content.decode()
    dave.post(form(), {**FILLED, "value": "Two faculties have one desk since May."})
    entry = Entry.objects.get()
    assert (entry.value, entry.text) == (None, "Two faculties have one desk since May.")
    assert entry.text in frank.get(reverse("entry", kwargs={"pk": entry.pk})).content.decode()
    frank.post(reverse("entry_confirm", kwargs={"pk": entry.pk}))
    stored = Observation.objects.get()
    assert (stored.value, stored.text, stored.missing) == (None, entry.text, 0)
    page = frank.get(reverse("indicator", kwargs={"key": "students"})).content.decode()
    assert entry.text in page
    assert "Said in words, not in figures" in page or "There is no figure" not in page


def test_an_answer_in_words_or_the_reason_for_none(cast: Cast, as_person, indicator: Indicator) -> None:
    in_words(indicator)
    dave = as_person(cast.dave)
    for given in ({"value": ""}, {"value": "Yes.", "missing": "1"}):
        answer = dave.post(form(), {**FILLED, **given})
        assert "Give a value, or say why there is none" in answer.context["form"].errors["value"][0]
    dave.post(form(), {**FILLED, "value": "", "missing": "1"})
    assert (Entry.objects.get().text, Entry.objects.get().missing) == ("", 1)


def test_areas_are_called_by_their_names(cast: Cast, as_person, indicator: Indicator) -> None:
    dave = as_person(cast.dave)
    dave.post(form(), {**FILLED, "side_0": "nederland"})
    entry = Entry.objects.get()
    for address in (reverse("entry_list"), reverse("entry", kwargs={"pk": entry.pk})):
        page = dave.get(address).content.decode()
        assert "The Netherlands" in page
        assert "nederland" not in page
