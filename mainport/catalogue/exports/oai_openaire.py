# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""OpenAIRE's guidelines for literature repositories, version 4: DataCite, Dublin Core, files, and terms of COAR."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from mainport.catalogue.exports import datacite
from mainport.catalogue.exports.about import About
from mainport.catalogue.exports.markup import element, wrapped
from mainport.catalogue.exports.vocabulary import ACCESS, TYPES, in_order, lang, licence_address
from mainport.catalogue.rules.texts import UNKNOWN, Texts
from mainport.catalogue.rules.works import Access, Identifier, Scheme, Work, WorkFile, WorkType, is_address

PREFIX: Final = "oai_openaire"
NAMESPACE: Final = "http://namespace.openaire.eu/schema/oaire/"
SCHEMA: Final = "https://www.openaire.eu/schema/repo-lit/4.0/openaire.xsd"

_KERNEL = f' xmlns="{datacite.NAMESPACE}"'
_COAR = "http://purl.org/coar/resource_type/"
_OTHER = f"{_COAR}c_1843"
#: Types for which the guidelines have no term of COAR's.
_WITHOUT_TERM = (WorkType.LEARNING_MATERIAL, WorkType.PRESENTATION, WorkType.OTHER)
_GENERAL = {
    WorkType.DATASET: "dataset",
    WorkType.SOFTWARE: "software",
    **dict.fromkeys(
        (WorkType.LEARNING_MATERIAL, WorkType.PRESENTATION, WorkType.MEDIA, WorkType.OTHER), "other research product"
    ),
}
_SCHEMES = {Scheme.DOI: "DOI", Scheme.HANDLE: "HANDLE", Scheme.URN: "URN"}
#: Kernel 4.1, on which the guidelines build, has fewer kinds of days and relations.
_DATES = datacite.DATES - {"Coverage", "Other", "Withdrawn"}
_RELATIONS = datacite.RELATIONS - {
    *("IsCollectedBy", "Collects", "IsPublishedIn", "Obsoletes", "IsObsoletedBy", "HasTranslation"),
    *("IsTranslationOf", "Other"),
}


def write(work: Work, about: About) -> str:
    """The work as an <oaire:resource>."""
    return (
        f'<oaire:resource xmlns:oaire="{NAMESPACE}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        f' xsi:schemaLocation="{NAMESPACE} {SCHEMA}">{"".join(_parts(work, about))}</oaire:resource>'
    )


def _parts(work: Work, about: About) -> Iterator[str]:
    first = next((one for one in work.identifiers if one.scheme in _SCHEMES), Identifier(Scheme.URL, about.address))
    others = [one for one in dict.fromkeys([*work.identifiers, Identifier(Scheme.URL, about.address)]) if one != first]
    publisher = next((one for one in work.organisations if one.role == "publisher" and one.name.strip()), None)
    yield _kernel("titles", datacite.titles(work))
    yield _kernel("creators", datacite.creators(work, plain=True))
    yield _kernel("contributors", datacite.contributors(work, publisher, plain=True))
    yield _funding(work)
    yield _kernel("alternateIdentifiers", map(datacite.alternate, others))
    yield _kernel("relatedIdentifiers", datacite.relations(work.relations, _RELATIONS))
    yield _kernel("dates", datacite.dates(work, _DATES))
    yield element("dc:language", work.language if lang(work.language) else UNKNOWN)
    yield from (element("dc:publisher", one.name) for one in work.organisations if one == publisher)
    yield _type(work)
    yield from _texts(work.abstracts, work.language)
    yield from _texts(work.summaries, work.language)
    yield from _texts(about.remark, work.language)
    yield from (element("dc:format", one) for one in dict.fromkeys(file.media_type for file in work.files) if one)
    said = element("identifier", first.value, identifierType=_SCHEMES.get(first.scheme, "URL"))
    yield said.replace("<identifier", f"<identifier{_KERNEL}", 1)
    yield _rights(work).replace("<rights", f"<rights{_KERNEL}", 1)
    yield _kernel("subjects", (datacite.subject(one, plain=True) for one in work.subjects))
    sizes = (element("size", f"{file.size} bytes") for file in work.files if file.size is not None)
    yield _kernel("sizes", sizes)
    if work.licence:
        address = licence_address(work.licence)
        yield element("oaire:licenseCondition", work.licence, uri=address)
    yield from (_file(file, work) for file in work.files if is_address(file.url))


def _kernel(name: str, inner: Iterable[str]) -> str:
    """An element of DataCite with others in it."""
    return wrapped(name, inner).replace(f"<{name}", f"<{name}{_KERNEL}", 1)


def _texts(texts: Texts, main: str) -> Iterator[str]:
    return (element("dc:description", words, xml_lang=lang(code)) for code, words in in_order(texts, main))


def _type(work: Work) -> str:
    terms = [] if work.type in _WITHOUT_TERM else [term for term in TYPES[work.type] if term.startswith(_COAR)]
    return element(
        "oaire:resourceType",
        work.type.value.replace("-", " "),
        resourceTypeGeneral=_GENERAL.get(work.type, "literature"),
        uri=next(iter(terms), _OTHER),
    )


def _access(work: Work) -> Access:
    """The guidelines want to know: where nobody said so, what can be seen here counts."""
    if work.access is not Access.UNKNOWN:
        return work.access
    return Access.RESTRICTED if work.files else Access.METADATA_ONLY


def _rights(work: Work) -> str:
    access = _access(work)
    return element("rights", access.value.replace("-", " ") + " access", rightsURI=ACCESS[access][1])


def _file(file: WorkFile, work: Work) -> str:
    access = file.access if file.access is not Access.UNKNOWN else _access(work)
    kind = {WorkType.DATASET: "dataset", WorkType.SOFTWARE: "software"}.get(work.type, "fulltext")
    return element("oaire:file", file.url, accessRightsURI=ACCESS[access][1], mimeType=file.media_type, objectType=kind)


def _funding(work: Work) -> str:
    found = (datacite.funding(one) for one in work.funding if one.funder.strip())
    inner = wrapped("fundingReferences", found)
    return inner.replace("<fundingReferences", f'<fundingReferences xmlns="{NAMESPACE}"', 1)
