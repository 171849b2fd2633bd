# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""DataCite's metadata, kernel 4.7: what is registered with a DOI, and what repositories of data harvest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from mainport.catalogue.exports.about import About
from mainport.catalogue.exports.markup import element, text, wrapped
from mainport.catalogue.exports.oai_dc import catalogued
from mainport.catalogue.exports.vocabulary import ACCESS, if_uri, in_order, lang, licence_address
from mainport.catalogue.rules.texts import Day
from mainport.catalogue.rules.works import (
    Access,
    Author,
    Funding,
    Identifier,
    Organisation,
    Relation,
    Scheme,
    Subject,
    Work,
    WorkType,
    is_address,
)

PREFIX: Final = "datacite"
NAMESPACE: Final = "http://datacite.org/schema/kernel-4"
SCHEMA: Final = "http://schema.datacite.org/meta/kernel-4.7/metadata.xsd"
#: What DataCite asks to write where a value that must be there isn't known (its appendix 3).
UNAVAILABLE: Final = ":unav"

#: DataCite's general type, and our own words for what it can't tell apart.
TYPES: dict[WorkType, tuple[str, str]] = {
    WorkType.THESIS: ("Dissertation", "Thesis"),
    WorkType.DOCTORAL_THESIS: ("Dissertation", "Doctoral thesis"),
    WorkType.INTERNSHIP_REPORT: ("Report", "Internship report"),
    WorkType.TRAINEE_REPORT: ("Report", "Trainee report"),
    WorkType.ARTICLE: ("JournalArticle", ""),
    WorkType.PREPRINT: ("Preprint", ""),
    WorkType.CONFERENCE_PAPER: ("ConferencePaper", ""),
    WorkType.BOOK: ("Book", ""),
    WorkType.CHAPTER: ("BookChapter", ""),
    WorkType.REPORT: ("Report", ""),
    WorkType.DATASET: ("Dataset", ""),
    WorkType.SOFTWARE: ("Software", ""),
    WorkType.LEARNING_MATERIAL: ("InteractiveResource", "Learning material"),
    WorkType.PRESENTATION: ("Presentation", ""),
    WorkType.MEDIA: ("Audiovisual", ""),
    WorkType.OTHER: ("Other", ""),
}

DATES: Final = frozenset({
    "Accepted", "Available", "Collected", "Copyrighted", "Coverage", "Created", "Issued", "Other", "Submitted",
    "Updated", "Valid", "Withdrawn",
})  # fmt: skip
_CONTRIBUTORS = {
    "contributor": "Other", "supervisor": "Supervisor", "editor": "Editor", "translator": "Translator",
    "publisher": "Distributor", "funder": "Sponsor",
}  # fmt: skip
CONTRIBUTORS: Final = frozenset({
    "ContactPerson", "DataCollector", "DataCurator", "DataManager", "Distributor", "Editor",
    "HostingInstitution", "Other", "Producer", "ProjectLeader", "ProjectManager", "ProjectMember",
    "RegistrationAgency", "RegistrationAuthority", "RelatedPerson", "ResearchGroup", "RightsHolder",
    "Researcher", "Sponsor", "Supervisor", "Translator", "WorkPackageLeader",
})  # fmt: skip
RELATIONS: Final = frozenset({
    "IsCitedBy", "Cites", "IsCollectedBy", "Collects", "IsSupplementTo", "IsSupplementedBy", "IsContinuedBy",
    "Continues", "IsDescribedBy", "Describes", "HasMetadata", "IsMetadataFor", "HasVersion", "IsVersionOf",
    "IsNewVersionOf", "IsPartOf", "IsPreviousVersionOf", "IsPublishedIn", "HasPart", "IsReferencedBy",
    "References", "IsDocumentedBy", "Documents", "IsCompiledBy", "Compiles", "IsVariantFormOf",
    "IsOriginalFormOf", "IsIdenticalTo", "IsReviewedBy", "Reviews", "IsDerivedFrom", "IsSourceOf", "Requires",
    "IsRequiredBy", "Obsoletes", "IsObsoletedBy", "HasTranslation", "IsTranslationOf", "Other",
})  # fmt: skip
_SCHEMES = {
    Scheme.DOI: "DOI", Scheme.ISBN: "ISBN", Scheme.ISSN: "ISSN", Scheme.HANDLE: "Handle", Scheme.URN: "URN",
    Scheme.URL: "URL",
}  # fmt: skip


def write(work: Work, about: About, *, doi: str = "") -> str:
    """The work as a <resource>; `doi` for one that is being registered."""
    first = Identifier(Scheme.DOI, doi or work.doi) if doi or work.doi else Identifier(Scheme.URL, about.address)
    others = [one for one in dict.fromkeys([*work.identifiers, Identifier(Scheme.URL, about.address)]) if one != first]
    general, own = TYPES[work.type]
    publisher = next((one for one in work.organisations if one.role == "publisher" and one.name.strip()), None)
    parts = [
        element("identifier", first.value, identifierType=_SCHEMES[first.scheme]),
        wrapped("creators", creators(work)),
        wrapped("titles", titles(work)),
        _publisher(publisher or Organisation(about.keeper or UNAVAILABLE)),
        element("publicationYear", _year(work, about)),
        element("resourceType", work.source_type or own or general, resourceTypeGeneral=general),
        wrapped("subjects", map(subject, work.subjects)),
        wrapped("contributors", contributors(work, publisher)),
        wrapped("dates", dates(work)),
        element("language", work.language) if lang(work.language) else "",
        wrapped("alternateIdentifiers", map(alternate, others)),
        wrapped("relatedIdentifiers", relations(work.relations)),
        wrapped("sizes", (element("size", f"{one.size} bytes") for one in work.files if one.size is not None)),
        wrapped("formats", (element("format", one) for one in dict.fromkeys(f.media_type for f in work.files) if one)),
        wrapped("rightsList", _rights(work)),
        wrapped("descriptions", _descriptions(work, about)),
        wrapped("fundingReferences", (funding(one) for one in work.funding if one.funder.strip())),
    ]
    return (
        f'<resource xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        f' xsi:schemaLocation="{NAMESPACE} {SCHEMA}">{"".join(parts)}</resource>'
    )


def _year(work: Work, about: About) -> str:
    """The year of the work, or else that in which it became public here."""
    if work.published:
        return f"{work.published.year:04}"
    return f"{about.public.year:04}" if about.public else "0000"


# --- People and organisations ---


def creators(work: Work, *, plain: bool = False) -> Iterator[str]:
    """Who made it; `plain` without the numbers of organisations, which older kernels don't have."""
    authors = [one for one in work.authors if one.role == "author"]
    for author in authors:
        yield f"<creator>{_person('creatorName', author, plain=plain)}</creator>"
    if not authors:
        # A work without authors is of who published it.
        name = next((one.name for one in work.organisations if one.name.strip()), UNAVAILABLE)
        yield f"<creator>{element('creatorName', name, nameType='Organizational')}</creator>"


def contributors(work: Work, publisher: Organisation | None, *, plain: bool = False) -> Iterator[str]:
    for author in work.authors:
        if author.role != "author" and author.name.strip():
            yield _contributor(author.role, _person("contributorName", author, plain=plain), plain=plain)
    for one in work.organisations:
        if one is not publisher and one.name.strip():
            name = element("contributorName", one.name, nameType="Organizational")
            yield _contributor(one.role or "HostingInstitution", name + _ror(one.ror), plain=plain)


def _contributor(role: str, inner: str, *, plain: bool) -> str:
    kind = role if role in CONTRIBUTORS else _CONTRIBUTORS.get(role, "Other")
    kind = "Other" if plain and kind == "Translator" else kind
    return f'<contributor contributorType="{kind}">{inner}</contributor>'


def _ror(number: str) -> str:
    return (
        element("nameIdentifier", f"https://ror.org/{number}", nameIdentifierScheme="ROR", schemeURI="https://ror.org/")
        if number
        else ""
    )


def _person(name: str, author: Author, *, plain: bool) -> str:
    kind = "Organizational" if author.is_organisation else "Personal" if author.family and author.given else ""
    parts = [element(name, catalogued(author), nameType=kind)]
    if kind == "Personal":
        parts += [element("givenName", author.given), element("familyName", author.family)]
    if author.orcid:
        parts.append(
            element(
                "nameIdentifier",
                f"https://orcid.org/{author.orcid}",
                nameIdentifierScheme="ORCID",
                schemeURI="https://orcid.org/",
            )
        )
    for one in author.organisations:
        if one.name.strip():
            number = f"https://ror.org/{one.ror}" if one.ror and not plain else ""
            scheme = "ROR" if number else ""
            parts.append(
                element("affiliation", one.name, affiliationIdentifier=number, affiliationIdentifierScheme=scheme)
            )
    return "".join(parts)


def _publisher(one: Organisation) -> str:
    if not one.ror:
        return element("publisher", one.name)
    number = f"https://ror.org/{one.ror}"
    return element(
        "publisher",
        one.name,
        publisherIdentifier=number,
        publisherIdentifierScheme="ROR",
        schemeURI="https://ror.org/",
    )


# --- What it says ---


def titles(work: Work) -> Iterator[str]:
    said = in_order(work.titles, work.language)
    main = said[0][0] if said else ""
    for code, words in said:
        yield element("title", words, titleType="" if code == main else "TranslatedTitle", xml_lang=lang(code))
    for code, words in in_order(work.subtitles, work.language):
        yield element("title", words, titleType="Subtitle", xml_lang=lang(code))


def subject(one: Subject, *, plain: bool = False) -> str:
    """A subject; `plain` without the code of a classification."""
    address = is_address(one.code)
    return element(
        "subject",
        one.label,
        subjectScheme=one.scheme,
        valueURI=if_uri(one.code) if address else "",
        classificationCode="" if address or plain else if_uri(one.code),
        xml_lang=lang(one.language),
    )


def dates(work: Work, known: frozenset[str] = DATES) -> Iterator[str]:
    """The days, those of a kind that isn't known as Other, if that is."""
    found: dict[str, Day] = dict(work.dates)
    if work.published:
        found.setdefault("Issued", work.published)
    if work.embargo_until:
        end = work.embargo_until
        found["Available"] = Day(end.year, end.month, end.day)
    for kind, day in found.items():
        if kind in known:
            yield element("date", str(day), dateType=kind)
        elif "Other" in known:
            yield element("date", str(day), dateType="Other", dateInformation=kind)


def alternate(one: Identifier) -> str:
    return element("alternateIdentifier", one.value, alternateIdentifierType=_SCHEMES.get(one.scheme, one.scheme.value))


def relations(tied: Iterable[Relation], kinds: frozenset[str] = RELATIONS) -> Iterator[str]:
    """What it is tied to, where that has a number of a scheme that DataCite knows; of a kind, if Other is one."""
    for one in tied:
        known = one.kind in kinds
        if one.identifier.scheme in _SCHEMES and (known or "Other" in kinds):
            yield element(
                "relatedIdentifier",
                one.identifier.value,
                relatedIdentifierType=_SCHEMES[one.identifier.scheme],
                relationType=one.kind if known else "Other",
                relationTypeInformation="" if known else one.kind,
            )


def _rights(work: Work) -> Iterator[str]:
    if work.access is not Access.UNKNOWN:
        yield element("rights", "", rightsURI=ACCESS[work.access][0])
    if work.licence:
        address = licence_address(work.licence)
        spdx = bool(address) and address != work.licence
        yield element(
            "rights",
            "" if is_address(work.licence) else work.licence,
            rightsURI=if_uri(address),
            rightsIdentifier=work.licence if spdx else "",
            rightsIdentifierScheme="SPDX" if spdx else "",
            schemeURI="https://spdx.org/licenses/" if spdx else "",
        )


def _descriptions(work: Work, about: About) -> Iterator[str]:
    for kind, texts in (("Abstract", work.abstracts), ("Other", work.summaries), ("Other", about.remark)):
        for code, words in in_order(texts, work.language):
            yield element("description", words, descriptionType=kind, xml_lang=lang(code))


def funding(one: Funding) -> str:
    identifier = ""
    if one.identifier:
        kind = next(
            (
                kind
                for part, kind in (("ror.org/", "ROR"), ("10.13039/", "Crossref Funder ID"))
                if part in one.identifier
            ),
            "Other",
        )
        identifier = element("funderIdentifier", one.identifier, funderIdentifierType=kind)
    award = f"<awardNumber>{text(one.award)}</awardNumber>" if one.award else ""
    title = f"<awardTitle>{text(one.title)}</awardTitle>" if one.title else ""
    name = element("funderName", one.funder)
    return f"<fundingReference>{name}{identifier}{award}{title}</fundingReference>"
