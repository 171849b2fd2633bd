# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The catalogue of all tables as DCAT-AP-NL 3.0 (https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/).

Written as JSON-LD that needs nothing from elsewhere to be read, and as Turtle of the same statements.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from mainport.monitor.models import Dataset
from mainport.monitor.rules import demo

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_AUTHORITY = "http://publications.europa.eu/resource/authority"
#: The European themes have no "statistics": regions and cities is what all of them speak of.
THEME = f"{_AUTHORITY}/data-theme/REGI"
PUBLIC = f"{_AUTHORITY}/access-right/PUBLIC"
_LANGUAGES = {"nl": f"{_AUTHORITY}/language/NLD", "en": f"{_AUTHORITY}/language/ENG"}
#: What Dutch catalogues write where a source names no licence: the term of DCAT-AP-DONL's list of licences
#: (https://waardelijsten.dcat-ap-donl.nl/overheid_license.json), as data.overheid.nl's own harvesters write it.
NO_LICENCE = "http://standaarden.overheid.nl/owms/terms/licentieonbekend"

Node = dict[str, Any]


@dataclass(frozen=True)
class Format:
    """A form in which a table can be had: the end of its address, and what the lists of types call it."""

    end: str
    title: str
    media_type: str
    file_type: str
    standard: str


FORMATS = (
    Format(".csv", "CSV", "text/csv", "CSV", "https://www.w3.org/TR/tabular-data-model/"),
    Format(".json", "JSON-stat 2.0", "application/json", "JSON", "https://json-stat.org/full/"),
    Format(".xml", "SDMX-ML 2.1", "application/xml", "XML", "https://sdmx.org/standards-2/"),
    Format(".sdmx.json", "SDMX-JSON 2.0", "application/json", "JSON", "https://sdmx.org/standards-2/"),
)
_ODATA = "https://docs.oasis-open.org/odata/odata/v4.01/"


@dataclass(frozen=True)
class Keeper:
    """Who offers the catalogue, and where it stands."""

    name: Mapping[str, str]
    site_url: str
    #: The page on which people find the same.
    page: str

    @property
    def catalogue(self) -> str:
        return f"{self.site_url}/catalog"

    def table(self, key: str) -> str:
        return f"{self.site_url}/datasets/{quote(key, safe='')}"


def catalogue(datasets: Iterable[Dataset], keeper: Keeper) -> list[Node]:
    """The statements: the catalogue, the service, each table with its forms, and all that they name."""
    nodes = _Nodes()
    own = nodes.agent(f"{keeper.catalogue}#publisher", keeper.name)
    contact = nodes.add(
        f"{keeper.catalogue}#contact",
        ["vcard:Organization", "vcard:Kind"],
        {"vcard:fn": _texts(keeper.name), "vcard:hasURL": _link(f"{keeper.site_url}/")},
    )
    service = f"{keeper.site_url}/odata/v1"
    tables = [_table(nodes, dataset, keeper, own, contact, service) for dataset in datasets]
    nodes.add(
        keeper.catalogue,
        ["dcat:Catalog"],
        {
            "dct:title": _texts({"nl": "Open data van de monitor", "en": "Open data of the monitor"}),
            "dct:description": _texts(
                {
                    "nl": "De tabellen achter de cijfers op deze site, met hun bron en in open vormen.",
                    "en": "The tables behind the figures on this site, with their source and in open forms.",
                }
            ),
            "dct:publisher": own,
            "dct:creator": own,
            "dcat:contactPoint": contact,
            "dct:language": [nodes.language("nl"), nodes.language("en")],
            "foaf:homepage": nodes.document(keeper.page),
            "dcat:themeTaxonomy": nodes.scheme(),
            "dcat:service": _link(service),
            "dcat:dataset": tables,
        },
    )
    nodes.add(service, ["dcat:DataService"], _service(nodes, keeper, own, contact, tables))
    return nodes.found


def _service(nodes: _Nodes, keeper: Keeper, own: Node, contact: Node, tables: list[Node]) -> Node:
    service = f"{keeper.site_url}/odata/v1"
    own_licence = nodes.add(
        f"{keeper.catalogue}#licence-of-each-table",
        ["dct:LicenseDocument"],
        {"dct:title": _texts({"nl": "De licentie van elke tabel", "en": "The licence of each table"})},
    )
    return {
        "dct:title": _texts(
            {"nl": "OData in de vorm van het CBS", "en": "OData in the shape of Statistics Netherlands"}
        ),
        "dct:description": _texts(
            {
                "nl": "Elke tabel als OData v4, zoals StatLine van het CBS die geeft.",
                "en": "Every table as OData v4, as StatLine of Statistics Netherlands gives it.",
            }
        ),
        "dct:identifier": service,
        "dcat:endpointURL": _link(service),
        "dcat:endpointDescription": _link(f"{service}/$metadata"),
        "dcat:keyword": _texts({"nl": "statistiek", "en": "statistics"}),
        "dcat:theme": nodes.theme(),
        "dct:accessRights": nodes.public(),
        "dct:conformsTo": nodes.standard(_ODATA, "OData 4.01"),
        "dct:creator": own,
        "dct:language": [nodes.language("nl"), nodes.language("en")],
        "dct:license": own_licence,
        "dct:publisher": own,
        "dcat:contactPoint": contact,
        "dcat:servesDataset": tables,
    }


def _table(nodes: _Nodes, dataset: Dataset, keeper: Keeper, own: Node, contact: Node, service: str) -> Node:
    address = keeper.table(dataset.key)
    maker = nodes.maker(dataset.publisher, keeper) if dataset.publisher else own
    language = nodes.language(dataset.language)
    shared = {"dct:license": nodes.licence(dataset.licence, keeper), "dct:language": language}
    invented = dataset.feed.demo
    named = demo.title_of(dataset.title) if invented else dataset.title
    about = demo.description_of(dataset.description, dataset.language) if invented else dataset.description
    files = [
        nodes.add(
            f"{address}#{form.end[1:]}",
            ["dcat:Distribution"],
            {
                "dct:title": _text(f"{named} ({form.title})", dataset.language),
                "dcat:accessURL": _link(f"{address}{form.end}"),
                "dcat:downloadURL": _link(f"{address}{form.end}"),
                "dcat:mediaType": nodes.media_type(form.media_type),
                "dct:format": nodes.file_type(form.file_type),
                "dct:conformsTo": nodes.standard(form.standard, form.title),
                **shared,
            },
        )
        for form in FORMATS
    ]
    odata = nodes.add(
        f"{address}#odata",
        ["dcat:Distribution"],
        {
            "dct:title": _text(f"{named} (OData)", dataset.language),
            "dcat:accessURL": _link(f"{service}/MAINPORT/{quote(dataset.key, safe='')}"),
            "dcat:accessService": _link(service),
            "dcat:mediaType": nodes.media_type("application/json"),
            "dct:format": nodes.file_type("JSON"),
            "dct:conformsTo": nodes.standard(_ODATA, "OData 4.01"),
            **shared,
        },
    )
    said: Node = {"dcat:version": dataset.version} if dataset.version else {}
    if changed := dataset.changed_in.at if dataset.changed_in else None:
        said["dct:modified"] = {"@value": changed.isoformat(), "@type": "xsd:dateTime"}
    return nodes.add(
        address,
        ["dcat:Dataset"],
        {
            "dct:title": _text(named, dataset.language),
            "dct:description": _text(about or dataset.title, dataset.language),
            **({"dcat:keyword": _text(demo.KEYWORD, dataset.language)} if invented else {}),
            "dct:identifier": address,
            "dct:accessRights": nodes.public(),
            "dct:creator": maker,
            "dct:publisher": maker,
            "dcat:contactPoint": nodes.contact(dataset, address) or contact,
            "dcat:theme": nodes.theme(),
            "dct:language": language,
            "dcat:landingPage": nodes.document(keeper.page),
            "foaf:page": nodes.document(keeper.page),
            "dct:conformsTo": nodes.standard("https://www.w3.org/TR/tabular-data-model/", "CSV on the Web"),
            "dcat:distribution": [*files, odata],
            **said,
        },
    )


class _Nodes:
    """The things that the catalogue speaks of, each once."""

    def __init__(self) -> None:
        self.found: list[Node] = []
        self._known: set[str] = set()

    def add(self, address: str, types: list[str], content: Node) -> Node:
        if address not in self._known:
            self._known.add(address)
            self.found.append({"@id": address, "@type": types, **content})
        return {"@id": address}

    def agent(self, address: str, name: Mapping[str, str]) -> Node:
        return self.add(address, ["foaf:Agent"], {"foaf:name": _texts(name)})

    def maker(self, publisher: str, keeper: Keeper) -> Node:
        """A publisher as its source names it: by an address, whose end then is its name, or by a name."""
        if _is_address(publisher):
            end = urlsplit(publisher).path.rstrip("/").rpartition("/")[2] or urlsplit(publisher).netloc
            return self.agent(publisher, {"mul": end.replace("_", " ")})
        return self.agent(f"{keeper.catalogue}#publisher-{_digest(publisher)}", {"mul": publisher})

    def contact(self, dataset: Dataset, address: str) -> Node | None:
        """The contact that the source itself gives."""
        mail = str((dataset.extra.get("properties") or {}).get("ContactPoint") or "").strip()
        if mail.count("@") != 1 or not mail.isascii() or not mail.isprintable() or " " in mail:
            return None
        content = {"vcard:fn": mail, "vcard:hasEmail": _link(f"mailto:{quote(mail, safe='@')}")}
        return self.add(f"{address}#contact", ["vcard:Organization", "vcard:Kind"], content)

    def licence(self, named: str, keeper: Keeper) -> Node:
        if not named:
            return self.add(NO_LICENCE, ["dct:LicenseDocument"], {})
        if _is_address(named):
            return self.add(named, ["dct:LicenseDocument"], {})
        address = f"{keeper.catalogue}#licence-{_digest(named)}"
        return self.add(address, ["dct:LicenseDocument"], {"dct:title": named})

    def language(self, code: str) -> Node:
        known = _LANGUAGES.get(code[:2].lower(), f"{_AUTHORITY}/language/MUL")
        return self.add(known, ["dct:LinguisticSystem"], {})

    def document(self, address: str) -> Node:
        return self.add(address, ["foaf:Document"], {})

    def standard(self, address: str, title: str) -> Node:
        return self.add(address, ["dct:Standard"], {"dct:title": title})

    def media_type(self, name: str) -> Node:
        return self.add(f"https://www.iana.org/assignments/media-types/{name}", ["dct:MediaType"], {})

    def file_type(self, name: str) -> Node:
        return self.add(f"{_AUTHORITY}/file-type/{name}", ["dct:MediaTypeOrExtent"], {})

    def public(self) -> Node:
        return self.add(PUBLIC, ["dct:RightsStatement"], {})

    def theme(self) -> Node:
        label = _texts({"nl": "Regio's en steden", "en": "Regions and cities"})
        return self.add(THEME, ["skos:Concept"], {"skos:prefLabel": label, "skos:inScheme": self.scheme()})

    def scheme(self) -> Node:
        label = _texts({"nl": "Datathema", "en": "Data theme"})
        return self.add(f"{_AUTHORITY}/data-theme", ["skos:ConceptScheme"], {"dct:title": label})


def _is_address(text: str) -> bool:
    """Whether it can stand as an IRI."""
    return text.startswith(("http://", "https://")) and not set(text) & set(' <>"{}|\\^`\r\n\t')


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _link(address: str) -> Node:
    return {"@id": address}


def _text(text: str, language: str) -> Any:
    return {"@value": text, "@language": language} if language in _LANGUAGES else text


def _texts(texts: Mapping[str, str]) -> list[Any]:
    return [_text(text, language) for language, text in texts.items()]


# --- As JSON-LD and as Turtle ---


def jsonld(nodes: list[Node]) -> Iterator[str]:
    yield f'{{"@context":{json.dumps(PREFIXES)},"@graph":[\n'
    for number, node in enumerate(nodes):
        yield f"{',' * bool(number)}{json.dumps(node, ensure_ascii=False)}\n"
    yield "]}\n"


def turtle(nodes: list[Node]) -> Iterator[str]:
    for name, address in PREFIXES.items():
        yield f"@prefix {name}: <{address}> .\n"
    for node in nodes:
        types = ", ".join(node["@type"])
        lines = [f"a {types}"]
        for predicate, value in node.items():
            if not predicate.startswith("@"):
                values = value if isinstance(value, list) else [value]
                if values:
                    lines.append(f"{predicate} {', '.join(map(_term, values))}")
        yield f"\n<{node['@id']}> " + " ;\n  ".join(lines) + " .\n"


def _term(value: Any) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if "@id" in value:
        return f"<{value['@id']}>"
    end = f"@{value['@language']}" if "@language" in value else f"^^{value['@type']}"
    return f"{_quoted(value['@value'])}{end}"


def _quoted(text: str) -> str:
    """A string of Turtle (2.7): JSON's escapes are among its own, but for the halves of a pair."""
    return json.dumps(text, ensure_ascii=False)
