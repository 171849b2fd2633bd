# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""FAIR Signposting, level 2 (https://signposting.org/FAIR/): typed links of a page, its files and its other forms.

In headers of the answers, and all together as a set of links (RFC 9264).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from mainport.catalogue.exports.jsonld import TYPES, rights_of
from mainport.catalogue.exports.shown import Shown, licence_address, orcid_address, persistent, ror_address
from mainport.catalogue.rules.works import Work

LINKSET = "application/linkset+json"
#: Links of one kind that go into a header: servers refuse headers of more than some 8,000 signs.
_MOST = 10


@dataclass(frozen=True)
class Link:
    """One link: where to, what that is to the page, and in which form it stands there."""

    url: str
    relation: str
    media_type: str = ""
    profile: str = ""

    def __str__(self) -> str:
        parts = [f"<{self.url}>", f'rel="{self.relation}"']
        parts += [f'type="{self.media_type}"'] if self.media_type else []
        parts += [f'profile="{self.profile}"'] if self.profile else []
        return "; ".join(parts)


def of_work(work: Work, shown: Shown) -> list[Link]:
    """The links of a work's page."""
    return [
        Link(persistent(work, shown), "cite-as"),
        Link("https://schema.org/AboutPage", "type"),
        Link(f"https://schema.org/{TYPES[work.type]}", "type"),
        *(Link(url, "author") for url in _authors(work)),
        *(Link(url, "license") for url in [licence_address(rights_of(work, shown))] if url),
        *of_forms(shown),
        *(Link(file.url, "item", file.media_type) for file in shown.files if file.open),
    ]


def of_learning(shown: Shown, kind: str) -> list[Link]:
    """The links of the page of a course or programme."""
    return [
        Link(shown.address, "cite-as"),
        Link("https://schema.org/AboutPage", "type"),
        Link(f"https://schema.org/{kind}", "type"),
        *of_forms(shown),
    ]


def of_forms(shown: Shown) -> Iterator[Link]:
    for end, media_type in shown.forms.items():
        yield Link(shown.form(end), "describedby", media_type)


def _authors(work: Work) -> Iterator[str]:
    for author in work.authors:
        if url := orcid_address(author.orcid) or (
            next((ror_address(one.ror) for one in author.organisations if one.ror), "")
            if author.is_organisation
            else ""
        ):
            yield url


def of_file(shown: Shown, licence: str) -> list[Link]:
    """The links of a file: back to its page."""
    return [
        Link(shown.page, "collection", "text/html"),
        *(Link(url, "license") for url in [licence_address(licence)] if url),
        Link(shown.linkset, "linkset", LINKSET),
    ]


def of_form(shown: Shown) -> list[Link]:
    """The links of another form of the page: what it describes."""
    return [Link(shown.page, "describes", "text/html"), Link(shown.linkset, "linkset", LINKSET)]


def of_page(links: Iterable[Link], shown: Shown) -> list[Link]:
    """What fits in the header of the page: of each kind the first, and where all of them stand."""
    seen: dict[str, int] = {}
    kept = []
    for link in links:
        seen[link.relation] = seen.get(link.relation, 0) + 1
        if seen[link.relation] <= _MOST:
            kept.append(link)
    return [*kept, Link(shown.linkset, "linkset", LINKSET)]


def header(links: Iterable[Link]) -> str:
    return ", ".join(map(str, links))


def linkset(links: Iterable[Link], shown: Shown) -> dict[str, Any]:
    """All links, also of the files and of the other forms, each by what it starts from."""
    contexts = [_context(shown.page, links)]
    contexts += [
        _context(file.url, [link for link in of_file(shown, file.licence) if link.relation != "linkset"])
        for file in shown.files
        if file.open
    ]
    contexts += [
        _context(shown.form(end), [link for link in of_form(shown) if link.relation != "linkset"])
        for end in shown.forms
    ]
    return {"linkset": contexts}


def _context(anchor: str, links: Iterable[Link]) -> dict[str, Any]:
    found: dict[str, Any] = {"anchor": anchor}
    for link in links:
        target = {"href": link.url}
        if link.media_type:
            target["type"] = link.media_type
        if link.profile:
            target["profile"] = link.profile
        found.setdefault(link.relation, []).append(target)
    return found
