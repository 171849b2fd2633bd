# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Dublin Core as OAI-PMH carries it (oai_dc): the format that every repository has, with fifteen loose words."""

from __future__ import annotations

import re
from datetime import date

from lxml import etree

from mainport.catalogue.feeds import vocabulary, xml
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.texts import UNKNOWN, day, language
from mainport.catalogue.rules.works import (
    Access,
    Funding,
    Identifier,
    Organisation,
    Provenance,
    Relation,
    Scheme,
    Subject,
    Work,
    identify,
)

NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
PREFIX = "oai_dc"

_EMBARGO = re.compile(r"info:eu-repo/date/embargoEnd/(\d{4}-\d\d-\d\d)", re.I)
#: Funder, programme, number, jurisdiction, name and acronym, of which the last three may be left out or empty.
_GRANT = re.compile(r"info:eu-repo/grantAgreement/([^/]+)/([^/]*)/([^/]+)(?:/[^/]*)?(?:/([^/]*))?(?:/(.*))?", re.I)
_NUMBER = re.compile(r"info:eu-repo/semantics/(altIdentifier|reference|dataset)/([a-z]+)/(.+)", re.I)
_SCHEMES = {"hdl": "hdl:", "handle": "hdl:", "isbn": "isbn ", "issn": "issn ", "doi": "doi:"}
_RELATIONS = {"reference": "References", "dataset": "IsSupplementedBy"}


def read(root: etree._Element, provenance: Provenance | None = None) -> tuple[Work, list[Fault]]:
    """The work of an <oai_dc:dc>, and what of it couldn't be read. Raises Refused for another element."""
    if xml.local(root) != "dc":
        raise Refused([Fault("", f"<{xml.local(root)}>", "<oai_dc:dc>")])
    faults: list[Fault] = []
    codes = [language(words) for words in _all(root, "language")]
    code = next((known for known in codes if known != UNKNOWN), UNKNOWN)
    titles, subtitles = _texts(root, "title", code)
    abstracts, _ = _texts(root, "description", code)
    rights, kinds, dates = _all(root, "rights"), _all(root, "type"), _all(root, "date")
    embargo = _embargo(dates + rights, faults)
    access = vocabulary.access(rights)
    days = sorted(one for words in dates if (one := day(words)))
    faults += [
        Fault("date", words, "a date such as 2024-05-31")
        for words in dates
        if not day(words) and not words.startswith("info:eu-repo/")
    ]
    authors = [vocabulary.author(name) for name in _all(root, "creator")]
    authors += [vocabulary.author(name, "contributor") for name in _all(root, "contributor")]
    relations = _all(root, "relation")
    numbers, related = _related(relations, faults)
    work = Work(
        titles=titles,
        subtitles=subtitles,
        abstracts=abstracts,
        type=vocabulary.work_type(kinds),
        source_type=next(iter(kinds), ""),
        identifiers=tuple(dict.fromkeys([*_identifiers(_all(root, "identifier")), *numbers])),
        authors=tuple(authors),
        organisations=tuple(Organisation(name, role="publisher") for name in _all(root, "publisher")),
        licence=next(filter(None, map(vocabulary.licence, rights)), ""),
        access=Access.EMBARGOED if embargo and access is Access.UNKNOWN else access,
        embargo_until=embargo,
        # Repositories put the days of submission, issue and change beside each other without saying which is which.
        published=days[0] if days else None,
        language=code,
        subjects=tuple(
            Subject(xml.words(node), language=xml.lang(node))
            for node in xml.children(root, "subject")
            if xml.words(node)
        ),
        funding=tuple(_grant(grant) for words in relations if (grant := _GRANT.fullmatch(words))),
        relations=tuple(related),
        provenance=provenance or Provenance(format=PREFIX),
    )
    return work, faults


def _grant(found: re.Match[str]) -> Funding:
    """A grant as OpenAIRE's guidelines write it; the whole term is kept where a programme stands in it."""
    title = " ".join(filter(None, [found[4], f"({found[5]})" if found[5] else ""]))
    return Funding(found[1], found[3], title, found[0] if found[2] else "")


def _related(told: list[str], faults: list[Fault]) -> tuple[list[Identifier], list[Relation]]:
    """Other numbers of the work, and other works, as OpenAIRE's guidelines 3 put them beside each other."""
    numbers: list[Identifier] = []
    related: list[Relation] = []
    for words in told:
        if _GRANT.fullmatch(words):
            continue
        term = _NUMBER.fullmatch(words)
        found = identify(_SCHEMES.get(term[2].lower(), "") + term[3] if term else words)
        if found is None or found.scheme is Scheme.LOCAL:
            if term:
                faults.append(Fault("relation", words, "a number of the scheme that it names"))
        elif term and term[1].lower() == "altidentifier":
            numbers.append(found)
        else:
            related.append(Relation(_RELATIONS[term[1].lower()] if term else "References", found))
    return numbers, related


def _all(root: etree._Element, name: str) -> list[str]:
    return [words for node in xml.children(root, name) if (words := xml.words(node))]


def _texts(root: etree._Element, name: str, code: str) -> tuple[dict[str, str], dict[str, str]]:
    texts: dict[str, str] = {}
    spare: dict[str, str] = {}
    for node in xml.children(root, name):
        vocabulary.add_text(texts, spare, xml.lang(node), xml.words(node))
    return vocabulary.settle(texts, code), vocabulary.settle(spare, code)


def _identifiers(values: list[str]) -> tuple[Identifier, ...]:
    """Each once; citations, which stand here as well, have spaces and are left out unless they are a number."""
    found = [one for value in values if (one := identify(value))]
    return tuple(dict.fromkeys(one for one in found if one.scheme is not Scheme.LOCAL or " " not in one.value))


def _embargo(terms: list[str], faults: list[Fault]) -> date | None:
    for term in terms:
        if found := _EMBARGO.fullmatch(term):
            try:
                return date.fromisoformat(found[1])
            except ValueError:
                faults.append(Fault("date", term, "info:eu-repo/date/embargoEnd/ with a day that there is"))
    return None
