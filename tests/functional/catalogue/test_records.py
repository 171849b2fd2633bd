# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The pages of works, courses and programmes: what stands on them, who may see them, what they carry for machines."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree, html

from mainport.agenda.rules.elements import Agenda
from mainport.catalogue.actions import records
from mainport.catalogue.models import RawRecord, Record, Repository
from mainport.catalogue.rules.courses import Offering, Price
from mainport.catalogue.rules.courses import Place as At
from mainport.catalogue.rules.works import Access, Identifier, Relation, Scheme, WorkType
from mainport.core.models import Person
from tests import works
from tests.conftest import BY, Cast
from tests.functional.portal.page import see

pytestmark = pytest.mark.django_db
LogIn = Callable[[Person | None], Client]


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def linked(response: Any) -> dict[str, list[str]]:
    """The addresses of the header by their relation."""
    found: dict[str, list[str]] = {}
    for one in response["Link"].split(", <"):
        address, _, rest = one.lstrip("<").partition(">")
        found.setdefault(rest.split('rel="')[1].split('"')[0], []).append(address)
    return found


def found_at(tree: Any, path: str) -> list[Any]:
    """What stands there in a tree of XML or HTML."""
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "a": "http://www.w3.org/2005/Atom"}
    return list(tree.xpath(path, namespaces=spaces))


def data_of(response: Any) -> dict[str, Any]:
    """What a search engine reads out of the page."""
    (script,) = found_at(html.fromstring(response.content), "//script[@type='application/ld+json']/text()")
    return dict(json.loads(script))


# --- A work ---


def test_a_work_says_what_it_found_for_whom_and_under_which_rights(groningen: Agenda) -> None:
    works.work()
    page = see("/en/works/riool/")
    assert page.all("h1") == ["Heat from the sewer"]
    assert "Warmte uit het riool" in page.words
    assert "Student thesis · 30 June 2025" in page.words
    assert page.all("h2")[:4] == [
        "In plain words",
        "Summary for readers who know the subject",
        "Recommendations",
        "Open questions for the next student",
    ]
    assert "Sewage is warm." in page.words
    assert "The same in another language: Dutch" in page.words
    assert "Riothermie in drie wijken & de kosten <per woning>." in page.words
    facts = page.all("aside")[0]
    assert "Sector Energy" in facts
    assert "Done for Waterschap Voorbeeld" in facts
    assert "Supervisor Bob" in facts
    links = page.links()
    assert links["ORCID Alice de Vries"] == "https://orcid.org/0000-0002-1825-0097"
    assert links["ROR Rijksuniversiteit Groningen"] == "https://ror.org/012p63287"
    assert links["CC BY 4.0"] == "https://creativecommons.org/licenses/by/4.0/"
    assert links["10.5555/riool.1"] == "https://doi.org/10.5555/riool.1"
    assert links["Energy"] == "/en/sectors/energy/"
    assert "Handed in by its author, and read by the research office." in page.words


def test_texts_in_another_language_say_which(groningen: Agenda) -> None:
    works.work()
    tree = see("/en/works/riool/").tree
    assert found_at(tree, "//section[@aria-labelledby='abstract']/div/@lang") == ["nl"]
    assert found_at(tree, "//details/div/@lang") == ["nl"]
    assert found_at(see("/nl/werken/riool/" if _dutch() else "/nl/works/riool/").tree, "//details/div/@lang") == ["en"]


def _dutch() -> bool:
    """Whether the routes have their Dutch words."""
    return Client().get("/nl/werken/riool/").status_code == 200


def test_recommendations_stand_apart_and_those_who_may_can_adopt_them(
    groningen: Agenda, cast: Cast, as_person: LogIn
) -> None:
    works.work()
    page = see("/en/works/riool/")
    assert len(page.all(".mainport-advice__item")) == 2
    assert "1 Measure for a year. Meant for: E1" in page.all(".mainport-advice__item")[0]
    assert "Nobody has adopted this yet." in page.all(".mainport-advice__item")[1]
    assert found_at(page.tree, "//li[@id='recommendation-2']")
    assert not any(words.startswith("Adopt") for words in page.links())
    assert not any(words.startswith("Adopt") for words in see("/en/works/riool/", as_person(cast.heidi)).links())
    for person in (cast.alice, cast.bob, cast.dave):
        links = see("/en/works/riool/", as_person(person)).links()
        assert "riool" in links["Adopt recommendation 2"], person


def test_nothing_that_an_author_writes_becomes_mark_up(groningen: Agenda) -> None:
    bad = "</script><script>alert(1)</script>"
    works.work(titles={"nl": bad}, summaries={"nl": bad}, abstracts={}, recommendations=(), questions=({"nl": bad},))
    response = Client().get("/en/works/riool/")
    assert b"<script>alert" not in response.content
    assert data_of(response)["name"] == bad


def test_what_is_not_public_is_there_for_its_author_and_the_research_office(cast: Cast, as_person: LogIn) -> None:
    works.work(state="submitted", made_by=cast.heidi)
    for stranger in (None, cast.alice, cast.charlie):
        assert as_person(stranger).get("/en/works/riool/").status_code == 404
        assert as_person(stranger).get("/en/works/riool.json").status_code == 404
    for insider in (cast.heidi, cast.ivan):
        page = see("/en/works/riool/", as_person(insider))
        assert "Handed in" in page.all(".utrecht-alert")[0]
        assert page.response["X-Robots-Tag"] == "noindex"
        assert "Link" not in page.response
        assert "BibTeX" not in page.words
        assert b"ld+json" not in page.response.content
    for form in (".bib", ".jsonld", "/linkset"):
        assert as_person(cast.ivan).get(f"/en/works/riool{form}").status_code == 404


def test_a_withdrawn_work_is_gone_and_says_no_reason(cast: Cast, as_person: LogIn) -> None:
    record = works.work()
    file = works.kept(record)
    records.withdraw(by=BY, record=record, why="the secret reason")
    for address in (
        "/en/works/riool/",
        "/en/works/riool.json",
        "/en/works/riool.bib",
        f"/en/works/riool/files/{file.pk}",
    ):
        for person in (None, cast.ivan):
            response = as_person(person).get(address)
            assert response.status_code == 410, address
            assert b"secret" not in response.content
            assert b"Sewage" not in response.content
    assert "This work is no longer here" in see("/en/works/riool/", status=410).words


def test_a_merged_work_sends_on_for_good() -> None:
    kept = works.work()
    Record.objects.filter(pk=works.work("dubbel").pk).update(merged_into=kept)
    for address in ("/en/works/dubbel/", "/en/works/dubbel.bib"):
        response = Client().get(address)
        assert (response.status_code, response["Location"]) == (302, "/en/works/riool/")


def test_a_course_is_no_work() -> None:
    works.course()
    assert Client().get("/en/works/veilig-internetten/").status_code == 404
    assert Client().get("/en/courses/geen/").status_code == 404


def test_what_it_builds_on_and_what_follows_it_up() -> None:
    works.work()
    works.relate(works.work("vervolg", titles={"en": "The sequel"}), "Continues", "10.5555/riool.1")
    works.relate(works.work("concept", state="draft"), "Continues", "10.5555/riool.1")
    works.work(
        "derde", titles={"en": "The third"}, relations=(Relation("Cites", Identifier(Scheme.DOI, "10.5555/elders")),)
    )
    assert "What follows it up The sequel" in see("/en/works/riool/").words
    assert "concept" not in see("/en/works/riool/").response.content.decode()
    assert see("/en/works/vervolg/").links()["Heat from the sewer"] == "/en/works/riool/"
    page = see("/en/works/derde/")
    assert page.links()["10.5555/elders"] == "https://doi.org/10.5555/elders"


def test_where_it_was_harvested_and_what_was_merged_with_it() -> None:
    record = works.work()
    other = works.work("dubbel")
    Record.objects.filter(pk=other.pk).update(merged_into=record)
    for key, of in (("eerste", record), ("tweede", other)):
        source = Repository.objects.create(
            key=key, title={"en": f"Source {key}"}, format="oai", url=f"https://{key}.example.org/oai"
        )
        RawRecord.objects.create(
            repository=source, identifier=f"oai:{key}:1", body=b"", media_type="application/xml", sha256="0" * 64,
            fetched_at=timezone.now(), record=of,
        )  # fmt: skip
    words = see("/en/works/riool/").all("aside")[0]
    assert "Source eerste, fetched on" in words
    assert words.index("Source eerste") < words.index("Source tweede")
    assert "(the same work, merged with this one) oai:tweede:1" in words


def test_invented_works_are_marked_everywhere(groningen: Agenda) -> None:
    works.work(demo=True)
    assert see("/en/works/riool/").all(".mainport-tag--demo")
    assert see("/en/research/").all(".mainport-tag--demo")
    assert Client().get("/en/works/riool.json").json()["demo"] is True
    assert "Invented example" in Client().get("/en/research.atom").content.decode()


# --- Its files ---


def test_a_file_is_handed_out_with_what_browsers_must_know() -> None:
    record = works.work()
    pdf, table = works.kept(record), works.kept(record, "cijfers.csv", b"a,b", media_type="text/csv")
    response = Client().get(f"/en/works/riool/files/{pdf.pk}")
    assert body(response) == b"%PDF-1.7 verslag"
    assert response["Content-Disposition"] == 'inline; filename="verslag.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert linked(response)["collection"] == [f"{settings.SITE_URL}/en/works/riool/"]
    again = Client().get(f"/en/works/riool/files/{pdf.pk}", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    response = Client().get(f"/en/works/riool/files/{table.pk}")
    assert response["Content-Disposition"] == 'attachment; filename="cijfers.csv"'
    body(response)
    assert see("/en/works/riool/").links()["Read the work itself (CSV, 3 B)"].endswith(f"/files/{table.pk}")


def test_a_page_of_html_is_never_opened_in_our_name() -> None:
    file = works.kept(works.work(), "x.html", b"<script>", media_type="text/html")
    response = Client().get(f"/en/works/riool/files/{file.pk}")
    body(response)
    assert response["Content-Disposition"].startswith("attachment")


def test_an_embargo_holds_until_its_day(cast: Cast, as_person: LogIn) -> None:
    record = works.work(made_by=cast.heidi)
    tomorrow = timezone.localdate() + timedelta(days=1)
    file = works.kept(record, access="embargoed", embargo_until=tomorrow)
    address = f"/en/works/riool/files/{file.pk}"
    for person in (None, cast.alice, cast.dave):
        page = see(address, as_person(person), status=403)
        assert "This file is under embargo. You can read it from" in page.words
        assert b"%PDF" not in page.response.content
    for person in (cast.heidi, cast.ivan):
        response = as_person(person).get(address)
        assert body(response) == b"%PDF-1.7 verslag"
        assert response["Cache-Control"] == "private, no-store"
    page = see("/en/works/riool/")
    assert "Under embargo: you can read it from" in page.words
    assert "verslag.pdf" not in page.links()
    assert "item" not in linked(page.response)
    type(file).objects.update(embargo_until=timezone.localdate())
    assert body(Client().get(address)) == b"%PDF-1.7 verslag"


@pytest.mark.parametrize("access", ["restricted", "metadata-only", "unknown"])
def test_a_closed_file_stays_closed(access: str) -> None:
    file = works.kept(works.work(), access=access)
    assert Client().get(f"/en/works/riool/files/{file.pk}").status_code == 403


def test_a_file_of_another_work_or_an_old_version_is_not_there(cast: Cast, as_person: LogIn) -> None:
    record = works.work(made_by=cast.heidi)
    works.work("ander")
    old = works.kept(record, current=False)
    new = works.kept(record, body=b"%PDF-1.7 nieuw", version=2)
    assert Client().get(f"/en/works/ander/files/{new.pk}").status_code == 404
    assert Client().get(f"/en/works/riool/files/{old.pk}").status_code == 404
    assert body(as_person(cast.heidi).get(f"/en/works/riool/files/{old.pk}")) == b"%PDF-1.7 verslag"
    assert "version 2" in see("/en/works/riool/").words


def test_a_file_that_is_lost_on_disk_is_not_there() -> None:
    file = works.kept(works.work())
    file.file.storage.delete(str(file.file.name))
    assert Client().get(f"/en/works/riool/files/{file.pk}").status_code == 404


# --- For machines ---


@pytest.mark.parametrize(
    ("end", "media_type", "holds"),
    [
        (".bib", "application/x-bibtex; charset=utf-8", "@mastersthesis{riool,"),
        (".ris", "application/x-research-info-systems; charset=utf-8", "TY  - THES"),
        (".csl.json", "application/vnd.citationstyles.csl+json; charset=utf-8", '"type": "thesis"'),
        (".datacite.xml", "application/vnd.datacite.datacite+xml; charset=utf-8", "10.5555/riool.1"),
        (".jsonld", "application/ld+json; charset=utf-8", '"@type": "Thesis"'),
    ],
)
def test_other_forms(end: str, media_type: str, holds: str) -> None:
    works.work()
    response = Client().get(f"/en/works/riool{end}")
    assert response["Content-Type"] == media_type
    assert holds in response.content.decode()
    assert linked(response)["describes"] == [f"{settings.SITE_URL}/en/works/riool/"]


def test_links_of_the_page_lead_where_they_say() -> None:
    works.kept(works.work())
    found = linked(Client().get("/en/works/riool/"))
    assert found["cite-as"] == ["https://doi.org/10.5555/riool.1"]
    assert found["type"] == ["https://schema.org/AboutPage", "https://schema.org/Thesis"]
    own = [*found["describedby"], *found["item"], *found["linkset"]]
    for address in own:
        response = Client().get(address.removeprefix(settings.SITE_URL))
        assert response.status_code == 200, address
        body(response)
    whole = Client().get("/en/works/riool/linkset")
    assert whole["Content-Type"].startswith("application/linkset+json")
    anchors = [one["anchor"] for one in whole.json()["linkset"]]
    assert anchors[0] == f"{settings.SITE_URL}/en/works/riool/"
    assert set(own[:-1]) <= set(anchors)


def test_the_address_for_good_leads_to_the_page_or_the_form() -> None:
    works.work()
    works.course()
    ask = Client().get
    assert ask("/record/riool", headers={"Accept-Language": "en"})["Location"] == "/en/works/riool/"
    assert ask("/record/veilig-internetten", headers={"Accept-Language": "en"})["Location"].endswith(
        "/veilig-internetten/"
    )
    bib = ask("/record/riool", headers={"Accept": "application/x-bibtex", "Accept-Language": "en"})
    assert bib["Location"] == "/en/works/riool.bib"
    line = ask("/record/riool", headers={"Accept": "text/x-bibliography; style=apa", "Accept-Language": "en"})
    assert line["Location"] == "/en/works/riool.txt"
    cited = ask("/en/works/riool.txt")
    assert cited["Content-Type"] == "text/x-bibliography; charset=utf-8"
    assert cited.content.decode().endswith(" https://doi.org/10.5555/riool.1\n")
    browser = ask("/record/riool", headers={"Accept": "text/html,*/*;q=0.8", "Accept-Language": "en"})
    assert browser["Location"] == "/en/works/riool/"
    assert ask("/record/niets").status_code == 404


def test_the_head_of_a_page_says_what_reference_managers_read(groningen: Agenda) -> None:
    record = works.work()
    pdf = works.kept(record)
    works.kept(record, "dicht.pdf", access="restricted")
    tree = html.fromstring(Client().get("/en/works/riool/").content)
    said = [(one.get("name"), one.get("content")) for one in tree.iter("meta") if "citation" in (one.get("name") or "")]
    assert said[:4] == [
        ("citation_title", "Warmte uit het riool"),
        ("citation_author", "de Vries, Alice"),
        ("citation_author_institution", "Rijksuniversiteit Groningen"),
        ("citation_author_orcid", "0000-0002-1825-0097"),
    ]
    found = dict(said)
    assert found["citation_publication_date"] == "2025/06/30"
    assert found["citation_dissertation_institution"] == "Hanzehogeschool Groningen"
    assert found["citation_doi"] == "10.5555/riool.1"
    # Scholar asks that the text lies below the page about it.
    assert found["citation_pdf_url"] == f"{settings.SITE_URL}/en/works/riool/files/{pdf.pk}"
    assert [name for name, _ in said].count("citation_pdf_url") == 1
    works.work("verzonnen", demo=True)
    assert "(Invented example)" in Client().get("/en/works/verzonnen/").content.decode().partition("</head>")[0]
    works.work("concept", state="draft")
    assert b"citation_title" not in Client().get("/en/works/concept/").content


def test_feeds_can_be_narrowed(groningen: Agenda) -> None:
    works.work()
    works.work("gezond", task="G1", sector="health", titles={"en": "Healthy & well"})
    rss = etree.fromstring(Client().get("/en/research.rss").content)
    assert found_at(rss, "//item/title/text()") == ["Healthy & well", "Heat from the sewer"]
    assert found_at(rss, "//item[2]/guid/text()") == [f"{settings.SITE_URL}/record/riool"]
    narrowed = etree.fromstring(Client().get("/en/research.atom?task=E1").content)
    assert found_at(narrowed, "//a:entry/a:title/text()") == ["Heat from the sewer"]
    assert len(found_at(etree.fromstring(Client().get("/en/courses.rss").content), "//item")) == 0
    works.course()
    assert len(found_at(etree.fromstring(Client().get("/en/courses.rss?task=D1").content), "//item")) == 1


def test_feeds_are_read_as_they_are_meant(groningen: Agenda) -> None:
    works.work(authors=(), organisations=(), summaries={"en": "Rooms < 10 m2 & <b>cold</b>"}, abstracts={})
    response = Client().get("/en/research.atom")
    atom = etree.fromstring(response.content)
    # RFC 4287, 4.1.1: where an entry has no author, the feed has one. And a summary is HTML to who reads it.
    assert found_at(atom, "/a:feed/a:author/a:name/text()")
    assert found_at(atom, "//a:summary/text()") == ["Rooms &lt; 10 m2 &amp; &lt;b&gt;cold&lt;/b&gt;"]
    again = Client().get("/en/research.atom", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    works.work("gezond")
    assert Client().get("/en/research.atom", headers={"If-None-Match": response["ETag"]}).status_code == 200


def test_the_sitemap_has_every_public_record_with_the_day_of_its_change() -> None:
    record = works.work()
    works.course()
    works.work("concept", state="draft")
    index = etree.fromstring(Client().get("/sitemap.xml").content)
    parts = [one.removeprefix(settings.SITE_URL) for one in found_at(index, "//s:loc/text()")][1:]
    assert len(found_at(index, "//s:lastmod")) == len(parts) > 0
    found = [etree.fromstring(body(Client().get(part))) for part in parts]
    places = [one for tree in found for one in found_at(tree, "//s:loc/text()")]
    assert len(places) == 4
    assert f"{settings.SITE_URL}/en/works/riool/" in places
    assert record.changed_at.isoformat() in found_at(found[0], "//s:lastmod/text()")
    assert Client().get("/sitemap-999.xml").status_code == 404


def test_llms_txt_leads_only_to_what_is_there(groningen: Agenda) -> None:
    text = Client().get("/llms.txt").content.decode()
    assert text.startswith("# ")
    assert "\n> " in text
    addresses = [line.split("](")[1].split(")")[0] for line in text.splitlines() if line.startswith("- [")]
    assert len(addresses) >= 8
    for address in addresses:
        response = Client().get(address.removeprefix(settings.SITE_URL))
        assert response.status_code in (200, 302), address


# --- Courses ---


def test_a_course_says_what_one_learns_for_whom_when_and_at_what_price(groningen: Agenda) -> None:
    works.course()
    works.programme()
    page = see("/en/courses/veilig-internetten/")
    assert page.all("h1") == ["Safe on the internet"]
    words = page.words
    assert "After this course you say yes to:" in words
    assert "Protecting personal data and privacy (4.2, level: Foundation, 2 of 8)" in words
    assert "Level: Secondary vocational education, level 2 (mbo 2)" in words
    assert "12 January 2099 to 16 February 2099" in words
    assert "Bibliotheek, Brink 1, Groningen" in page.all("h3")
    assert "Price free" in words
    assert "12, 8 free" in words
    assert page.links()["050 123 45 67"] == "tel:0501234567"
    assert "It was given once before." in words
    assert (
        page.links()["Enrol at the provider, 12 January 2099, Bibliotheek, Brink 1, Groningen"]
        == "https://example.org/veilig/inschrijven"
    )
    assert page.links()["Bibliotheek Voorbeeld"] == "/en/providers/bibliotheek-voorbeeld/"
    assert page.links()["Start digitally"].endswith("/digitaal-aan-de-slag/")
    assert "NL" in page.all("header")[0]
    node = data_of(page.response)
    assert (node["@type"], node["provider"]["name"]) == ("Course", "Bibliotheek Voorbeeld")


def test_dates_stand_under_their_place_and_what_they_share_is_said_once() -> None:
    library, town_hall = At("Bibliotheek Winschoten", town="Winschoten", phone="0597 11"), At("Raadhuis", town="Leek")
    free, paid = (Price(Decimal(0)),), (Price(Decimal(25)),)
    given = [
        *(Offering(f"w{day}", starts=date(2099, 1, day), places=(library,), prices=free) for day in range(1, 7)),
        Offering("leek", starts=date(2099, 2, 1), places=(town_hall,), prices=paid),
        Offering("ooit", places=(town_hall,), prices=paid),
    ]
    works.course(offerings=tuple(replace(one, languages=("nl",)) for one in given))
    page = see("/en/courses/veilig-internetten/")
    spots = found_at(page.tree, "//ul[contains(@class, 'mainport-offerings')]/li")
    assert [" ".join(one.xpath("string(h3)").split()) for one in spots] == ["Bibliotheek Winschoten", "Raadhuis, Leek"]
    assert page.words.count("0597 11") == 1
    assert page.words.count("Language Dutch") == 2, "for all dates at once, and in short"
    assert "3 more dates: Bibliotheek Winschoten" in page.words
    assert page.words.count("Price") == 8, "what differs stands with the date"
    assert "No date is known yet. Ask who gives it." in page.words
    assert "at any moment" not in page.words


def test_a_course_without_dates_says_whom_to_ask() -> None:
    works.course(offerings=(), hours=None)
    assert (
        "No dates are known now. Ask who gives it when it starts again." in see("/en/courses/veilig-internetten/").words
    )


def test_a_programme_names_its_courses() -> None:
    works.course()
    works.programme()
    page = see("/en/programmes/digitaal-aan-de-slag/")
    assert "Courses in this programme" in page.words
    assert page.links()["Safe on the internet"] == "/en/courses/veilig-internetten/"
    assert data_of(page.response)["hasCourse"][0]["name"] == "Safe on the internet"


def test_a_provider_has_a_page_with_its_courses() -> None:
    for number in range(33):
        works.course(f"cursus-{number:02}", identifier=f"c{number}", offerings=())
    page = see("/en/providers/bibliotheek-voorbeeld/")
    assert "33 courses and programmes" in page.words
    assert len(page.all(".mainport-results__item")) == 30
    assert len(see("/en/providers/bibliotheek-voorbeeld/?page=2").all(".mainport-results__item")) == 3
    assert see("/en/providers/").links()["Bibliotheek Voorbeeld"] == "/en/providers/bibliotheek-voorbeeld/"
    assert Client().get("/en/providers/niemand/").status_code == 404


# --- The landing page ---


def test_the_landing_page_counts_and_leads_on(groningen: Agenda) -> None:
    works.work()
    works.work("data", type=WorkType.DATASET, access=Access.METADATA_ONLY)
    works.work("concept", state="draft")
    page = see("/en/research/")
    assert "All 2 works" in page.words
    assert "Student theses (1)" in page.words
    assert "Data sets (1)" in page.words
    assert "Energy (2)" in page.words
    form = found_at(page.tree, "//main//form[@role='search']")[0]
    assert form.get("action") == "/en/search/"
    assert form.xpath(".//input[@name='tab']/@value") == ["research"]
    assert Client().get("/en/research.json").json()["by_type"] == {"thesis": 1, "dataset": 1}


def test_an_empty_catalogue_says_so(groningen: Agenda) -> None:
    assert "There is no research here yet." in see("/en/research/").words


# --- How often the database is asked ---


@pytest.mark.parametrize(
    "kind", ["works/riool", "courses/veilig-internetten", "programmes/digitaal-aan-de-slag", "research"]
)
def test_no_page_asks_more_than_twelve_times(groningen: Agenda, cast: Cast, as_person: LogIn, kind: str) -> None:
    record = works.work()
    for number in range(5):
        works.kept(record, f"{number}.csv", b"x", media_type="text/csv")
        works.relate(works.work(f"vervolg-{number}"), "Continues", "10.5555/riool.1")
    works.course()
    works.programme()
    Client().get("/en/works/riool/")  # The first search after a change brings the index up to date.
    for person in (None, cast.alice, cast.dave, cast.ivan):
        client = as_person(person)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/en/{kind}/").status_code == 200
        assert len(captured) <= 12, [one["sql"][:90] for one in captured]
