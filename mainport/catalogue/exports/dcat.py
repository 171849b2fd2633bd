# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Works that are data sets, as DCAT-AP-NL 3.0 describes them: the statements that join those of the open data.

The same shape of statements as the catalogue of open data has: a node is a mapping with "@id" and "@type".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from mainport.catalogue.exports.shown import (
    Shown,
    ShownFile,
    licence_address,
    one_line,
    own_language,
    persistent,
    publisher_of,
    ror_address,
    title_of,
)
from mainport.catalogue.rules.works import Author, Work

Node = dict[str, Any]

_AUTHORITY = "http://publications.europa.eu/resource/authority"
#: Science and technology: what research data is about most of all.
THEME = f"{_AUTHORITY}/data-theme/TECH"
_LANGUAGES = {
    "nl": "NLD",
    "en": "ENG",
    "de": "DEU",
    "fr": "FRA",
    "fy": "FRY",
}
_FILE_TYPES = {
    "text/csv": "CSV",
    "application/pdf": "PDF",
    "application/json": "JSON",
    "application/zip": "ZIP",
    "text/plain": "TXT",
    "application/xml": "XML",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/vnd.oasis.opendocument.spreadsheet": "ODS",
}
#: What a file of this type obeys.
_STANDARDS = {
    "text/csv": ("https://www.rfc-editor.org/rfc/rfc4180", "RFC 4180"),
    "application/json": ("https://www.rfc-editor.org/rfc/rfc8259", "RFC 8259"),
    "application/pdf": ("https://www.iso.org/standard/75839.html", "ISO 32000-2"),
}
#: The term that Dutch catalogues write where nobody named a licence (list of licences of DCAT-AP-DONL).
NO_LICENCE = "http://standaarden.overheid.nl/owms/terms/licentieonbekend"


def nodes(datasets: Iterable[tuple[Work, Shown]], catalogue: str) -> list[Node]:
    """All statements about these data sets, each thing once; `catalogue` is the address of the catalogue they join."""
    found: dict[str, Node] = {}
    for work, shown in datasets:
        for node in _of_one(work, shown, catalogue):
            found.setdefault(node["@id"], node)
    return list(found.values())


def _of_one(work: Work, shown: Shown, catalogue: str) -> Iterator[Node]:
    language = f"{_AUTHORITY}/language/{_LANGUAGES.get(own_language(work), 'MUL')}"
    yield {"@id": language, "@type": ["dct:LinguisticSystem"]}
    yield {
        "@id": THEME,
        "@type": ["skos:Concept"],
        "skos:prefLabel": _texts({"nl": "Wetenschap en technologie", "en": "Science and technology"}),
        "skos:inScheme": {"@id": f"{_AUTHORITY}/data-theme"},
    }
    rights = f"{_AUTHORITY}/access-right/{_access(shown)}"
    yield {"@id": rights, "@type": ["dct:RightsStatement"]}
    publisher = _agent(publisher_of(work) or shown.site_name, catalogue, work)
    yield publisher
    makers = [_author(author, catalogue) for author in work.authors if author.role == "author"] or [publisher]
    yield from makers
    distributions = []
    for number, file in enumerate(shown.files, start=1):
        if file.open:
            yield from _distribution(work, shown, file, f"{shown.address}#file-{number}", language)
            distributions.append({"@id": f"{shown.address}#file-{number}"})
    yield {"@id": shown.page, "@type": ["foaf:Document"]}
    text = one_line(work.summaries or work.abstracts, shown.language, work.language) or title_of(work)
    said: Node = {
        "@id": shown.address,
        "@type": ["dcat:Dataset"],
        "dct:title": [_text(title, code) for code, title in work.titles.items()],
        "dct:description": [_text(words, code) for code, words in (work.summaries or work.abstracts).items()]
        or _text(text, own_language(work)),
        "dct:identifier": persistent(work, shown),
        "dct:accessRights": {"@id": rights},
        "dct:creator": [{"@id": one["@id"]} for one in makers],
        "dct:publisher": {"@id": publisher["@id"]},
        "dcat:contactPoint": {"@id": f"{catalogue}#contact"},
        "dcat:theme": {"@id": THEME},
        "dct:language": {"@id": language},
        "dcat:landingPage": {"@id": shown.page},
        "foaf:page": {"@id": shown.page},
        "dct:conformsTo": [
            {"@id": _STANDARDS[kind][0]}
            for kind in dict.fromkeys(file.media_type for file in shown.files if file.open)
            if kind in _STANDARDS
        ],
        "dcat:keyword": [_text(one.label, own_language(work)) for one in work.subjects if one.label],
        "dcat:distribution": distributions,
    }
    if shown.demo:
        said["dcat:keyword"] = [*said["dcat:keyword"], _text("verzonnen voorbeeld", "nl")]
    if work.published:
        said["dct:issued"] = {"@value": str(work.published), "@type": _date_type(str(work.published))}
    if shown.changed:
        said["dct:modified"] = {"@value": shown.changed.isoformat(), "@type": "xsd:dateTime"}
    yield {name: value for name, value in said.items() if value not in ([], "")}


def _distribution(work: Work, shown: Shown, file: ShownFile, address: str, language: str) -> Iterator[Node]:
    licence = licence_address(file.licence or work.licence) or NO_LICENCE
    kind = f"{_AUTHORITY}/file-type/{_FILE_TYPES.get(file.media_type, 'OCTET')}"
    media = f"https://www.iana.org/assignments/media-types/{file.media_type or 'application/octet-stream'}"
    yield {"@id": licence, "@type": ["dct:LicenseDocument"]}
    yield {"@id": kind, "@type": ["dct:MediaTypeOrExtent"]}
    yield {"@id": media, "@type": ["dct:MediaType"]}
    said: Node = {
        "@id": address,
        "@type": ["dcat:Distribution"],
        "dct:title": file.name,
        "dcat:accessURL": {"@id": file.url},
        "dcat:downloadURL": {"@id": file.url},
        "dcat:mediaType": {"@id": media},
        "dct:format": {"@id": kind},
        "dct:license": {"@id": licence},
        "dct:language": {"@id": language},
    }
    if standard := _STANDARDS.get(file.media_type):
        said["dct:conformsTo"] = {"@id": standard[0]}
        yield {"@id": standard[0], "@type": ["dct:Standard"], "dct:title": standard[1]}
    if file.size is not None:
        said["dcat:byteSize"] = {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"}
    yield said


def _access(shown: Shown) -> str:
    if any(file.open for file in shown.files):
        return "PUBLIC"
    return "RESTRICTED" if shown.files else "NON_PUBLIC"


def _agent(name: str, catalogue: str, work: Work) -> Node:
    known = [*work.organisations, *(one for author in work.authors for one in author.organisations)]
    ror = next((one.ror for one in known if one.name == name and one.ror), "")
    return _named(ror_address(ror) or _own_address(name, catalogue), name)


def _author(author: Author, catalogue: str) -> Node:
    address = f"https://orcid.org/{author.orcid}" if author.orcid else _own_address(author.name, catalogue)
    return _named(address, author.name)


def _named(address: str, name: str) -> Node:
    return {"@id": address, "@type": ["foaf:Agent"], "foaf:name": name}


def _own_address(name: str, catalogue: str) -> str:
    return f"{catalogue}#agent-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def _date_type(written: str) -> str:
    return {4: "xsd:gYear", 7: "xsd:gYearMonth"}.get(len(written), "xsd:date")


def _text(text: str, language: str) -> Any:
    return {"@value": text, "@language": language} if language and language not in ("und", "mul") else text


def _texts(texts: dict[str, str]) -> list[Any]:
    return [_text(text, code) for code, text in texts.items()]
