# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Where a harvest is in a list, and when that list can't be one; what stays of a record in which something is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from mainport.catalogue.rules.courses import Course, Offering, Place
from mainport.catalogue.rules.faults import Refused
from mainport.catalogue.rules.mending import mend
from mainport.catalogue.rules.walking import IDLE
from mainport.catalogue.rules.walking import Place as At
from mainport.catalogue.rules.works import Access, Author, Identifier, Scheme, Work, WorkFile

MOST = 10**6


def _walk(place: At, fresh: int, positions: list[dict[str, int]]) -> At:
    for position in positions:
        place = place.after(fresh, position, most=MOST)
    return place


def test_a_place_is_kept_as_json_and_read_back() -> None:
    place = At().after(10, {"token": "a"}, size=30, latest="2026-01-01", most=MOST)
    assert At.of(place.as_json()) == place
    assert (place.records, place.pages, place.size, place.done) == (10, 1, 30, False)
    assert place.after(5, None, most=MOST).done


@pytest.mark.parametrize("length", [1, 2, 7, 60, 333])
def test_a_round_of_whatever_length_is_found(length: int) -> None:
    with pytest.raises(Refused, match="asked before"):
        _walk(At(), 1, [{"page": turn % length} for turn in range(5 * length + 10)])


def test_pages_without_anything_new_come_to_an_end() -> None:
    pages = [{"page": turn} for turn in range(IDLE + 1)]
    place = _walk(At().after(10, {"page": -1}, most=MOST), 0, pages[:IDLE])
    assert place.idle == IDLE
    with pytest.raises(Refused, match="without anything new"):
        _walk(place, 0, pages[IDLE:])


def test_a_list_that_was_begun_again_may_repeat_itself() -> None:
    pages = [{"page": turn} for turn in range(IDLE * 2)]
    place = _walk(_walk(At(), 10, pages).again(), 0, pages)
    assert place.after(1, None, most=MOST).done


def test_a_position_that_expires_each_time_is_told() -> None:
    place = At().after(1, {"page": 1}, most=MOST).again().again()
    with pytest.raises(Refused, match="expires"):
        place.again()


def test_more_records_than_may_be_are_refused() -> None:
    with pytest.raises(Refused, match="more than 5 records"):
        At().after(6, None, most=5)


def test_what_is_wrong_with_a_record_is_left_out_and_told() -> None:
    work = Work(
        {"nl": "Warmte", "NL-x": "Warmte"},
        authors=(Author(""), Author("Alice Jansen", orcid="0000")),
        identifiers=(
            Identifier(Scheme.DOI, "nonsense"),
            Identifier(Scheme.DOI, "10.1/x"),
            Identifier(Scheme.LOCAL, "7"),
        ),
        files=(WorkFile("a.pdf", "ftp://x"), WorkFile("b.pdf", "https://example.org/b.pdf")),
        access=Access.EMBARGOED,
    )
    mended, faults = mend(work)
    assert isinstance(mended, Work)
    assert mended.titles == {"nl": "Warmte", "und": "Warmte"}
    assert [(author.name, author.orcid) for author in mended.authors] == [("Alice Jansen", "")]
    assert mended.identifiers == (Identifier(Scheme.LOCAL, "7"),)
    assert (mended.access, mended.embargo_until) == (Access.RESTRICTED, None)
    assert [file.url for file in mended.files] == ["", "https://example.org/b.pdf"][1:]
    assert len(faults) == 7 + 1


def test_a_work_without_a_title_is_refused() -> None:
    with pytest.raises(Refused, match="title"):
        mend(Work({}))


def test_open_files_without_a_licence_are_told_and_kept() -> None:
    work = Work({"nl": "Warmte"}, files=(WorkFile("b.pdf", "https://example.org/b.pdf"),), access=Access.OPEN)
    mended, faults = mend(work)
    assert mended == work
    assert [fault.field for fault in faults] == ["licence"]


def test_an_offering_keeps_what_is_right_of_it() -> None:
    offering = Offering(
        "o1", starts=date(2026, 3, 1), ends=date(2026, 2, 1), places=(Place("Forum", latitude=990.0, town="Groningen"),)
    )
    mended, faults = mend(Course("c1", {"nl": "Mailen"}, offerings=(offering,)))
    assert isinstance(mended, Course)
    assert mended.offerings[0].ends is None
    assert mended.offerings[0].places == (Place("Forum", town="Groningen"),)
    assert len(faults) == 2
