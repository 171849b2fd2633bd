# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.catalogue.feeds import crossref, ris
from mainport.catalogue.feeds.json import Fields, parse
from mainport.catalogue.rules import works
from mainport.catalogue.rules.faults import Refused
from mainport.catalogue.rules.works import Identifier, Scheme, WorkType

CROSSREF: dict[str, object] = {
    "DOI": "10.1000/X",
    "type": "journal-article",
    "title": ["Living after the <i>quakes</i>"],
    "abstract": "<jats:title>Abstract</jats:title><jats:p>We asked 12 &lt; 20 people.</jats:p>",
    "author": [
        {
            "given": "Anna",
            "family": "van der Veen",
            "ORCID": "http://orcid.org/0000-0002-1825-0097",
            "affiliation": [{"name": "RUG", "id": [{"id": "https://ror.org/012p63287", "id-type": "ROR"}]}],
        },
        {"name": "Group North", "ORCID": "0000-0002-1825-0098"},
    ],
    "issued": {"date-parts": [[2024, 5]]},
    "license": [{"URL": "https://creativecommons.org/licenses/by/4.0/"}],
    "publisher": "Press",
    "language": "en",
    "ISBN": ["9780306406157", "http://id.crossref.org/isbn/1"],
    "funder": [{"name": "NWO", "award": ["1", "2"]}, {"name": "EC"}],
}


def fields(value: dict[str, object]) -> Fields:
    got = parse(json.dumps(value).encode())
    assert isinstance(got, dict)
    return Fields(got)


def test_reads_crossref() -> None:
    work, faults = crossref.read(fields(CROSSREF))
    assert work.titles == {"en": "Living after the quakes"}
    assert work.abstracts == {"en": "We asked 12 < 20 people."}
    assert (work.type, work.doi, str(work.published)) == (WorkType.ARTICLE, "10.1000/x", "2024-05")
    assert [(one.name, one.orcid, one.is_organisation) for one in work.authors] == [
        ("Anna van der Veen", "0000-0002-1825-0097", False),
        ("Group North", "", True),
    ]
    assert work.authors[0].organisations[0].ror == "012p63287"
    assert [(one.funder, one.award) for one in work.funding] == [("NWO", "1"), ("NWO", "2"), ("EC", "")]
    assert work.licence == "CC-BY-4.0"
    assert sorted(fault.field for fault in faults) == ["ISBN", "author[1].ORCID"]
    assert works.check(work) == []


def test_a_date_that_nobody_knows_and_one_that_is_none() -> None:
    assert crossref.read(fields({"issued": {"date-parts": [[None]]}}))[0].published is None
    work, faults = crossref.read(fields({"issued": {"date-parts": [[2023, 2, 30]]}}))
    assert work.published is None
    assert [fault.field for fault in faults] == ["issued"]


RIS = """TY  - THES
TI  - Wonen na de
bevingen
AU  - Veen, Anna van der
PY  - 2024/06//
LA  - nld
DO  - 10.1000/X
SN  - 0-306-40615-2
KW  - aardbeving
ER  -

TY  - JOUR
T1  - Twee
DA  - zomer
PY  - 2023
SN  - 0378-5955
"""


def test_reads_ris() -> None:
    (first, second), faults = ris.read(RIS.encode())
    assert first.titles == {"nl": "Wonen na de bevingen"}
    assert first.authors[0].name == "Anna van der Veen"
    assert first.identifiers == (Identifier(Scheme.DOI, "10.1000/x"), Identifier(Scheme.ISBN, "9780306406157"))
    assert (first.type, str(first.published)) == (WorkType.THESIS, "2024-06")
    assert (second.type, str(second.published), second.identifiers) == (WorkType.ARTICLE, "2023", ())
    assert [str(fault) for fault in faults] == ["line 12.date: found zomer, expected a date such as 2024/05/31"]


@pytest.mark.parametrize("data", [b"", b"@article{x}", b"TY  - \xff"])
def test_refuses_what_is_no_ris(data: bytes) -> None:
    with pytest.raises(Refused):
        ris.read(data)


@given(st.lists(st.sampled_from(["TY  - JOUR", "ER  -", "AU  - A, B", "loose", "", "PY  - x", "SN  - 1", "DO  -"])))
@settings(max_examples=80, deadline=None)
def test_any_order_of_lines_is_read_or_refused(lines: list[str]) -> None:
    text = "\n".join(lines)
    if "TY  - JOUR" in lines:
        found, _ = ris.read(text.encode())
        assert len(found) == lines.count("TY  - JOUR")
    else:
        with pytest.raises(Refused):
            ris.read(text.encode())
