# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Works as Crossref's API gives them: the metadata that publishers deposit with their DOIs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mainport.catalogue.feeds import vocabulary
from mainport.catalogue.feeds.json import Fields
from mainport.catalogue.rules import identifiers
from mainport.catalogue.rules.faults import Fault
from mainport.catalogue.rules.texts import Day, language
from mainport.catalogue.rules.works import Author, Funding, Identifier, Organisation, Provenance, Scheme, Subject, Work

PREFIX = "crossref"


def read(item: Fields, provenance: Provenance | None = None) -> tuple[Work, list[Fault]]:
    """One work (the "message" of /works/DOI, or one of its "items"), and what of it couldn't be read."""
    code = language(item.text("language"))
    titles = {code: words} if (words := _first(item, "title")) else {}
    subtitles = {code: words} if (words := _first(item, "subtitle")) else {}
    abstract = plain(item.text("abstract"))
    rights = [licence.text("URL") for licence in item.objects("license")]
    kind = item.text("type")
    publisher = item.text("publisher")
    work = Work(
        titles=titles,
        subtitles=subtitles,
        abstracts={code: abstract} if abstract else {},
        type=vocabulary.work_type([kind.replace("posted-content", "preprint").replace("-", ""), kind]),
        source_type=kind,
        identifiers=tuple(_identifiers(item)),
        authors=tuple(_authors(item)),
        organisations=(Organisation(publisher, role="publisher"),) if publisher else (),
        licence=next(filter(None, map(vocabulary.licence, rights)), ""),
        published=_day(item, "issued"),
        language=code,
        subjects=tuple(Subject(str(word)) for word in item.items("subject") if isinstance(word, str) and word),
        funding=tuple(
            Funding(one.text("name"), str(award), identifier=one.text("DOI"))
            for one in item.objects("funder")
            for award in one.items("award") or [""]
        ),
        provenance=provenance or Provenance(format=PREFIX),
    )
    return work, item.faults


def plain(words: str) -> str:
    """An abstract without the tags of JATS and HTML, on one line; its heading "Abstract" left out.

    >>> plain("<jats:title>Abstract</jats:title><jats:p>CO<jats:sub>2</jats:sub> &lt; 5</jats:p>")
    'CO2 < 5'
    """
    bare = re.sub(r"<(?:jats:)?title>\s*(?:abstract|summary|samenvatting)\s*</(?:jats:)?title>", " ", words, flags=re.I)
    bare = re.sub(r"</?(?:jats:)?(?:sub|sup|i|b|em|strong|italic|bold)>", "", bare, flags=re.I)
    bare = re.sub(r"</?[A-Za-z][^<>]{0,500}>", " ", bare)
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        bare = bare.replace(entity, sign)
    return " ".join(bare.split())


def _first(item: Fields, name: str) -> str:
    return next((plain(one) for one in item.items(name) if isinstance(one, str) and one.strip()), "")


def _identifiers(item: Fields) -> Iterator[Identifier]:
    checks = {"DOI": (Scheme.DOI, identifiers.doi), "ISBN": (Scheme.ISBN, identifiers.isbn)}
    for name, (scheme, rule) in checks.items():
        seen = set()
        for value in item.items(name):
            found = rule(str(value))
            if found is None:
                item.fault(name, value, f"a right {name}")
            elif found not in seen:
                seen.add(found)
                yield Identifier(scheme, found)


def _authors(item: Fields) -> Iterator[Author]:
    for role in ("author", "editor"):
        for person in item.objects(role):
            family, given = person.text("family"), person.text("given")
            number = person.text("ORCID")
            right = identifiers.orcid(number) or ""
            if number and not right:
                person.fault("ORCID", number, "an ORCID with its check digit")
            organisations = tuple(_organisation(one) for one in person.objects("affiliation") if one.text("name"))
            name = " ".join(filter(None, [given, family])) or person.text("name")
            yield Author(name, family, given, right, organisations, role, is_organisation=not family and not given)


def _organisation(one: Fields) -> Organisation:
    numbers = (identifiers.ror(number.text("id")) for number in one.objects("id") if number.text("id-type") == "ROR")
    return Organisation(one.text("name"), next(filter(None, numbers), ""))


def _day(item: Fields, name: str) -> Day | None:
    """A day of Crossref's, which comes as lists of one to three numbers; [[null]] where it isn't known."""
    dated = item.object(name)
    parts = next(iter(dated.items("date-parts")), None) if dated else None
    if not isinstance(parts, list) or not parts or parts[0] is None:
        return None
    try:
        numbers = [part for part in parts[:3] if isinstance(part, int)]
        return Day(*numbers)
    except (ValueError, TypeError, OverflowError):
        item.fault(name, parts, "a year, or a year, month and day that there are")
        return None
