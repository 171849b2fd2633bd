# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What a catalogue says of a dataset, and which of its distributions is read.

No recorded answer of data.overheid.nl exists: these are written after
https://ckanext-dcatdonl.readthedocs.io/en/latest/schema.html and https://docs.ckan.org/en/latest/api/.
"""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.core.fetching.problems import NotReached, NotTrusted, Problem
from mainport.monitor.exports.dcat import PREFIXES
from mainport.monitor.feeds import Asked, dcat
from mainport.monitor.feeds.dcat.described import Distribution, cbs_table
from tests.unit.monitor.test_cbs_reading import ANSWERS as CBS_ANSWERS
from tests.unit.monitor.test_cbs_reading import JSON, FakeVisit, places
from tests.unit.monitor.test_jsonstat_reading import CUBE

BASE = "https://catalogue.example/data"
SHOW = f"{BASE}/api/3/action/package_show?id=werk"
FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type"
OWMS = "http://standaarden.overheid.nl/owms/terms"


def resource(key: str, url: str, format: str, **more: Any) -> dict[str, Any]:
    return {"id": key, "name": f"{key} name", "url": url, "format": format, "mimetype": None, **more}


PACKAGE: dict[str, Any] = {
    "help": f"{BASE}/api/3/action/help_show?name=package_show",
    "success": True,
    "result": {
        "id": "5b1a",
        "name": "werk",
        "title": "Werk in de regio",
        "notes": "Banen en werkloosheid",
        "identifier": "https://catalogue.example/id/werk",
        "language": ["http://publications.europa.eu/resource/authority/language/NLD"],
        "authority": f"{OWMS}/Groningen_(gemeente)",
        "publisher": f"{OWMS}/Groningen_(gemeente)",
        "license_id": "http://creativecommons.org/publicdomain/zero/1.0/deed.nl",
        "modified": "2026-03-02T00:00:00",
        "metadata_modified": "2026-05-01T10:11:12.131415",
        "resources": [
            resource("r1", "https://catalogue.example/werk.html", f"{FILE_TYPE}/HTML"),
            resource("r2", "https://catalogue.example/werk.csv", f"{FILE_TYPE}/CSV", mimetype="text/csv"),
            resource(
                "r3",
                "https://catalogue.example/werk.json",
                f"{FILE_TYPE}/JSON",
                linked_schemas=["https://json-stat.org/full/"],
                modification_date="2026-04-01T00:00:00",
            ),
        ],
    },
}
CSV = b"Regio;Jaar;Banen\nGroningen;2024;10,5\nGroningen;2025;11,0\n"
MAPPING = {
    "feed": "any",
    "title": "Banen",
    "decimal": ",",
    "period": {"column": "Jaar"},
    "dimensions": [{"column": "Regio", "key": "RegioS", "role": "geo"}],
    "measures": [{"column": "Banen", "unit": "x 1000"}],
}
ANSWERS: dict[str, Any] = {
    SHOW: PACKAGE,
    "https://catalogue.example/werk.json": CUBE,
    "https://catalogue.example/werk.csv": CSV,
}


def read(answers: dict[str, Any] = ANSWERS, *, dataset: str = "werk", url: str = BASE, **settings_: Any) -> Any:
    asked = Asked(key="work", url=url, settings={"dataset": dataset, **settings_})
    (table,) = dcat.read(asked, FakeVisit(answers))  # type: ignore[arg-type]
    return table


def changed(**result: Any) -> dict[str, Any]:
    return {**ANSWERS, SHOW: {**PACKAGE, "result": {**PACKAGE["result"], **result}}}


def test_jsonstat_is_read_by_its_own_reader_and_described_by_the_catalogue():
    table = read()
    assert table.key == "work"
    assert table.lines["jobs", "NL"]["2024"] == (9000.0, None, 0, 0)
    assert table.licence == "http://creativecommons.org/publicdomain/zero/1.0/deed.nl"
    assert table.publisher == f"{OWMS}/Groningen_(gemeente)"
    assert table.modified == "2026-04-01T00:00:00"  # Of the distribution itself.
    assert table.extra["catalogue"] == {
        "url": SHOW,
        "distribution": "r3",
        "title": "Werk in de regio",
        "id": "5b1a",
        "name": "werk",
        "identifier": "https://catalogue.example/id/werk",
        "authority": f"{OWMS}/Groningen_(gemeente)",
    }


def test_a_file_is_read_by_its_mapping():
    table = read(distribution="r2", mapping=MAPPING)
    assert table.lines == {("Banen", "Groningen"): {"2024": (10.5, None, 0, 0), "2025": (11.0, None, 0, 0)}}
    assert (table.key, table.modified) == ("work", "2026-03-02T00:00:00")


def test_a_web_page_in_place_of_a_file_is_told():
    with pytest.raises(NotTrusted, match="sent a web page"):
        read({**ANSWERS, "https://catalogue.example/werk.csv": b"<html>gone"}, distribution="r2", mapping=MAPPING)


def test_a_table_of_cbs_is_read_from_its_own_service():
    url = "https://feed.example/odata/v1/CBS/T"
    answers = {key.replace("https://feed.example/CBS", "https://feed.example/odata/v1/CBS"): answer
               for key, answer in CBS_ANSWERS.items()}  # fmt: skip
    found = changed(resources=[resource("c", f"{url}/Observations?$filter=x", f"{FILE_TYPE}/JSON")])
    table = read({**found, **answers})
    assert table.lines["M1", "GM0014"]["2025JJ00"][0] == 246_000.0
    assert table.extra["table"] == "T"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://opendata.cbs.nl/ODataApi/OData/83625NED", ("", "83625NED")),
        ("http://opendata.cbs.nl/ODataFeed/odata/83625NED/TypedDataSet", ("", "83625NED")),
        ("https://opendata.cbs.nl/statline/#/CBS/nl/dataset/83487NED/table?ts=1", ("", "83487NED")),
        ("https://datasets.cbs.nl/odata/v1/CBS/85224NED", ("https://datasets.cbs.nl/odata/v1/CBS", "85224NED")),
        ("https://evil.example/ODataApi/OData/83625NED", None),
        ("https://www.cbs.nl/nl-nl/nieuws", None),
    ],
)
def test_where_a_table_of_cbs_is(url, expected):
    assert cbs_table(url) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((f"{FILE_TYPE}/CSV",), "sheet"),
        (("XLSX",), "sheet"),
        (("", "application/vnd.oasis.opendocument.spreadsheet"), "sheet"),
        (("JSON-STAT",), "jsonstat"),
        (("XML", "application/vnd.sdmx.genericdata+xml;version=2.1"), "sdmx"),
        ((f"{FILE_TYPE}/PDF", "application/pdf"), ""),
        ((f"{FILE_TYPE}/JSON",), ""),
    ],
)
def test_how_a_distribution_is_read(words, expected):
    assert Distribution("d", "", "https://a.example/x", words).format == expected


def test_an_unknown_licence_of_the_catalogue_says_nothing():
    assert read(changed(license_id=f"{OWMS}/licentieonbekend")).licence == ""


@pytest.mark.parametrize(
    ("answers", "asked", "said"),
    [
        (ANSWERS, {"distribution": "r9"}, r"no distribution r9; it has: r1 \(HTML"),
        (ANSWERS, {"distribution": "r2"}, "needs a mapping"),
        (ANSWERS, {"distribution": "r1"}, "needs a format that is read here"),
        (changed(resources=[]), {}, "has no distribution in CBS's OData.*it has: none"),
        (changed(resources=None), {}, "without a list of resources"),
        ({SHOW: {"success": False}}, {}, "isn't an answer of CKAN"),
        ({SHOW: b"<html>"}, {}, "web page"),
    ],
)
def test_what_can_not_be_read_is_told(answers, asked, said):
    with pytest.raises(NotTrusted, match=said):
        read(answers, **asked)


def test_a_dataset_that_is_not_there_names_those_like_it():
    search = f"{BASE}/api/3/action/package_search?q=werk&rows=5"
    like = {"success": True, "result": {"count": 1, "results": [{"name": "werk-in-groningen"}]}}
    with pytest.raises(NotReached, match=r"no dataset werk at .*like it: werk-in-groningen"):
        read({search: like})
    with pytest.raises(NotReached, match=r"no dataset werk at https://catalogue\.example/data$"):
        read({})


# --- DCAT in JSON-LD ---

ADDRESS = "https://catalogue.example/set/werk"
COMPACT = {
    "@context": PREFIXES,
    "@graph": [
        {
            "@id": ADDRESS,
            "@type": ["dcat:Dataset"],
            "dct:title": [{"@value": "Work", "@language": "en"}, {"@value": "Werk", "@language": "nl"}],
            "dct:license": {"@id": "http://creativecommons.org/licenses/by/4.0/"},
            "dct:publisher": {"@id": "https://catalogue.example/org"},
            "dct:modified": {"@value": "2026-01-02", "@type": "xsd:date"},
            "dcat:distribution": [{"@id": f"{ADDRESS}#json"}],
        },
        {"@id": "https://catalogue.example/org", "@type": "foaf:Agent", "foaf:name": "Gemeente Groningen"},
        {
            "@id": f"{ADDRESS}#json",
            "@type": "dcat:Distribution",
            "dcat:accessURL": {"@id": "https://catalogue.example/werk.json"},
            "dct:conformsTo": {"@id": "https://json-stat.org/full/"},
        },
    ],
}
#: The same with whole names and nodes in one another, and with a context of terms.
DCAT, DCT = PREFIXES["dcat"], PREFIXES["dct"]
EXPANDED = [
    {
        "@id": ADDRESS,
        "@type": [f"{DCAT}Dataset"],
        f"{DCT}title": [{"@value": "Werk", "@language": "nl"}],
        f"{DCT}license": [{"@id": "http://creativecommons.org/licenses/by/4.0/"}],
        f"{DCT}publisher": [{f"{PREFIXES['foaf']}name": [{"@value": "Gemeente Groningen"}]}],
        f"{DCT}modified": [{"@value": "2026-01-02"}],
        f"{DCAT}distribution": [
            {
                "@type": [f"{DCAT}Distribution"],
                f"{DCAT}accessURL": [{"@id": "https://catalogue.example/werk.json"}],
                f"{DCT}format": [{f"{PREFIXES['rdfs']}label": [{"@value": "JSON-stat"}]}],
            }
        ],
    }
]
TERMS = {
    "@context": {
        "@vocab": DCAT,
        "dct": DCT,
        "title": "dct:title",
        "license": {"@id": "dct:license", "@type": "@id"},
        "publisher": "dct:publisher",
        "modified": "dct:modified",
        "name": f"{PREFIXES['foaf']}name",
        "id": "@id",
        "type": "@type",
        "conformsTo": "dct:conformsTo",
    },
    "id": ADDRESS,
    "type": "Dataset",
    "title": "Werk",
    "license": "http://creativecommons.org/licenses/by/4.0/",
    "publisher": {"name": "Gemeente Groningen"},
    "modified": "2026-01-02",
    "distribution": {"accessURL": "https://catalogue.example/werk.json", "conformsTo": "https://json-stat.org/full/"},
}


@pytest.mark.parametrize("answer", [COMPACT, EXPANDED, TERMS], ids=["prefixes", "expanded", "terms"])
def test_json_ld_in_each_of_its_forms(answer):
    table = read({**ANSWERS, ADDRESS: json.dumps(answer).encode()}, dataset=ADDRESS, url=ADDRESS)
    assert table.lines["jobs", "NL"]["2024"][0] == 9000.0
    assert (table.licence, table.publisher) == ("http://creativecommons.org/licenses/by/4.0/", "Gemeente Groningen")
    assert (table.modified, table.extra["catalogue"]["title"]) == ("2026-01-02", "Werk")


def test_turtle_and_another_dataset_are_told():
    with pytest.raises(NotTrusted, match="didn't answer in JSON-LD"):
        read({ADDRESS: b"@prefix dcat: <> ."}, dataset=ADDRESS, url=ADDRESS)
    with pytest.raises(NotTrusted, match="its datasets: https://catalogue"):
        read({ADDRESS: json.dumps(COMPACT).encode()}, dataset="https://other.example/", url=ADDRESS)


WHOLE = {SHOW: PACKAGE, ADDRESS: TERMS, "https://catalogue.example/werk.json": CUBE}
PLACES = [place for place in places(WHOLE) if len(place) > 1]


@given(place=st.sampled_from(PLACES), other=JSON, by_address=st.booleans())
@settings(max_examples=300, deadline=None)
def test_whatever_comes_ends_in_a_table_or_a_problem(place: tuple[Any, ...], other: Any, by_address: bool):
    answers = copy.deepcopy(WHOLE)
    inner: Any = answers
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = other
    with suppress(Problem):
        read(answers, **({"dataset": ADDRESS, "url": ADDRESS} if by_address else {}))
