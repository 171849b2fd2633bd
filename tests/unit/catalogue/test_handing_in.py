# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What must be there before a work is sent, who may do what in which state, and how plain a summary is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mainport.catalogue.rules.handing_in import (
    OF_AUTHOR,
    STATES,
    STEP_OF,
    Deed,
    Lack,
    No,
    Refused,
    Said,
    access_of,
    deeds,
    embargo_is_right,
    lacks,
    next_state,
)
from mainport.catalogue.rules.plain_words import hints
from mainport.catalogue.rules.works import Access, Author, Work, WorkType

TODAY = date(2026, 11, 24)
WHOLE = Work(
    {"nl": "Titel"},
    type=WorkType.THESIS,
    authors=(Author("Alice"),),
    summaries={"nl": "Kort."},
    licence="CC-BY-4.0",
)
SAID = Said(supervisor="Bob", consent="nobody", files=1, checked=True)


def test_whole_work_lacks_nothing() -> None:
    assert lacks(WHOLE, SAID, TODAY) == []


@pytest.mark.parametrize(
    ("work", "said", "lack"),
    [
        (replace(WHOLE, titles={"nl": " "}), SAID, Lack.TITLE),
        (replace(WHOLE, type=WorkType.SOFTWARE), SAID, Lack.TYPE),
        (replace(WHOLE, authors=()), SAID, Lack.AUTHOR),
        (WHOLE, replace(SAID, supervisor=" "), Lack.SUPERVISOR),
        (replace(WHOLE, summaries={}), SAID, Lack.SUMMARY),
        (WHOLE, replace(SAID, files=0), Lack.FILE),
        (replace(WHOLE, licence=""), SAID, Lack.LICENCE),
        (replace(WHOLE, embargo_until=date(2031, 11, 25)), SAID, Lack.EMBARGO),
        (WHOLE, replace(SAID, consent=""), Lack.CONSENT),
        (WHOLE, replace(SAID, consent="given"), Lack.CONSENT_NOTE),
        (WHOLE, replace(SAID, checked=False), Lack.CHECK),
        (WHOLE, replace(SAID, warnings=1), Lack.FINDINGS),
    ],
)
def test_one_lack(work: Work, said: Said, lack: Lack) -> None:
    assert lacks(work, said, TODAY) == [lack]
    assert lack in STEP_OF


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (WHOLE, replace(SAID, files=0, no_file_reason="Geheim")),
        (replace(WHOLE, licence="", access=Access.RESTRICTED), SAID),
        (replace(WHOLE, licence=""), replace(SAID, files=0, no_file_reason="Geheim")),
        (replace(WHOLE, embargo_until=date(2031, 11, 24)), SAID),
        (WHOLE, replace(SAID, consent="given", consent_note="Formulieren")),
        (WHOLE, replace(SAID, warnings=2, accepted_note="Verzonnen")),
    ],
)
def test_what_makes_up_for_it(work: Work, said: Said) -> None:
    assert lacks(work, said, TODAY) == []


def test_state_of_every_deed() -> None:
    assert next_state(Deed.SEND, "returned") == "submitted"
    assert next_state(Deed.APPROVE, "submitted") == "published"
    for deed, states in STATES.items():
        for state in {"draft", "submitted", "returned", "published", "withdrawn"} - states.keys():
            with pytest.raises(Refused) as caught:
                next_state(deed, state)
            assert caught.value.no is No.STATE


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "published", "withdrawn"])
def test_author_never_judges(state: str) -> None:
    assert set(deeds(state, is_author=True, reviews=True)) <= OF_AUTHOR
    assert not set(deeds(state, is_author=False, reviews=True)) & OF_AUTHOR
    assert deeds(state, is_author=False, reviews=False) == []


@pytest.mark.parametrize(
    ("closed", "until", "licence", "files", "access"),
    [
        (False, None, "CC-BY-4.0", 1, Access.OPEN),
        (False, date(2027, 1, 1), "CC-BY-4.0", 1, Access.EMBARGOED),
        (False, TODAY, "CC-BY-4.0", 1, Access.OPEN),
        (True, date(2027, 1, 1), "", 1, Access.RESTRICTED),
        (True, None, "", 0, Access.METADATA_ONLY),
        (False, None, "", 1, Access.UNKNOWN),
    ],
)
def test_access(closed: bool, until: date | None, licence: str, files: int, access: Access) -> None:
    assert access_of(closed=closed, embargo_until=until, licence=licence, files=files, today=TODAY) is access


def test_embargo_over_a_leap_day() -> None:
    assert embargo_is_right(date(2029, 3, 1), date(2024, 2, 29))
    assert not embargo_is_right(date(2029, 3, 2), date(2024, 2, 29))


def test_hints_on_a_long_sentence() -> None:
    found = hints("Kort. " + "woord " * 25 + ".")
    assert found.long_sentences == ("woord woord woord woord woord woord …",)
    assert not found.is_plain
    assert hints("").is_plain
