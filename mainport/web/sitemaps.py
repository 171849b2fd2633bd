# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""sitemaps.org: an index of parts, that of the agenda and those of the records; and llms.txt beside it."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db.models import F, IntegerField, Max
from django.db.models.functions import Cast, Floor
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.views.decorators.http import require_safe

from mainport.agenda import queries as agenda
from mainport.catalogue.queries.records import published
from mainport.core.rules.languages import say
from mainport.web.agenda.addresses import url_or_nothing

#: Numbers of records in one part: each has an address in each language, and a part may have 50,000 of those.
PART = 20_000
_XML = "application/xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The parts there are, each with the day of its last change."""
    part = Cast(Floor(F("id") / PART), IntegerField())
    found = published().order_by().annotate(part=part).values("part").annotate(last=Max("changed_at")).order_by("part")
    lines = [_HEAD, f'<sitemapindex xmlns="{_SITEMAPS}">\n']
    lines.append(f"<sitemap><loc>{escape(_whole('sitemap_agenda'))}</loc></sitemap>\n")
    for row in found:
        address = escape(_whole("sitemap_part", part=row["part"]))
        lines.append(f"<sitemap><loc>{address}</loc><lastmod>{row['last'].isoformat()}</lastmod></sitemap>\n")
    lines.append("</sitemapindex>\n")
    return HttpResponse("".join(lines), content_type=_XML)


@require_safe
def part(request: HttpRequest, part: int) -> HttpResponseBase:
    """The pages of one part of the records, in every language, each naming the others."""
    rows = published().filter(id__gte=part * PART, id__lt=(part + 1) * PART).order_by("id")
    if part * PART > 2**62 or not rows.exists():
        raise Http404(f"part {part}")
    return StreamingHttpResponse(_urls(rows.values_list("kind", "key", "changed_at").iterator(2000)), content_type=_XML)


def _urls(rows: Iterator[tuple[str, str, object]]) -> Iterator[bytes]:
    patterns: dict[str, dict[str, str]] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for kind in ("work", "programme", "course"):
                patterns.setdefault(kind, {})[code] = settings.SITE_URL + reverse(kind, kwargs={"key": "KEY"})
    head = f'<urlset xmlns="{_SITEMAPS}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    yield (_HEAD + head).encode()
    for kind, key, changed in rows:
        addresses = {code: pattern.replace("KEY", key) for code, pattern in patterns[kind].items()}
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{url}"/>' for code, url in addresses.items()
        )
        last = changed.isoformat()  # type: ignore[attr-defined]
        yield "".join(
            f"<url><loc>{url}</loc><lastmod>{last}</lastmod>{others}</url>\n" for url in addresses.values()
        ).encode()
    yield b"</urlset>\n"


def _whole(name: str, **arguments: int) -> str:
    return f"{settings.SITE_URL}{reverse(name, kwargs=arguments or None)}"


@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    """llmstxt.org: what this site is and where a language model finds it without its decoration."""
    alliance = agenda.alliance()
    with translation.override("en"):
        name = say(alliance.title, "en") if alliance else "Mainport"
        ambition = say(alliance.attributes.get("ambition"), "en") if alliance else ""
        lines = [f"# {name}", "", f"> {ambition or 'The strategic agenda of a regional alliance.'}", ""]
        lines += [
            "Pages are in Dutch and English. A page that shows data has the same as JSON and CSV, at its address with",
            "`.json` or `.csv`. Records marked `demo` are invented examples. Each work names its licence.",
            "",
        ]
        for title, links in _LINKS.items():
            found = [(url_or_nothing(link), label, note) for link, label, note in links]
            found = [(f"{url}?verb=Identify" if url == "/oai" else url, label, note) for url, label, note in found]
            shown = [f"- [{label}]({settings.SITE_URL}{url}): {note}" for url, label, note in found if url]
            if shown:
                lines += [f"## {title}", "", *shown, ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


#: The name of an address, what stands there, and what it is good for; those that this installation lacks are left out.
_LINKS = {
    "The agenda": (
        ("agenda_tree_json", "Agenda", "goals, sectors and tasks, with how each stands"),
        ("money_json", "Money", "what was pledged, budgeted and spent"),
        ("indicator_list_json", "Indicators", "what is measured, with source and target"),
        ("decision_list_json", "Decisions", "what the steering group decided"),
    ),
    "Research and courses": (
        ("research_json", "Open Onderzoek", "theses, reports and data sets: how many, and the newest"),
        ("research_atom", "Newest research", "Atom; ?task= and ?sector= narrow it"),
        ("courses_atom", "Newest courses", "Atom; ?task= and ?sector= narrow it"),
        ("provider_list_json", "Who gives courses", "with how many each"),
        ("oai", "OAI-PMH 2.0", "all records for harvesters, in several formats"),
    ),
    "For machines": (
        ("api_reference", "API", "what can be asked, with an OpenAPI document"),
        ("catalog", "Catalogue of data", "DCAT-AP-NL 3.0"),
        ("oeapi_service", "Courses by the Open Education API", "version 6.0"),
        ("sitemap", "Sitemap", "every page"),
        ("glossary_json", "Glossary", "the terms of the agenda"),
    ),
}
