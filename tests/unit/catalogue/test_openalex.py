# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from mainport.catalogue.feeds import openalex
from mainport.catalogue.feeds.json import Fields
from mainport.catalogue.rules import works
from mainport.catalogue.rules.works import Access, WorkType

ITEM: dict[str, object] = {
    "id": "https://openalex.org/W1",
    "doi": "https://doi.org/10.1000/X",
    "title": "Soil and quakes",
    "language": "en",
    "type": "book-chapter",
    "publication_date": "2024-05-31",
    "authorships": [
        {
            "author": {"display_name": "Anna van der Veen", "orcid": "https://orcid.org/0000-0002-1825-0097"},
            "institutions": [{"display_name": "RUG", "ror": "https://ror.org/012p63287"}],
        },
        {"author": {"display_name": "B", "orcid": "1"}, "institutions": []},
    ],
    "open_access": {"is_oa": True},
    "best_oa_location": {"is_oa": True, "pdf_url": "https://x.nl/a.pdf", "license": "cc-by"},
    "abstract_inverted_index": {"soil": [1, 3], "The": [0], "and": [2], "far": [10**9], "odd": "x"},
    "topics": [{"id": "https://openalex.org/T1", "display_name": "Seismology"}],
    "grants": [{"funder": "https://openalex.org/F1", "funder_display_name": "NWO", "award_id": None}],
}


def test_reads_openalex() -> None:
    work, faults = openalex.read(Fields(ITEM))
    assert (work.titles, work.abstracts) == ({"en": "Soil and quakes"}, {"en": "The soil and soil"})
    assert (work.doi, work.type, str(work.published)) == ("10.1000/x", WorkType.CHAPTER, "2024-05-31")
    assert (work.authors[0].orcid, work.authors[0].organisations[0].ror) == ("0000-0002-1825-0097", "012p63287")
    assert (work.access, work.licence, work.files[0].name) == (Access.OPEN, "CC-BY", "a.pdf")
    assert [one.funder for one in work.funding] == ["NWO"]
    assert [one.label for one in work.subjects] == ["Seismology"]
    assert [fault.field for fault in faults] == ["authorships[1].author.orcid"]
    assert works.check(work) == []


def test_an_empty_item_has_its_faults_told_by_the_check() -> None:
    work, faults = openalex.read(Fields({"doi": "x"}))
    assert [fault.field for fault in faults] == ["doi"]
    assert [fault.field for fault in works.check(work)] == ["titles"]
