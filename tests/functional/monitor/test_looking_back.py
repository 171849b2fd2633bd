# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What was known on a day, and values that were revised since: on the page, in its data, in a frozen edition."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mainport.monitor import queries
from mainport.monitor.actions import editions
from mainport.monitor.actions import indicators as actions
from mainport.monitor.queries import find_indicator
from mainport.monitor.rules.indicators import File
from tests.conftest import BY
from tests.functional.monitor.conftest import GRONINGEN
from tests.functional.portal.page import see

pytestmark = pytest.mark.django_db

GROWING = {year: 200_000.0 + 4_000 * (year - 2015) for year in range(2015, 2025)}
REVISED = GROWING | {2024: 240_000.0}
PAGE = "/en/indicators/inhabitants/"


def ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def day(days: int) -> str:
    return (timezone.localdate() - timedelta(days=days)).isoformat()


def test_a_revision_shows_both_and_the_frozen_edition_the_old_value(
    indicators: File, visit: Callable[..., None]
) -> None:
    visit({GRONINGEN: GROWING}, ago(30))
    frozen = editions.freeze(by=BY, key="2026", title={"nl": "Cijfers 2026", "en": "Figures 2026"})
    visit({GRONINGEN: REVISED})

    page = see(PAGE)
    wide = page.tree.xpath("//figure//*[local-name()='svg']")[0]
    assert "was 236,000" in "".join(wide.itertext())
    assert "240,000" in "".join(wide.itertext())
    assert len(wide.xpath(".//*[@class='mainport-lines__was']")) == 1
    (row,) = [row for row in page.all("details tr") if row.startswith("2024 240,000")]
    assert row.startswith("2024 240,000 236,000, known from ")
    assert page.all("#revised") == ["Revised by the source"]
    assert "2024: was 236,000, is now 240,000" in page.words

    def edition_of(table: str) -> dict[str, str]:
        answer = Client().get(f"/datasets/03759ned.csv{table}")
        rows = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode()))
        return {row["period"]: row["value"] for row in rows}

    assert float(edition_of("?edition=2026")["2024JJ00"]) == 236_000
    assert float(edition_of("")["2024JJ00"]) == 240_000
    assert queries.is_whole(frozen)


def test_the_revision_as_data(indicators: File, visit: Callable[..., None]) -> None:
    visit({GRONINGEN: GROWING}, ago(30))
    visit({GRONINGEN: REVISED})
    (found,) = Client().get("/en/indicators/inhabitants.json").json()["revised"]
    assert (found["area"], found["period"], found["was"], found["now"]) == ("groningen", "2024", 236_000, 240_000)
    assert datetime.fromisoformat(found["learnt_at"]) < datetime.fromisoformat(found["until"])
    rows = csv.DictReader(Client().get("/en/indicators/inhabitants.csv").content.decode().splitlines())
    (old,) = [row for row in rows if row["kind"] == "revised"]
    assert (old["period"], old["value"]) == ("2024", "236000.0")


def test_a_value_that_was_revised_twice(indicators: File, visit: Callable[..., None]) -> None:
    for days, value in ((30, 236_000.0), (20, 238_000.0), (0, 240_000.0)):
        visit({GRONINGEN: GROWING | {2024: value}}, ago(days))
    page = see(PAGE)
    assert "2024: was 238,000, is now 240,000" in page.words
    assert "2024: was 236,000, is now 238,000" in page.words
    # The drawing shows the last of them; the table has all.
    assert "was 238,000" in "".join(page.tree.xpath("//figure//*[local-name()='svg']")[0].itertext())


def test_a_value_that_was_taken_back(indicators: File, visit: Callable[..., None]) -> None:
    visit({GRONINGEN: GROWING}, ago(30))
    visit({GRONINGEN: {year: value for year, value in GROWING.items() if year != 2024}})
    assert "2024: was 236,000, was taken back" in see(PAGE).words


def test_nothing_is_said_of_revisions_where_none_came(indicators: File, visit: Callable[..., None]) -> None:
    visit({GRONINGEN: GROWING}, ago(30))
    visit({GRONINGEN: GROWING | {2025: 250_000.0}})
    page = see(PAGE)
    assert not page.all("#revised")
    assert "Earlier values" not in page.words


def test_what_was_known_on_a_day(indicators: File, visit: Callable[..., None]) -> None:
    visit({GRONINGEN: GROWING}, ago(30))
    visit({GRONINGEN: REVISED | {2025: 250_000.0}})
    page = see(f"{PAGE}?known={day(10)}")
    assert "You are looking back: this is what was known here at the end of" in page.words
    assert page.links()["What is known today"] == PAGE
    assert page.all("figcaption") == ["Up from 200,000 (2015) to 236,000 people (2024)"]
    assert not page.all("#revised")
    data = Client().get(f"/en/indicators/inhabitants.json?known={day(10)}").json()
    assert (data["known_on"], data["last_value"]) == (day(10), 236_000)
    written = Client().get(f"/en/indicators/inhabitants.csv?known={day(10)}").content.decode()
    assert "2024,2024.0,240000" not in written
    assert "250000" not in written
    assert see(PAGE).all("figcaption") == ["Up from 200,000 (2015) to 250,000 people (2025)"]


def test_a_day_on_which_nothing_was_known(indicators: File, visit: Callable[..., None]) -> None:
    visit({GRONINGEN: GROWING})
    page = see(f"{PAGE}?known={day(10)}")
    assert "On that day, no figure was known here." in page.words


def test_a_target_that_was_set_later_was_not_known(indicators: File, visit: Callable[..., None]) -> None:
    visit({GRONINGEN: GROWING}, ago(30))
    actions.set_target(by=BY, indicator=find_indicator("inhabitants"), period="2030", value=260_000, why="tests")
    assert "No target has been agreed." in see(f"{PAGE}?known={day(10)}").words
    assert "target 260,000 (2030)" in see(PAGE).words


@pytest.mark.parametrize("known", ["2026-02-30", "yesterday", "1850-01-01", date.max.isoformat()])
def test_what_is_no_day_or_still_to_come(indicators: File, known: str) -> None:
    page = see(f"{PAGE}?known={known}", status=400)
    assert page.all(".mainport-error-summary")
    assert Client().get(f"/en/indicators/inhabitants.json?known={known}").json()["errors"]["known"]


def test_looking_back_asks_no_more(indicators: File, visit: Callable[..., None]) -> None:
    visit({GRONINGEN: GROWING}, ago(30))
    visit({GRONINGEN: REVISED})
    for address in (PAGE, f"{PAGE}?known={day(10)}", f"{PAGE}chart/"):
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(address).status_code == 200
        assert len(captured) <= 12, address
