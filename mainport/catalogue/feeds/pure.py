# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Pure, in which the Hanze and the University of Groningen keep their research, by its JSON: the API of now and of old.

The one of now gives texts by locale ({"nl_NL": …}), that of old as lists of them ({"text": [{"locale": …}]}).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mainport.catalogue.feeds import vocabulary
from mainport.catalogue.feeds.crossref import plain
from mainport.catalogue.feeds.json import Fields, parse
from mainport.catalogue.rules import identifiers
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.texts import UNKNOWN, Day, first, language
from mainport.catalogue.rules.works import (
    Access,
    Author,
    Identifier,
    Organisation,
    Provenance,
    Relation,
    Scheme,
    Subject,
    Work,
    WorkFile,
    identify,
    is_address,
)

PREFIX = "pure"

_ACCESS = {
    "open": Access.OPEN,
    "embargoed": Access.EMBARGOED,
    "restricted": Access.RESTRICTED,
    "closed": Access.RESTRICTED,
}
#: Terms by which the Hanze says that there is no term.
_NOTHING = ("no_hanze_research_focus_area_applicable", "no_research_line_applicable")


@dataclass(frozen=True)
class Page:
    """One page of a list: how many records there are, and at which one this page begins."""

    items: tuple[Fields, ...]
    total: int | None
    offset: int
    following: str = ""
    faults: tuple[Fault, ...] = ()


def page(data: bytes) -> Page:
    """Reads a page of a list. Raises Refused for an answer that is none, with the server's own words if it has any."""
    value = parse(data)
    if not isinstance(value, dict):
        raise Refused([Fault("", type(value).__name__, "an object with items")])
    whole = Fields(value)
    if not isinstance(value.get("items"), list):
        words = [whole.text(name) for name in ("status", "title", "detail", "message")]
        raise Refused([Fault("items", ": ".join(filter(None, words)), "a list")])
    items = whole.objects("items")
    for item in items:
        item.faults = []  # Each record is told off by itself.
    at = whole.object("pageInformation")
    links = [
        link.text("href") for link in whole.objects("navigationLinks", "navigationLink") if link.text("ref") == "next"
    ]
    return Page(
        tuple(items),
        whole.whole("count"),
        (at.whole("offset") if at else None) or 0,
        next(iter(links), ""),
        tuple(whole.faults),
    )


def read(item: Fields, provenance: Provenance | None = None) -> tuple[Work, list[Fault]]:
    """One research output, and what of it couldn't be read."""
    code = _language(item)
    titles, subtitles, abstracts = (_texts(item, name, code) for name in ("title", "subTitle", "abstract"))
    for spoken, words in _texts(item, "translatedTitle", UNKNOWN).items():
        titles.setdefault(spoken, words)
    kind = item.object("type")
    term = first(_texts(kind, "term", UNKNOWN), "en", "nl") if kind else ""
    uri = kind.text("uri") if kind else ""
    versions = [*item.objects("electronicVersions"), *item.objects("additionalFiles"), *item.objects("documents")]
    files = tuple(filter(None, map(_file, versions)))
    access = _access(item.object("openAccessPermission"))
    access = access if access is not Access.UNKNOWN else vocabulary.access_of(files)
    ends = [file.embargo_until for file in files if file.embargo_until]
    licences = filter(None, (file.licence for file in files))
    work = Work(
        titles=titles,
        subtitles=subtitles,
        abstracts=abstracts,
        type=vocabulary.work_type(_kinds(term, uri)),
        source_type=term or uri,
        identifiers=tuple(dict.fromkeys(_identifiers(item, versions))),
        authors=tuple(_people(item)),
        organisations=tuple(_publisher(item)),
        files=files,
        licence=next(licences, "") or next(filter(None, map(_licence, versions)), ""),
        access=access,
        embargo_until=min(ends) if ends and access is Access.EMBARGOED else None,
        published=_published(item),
        language=code,
        subjects=tuple(dict.fromkeys(_subjects(item))),
        relations=tuple(_journal(item)),
        provenance=provenance
        or Provenance(format=PREFIX, record=item.text("uuid"), datestamp=item.text("modifiedDate")),
    )
    return work, item.faults


def _language(item: Fields) -> str:
    """The language by its locale: /dk/atira/pure/core/languages/nl_NL, or by its name."""
    told = item.object("language")
    if told is None:
        return UNKNOWN
    address = told.text("uri").rsplit("/", 1)[-1]
    if address and address != "und" and language(address) != UNKNOWN:
        return language(address)
    name = first(_texts(told, "term", UNKNOWN), "en", "nl")
    return vocabulary.language_of("" if name.lower().startswith("undefined") else name, "language", item.faults)


def _texts(item: Fields, name: str, code: str) -> dict[str, str]:
    """Texts by language. A single value is in the language of the work; HTML and line breaks are taken out."""
    if isinstance(item.values.get(name), str):
        words = plain(item.text(name))
        return {code: words} if words else {}
    whole = item.object(name)
    if whole is None:
        return {}
    found: dict[str, str] = {}
    if isinstance(whole.values.get("value"), str):
        found[code] = plain(whole.text("value"))
    elif isinstance(whole.values.get("text"), list):
        for entry in whole.objects("text"):
            found.setdefault(
                language(entry.text("locale")) if entry.text("locale") else code, plain(entry.text("value"))
            )
    else:
        for locale in whole.values:
            spoken = vocabulary.language_of(locale, whole.path(locale), item.faults)
            found.setdefault(spoken, plain(whole.text(locale)))
    return {spoken: words for spoken, words in found.items() if words}


def _kinds(term: str, uri: str) -> Iterator[str]:
    """The words of a type, and its address from the end on; dissertations stand among the theses."""
    parts = [part for part in reversed(uri.split("/")) if part]
    if term.lower().startswith(("phd", "doctor", "proefschrift")) or (parts and parts[0] in ("doc1", "doc2", "doc3")):
        yield "doctoralThesis"
    yield from filter(None, [term, *parts])


def _people(item: Fields) -> Iterator[Author]:
    for name, role in (("contributors", "author"), ("supervisors", "supervisor")):
        for entry in item.objects(name, "personAssociations" if name == "contributors" else name):
            if author := _author(entry, role):
                yield author


def _author(entry: Fields, otherwise: str) -> Author | None:
    """A contributor; those whom Pure keeps nameless are left out, since there is nothing to say of them."""
    name = entry.object("name")
    family, given = (name.text("lastName"), name.text("firstName")) if name else ("", "")
    organisations = tuple(
        Organisation(words)
        for field in ("organizations", "externalOrganizations", "organisationalUnits", "externalOrganisations")
        for one in entry.objects(field)
        if (words := first(_texts(one, "name", UNKNOWN), "nl", "en"))
    )
    told = entry.object("role", "personRole")
    role = vocabulary.role(told.text("uri").rsplit("/", 1)[-1]) if told else ""
    person = entry.object("person", "externalPerson")
    number = (person.text("orcid") if person else "") or entry.text("orcid")
    right = identifiers.orcid(number) or ""
    if number and not right:
        entry.fault("orcid", number, "an ORCID with its check digit")
    whole = " ".join(filter(None, [given, family]))
    if not whole:
        group = first(_texts(entry, "name", UNKNOWN), "nl", "en") if isinstance(entry.values.get("name"), str) else ""
        return Author(group, role=role or otherwise, is_organisation=True) if group else None
    return Author(whole, family, given, right, organisations, role or otherwise)


def _file(version: Fields) -> WorkFile | None:
    """A file, or a page elsewhere; a version that is a DOI alone is a number of the work."""
    kept = version.object("file") or (version if "fileName" in version.values else None)
    address = kept.text("url", "fileURL") if kept else version.text("link")
    if not address:
        return None
    if not is_address(address):
        version.fault("file.url" if kept else "link", address, "an address that begins with https:// or http://")
        return None
    access = _access(version.object("accessType", "accessTypes"))
    return WorkFile(
        name=(kept.text("fileName", "title") if kept else "") or address.split("?")[0].rstrip("/").rsplit("/", 1)[-1],
        url=address,
        media_type=kept.text("mimeType") if kept else "text/html",
        size=kept.whole("size") if kept else None,
        access=access,
        licence=_licence(version),
        embargo_until=_embargo(version) if access is Access.EMBARGOED else None,
    )


def _access(told: Fields | None) -> Access:
    if told is None:
        return Access.UNKNOWN
    return _ACCESS.get(told.text("uri").rsplit("/", 1)[-1].lower(), Access.UNKNOWN)


def _embargo(version: Fields) -> date | None:
    period = version.object("embargoPeriod")
    return period.day("endDate") if period else version.day("embargoEndDate")


def _licence(version: Fields) -> str:
    """The licence by the end of its address, such as cc_by_nc_nd; the terms of a publisher are none."""
    told = version.object("licenseType")
    if told is None:
        return ""
    words = told.text("uri").rsplit("/", 1)[-1].replace("_", "-")
    found = vocabulary.licence(words)
    if not found and words not in ("other", "unspecified"):
        version.fault("licenseType", told.text("uri"), "a licence such as cc_by")
    return found


def _identifiers(item: Fields, versions: list[Fields]) -> Iterator[Identifier]:
    for version in versions:
        if words := version.text("doi"):
            if found := identifiers.doi(words):
                yield Identifier(Scheme.DOI, found)
            else:
                version.fault("doi", words, "a DOI such as 10.1000/182")
    for name in ("isbns", "electronicIsbns"):
        for value in item.items(name):
            if number := identifiers.isbn(str(value)):
                yield Identifier(Scheme.ISBN, number)
            else:
                item.fault(name, value, "a right ISBN")
    for link in item.objects("links"):
        # Other links are to what the work is about; a handle is the work itself.
        one = identify(link.text("url"))
        if one and one.scheme in (Scheme.HANDLE, Scheme.DOI):
            yield one
    info = item.object("info")
    if is_address(address := item.text("portalUrl") or (info.text("portalUrl") if info else "")):
        yield Identifier(Scheme.URL, address)
    if number := item.text("uuid"):
        yield Identifier(Scheme.LOCAL, number)


def _publisher(item: Fields) -> Iterator[Organisation]:
    whole = item.object("publisher")
    if whole and (name := first(_texts(whole, "name", UNKNOWN), "nl", "en")):
        yield Organisation(name, role="publisher")
    managing = item.object("managingOrganization", "managingOrganisationalUnit")
    if managing and (name := first(_texts(managing, "name", UNKNOWN), "nl", "en")):
        yield Organisation(name, role="institute")


def _published(item: Fields) -> Day | None:
    """The day of the status that counts now, else of the first; of a student's thesis, that of the degree."""
    statuses = item.objects("publicationStatuses")
    current = next((one for one in statuses if one.values.get("current") is True), next(iter(statuses), None))
    told = current.object("publicationDate") if current else item.object("awardDate")
    if told is None:
        return vocabulary.day_of(item.text("awardDate"), "awardDate", item.faults)
    parts = [told.whole(name) for name in ("year", "month", "day")]
    try:
        return Day(parts[0] or 0, parts[1] or 0, parts[2] or 0)
    except (ValueError, OverflowError):
        told.fault("year", "-".join(str(part) for part in parts if part), "a day that there is")
        return None


def _subjects(item: Fields) -> Iterator[Subject]:
    for group in item.objects("keywordGroups"):
        scheme = group.text("logicalName")
        for entry in [*group.objects("keywords"), *group.objects("keywordContainers")]:
            spoken = language(entry.text("locale"))
            for value in entry.items("freeKeywords"):
                if isinstance(value, str) and value.strip():
                    yield Subject(value.strip(), language=spoken)
                elif isinstance(value, dict):
                    inner = Fields(value, entry.path("freeKeywords"), item.faults)
                    yield from (
                        Subject(str(word).strip(), language=language(inner.text("locale")))
                        for word in inner.items("freeKeywords")
                    )
        for term in group.objects("classifications"):
            address = term.text("uri")
            if not address.endswith(_NOTHING):
                for spoken, words in list(_texts(term, "term", UNKNOWN).items())[:1]:
                    yield Subject(words, scheme, address, spoken)


def _journal(item: Fields) -> Iterator[Relation]:
    association = item.object("journalAssociation")
    told = association.object("issn") if association else None
    words = told.text("value", "issn") if told else association.text("issn") if association else ""
    if words and (number := identifiers.issn(words)):
        yield Relation("IsPublishedIn", Identifier(Scheme.ISSN, number))
