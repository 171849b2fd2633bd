# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The agenda as linked data: one JSON-LD 1.1 document that needs nothing from elsewhere to be read.

Words of schema.org, the Organization Ontology, SKOS and Dublin Core. An element's @id is the
address at which the API answers with it, so that it stays and can be followed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from mainport.agenda.exports.edition import Edition
from mainport.agenda.exports.texts import as_text
from mainport.agenda.rules.elements import Agenda, Element, Kind
from mainport.core.rules.languages import EVERY_LANGUAGE

_TEXT = {"@container": "@language"}
_LINK = {"@type": "@id"}

CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "schema": "https://schema.org/",
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    "identifier": "dct:identifier",
    "kind": "dct:type",
    "name": {"@id": "schema:name", **_TEXT},
    "label": {"@id": "skos:prefLabel", **_TEXT},
    "description": {"@id": "schema:description", **_TEXT},
    "remark": {"@id": "skos:editorialNote", **_TEXT},
    "mission": {"@id": "schema:slogan", **_TEXT},
    "ambition": {"@id": "schema:purpose", **_TEXT},
    "result": {"@id": "schema:result", **_TEXT},
    "unit": {"@id": "schema:unitText", **_TEXT},
    "position": {"@id": "schema:position", "@type": "xsd:integer"},
    "source": {"@id": "dct:source", **_LINK},
    "partOf": {"@id": "dct:isPartOf", **_LINK},
    "hasPart": {"@id": "dct:hasPart", **_LINK},
    "scheme": {"@id": "skos:inScheme", **_LINK},
    "broader": {"@id": "skos:broader", **_LINK},
    "topConceptOf": {"@id": "skos:topConceptOf", **_LINK},
    "memberOf": {"@id": "org:memberOf", **_LINK},
    "unitOf": {"@id": "org:unitOf", **_LINK},
    "publisher": {"@id": "dct:publisher", **_LINK},
    "lead": {"@id": "schema:agent", **_LINK},
    "partners": {"@id": "schema:participant", **_LINK},
    "forums": {"@id": "schema:contributor", **_LINK},
    "owner": {"@id": "schema:organizer", **_LINK},
    "funder": {"@id": "schema:funder", **_LINK},
    "depends_on": {"@id": "dct:requires", **_LINK},
    "place": {"@id": "schema:location", **_LINK},
    "sector": {"@id": "dct:subject", **_LINK},
    "tasks": {"@id": "dct:relation", **_LINK},
    "object": {"@id": "schema:object", **_LINK},
    "website": {"@id": "schema:url", **_LINK},
    "founded": "schema:foundingDate",
    "adopted": "dct:issued",
    "published": "dct:issued",
    "document": "dct:bibliographicCitation",
    "modified": {"@id": "dct:modified", "@type": "xsd:date"},
    "temporal": "dct:temporal",
    "language": "dct:language",
    "short": "schema:alternateName",
    "start": "schema:startDate",
    "end": "schema:endDate",
    "horizon": "schema:expires",
    "amount": {"@id": "schema:amount"},
    "value": "schema:value",
    "currency": "schema:currency",
    "latitude": "schema:latitude",
    "longitude": "schema:longitude",
    "geo": "schema:geo",
    "municipality": "schema:addressLocality",
}

_CONCEPTS = (Kind.GOAL, Kind.SECTOR, Kind.CHAPTER, Kind.THEME, Kind.TASK)
_TYPES: dict[Kind, list[str]] = {
    Kind.ALLIANCE: ["org:OrganizationalCollaboration", "schema:Organization"],
    Kind.PARTNER: ["org:FormalOrganization", "schema:Organization"],
    Kind.ORGANISATION: ["org:FormalOrganization", "schema:Organization"],
    Kind.CONTRIBUTION: ["schema:MonetaryGrant"],
    Kind.FUND: ["schema:MonetaryGrant"],
    Kind.BODY: ["org:OrganizationalUnit", "schema:Organization"],
    Kind.FORUM: ["org:Organization", "schema:Organization"],
    Kind.PAPER: ["schema:CreativeWork"],
    Kind.FLAGSHIP: ["schema:Project"],
    Kind.PROJECT: ["schema:Project"],
    Kind.PLAN: ["schema:PlanAction"],
    Kind.MILESTONE: ["schema:Event"],
    Kind.INSTRUMENT: ["schema:Service"],
    Kind.MONITOR: ["schema:Dataset"],
    Kind.FIGURE: ["schema:PropertyValue"],
    Kind.PLACE: ["schema:Place"],
} | {kind: ["skos:Concept"] for kind in _CONCEPTS}

#: Attributes that go out under their own name; the others are said in `_special` or only in other formats.
_PLAIN = ("founded", "adopted", "short", "start", "end", "horizon", "website", "municipality", "value")
_TEXTS = ("mission", "ambition", "result", "unit")


def write(agenda: Agenda, edition: Edition) -> bytes:
    """One document: the agenda as a scheme, its elements and its sources."""
    graph = [
        _scheme(agenda, edition),
        *(_node(element, agenda, edition) for element in agenda.elements.values()),
        *(
            {
                "id": _source_address(source.key, edition),
                "type": ["dct:BibliographicResource", "schema:CreativeWork"],
                "identifier": source.key,
                "name": _text(source.title),
                "document": source.document,
            }
            | ({"published": source.published} if source.published else {})
            | ({"website": source.url} if source.url else {})
            for source in agenda.sources.values()
        ),
    ]
    return (json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=2) + "\n").encode()


def _scheme_address(edition: Edition) -> str:
    return f"{edition.site_url}/api/v1/agenda"


def _source_address(key: str, edition: Edition) -> str:
    return f"{_scheme_address(edition)}#source-{key}"


def _scheme(agenda: Agenda, edition: Edition) -> dict[str, Any]:
    period = agenda.alliance.attributes["period"]
    return {
        "id": _scheme_address(edition),
        "type": ["skos:ConceptScheme", "schema:CreativeWork"],
        "name": _text(agenda.alliance.title),
        "publisher": edition.address(agenda.alliance.uid),
        "temporal": f"{period['start']}/{period['end']}",
        "language": list(agenda.languages),
        "modified": edition.day.isoformat(),
    }


def _node(element: Element, agenda: Agenda, edition: Edition) -> dict[str, Any]:
    node: dict[str, Any] = {
        "id": edition.address(element.uid),
        "type": _TYPES[element.kind],
        "identifier": element.uid,
        "kind": element.kind.value,
        "name": _text(element.title),
        "position": element.position,
    }
    if element.summary:
        node["description"] = _text(element.summary)
    if element.source:
        node["source"] = _source_address(element.source, edition)
    if element.demo:
        node["remark"] = {"en": "Invented example", "nl": "Verzonnen voorbeeld"}
    node |= {name: element.attributes[name] for name in _PLAIN if name in element.attributes}
    node |= {name: _text(as_text(element.attributes[name])) for name in _TEXTS if name in element.attributes}
    node |= _above(element, agenda, edition)
    for link in element.links:
        name = "funder" if element.kind is Kind.CONTRIBUTION else link.role
        node.setdefault(name, []).append(edition.address(link.target))
    return node | _special(element, edition)


def _above(element: Element, agenda: Agenda, edition: Edition) -> dict[str, Any]:
    """The relation to what an element stands under, in the words of its kind."""
    if element.parent is None:
        return {}
    parent = edition.address(element.parent)
    if element.kind is Kind.PARTNER:
        return {"memberOf": parent}
    if element.kind is Kind.BODY:
        return {"unitOf": parent}
    if element.kind in _CONCEPTS:
        scheme = _scheme_address(edition)
        if agenda.elements[element.parent].kind is Kind.ALLIANCE:
            return {"scheme": scheme, "topConceptOf": scheme, "label": _text(element.title)}
        return {"scheme": scheme, "broader": parent, "label": _text(element.title)}
    return {"partOf": parent}


def _special(element: Element, edition: Edition) -> dict[str, Any]:
    """What a kind says in a shape of its own."""
    fields = element.attributes
    if element.kind is Kind.PLAN:
        return {"object": edition.address(element.parent or "")}
    if element.kind is Kind.MILESTONE:
        return {"end": fields["due"]}
    if element.kind is Kind.PLACE and "latitude" in fields:
        point = {"latitude": fields["latitude"], "longitude": fields["longitude"]}
        return {"geo": {"type": "schema:GeoCoordinates", **point}}
    euro = fields.get({Kind.CONTRIBUTION: "total", Kind.FUND: "amount"}.get(element.kind, ""))
    if euro is not None:
        return {"amount": {"type": "schema:MonetaryAmount", "value": euro, "currency": "EUR"}}
    return {}


def _text(text: Mapping[str, str]) -> dict[str, str]:
    """A language map; words that are the same in every language carry none."""
    return {"@none" if language == EVERY_LANGUAGE else language: words for language, words in text.items()}
