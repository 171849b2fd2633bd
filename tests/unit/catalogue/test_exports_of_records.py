# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What a page carries for machines: valid by the shapes, and read back by our own readers as it was."""

from __future__ import annotations

import json
import re
import warnings
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import resources
from typing import Any

import pytest

from mainport.catalogue.exports import bibtex, csl, jsonld, ris, signposting
from mainport.catalogue.exports.shown import Shown, ShownFile, licence_address, persistent
from mainport.catalogue.feeds import bibtex as bibtex_reader
from mainport.catalogue.feeds import csl_json as csl_reader
from mainport.catalogue.feeds import ris as ris_reader
from mainport.catalogue.feeds import schema_org
from mainport.catalogue.rules.courses import Course, Offering, Programme
from mainport.catalogue.rules.reading import is_open, sense
from mainport.catalogue.rules.texts import Day
from mainport.catalogue.rules.works import Access, Author, Organisation, Work, WorkType
from tests.works import COURSE, PROGRAMME, RUG, THESIS

SITE = "https://mainport.example"


def shown(key: str = "riool", **said: Any) -> Shown:
    return Shown(
        key=key,
        address=f"{SITE}/record/{key}",
        page=f"{SITE}/nl/werken/{key}/",
        site_name="Akkoord van Voorbeeld",
        site_url=SITE,
        changed=datetime(2026, 1, 2, tzinfo=UTC),
        **{
            "files": (
                ShownFile("a.pdf", f"{SITE}/a.pdf", "application/pdf", 1200, "0" * 64, "CC-BY-4.0", open=True),
                ShownFile("b.pdf", f"{SITE}/b.pdf", "application/pdf", 9, open=False, embargo_until=date(2099, 1, 1)),
            ),
            "forms": {"bib": "application/x-bibtex", "csl.json": csl.MEDIA_TYPE},
            **said,
        },
    )


AWKWARD = replace(
    THESIS,
    titles={"nl": r"100% {warmte} & kou_2 ~ \textbf C# $5 <b>"},
    authors=(
        Author("Ludwig van den Berg", family="van den Berg", given="Ludwig"),
        Author("Werkgroep Riool and Partners", is_organisation=True),
        Author("Plato"),
    ),
    abstracts={"nl": 'Een "zin" met {haken} en 50%.'},
    identifiers=(),
)


# --- Read back by our own readers ---


@pytest.mark.parametrize("work", [THESIS, AWKWARD], ids=["thesis", "awkward"])
def test_bibtex_reads_back(work: Work) -> None:
    written = bibtex.write(work, shown())
    if work.published and work.published.month:
        # One of BibTeX's own words, without braces: styles write that in the language of the paper.
        assert re.search(r"^  month = [a-z]{3},$", written, re.MULTILINE)
    (found,), faults = bibtex_reader.read(written.encode())
    assert faults == []
    assert next(iter(found.titles.values())) == work.titles["nl"]
    assert [one.name for one in found.authors] == [one.name for one in work.authors if one.role == "author"]
    assert (found.authors[0].family, found.authors[0].given) == (work.authors[0].family, work.authors[0].given)
    assert (found.type, found.published, found.doi) == (work.type, work.published, work.doi)
    assert next(iter(found.abstracts.values())) == work.abstracts["nl"]


@pytest.mark.parametrize("work", [THESIS, AWKWARD], ids=["thesis", "awkward"])
def test_ris_reads_back(work: Work) -> None:
    (found,), faults = ris_reader.read(ris.write(work, shown()).encode())
    assert faults == []
    assert found.titles == {"nl": work.titles["nl"]}
    assert [one.name for one in found.authors] == [one.name for one in work.authors if one.role == "author"]
    assert (found.type, found.published, found.doi, found.language) == (work.type, work.published, work.doi, "nl")
    assert found.abstracts == work.abstracts
    assert [one.label for one in found.subjects] == [one.label for one in work.subjects]


def test_ris_ends_its_lines_as_the_format_asks_and_breaks_none() -> None:
    text = ris.write(replace(THESIS, abstracts={"nl": "Een\nTY  - BOOK\nER  - "}), shown())
    assert [line[:2] for line in text.split("\r\n")][:2] == ["TY", "ID"]
    assert len([line for line in text.split("\r\n") if line.startswith(("TY", "ER"))]) == 2


def test_csl_json_reads_back() -> None:
    (found,), faults = csl_reader.read(json.dumps([csl.item(THESIS, shown())]).encode())
    assert faults == []
    assert found.doi == THESIS.doi
    assert next(iter(found.titles.values())) == THESIS.titles["nl"]
    assert (found.type, found.published) == (THESIS.type, THESIS.published)


def test_json_ld_reads_back() -> None:
    found = schema_org.read_json(json.dumps(jsonld.work(THESIS, shown())).encode(), shown().page)
    (work,) = found.works
    assert next(iter(work.titles.values())) == THESIS.titles["nl"]
    assert (work.type, work.published, work.doi, work.language) == (THESIS.type, THESIS.published, THESIS.doi, "nl")
    assert (work.authors[0].orcid, work.authors[0].organisations[0].name) == ("0000-0002-1825-0097", RUG.name)
    assert work.licence == "CC-BY-4.0"
    assert [(one.url, one.size) for one in work.files] == [(f"{SITE}/a.pdf", 1200)]


def test_json_ld_of_a_course_reads_back() -> None:
    found = schema_org.read_json(json.dumps(jsonld.course(COURSE, shown("c"))).encode(), shown("c").page)
    (course,) = found.courses
    assert list(course.titles.values()) == [COURSE.titles["nl"]]
    assert course.provider
    assert course.provider.name == "Bibliotheek Voorbeeld"
    assert course.hours == Decimal("7.5")
    first = course.offerings[0]
    assert (first.starts, first.ends, first.mode) == (date(2099, 1, 12), date(2099, 2, 16), COURSE.offerings[0].mode)
    assert (first.places[0].town, first.prices[0].amount) == ("Groningen", Decimal(0))
    assert set(course.competences) == set(COURSE.competences)


# --- Valid by the shapes ---

EVERY: list[Work | Course | Programme] = [
    *(replace(THESIS, type=kind) for kind in WorkType),
    replace(THESIS, published=Day(2024), language="und", authors=(), organisations=(), licence=""),
    replace(AWKWARD, type=WorkType.DATASET, summaries={}, abstracts={}),
    COURSE,
    replace(COURSE, offerings=(), provider=None, descriptions={}, hours=None),
    replace(COURSE, offerings=(Offering("x"),), languages=("nl", "und")),
    PROGRAMME,
]


def node_of(said: Work | Course | Programme, key: str) -> dict[str, Any]:
    if isinstance(said, Work):
        return jsonld.work(said, shown(key))
    return jsonld.course(said, shown(key)) if isinstance(said, Course) else jsonld.programme(said, shown(key))


def graph_of(*said: Work | Course | Programme) -> Any:
    """As the terms of schema.org, whose context says of these that they are addresses."""
    import rdflib

    addresses = ("url", "sameAs", "license", "contentUrl")
    context = {"@vocab": "http://schema.org/", **{name: {"@type": "@id"} for name in addresses}}
    nodes = [node_of(one, f"r{number}") | {"@context": context} for number, one in enumerate(said)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return rdflib.Graph().parse(data=json.dumps(nodes), format="json-ld")


def validate(data: Any, shapes: Any, *, allow_warnings: bool) -> tuple[bool, str]:
    pyshacl = pytest.importorskip("pyshacl")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        conforms, _report, text = pyshacl.validate(data, shacl_graph=shapes, allow_warnings=allow_warnings)
    return conforms, text


def own_shapes() -> Any:
    import rdflib

    source = resources.files("mainport.catalogue") / "data" / "schema-org-shapes.ttl"
    return rdflib.Graph().parse(data=source.read_text("utf-8"), format="turtle")


def test_all_that_search_engines_require_is_there() -> None:
    conforms, text = validate(graph_of(*EVERY), own_shapes(), allow_warnings=True)
    assert conforms, text


def test_what_they_recommend_is_there_where_it_is_known() -> None:
    whole: list[Work | Course | Programme] = [
        replace(THESIS, type=kind) for kind in (WorkType.ARTICLE, WorkType.THESIS, WorkType.DATASET)
    ]
    conforms, text = validate(graph_of(*whole, PROGRAMME), own_shapes(), allow_warnings=False)
    assert conforms, text


def test_the_shapes_see_what_is_wrong() -> None:
    import rdflib

    data = graph_of(THESIS)
    schema = rdflib.Namespace("http://schema.org/")
    data.remove((None, schema.datePublished, None))
    data.remove((None, schema.name, None))
    conforms, text = validate(data, own_shapes(), allow_warnings=True)
    assert not conforms
    assert ":name" in text


@pytest.mark.shared
def test_every_term_is_used_as_schema_org_means_it(shared: Any) -> None:
    import rdflib

    folder = shared / "standards" / "schemaorg"
    shapes = rdflib.Graph().parse(folder / "schemaorg-30.0-shapes.shacl", format="turtle")
    shapes.parse(folder / "schemaorg-30.0-subclasses.shacl", format="turtle")
    # As published, the data types are things as well, so that no literal is ever a text or a date.
    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    for name in ("Text", "URL", "Boolean", "Date", "DateTime", "Time", "Number", "Integer", "Float"):
        shapes.remove((rdflib.URIRef(f"http://schema.org/validation#ValidSchema{name}"), shacl.nodeKind, None))
    conforms, text = validate(graph_of(*EVERY), shapes, allow_warnings=False)
    assert conforms, text[:4000]


# --- How it is cited ---


def test_what_is_invented_says_so_wherever_it_goes() -> None:
    invented = shown(demo=True)
    assert csl.citation(THESIS, invented).endswith("(Verzonnen voorbeeld)")
    assert "note = {Verzonnen voorbeeld}" in bibtex.write(THESIS, invented)
    assert "N1  - Verzonnen voorbeeld\r\n" in ris.write(THESIS, invented)
    assert csl.item(THESIS, invented)["note"] == "Verzonnen voorbeeld"
    for node in (jsonld.work(THESIS, invented), jsonld.course(COURSE, invented), jsonld.programme(PROGRAMME, invented)):
        assert node["disambiguatingDescription"] == "Verzonnen voorbeeld"
    assert "erzonnen" not in bibtex.write(THESIS, shown())


def test_a_citation_speaks_the_language_of_the_page() -> None:
    assert csl.citation(THESIS, shown()) == (
        "de Vries, A. (2025). Warmte uit het riool [scriptie]. Hanzehogeschool Groningen. "
        "https://doi.org/10.5555/riool.1"
    )
    assert "[student thesis]" in csl.citation(THESIS, replace(shown(), language="en"))


def test_a_citation_without_day_author_or_number() -> None:
    bare = Work({"nl": "Zonder naam..."})
    assert csl.citation(bare, shown("x")) == f"Zonder naam... (z.d.). {SITE}/record/x"


def test_many_authors_are_cut_short() -> None:
    many = tuple(Author(f"A{n} B{n}", family=f"B{n}", given=f"A{n}") for n in range(30))
    line = csl.citation(replace(THESIS, authors=many), shown())
    assert "B18" in line
    assert "B19" not in line


# --- Signposting ---


def test_links_of_a_page() -> None:
    links = [str(one) for one in signposting.of_page(signposting.of_work(THESIS, shown()), shown())]
    assert links == [
        '<https://doi.org/10.5555/riool.1>; rel="cite-as"',
        '<https://schema.org/AboutPage>; rel="type"',
        '<https://schema.org/Thesis>; rel="type"',
        '<https://orcid.org/0000-0002-1825-0097>; rel="author"',
        '<https://creativecommons.org/licenses/by/4.0/>; rel="license"',
        f'<{SITE}/nl/werken/riool.bib>; rel="describedby"; type="application/x-bibtex"',
        f'<{SITE}/nl/werken/riool.csl.json>; rel="describedby"; type="{csl.MEDIA_TYPE}"',
        f'<{SITE}/a.pdf>; rel="item"; type="application/pdf"',
        f'<{SITE}/nl/werken/riool/linkset>; rel="linkset"; type="application/linkset+json"',
    ]


def test_a_header_stays_short_and_the_set_is_whole() -> None:
    files = tuple(ShownFile(f"{n}.csv", f"{SITE}/{n}.csv", "text/csv", open=True) for n in range(500))
    many = shown(files=files)
    links = signposting.of_work(THESIS, many)
    assert len(signposting.header(signposting.of_page(links, many))) < 4000
    (page, *_others) = signposting.linkset(links, many)["linkset"]
    assert len(page["item"]) == 500


def test_a_set_of_links_says_both_directions() -> None:
    found = {
        one["anchor"]: one for one in signposting.linkset(signposting.of_work(THESIS, shown()), shown())["linkset"]
    }
    page = f"{SITE}/nl/werken/riool/"
    assert found[page]["item"] == [{"href": f"{SITE}/a.pdf", "type": "application/pdf"}]
    assert found[f"{SITE}/a.pdf"]["collection"] == [{"href": page, "type": "text/html"}]
    assert found[f"{SITE}/nl/werken/riool.bib"]["describes"] == [{"href": page, "type": "text/html"}]
    assert f"{SITE}/b.pdf" not in found


# --- Rules ---


@pytest.mark.parametrize(
    ("access", "until", "expected"),
    [
        (Access.OPEN, None, True),
        (Access.OPEN, date(2026, 2, 1), False),
        (Access.EMBARGOED, date(2026, 1, 1), True),
        (Access.EMBARGOED, date(2026, 1, 2), False),
        (Access.EMBARGOED, None, False),
        (Access.RESTRICTED, None, False),
        (Access.METADATA_ONLY, None, False),
        (Access.UNKNOWN, None, False),
    ],
)
def test_who_may_read_today(access: Access, until: date | None, expected: bool) -> None:
    assert is_open(access, until, date(2026, 1, 1)) is expected


def test_relations_are_read_from_both_sides() -> None:
    assert sense("Continues") == sense("IsContinuedBy", told_by_other=True) == "ground"
    assert sense("IsCitedBy") == sense("Cites", told_by_other=True) == "sequel"
    assert sense("HasPart") == sense("HasPart", told_by_other=True) == "together"


def test_addresses() -> None:
    assert persistent(AWKWARD, shown()) == f"{SITE}/record/riool"
    assert licence_address("CC-BY") == ""
    assert licence_address("EUPL-1.2") == "https://spdx.org/licenses/EUPL-1.2.html"
    assert licence_address("https://example.org/terms") == "https://example.org/terms"
    assert licence_address("eigen woorden") == ""


def test_a_publisher_is_a_thing_of_its_own() -> None:
    node = jsonld.work(replace(THESIS, organisations=(Organisation("UG", ror="012p63287"),)), shown())
    assert node["publisher"]["@id"] == "https://ror.org/012p63287"
