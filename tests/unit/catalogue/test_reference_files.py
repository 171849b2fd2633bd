# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""BibTeX, CSL-JSON and DataCite's JSON."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.catalogue.feeds import bibtex, csl_json, datacite_json
from mainport.catalogue.feeds.json import Fields, parse
from mainport.catalogue.rules import works
from mainport.catalogue.rules.faults import Refused
from mainport.catalogue.rules.works import Identifier, Scheme, WorkType

BIBTEX = r"""@string{hanze = "Hanze University"}
@comment{nothing}
@mastersthesis{veen2024,
  author = {van der Veen, Anna and M{\"u}ller, Jos\'e and {Onderzoeksgroep Noord} and others},
  title = {Wonen na de {Bevingen} \& herstel --- een analyse},
  school = hanze, year = 2024, month = jun, langid = {dutch},
  doi = {10.1000/a\_b}, url = {https://x.nl/a%20b?c=1}, keywords = {wonen; aardbeving, schade},
}
@inproceedings{child, crossref = {parent}, title = "Chapter", author = "Bob de Boer", isbn = {1}}
@proceedings{parent, title = {Whole}, year = {2020}, publisher = {Press}}
@thesis{x, type = {PhD thesis}, title = {Bodem}, date = {2023-09-05/2024}, author = {Jansen, A.}}
@article{y, title = {Zomer}, year = {zomer}, issn = {0378-5955}, eprint = {2101.00001}, archiveprefix = {arXiv}}
@article{y, title = {Weer}}
"""


def test_reads_bibtex() -> None:
    found, faults = bibtex.read(BIBTEX.encode())
    thesis, child, parent, doctoral, article, twin = found
    assert thesis.titles == {"nl": "Wonen na de Bevingen & herstel — een analyse"}
    assert [(one.name, one.family, one.given, one.is_organisation) for one in thesis.authors] == [
        ("Anna van der Veen", "van der Veen", "Anna", False),
        ("José Müller", "Müller", "José", False),
        ("Onderzoeksgroep Noord", "", "", True),
    ]
    assert (thesis.type, str(thesis.published)) == (WorkType.THESIS, "2024-06")
    assert [(one.name, one.role) for one in thesis.organisations] == [("Hanze University", "grantor")]
    assert thesis.identifiers == (
        Identifier(Scheme.DOI, "10.1000/a_b"),
        Identifier(Scheme.URL, "https://x.nl/a%20b?c=1"),
    )
    assert [one.label for one in thesis.subjects] == ["wonen", "aardbeving", "schade"]
    assert (child.type, str(child.published), child.organisations[0].name) == (
        WorkType.CONFERENCE_PAPER,
        "2020",
        "Press",
    )
    assert parent.titles == {"und": "Whole"}
    assert (doctoral.type, str(doctoral.published)) == (WorkType.DOCTORAL_THESIS, "2023-09-05")
    assert article.identifiers == (Identifier(Scheme.URL, "https://arxiv.org/abs/2101.00001"),)
    assert [(one.kind, one.identifier.value) for one in article.relations] == [("IsPublishedIn", "0378-5955")]
    assert (twin.titles, twin.provenance.record) == ({"und": "Weer"}, "y")
    assert [(fault.field.rpartition(".")[2], fault.found) for fault in faults] == [("isbn", "1"), ("year", "zomer")]
    assert [fault.field for work in found for fault in works.check(work)] == []


def test_latex_reads_no_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.tex"
    secret.write_text("secret words")
    for macro in ("input", "include"):
        (work,), _ = bibtex.read(f"@book{{a, title = {{X \\{macro}{{{secret}}}}}}}".encode())
        assert "secret words" not in work.titles["und"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "BibTeX"),
        (b"TY  - JOUR", "BibTeX"),
        (b"@book{a, title = {\xff}}", "UTF-8"),
        (b"@book{a, title = {" + b"{" * 500 + b"}" * 500 + b"}}", "braces inside each other"),
        (b"@book{a, title = {no end", "an entry such as"),
    ],
)
def test_refuses_what_is_no_bibtex(data: bytes, expected: str) -> None:
    with pytest.raises(Refused) as refused:
        bibtex.read(data)
    assert expected in str(refused.value)


def test_a_broken_entry_is_told_and_the_others_stay() -> None:
    found, faults = bibtex.read(b"@book{a, title = {A}}\n@book{b, title = {B\n@book{c, title = {C}}\n")
    assert "A" in {work.titles["und"] for work in found}
    assert faults
    assert faults[0].field.startswith("line 2")


def test_a_long_value_of_macros_takes_no_time() -> None:
    begin = time.process_time()
    _, faults = bibtex.read(
        b"@book{a, title = {" + rb"\emph{\'e}" * 20_000 + b"}, author = {" + b"a and " * 50_000 + b"}}"
    )
    assert [fault.expected[:7] for fault in faults] == ["at most", "at most"]
    assert time.process_time() - begin < 20


@given(
    st.lists(
        st.sampled_from(["@", "book", "{", "}", "a", ",", "=", '"', "\\", "%", "#", "title", "author", " and ", "\n"])
    )
)
@settings(max_examples=200, deadline=None)
def test_any_signs_are_read_or_refused(parts: list[str]) -> None:
    try:
        found, _ = bibtex.read("".join(parts).encode())
    except Refused:
        return
    assert found


CSL = [
    {
        "id": "z1",
        "type": "thesis",
        "genre": "PhD Thesis",
        "title": "Wonen <i>na</i> de bevingen",
        "author": [
            {"family": "Veen", "given": "Anna", "non-dropping-particle": "van der"},
            {"literal": "Groep Noord"},
        ],
        "issued": {"date-parts": [["2024", 6]]},
        "DOI": "10.1000/X",
        "URL": "https://x.nl/1",
        "language": "nl-NL",
        "keyword": "wonen, schade",
        "publisher": "Hanze",
    },
    {"id": "z2", "type": "paper-conference", "title": "B", "author": ["wrong"], "issued": {"date-parts": [[2023]]}},
]


def test_reads_csl_json() -> None:
    (first, second), faults = csl_json.read(json.dumps(CSL).encode())
    assert (first.titles, first.type, first.language) == (
        {"nl": "Wonen na de bevingen"},
        WorkType.DOCTORAL_THESIS,
        "nl",
    )
    assert [(one.name, one.family, one.is_organisation) for one in first.authors] == [
        ("Anna van der Veen", "van der Veen", False),
        ("Groep Noord", "", True),
    ]
    assert first.identifiers == (Identifier(Scheme.DOI, "10.1000/x"), Identifier(Scheme.URL, "https://x.nl/1"))
    assert [one.label for one in first.subjects] == ["wonen", "schade"]
    assert (second.type, str(second.published)) == (WorkType.CONFERENCE_PAPER, "2023")
    assert [fault.field for fault in faults] == ["items[1].author[0]"]
    assert csl_json.read(json.dumps({"items": CSL}).encode())[0][0].doi == "10.1000/x"
    with pytest.raises(Refused):
        csl_json.read(b'"x"')


def fields(value: object) -> Fields:
    got = parse(json.dumps(value).encode())
    assert isinstance(got, dict)
    return Fields(got)


DATACITE: dict[str, object] = {
    "doi": "10.1000/Y",
    "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Tabel"},
    "creators": [
        {
            "name": "Veen, Anna van der",
            "nameType": "Personal",
            "nameIdentifiers": [{"nameIdentifier": "0000-0002-1825-0097", "nameIdentifierScheme": "ORCID"}],
            "affiliation": [
                {
                    "name": "RUG",
                    "affiliationIdentifier": "https://ror.org/012p63287",
                    "affiliationIdentifierScheme": "ROR",
                },
                "Hanze",
            ],
        },
        {"name": "Groep", "nameType": "Organizational"},
        {},
    ],
    "titles": [{"title": "Metingen", "titleType": "Subtitle"}, {"title": "Bodem", "lang": "nl"}],
    "publisher": {"name": "DANS"},
    "publicationYear": 2023,
    "dates": [{"date": "2030-01-01", "dateType": "Available"}, {"date": "ooit", "dateType": "Other"}],
    "rightsList": [{"rightsUri": "info:eu-repo/semantics/embargoedAccess"}, {"rightsIdentifier": "cc-by-4.0"}],
    "descriptions": [{"description": "Wij maten.<br>", "descriptionType": "Abstract"}],
    "relatedIdentifiers": [
        {"relatedIdentifier": "10.1000/Z", "relatedIdentifierType": "DOI", "relationType": "IsSupplementTo"}
    ],
    "url": "https://x.nl/1",
    "contentUrl": ["https://x.nl/a.csv"],
    "language": "nl",
    "updated": "2024-01-01T00:00:00Z",
}


def test_reads_datacite_json() -> None:
    whole = {"id": "10.1000/y", "type": "dois", "attributes": DATACITE}
    page = datacite_json.page(
        json.dumps({"data": [whole], "links": {"next": "https://api/x"}, "meta": {"total": 1}}).encode()
    )
    work, faults = datacite_json.read(page.items[0])
    assert (page.following, page.total) == ("https://api/x", 1)
    assert (work.titles, work.subtitles, work.abstracts) == ({"nl": "Bodem"}, {"nl": "Metingen"}, {"nl": "Wij maten."})
    assert (work.doi, work.type, str(work.published), work.licence) == (
        "10.1000/y",
        WorkType.DATASET,
        "2023",
        "CC-BY-4.0",
    )
    anna, group = work.authors
    assert (anna.name, anna.orcid, anna.organisations[0].ror, anna.organisations[1].name) == (
        "Anna van der Veen",
        "0000-0002-1825-0097",
        "012p63287",
        "Hanze",
    )
    assert group.is_organisation
    assert [one.url for one in work.files] == ["https://x.nl/a.csv"]
    assert sorted(fault.field for fault in faults) == [
        "data[0].attributes.creators[2].name",
        "data[0].attributes.dates[1].date",
    ]
    assert works.check(work) == []


@pytest.mark.shared
def test_reads_every_example_of_datacite_json_whole(shared: Path) -> None:
    found = 0
    for file in sorted((shared / "standards/datacite/source/json/kernel-4.3/example").glob("*.json")):
        work, faults = datacite_json.read(fields(json.loads(file.read_bytes())))
        assert work.doi, file.name
        assert work.titles, file.name
        assert work.authors, file.name
        assert work.published, file.name
        # Its examples carry made-up numbers; nothing else may be unreadable.
        parts = {fault.field.rpartition(".")[2] for fault in faults}
        assert parts <= {"nameIdentifier", "affiliationIdentifier", "rightsList", "date"}, (file.name, faults)
        found += 1
    assert found > 10


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "title", "affiliation", "date", "lang", "date-parts", "family"]), inner
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted({*DATACITE, *CSL[0]})), JSON, max_size=6))
@settings(max_examples=100, deadline=None)
def test_any_object_is_read_or_told_off(value: dict[str, object]) -> None:
    works.check(datacite_json.read(fields(value))[0])
    for work in csl_json.read(json.dumps([value]).encode())[0]:
        works.check(work)
