# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Every kind of source, harvested to its end and again: pages, files and sites."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from mainport.catalogue import feeds
from mainport.catalogue.actions import harvesting
from mainport.catalogue.actions.repositories import add_repository
from mainport.catalogue.feeds import FORMATS
from mainport.catalogue.feeds.walks import Asked
from mainport.catalogue.models import Harvest, RawRecord, Record, Repository
from mainport.core.fetching.problems import NotReached
from mainport.core.rules.permissions import system

pytestmark = pytest.mark.django_db
BY = system("tests")
BASE = "https://source.example"


class Site:
    """Answers by path, as a function of the query; 404 for the rest."""

    def __init__(self, **pages: Callable[[Mapping[str, str]], Any]) -> None:
        self.pages: dict[str, Any] = dict(pages)
        self.asked: list[str] = []

    def __call__(self, url: str, *, accept: str = "*/*") -> bytes:
        self.asked.append(url)
        parts = urlsplit(url)
        page = self.pages.get(parts.path)
        if page is None:
            raise NotReached(f"{url} answered 404 Not Found", status=404)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        answer = page(query) if callable(page) else page
        if isinstance(answer, bytes):
            return answer
        return answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()


def harvest(format: str, site: Site, path: str = "", **settings: Any) -> Harvest:
    repository = Repository.objects.filter(key="test").first() or add_repository(
        by=BY, key="test", format=format, url=f"{BASE}{path}" if path else "", settings=settings
    )
    return harvesting.harvest(by=BY, repository=repository, get=site)


def titles() -> list[str]:
    return sorted(next(iter(one.titles.values())) for one in Record.objects.filter(state="published"))


def _counts(found: Harvest) -> tuple[str, int, int, int, int, int]:
    return found.state, found.new, found.changed, found.same, found.deleted, found.refused


def test_every_format_has_a_walk() -> None:
    for name, kind in FORMATS.items():
        assert kind.name
        assert isinstance(feeds.walk(name, Asked("x", BASE)).snapshot, bool)


def _course(number: int, **more: Any) -> dict[str, Any]:
    return {"courseId": f"c{number}", "name": [{"language": "nl-NL", "value": f"Cursus {number}"}], **more}


def _listed(items: list[Any]) -> Callable[[Mapping[str, str]], Any]:
    def page(query: Mapping[str, str]) -> Any:
        size, number = int(query["pageSize"]), int(query["pageNumber"])
        begin = size * (number - 1)
        return {
            "pageSize": size,
            "pageNumber": number,
            "hasNextPage": begin + size < len(items),
            "items": items[begin : begin + size],
        }

    return page


OFFERING = {
    "courseOfferingId": "o1",
    "offeringId": "o1",
    "courseId": "c1",
    "name": [{"language": "nl", "value": "Voorjaar"}],
    "startDateTime": "2027-03-01T09:00:00+01:00",
    "addresses": [{"city": "Assen"}],
}


@pytest.mark.parametrize("version", [5, 6])
def test_courses_of_an_education_api_come_with_their_offerings(version: int) -> None:
    courses = [_course(number, organisationId="org1") for number in range(1, 121)]
    programmes, offerings, organisations = {
        5: ("/v/programs", "/v/courses/c1/offerings", "/v/organizations/org1"),
        6: ("/v/programmes", "/v/courses/c1/course-offerings", "/v/organisations/org1"),
    }[version]
    name = "programId" if version == 5 else "programmeId"
    site = Site()
    site.pages = {
        "/v/courses": _listed(courses),
        programmes: _listed([{name: "p1", "name": [{"language": "nl", "value": "Traject"}]}]),
        offerings: _listed([OFFERING]),
        organisations: {"name": [{"language": "nl", "value": "Bibliotheek Assen"}], "organisationId": "org1"},
    }
    assert _counts(harvest("ooapi", site, "/v")) == ("complete", 121, 0, 0, 0, 0)
    course = Record.objects.get(titles__nl="Cursus 1")
    assert (course.kind, course.provider) == ("course", "Bibliotheek Assen")
    offering = course.offerings.get()
    assert (offering.identifier, offering.town, str(offering.starts)) == ("o1", "Assen", "2027-03-01")
    assert Record.objects.get(kind="programme").titles == {"nl": "Traject"}
    courses[0] = _course(1, link="https://source.example/1")
    del courses[5:10]
    assert _counts(harvest("ooapi", site, "/v")) == ("complete", 0, 1, 115, 5, 0)
    assert len(titles()) == 116


def test_an_education_api_of_courses_alone_will_do() -> None:
    site = Site()
    site.pages = {"/courses": _listed([_course(1), {"name": []}])}
    found = harvest("ooapi", site, "/")
    assert _counts(found) == ("complete", 1, 0, 0, 0, 1)


def test_a_server_that_gives_the_same_page_for_ever_is_told() -> None:
    site = Site()
    same = {"items": [_course(1)], "hasNextPage": True, "pageNumber": 1}
    site.pages = {"/courses": lambda _query: same, "/courses/c1/offerings": _listed([])}
    found = harvest("ooapi", site, "/", version="5")
    assert found.state == "failed"
    assert "without anything new" in found.problem
    assert titles() == ["Cursus 1"]


def _product(number: int, status: str = "live") -> dict[str, Any]:
    return {
        "type": "repoItem",
        "id": f"s{number}",
        "attributes": []
        if status == "deleted"
        else {"title": f"Scriptie {number}", "language": "nl", "modified": f"2026-01-{number:02}T00:00:00+00:00"},
        "meta": {"status": status},
    }


def test_sharekit_is_walked_by_its_links_and_asked_for_what_changed() -> None:
    site = Site()

    def page(query: Mapping[str, str]) -> Any:
        number = int(query.get("page[number]", "1"))
        following = f"/items?page[number]={number + 1}" if number < 3 else None
        return {"data": [_product(number * 2 - 1), _product(number * 2)], "links": {"next": following}}

    site.pages = {"/items": page}
    assert _counts(harvest("sharekit", site, "/items")) == ("complete", 6, 0, 0, 0, 0)
    assert "page[size]=100" in site.asked[0]
    site.pages = {"/items": {"data": [_product(2, "deleted"), _product(9)], "links": {}}}
    assert _counts(harvest("sharekit", site, "/items")) == ("complete", 1, 0, 0, 1, 0)
    assert parse_qs(urlsplit(site.asked[-1]).query)["filter[modified][GE]"] == ["2026-01-06T00:00:00+00:00"]
    assert "Scriptie 2" not in titles()


def test_pure_is_walked_by_places() -> None:
    works = [
        {"uuid": f"u{number}", "title": {"value": f"Artikel {number}"}, "modifiedDate": "2026-01-01T00:00:00Z"}
        for number in range(250)
    ]

    def page(query: Mapping[str, str]) -> Any:
        begin, size = int(query["offset"]), int(query["size"])
        return {"count": len(works), "pageInformation": {"offset": begin}, "items": works[begin : begin + size]}

    site = Site()
    site.pages = {"/ws/api/research-outputs": page}
    assert _counts(harvest("pure", site, "/ws/api/research-outputs")) == ("complete", 250, 0, 0, 0, 0)
    del works[:3]
    assert _counts(harvest("pure", site, "/ws/api/research-outputs")) == ("complete", 0, 0, 247, 3, 0)


def test_openalex_goes_on_by_its_cursor() -> None:
    def page(query: Mapping[str, str]) -> Any:
        at = {"*": 0, "b": 1, "c": 2}[query["cursor"]]
        results = [{"id": f"https://openalex.org/W{at}", "title": f"Work {at}"}] if at < 2 else []
        return {"meta": {"count": 2, "next_cursor": ["b", "c", None][at]}, "results": results}

    site = Site()
    site.pages = {"/works": page}
    assert _counts(harvest("openalex", site, "/works?cursor=*")) == ("complete", 2, 0, 0, 0, 0)


FILES = {
    "ris": "TY  - THES\nTI  - Warmte\nAU  - Jansen, A.\nPY  - 2024\nER  - \nTY  - THES\nAU  - X\nER  - \n",
    "bibtex": "@article{a, title={Warmte}, year=2024, author={Jansen, A.}}\n@book{b, author={X}}",
    "csl-json": [{"id": "a", "type": "article", "title": "Warmte"}, {"id": "b", "type": "book"}],
    "crossref": {"message": {"items": [{"DOI": "10.1000/a", "title": ["Warmte"]}, {"DOI": "10.1000/b"}]}},
    "datacite-json": {
        "data": [
            {"id": "10.1000/a", "attributes": {"titles": [{"title": "Warmte"}]}},
            {"id": "10.1000/b", "attributes": {}},
        ]
    },
}


@pytest.mark.parametrize("format", list(FILES))
def test_a_file_comes_in_once_and_adds(format: str) -> None:
    site = Site()
    site.pages = {"": FILES[format]}
    assert _counts(harvest(format, site)) == ("complete", 1, 0, 0, 0, 1)
    assert titles() == ["Warmte"]
    assert _counts(harvest(format, site))[3] == 1
    raw = RawRecord.objects.exclude(faults=[]).get()
    assert raw.record is None
    assert raw.faults[0]["where"] == "titles"


def test_a_sheet_comes_in_by_its_mapping() -> None:
    site = Site()
    site.pages = {"": "Titel;Jaar\nWarmte;2024\n;2023\n"}
    mapping = {"kind": "work", "language": "nl", "fields": {"titles": "Titel", "published": "Jaar"}}
    found = harvest("sheet", site, mapping=mapping)
    assert (found.state, titles()) == ("complete", ["Warmte"])
    assert found.position["notes"]


@pytest.mark.parametrize("format", sorted(set(FORMATS) - {"oai-pmh", "ooapi", "sheet"}))
@pytest.mark.parametrize("body", [b"", b"\x00\xff\xfe", b"{}", b"[]", b"<x/>", b"[1, 2]", b'{"data": 1}', b"@book{"])
def test_nonsense_is_told_and_nothing_is_stored(format: str, body: bytes) -> None:
    site = Site()
    site.pages = {"": body, "/x": body}
    found = harvest(format, site, "" if FORMATS[format].is_file else "/x")
    assert found.state in ("failed", "complete")
    assert found.state == "complete" or found.problem
    assert not Record.objects.exists()


def _page(*things: Mapping[str, Any]) -> str:
    found = json.dumps([{"@context": "https://schema.org", **thing} for thing in things])
    return f'<!DOCTYPE html><html lang="nl"><script type="application/ld+json">{found}</script></html>'


def test_a_site_is_walked_by_its_sitemaps() -> None:
    def maps(*places: str, name: str = "url") -> str:
        inner = "".join(
            f"<{name}><loc>{BASE}{place.split('@')[0]}</loc>"
            + (f"<lastmod>{place.split('@')[1]}</lastmod>" if "@" in place else "")
            + f"</{name}>"
            for place in places
        )
        root = "urlset" if name == "url" else "sitemapindex"
        return f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</{root}>'

    site = Site()
    course = {"@type": "Course", "name": "Mailen", "@id": f"{BASE}/cursus/1#c"}
    site.pages = {
        "/sitemap.xml": maps("/a.xml", "/b.xml", name="sitemap"),
        "/a.xml": maps("/cursus/1@2026-01-01", "/over-ons", "/cursus/weg"),
        "/b.xml": maps("/cursus/2@2026-01-02"),
        "/cursus/1": _page(course),
        "/cursus/2": _page(
            {"@type": "Course", "name": "Bellen", "@id": "x1"}, {"@type": "Course", "name": "Foto's", "@id": "x2"}
        ),
    }
    found = harvest("schema-org", site, "/sitemap.xml", match="/cursus/")
    assert _counts(found)[:2] == ("complete", 3)
    assert titles() == ["Bellen", "Foto's", "Mailen"]
    assert f"{BASE}/over-ons" not in site.asked
    site.asked.clear()
    site.pages["/cursus/1"] = _page({**course, "name": "Mailen voor iedereen"})
    site.pages["/a.xml"] = maps("/cursus/1@2026-02-01", "/cursus/oud@2020-01-01")
    assert harvest("schema-org", site, "/sitemap.xml").changed == 1
    assert f"{BASE}/cursus/oud" not in site.asked
    assert "Mailen voor iedereen" in titles()


def test_a_page_by_itself_is_a_site() -> None:
    site = Site()
    site.pages = {"/": _page({"@type": "Course", "name": "Mailen", "@id": "c"})}
    assert _counts(harvest("schema-org", site, "/"))[:2] == ("complete", 1)
