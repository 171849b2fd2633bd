# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""schema.org in JSON-LD: a work, a course or a programme as search engines read it from its page.

What the search engines require and recommend stands in data/schema-org-shapes.ttl; the tests hold both together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from mainport.catalogue.exports.shown import (
    Shown,
    ShownFile,
    address_of,
    addresses,
    licence_address,
    one_line,
    orcid_address,
    own_language,
    persistent,
    publisher_of,
    ror_address,
    title_of,
)
from mainport.catalogue.rules.courses import Course, Mode, Offering, Place, Programme
from mainport.catalogue.rules.digcomp import framework
from mainport.catalogue.rules.texts import UNKNOWN, first
from mainport.catalogue.rules.works import Access, Author, Organisation, Work, WorkType

MEDIA_TYPE = "application/ld+json"
CONTEXT = "https://schema.org"

Node = dict[str, Any]

TYPES = {
    WorkType.THESIS: "Thesis",
    WorkType.DOCTORAL_THESIS: "Thesis",
    WorkType.INTERNSHIP_REPORT: "Report",
    WorkType.TRAINEE_REPORT: "Report",
    WorkType.ARTICLE: "ScholarlyArticle",
    WorkType.PREPRINT: "ScholarlyArticle",
    WorkType.CONFERENCE_PAPER: "ScholarlyArticle",
    WorkType.BOOK: "Book",
    WorkType.CHAPTER: "Chapter",
    WorkType.REPORT: "Report",
    WorkType.DATASET: "Dataset",
    WorkType.SOFTWARE: "SoftwareSourceCode",
    WorkType.LEARNING_MATERIAL: "LearningResource",
    WorkType.PRESENTATION: "PresentationDigitalDocument",
    WorkType.MEDIA: "MediaObject",
    WorkType.OTHER: "CreativeWork",
}
_ROLES = {"author": "author", "editor": "editor", "translator": "translator"}
_MODES = {Mode.ONLINE: "Online", Mode.ON_SITE: "Onsite", Mode.BLENDED: "Blended"}
#: A description that is shorter or longer than this is refused for data sets.
_SHORTEST, _LONGEST = 50, 5000


def dumped(node: Node) -> Node:
    """Without what is empty."""
    return {name: value for name, value in node.items() if value not in ("", None, [], {})}


# --- Works ---


def work(said: Work, shown: Shown) -> Node:
    """A work with its people, rights, files and what it is based on."""
    title = title_of(said)
    node = {
        "@context": CONTEXT,
        "@type": TYPES[said.type],
        "@id": shown.address,
        "url": shown.page,
        "name": title,
        "headline": title[:110] if TYPES[said.type] in ("ScholarlyArticle", "Report") else "",
        "alternateName": [text for text in said.titles.values() if not title.startswith(text)],
        "description": _description(said, shown),
        "disambiguatingDescription": shown.remark,
        "abstract": one_line(said.abstracts, said.language, shown.language),
        "inLanguage": own_language(said),
        **_people(said.authors),
        "publisher": _organisation_named(publisher_of(said), said),
        "datePublished": str(said.published) if said.published else "",
        "dateModified": shown.changed.date().isoformat() if shown.changed else "",
        "license": licence_address(rights_of(said, shown)),
        "isAccessibleForFree": True if any(file.open for file in shown.files) else None,
        "conditionsOfAccess": said.access.value if said.access is not Access.UNKNOWN else "",
        "keywords": [subject.label for subject in said.subjects if subject.label],
        "identifier": _identifiers(said, shown),
        "sameAs": [url for url in dict.fromkeys([persistent(said, shown), *addresses(said)]) if url != shown.address],
        "isBasedOn": _related(said, ("IsDerivedFrom", "Continues", "IsSupplementTo", "IsNewVersionOf")),
        "citation": _related(said, ("Cites", "References")),
        "isPartOf": _related(said, ("IsPartOf", "IsPublishedIn")),
        "funder": _funders(said),
    }
    files = [_file(file, dataset=said.type is WorkType.DATASET) for file in shown.files if file.open]
    if said.type is WorkType.DATASET:
        node |= {
            "distribution": files,
            "creator": node.get("author", []),
            "includedInDataCatalog": {
                "@type": "DataCatalog",
                "name": shown.site_name,
                "url": f"{shown.site_url}/catalog",
            },
        }
    else:
        node["encoding"] = files
    return dumped(node)


def rights_of(said: Work, shown: Shown) -> str:
    """The licence of the work, else that of its files if they share one."""
    of_files = {file.licence for file in shown.files}
    return said.licence or (next(iter(of_files)) if len(of_files) == 1 else "")


def _description(said: Work, shown: Shown) -> str:
    """Plain words first; a data set's is filled up to what search engines ask for."""
    text = one_line(said.summaries or said.abstracts, shown.language, said.language)
    if said.type is WorkType.DATASET and len(text) < _SHORTEST:
        text = " ".join(filter(None, [text, title_of(said), publisher_of(said), shown.site_name]))
    return text[:_LONGEST]


def _people(authors: Iterable[Author]) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for author in authors:
        found.setdefault(_ROLES.get(author.role, "contributor"), []).append(_person(author))
    return found


def _person(author: Author) -> Node:
    address = orcid_address(author.orcid)
    if author.is_organisation:
        return dumped({"@type": "Organization", "name": author.name})
    return dumped(
        {
            "@type": "Person",
            "@id": address,
            "name": author.name,
            "familyName": author.family,
            "givenName": author.given,
            "url": address,
            "affiliation": [_organisation(one) for one in author.organisations],
        }
    )


def _organisation(one: Organisation) -> Node:
    address = ror_address(one.ror)
    return dumped({"@type": "Organization", "@id": address, "name": one.name, "url": address})


def _organisation_named(name: str, said: Work) -> Node | None:
    known = [*said.organisations, *(one for author in said.authors for one in author.organisations)]
    found = next((one for one in known if one.name == name), None)
    return _organisation(found) if found else None


def _identifiers(said: Work, shown: Shown) -> list[Node]:
    found = [
        dumped({"@type": "PropertyValue", "propertyID": one.scheme.value, "value": one.value, "url": address_of(one)})
        for one in said.identifiers
    ]
    return found or [{"@type": "PropertyValue", "propertyID": "url", "value": shown.address, "url": shown.address}]


def _related(said: Work, kinds: tuple[str, ...]) -> list[Node]:
    return [
        {"@type": "CreativeWork", "@id": url, "url": url}
        for one in said.relations
        if one.kind in kinds and (url := address_of(one.identifier))
    ]


def _funders(said: Work) -> list[Node]:
    return [{"@type": "Organization", "name": one.funder} for one in said.funding if one.funder]


def _file(file: ShownFile, *, dataset: bool) -> Node:
    return dumped(
        {
            "@type": "DataDownload" if dataset else "MediaObject",
            "name": file.name,
            "contentUrl": file.url,
            "encodingFormat": file.media_type,
            "contentSize": str(file.size) if file.size is not None else "",
            "sha256": file.sha256,
            "license": licence_address(file.licence),
        }
    )


# --- Courses and programmes ---


def course(said: Course, shown: Shown) -> Node:
    """A course with its competences and its offerings; one that can be begun at any moment has one as well."""
    text = {code for code in said.languages if code != UNKNOWN}
    return dumped(
        {
            "@context": CONTEXT,
            "@type": "Course",
            **_learning(said, shown),
            "courseCode": said.code,
            "educationalLevel": said.level,
            "about": list(said.subjects),
            "teaches": [
                *(first(one, shown.language, "nl") for one in said.outcomes),
                *(node for one in said.competences if (node := _competence(one.code, one.level, shown))),
            ],
            "coursePrerequisites": one_line(said.admission, shown.language, "nl"),
            "inLanguage": sorted(text),
            "timeRequired": _hours(said.hours),
            "offers": _offers(said.offerings, said.url or shown.page),
            "hasCourseInstance": [_instance(one, said) for one in said.offerings if not one.cancelled]
            or [_instance(Offering(said.identifier, mode=said.mode, url=said.url), said)],
        }
    )


def programme(said: Programme, shown: Shown, courses: Mapping[str, str] | None = None) -> Node:
    """A programme; `courses` are the titles of its courses by their address."""
    return dumped(
        {
            "@context": CONTEXT,
            "@type": "EducationalOccupationalProgram",
            **_learning(said, shown),
            "programType": said.type,
            "educationalCredentialAwarded": said.level,
            "numberOfCredits": float(said.credits) if said.credits else None,
            "timeToComplete": _hours(said.hours),
            "startDate": next((str(one.starts) for one in said.offerings if one.starts), ""),
            "endDate": next((str(one.ends) for one in said.offerings if one.ends), ""),
            "applicationDeadline": next((str(one.enrol_until) for one in said.offerings if one.enrol_until), ""),
            "offers": _offers(said.offerings, said.url or shown.page),
            "hasCourse": [
                {"@type": "Course", "@id": url, "url": url, "name": title} for url, title in (courses or {}).items()
            ],
        }
    )


def _learning(said: Course | Programme, shown: Shown) -> Node:
    title = first(said.titles, shown.language, "nl")
    provider = said.provider or Organisation(shown.site_name)
    return {
        "@id": shown.address,
        "url": shown.page,
        "name": title,
        "description": one_line(said.descriptions, shown.language, "nl")[:_LONGEST] or title,
        "disambiguatingDescription": shown.remark,
        "provider": _organisation(provider),
        "sameAs": said.url,
        "identifier": said.identifier,
        "dateModified": shown.changed.date().isoformat() if shown.changed and isinstance(said, Course) else "",
    }


def _competence(code: str, level: int, shown: Shown) -> Node | None:
    found = framework().competence(code)
    if not found:
        return None
    name = first(found.label, shown.language, "en")
    return {
        "@type": "DefinedTerm",
        "name": name,
        "termCode": f"{code}/{level}" if level else code,
        "inDefinedTermSet": {
            "@type": "DefinedTermSet",
            "name": framework().title,
            "url": f"https://doi.org/{framework().doi}",
        },
    }


def _instance(offering: Offering, said: Course) -> Node:
    mode = offering.mode if offering.mode is not Mode.UNKNOWN else said.mode
    return dumped(
        {
            "@type": "CourseInstance",
            "name": first(offering.titles, "nl"),
            "courseMode": _MODES.get(mode, "Onsite" if offering.places else "Online"),
            "courseWorkload": _hours(said.hours),
            "startDate": str(offering.starts) if offering.starts else "",
            "endDate": str(offering.ends) if offering.ends else "",
            "inLanguage": [code for code in (offering.languages or said.languages) if code != UNKNOWN],
            "location": [_place(place) for place in offering.places],
            "maximumAttendeeCapacity": offering.seats,
            "offers": _offers((offering,), offering.url or said.url) if offering.url or said.url else [],
        }
    )


def _place(place: Place) -> Node:
    street = " ".join(filter(None, [place.street, place.number]))
    return dumped(
        {
            "@type": "Place",
            "name": place.name or place.town,
            "address": dumped(
                {
                    "@type": "PostalAddress",
                    "streetAddress": street,
                    "postalCode": place.postcode,
                    "addressLocality": place.town,
                    "addressCountry": place.country,
                }
            ),
            "geo": {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
            if place.latitude is not None and place.longitude is not None
            else None,
        }
    )


def _offers(offerings: Iterable[Offering], address: str) -> list[Node]:
    found: dict[tuple[str, str], Node] = {}
    for offering in offerings:
        for price in offering.prices:
            found[str(price.amount), price.currency] = dumped(
                {
                    "@type": "Offer",
                    "category": "Paid" if price.amount else "Free",
                    "price": str(price.amount),
                    "priceCurrency": price.currency,
                    "url": offering.url or address,
                }
            )
    return list(found.values())


def _hours(hours: Decimal | None) -> str:
    """A length of time of ISO 8601."""
    if not hours:
        return ""
    whole, part = divmod(hours, 1)
    minutes = round(part * 60)
    return f"PT{int(whole)}H" + (f"{minutes}M" if minutes else "") if whole else f"PT{minutes}M"
