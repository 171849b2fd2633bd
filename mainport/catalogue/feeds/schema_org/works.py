# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Works as schema.org describes them: articles, theses, reports, books, data sets, materials to learn from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mainport.catalogue.feeds import vocabulary
from mainport.catalogue.feeds.json import Fields
from mainport.catalogue.feeds.schema_org.graph import Graph, absolute, types
from mainport.catalogue.rules import identifiers
from mainport.catalogue.rules.texts import UNKNOWN, Day, first
from mainport.catalogue.rules.works import (
    Access,
    Author,
    Funding,
    Identifier,
    Organisation,
    Provenance,
    Relation,
    Scheme,
    Subject,
    Work,
    WorkFile,
    WorkType,
    identify,
    is_address,
)

#: What is a work here; the news, blogs and pages of a site aren't, though they are creative works as well.
_WORKS = frozenset(
    {
        "ScholarlyArticle", "MedicalScholarlyArticle", "TechArticle", "Thesis", "Report", "Dataset", "Book", "Chapter",
        "LearningResource", "PresentationDigitalDocument", "SoftwareSourceCode", "PublicationIssue", "Poster",
    }
)  # fmt: skip
_TYPES = {"medicalscholarlyarticle": "article", "techarticle": "article"}
_DATES = {"datePublished": "Issued", "dateCreated": "Created", "dateModified": "Updated"}
_RELATIONS = {
    "isPartOf": "IsPublishedIn",
    "hasPart": "HasPart",
    "isBasedOn": "IsDerivedFrom",
    "citation": "References",
    "exampleOfWork": "IsVersionOf",
    "workExample": "HasVersion",
}
_ROLES = {
    "author": "author",
    "creator": "author",
    "editor": "editor",
    "contributor": "contributor",
    "translator": "translator",
}
_SIZES = {"b": 1, "": 1, "bytes": 1, "kb": 1000, "kib": 1024, "mb": 10**6, "mib": 2**20, "gb": 10**9, "gib": 2**30}


def is_work(kinds: set[str]) -> bool:
    """Whether a thing of these types is a work. A course is a learning resource as well, but not one to read."""
    return bool(kinds & _WORKS) and not kinds & {
        "Course",
        "CourseInstance",
        "EducationalOccupationalProgram",
        "Periodical",
    }


def work(graph: Graph, thing: Fields, address: str, provenance: Provenance) -> Work:
    """A work; what of it couldn't be read stands among the faults of the graph."""
    code = _language(graph, thing)
    shown = code if code != UNKNOWN else graph.language
    kinds = types(thing)
    licence = vocabulary.licence_of(
        [words for name in ("license", "copyrightNotice") if (words := graph.word(thing, name))],
        thing.path("license"),
        thing.faults,
    )
    dates = {
        kind: day
        for name, kind in _DATES.items()
        if (day := vocabulary.day_of(graph.word(thing, name), thing.path(name), thing.faults))
    }
    files = tuple(_files(graph, thing, address, licence))
    numbers = tuple(dict.fromkeys(_identifiers(graph, thing, address)))
    return Work(
        titles=graph.texts(thing, "name", "headline", code=shown),
        subtitles=graph.texts(thing, "alternativeHeadline", "alternateName", code=shown),
        abstracts=graph.texts(thing, "abstract", "description", code=shown),
        type=_type(graph, thing, kinds),
        source_type=graph.word(thing, "learningResourceType", "genre") or next(iter(kinds), ""),
        identifiers=numbers,
        authors=tuple(dict.fromkeys(_people(graph, thing))),
        organisations=tuple(dict.fromkeys(_organisations(graph, thing))),
        files=files,
        licence=licence,
        access=_access(graph, thing),
        published=dates.get("Issued") or _copyright(thing) or dates.get("Created"),
        dates=dates,
        language=code,
        subjects=tuple(dict.fromkeys(_subjects(graph, thing, shown))),
        funding=tuple(dict.fromkeys(_funding(graph, thing))),
        relations=tuple(dict.fromkeys(_relations(graph, thing))),
        provenance=replace(provenance, record=next((one.value for one in numbers), provenance.record)),
    )


def _language(graph: Graph, thing: Fields) -> str:
    for value in graph.values(thing, "inLanguage"):
        inner = Fields(value, thing.path("inLanguage"), thing.faults) if isinstance(value, dict) else None
        words = inner.text("alternateName", "@value", "name") if inner else str(value)
        code = vocabulary.language_of(words, thing.path("inLanguage"), thing.faults)
        if code != UNKNOWN:
            return code
    return UNKNOWN


def _type(graph: Graph, thing: Fields, kinds: list[str]) -> WorkType:
    """The type by its class, but of a thesis also by the degree that it is for."""
    if "Thesis" in kinds:
        degree = graph.word(thing, "inSupportOf", "genre").lower()
        doctoral = re.match(r"ph\.?\s?d|doctor|dr\b|promot", degree)
        return WorkType.DOCTORAL_THESIS if doctoral else WorkType.THESIS
    found = vocabulary.work_type(_TYPES.get(kind.lower(), kind) for kind in kinds)
    return WorkType.LEARNING_MATERIAL if found is WorkType.OTHER and "LearningResource" in kinds else found


def _copyright(thing: Fields) -> Day | None:
    return vocabulary.day_of(thing.text("copyrightYear"), thing.path("copyrightYear"), thing.faults)


def _identifiers(graph: Graph, thing: Fields, address: str) -> Iterator[Identifier]:
    """Numbers first, then addresses: the thing's own, and that of the page if the thing has none."""
    told = [words for name in ("doi", "identifier", "sameAs", "@id", "url") for words in _numbers(graph, thing, name)]
    found = [one for words in told if (one := identify(words))]
    for value in graph.values(thing, "isbn"):
        if number := identifiers.isbn(str(value)):
            yield Identifier(Scheme.ISBN, number)
        else:
            thing.fault("isbn", value, "a right ISBN")
    yield from (one for one in found if one.scheme not in (Scheme.URL, Scheme.LOCAL))
    addresses = [
        Identifier(Scheme.URL, whole)
        for words in told
        if is_address(whole := absolute(address, words)) and not _known(words)
    ]
    yield from addresses or ([Identifier(Scheme.URL, address)] if is_address(address) else [])
    yield from (one for one in found if one.scheme is Scheme.LOCAL and not one.value.startswith(("_:", "#", "/")))


def _known(words: str) -> bool:
    """Whether this is an address that stands for a number: of a DOI or handle."""
    one = identify(words)
    return one is not None and one.scheme is not Scheme.URL


def _numbers(graph: Graph, thing: Fields, name: str) -> Iterator[str]:
    """The words of a number, with the name of its scheme before it where a PropertyValue gives that."""
    for value in graph.values(thing, name):
        if isinstance(value, dict):
            inner = Fields(value, thing.path(name), [])
            scheme, words = inner.text("propertyID", "name").lower(), inner.text("value", "@value", "url", "@id")
            if scheme in ("isbn", "issn") and words:
                words = f"{scheme} {words}"
            elif scheme in ("handle", "hdl") and not words.lower().startswith(("http", "hdl:")):
                words = f"hdl:{words}"
        else:
            words = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
        if words.strip():
            yield words.strip()


def _people(graph: Graph, thing: Fields) -> Iterator[Author]:
    for name, role in _ROLES.items():
        for one in graph.things_of(thing, name):
            # A Role stands between the work and the person, under the same name.
            inner = graph.things_of(one, name) if "Role" in types(one) else []
            for person in inner or [one]:
                if author := _person(graph, person, role):
                    yield author


def _person(graph: Graph, person: Fields, role: str) -> Author | None:
    name = first(graph.texts(person, "name"), "nl", "en")
    family, given = graph.word(person, "familyName"), graph.word(person, "givenName")
    if not name and not family:
        return None
    if set(types(person)) & {
        "Organization",
        "CollegeOrUniversity",
        "EducationalOrganization",
        "GovernmentOrganization",
    }:
        return Author(name, role=role, is_organisation=True)
    told = [words for key in ("@id", "identifier", "sameAs", "url") for words in _numbers(graph, person, key)]
    number = next((right for words in told if (right := identifiers.orcid(words))), "")
    wrong = next((words for words in told if "orcid.org" in words and not identifiers.orcid(words)), "")
    if wrong and not number:
        person.fault("orcid", wrong, "an ORCID with its check digit")
    known = vocabulary.author(name)
    organisations = tuple(
        Organisation(words)
        for one in graph.things_of(person, "affiliation", "worksFor")
        if (words := first(graph.texts(one, "name"), "nl", "en"))
    )
    shown = name if known.family == "" else known.name
    return Author(
        shown or " ".join(filter(None, [given, family])),
        family or known.family,
        given or known.given,
        number,
        organisations,
        role,
    )


def _organisations(graph: Graph, thing: Fields) -> Iterator[Organisation]:
    for name in ("publisher", "sourceOrganization", "provider", "sponsor"):
        for one in graph.things_of(thing, name):
            words = first(graph.texts(one, "name", "legalName"), "nl", "en")
            told = [words for key in ("@id", "identifier", "sameAs") for words in _numbers(graph, one, key)]
            number = next((right for words in told if (right := identifiers.ror(words))), "")
            if words or number:
                yield Organisation(words, number, {"sourceOrganization": "institution"}.get(name, name))


def _access(graph: Graph, thing: Fields) -> Access:
    found = vocabulary.access(words for words in [graph.word(thing, "conditionsOfAccess")] if words)
    if found is Access.UNKNOWN:
        free = thing.values.get("isAccessibleForFree")
        return Access.OPEN if free in (True, "true", "True", "http://schema.org/True") else Access.UNKNOWN
    return found


def _files(graph: Graph, thing: Fields, address: str, licence: str) -> Iterator[WorkFile]:
    for name in ("encoding", "associatedMedia", "distribution", "hasDigitalDocument"):
        for one in graph.things_of(thing, name):
            told = (
                one.values.get("contentUrl") or one.values.get("url") or one.values.get("@id") or one.values.get("name")
            )
            whole = absolute(address, told) if isinstance(told, str) else ""
            if not is_address(whole):
                one.fault("contentUrl", told, "an address that begins with https:// or http://")
                continue
            name_of = first(graph.texts(one, "name"), "nl", "en")
            yield WorkFile(
                name=name_of if name_of and name_of != told else whole.split("?")[0].rstrip("/").rsplit("/", 1)[-1],
                url=whole,
                media_type=graph.word(one, "encodingFormat", "fileFormat"),
                size=_size(graph.word(one, "contentSize")),
                sha256=hashed if re.fullmatch(r"[0-9a-f]{64}", hashed := graph.word(one, "sha256").lower()) else "",
                licence=vocabulary.licence(graph.word(one, "license")) or licence,
            )


def _size(words: str) -> int | None:
    """Bytes, out of what is written for people: 1.2 MB, 3 kB, 1234."""
    found = re.fullmatch(r"(\d{1,15}(?:[.,]\d{1,3})?)\s*([A-Za-z]*)", words)
    if not found or found[2].lower() not in _SIZES:
        return None
    return round(float(found[1].replace(",", ".")) * _SIZES[found[2].lower()])


def _subjects(graph: Graph, thing: Fields, code: str) -> Iterator[Subject]:
    for value in graph.values(thing, "keywords"):
        if isinstance(value, str):
            yield from (Subject(word.strip(), language=code) for word in value.split(",") if word.strip())
        elif isinstance(value, dict):
            yield from _term(graph, Fields(value, thing.path("keywords"), thing.faults), code)
    for one in graph.things_of(thing, "about"):
        yield from _term(graph, one, code)
    for words in [graph.word(thing, "educationalLevel")]:
        if words:
            yield Subject(words, "educational level")


def _term(graph: Graph, one: Fields, code: str) -> Iterator[Subject]:
    for spoken, words in list(graph.texts(one, "name", code=code).items())[:1]:
        number = one.text("termCode") if "termCode" in one.values else ""
        told = one.values.get("@id") or one.values.get("url")
        yield Subject(
            words, graph.word(one, "inDefinedTermSet"), number or (told if isinstance(told, str) else ""), spoken
        )


def _funding(graph: Graph, thing: Fields) -> Iterator[Funding]:
    for grant in graph.things_of(thing, "funding"):
        funder = next(
            (name for one in graph.things_of(grant, "funder", "sponsor") if (name := graph.word(one, "name"))), ""
        )
        number = graph.word(grant, "identifier")
        if funder or number:
            yield Funding(funder, number, graph.word(grant, "name") if funder else "")
    for one in graph.things_of(thing, "funder"):
        if name := graph.word(one, "name"):
            yield Funding(name, identifier=graph.word(one, "@id"))


def _relations(graph: Graph, thing: Fields) -> Iterator[Relation]:
    for name, kind in _RELATIONS.items():
        for value in graph.values(thing, name):
            inner = Fields(value, thing.path(name), []) if isinstance(value, dict) else Fields({"url": value}, "", [])
            told = [
                words
                for key in ("doi", "issn", "isbn", "identifier", "sameAs", "@id", "url")
                for words in _schemed(graph, inner, key)
            ]
            best = next((one for words in told if (one := identify(words)) and one.scheme is not Scheme.LOCAL), None)
            if best is not None:
                yield Relation(kind, best)


def _schemed(graph: Graph, inner: Fields, key: str) -> Iterator[str]:
    for words in _numbers(graph, inner, key):
        yield f"{key} {words}" if key in ("issn", "isbn") else words
