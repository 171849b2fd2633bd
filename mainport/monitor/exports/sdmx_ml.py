# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""SDMX-ML: structure-specific data and the structure that it follows, 2.1 and 3.0."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from xml.sax.saxutils import escape, quoteattr

from mainport.monitor.exports.prepared import Edition, Prepared, Side, prepare
from mainport.monitor.exports.sdmx_json import structure_id
from mainport.monitor.rules.tables import Lines, Table


class Version(StrEnum):
    """Of the standard."""

    V2_1 = "2.1"
    V3_0 = "3.0"


_SPACES = {Version.V2_1: "v2_1", Version.V3_0: "v3_0"}
_VERSION_OF_ARTEFACTS = {Version.V2_1: "1.0", Version.V3_0: "1.0.0"}
_START = '<?xml version="1.0" encoding="UTF-8"?>\n'


def _space(version: Version, name: str) -> str:
    return f"http://www.sdmx.org/resources/sdmxml/schemas/{_SPACES[version]}/{name}"


def _number(version: Version) -> str:
    return _VERSION_OF_ARTEFACTS[version]


def _urn(ready: Prepared, kind: str, version: Version, identifier: str | None = None) -> str:
    package = {"DataStructure": "datastructure", "Dataflow": "datastructure", "Codelist": "codelist"}.get(
        kind, "conceptscheme"
    )
    return (
        f"urn:sdmx:org.sdmx.infomodel.{package}.{kind}="
        f"{ready.edition.agency}:{identifier or structure_id(ready)}({_number(version)})"
    )


def _header(ready: Prepared, structure: str = "") -> str:
    stamp = ready.edition.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f"<mes:Header><mes:ID>{structure_id(ready)}</mes:ID><mes:Test>false</mes:Test>"
        f"<mes:Prepared>{stamp}</mes:Prepared><mes:Sender id={quoteattr(ready.edition.agency)}/>{structure}"
        "</mes:Header>"
    )


def write(
    table: Table | Lines | Prepared, edition: Edition | None = None, version: Version = Version.V2_1
) -> Iterator[str]:
    """The table as structure-specific data: a piece for each series."""
    ready = prepare(table, edition)
    name = structure_id(ready)
    own = f"{_urn(ready, 'DataStructure', version)}:ObsLevelDim:TIME_PERIOD"
    if version is Version.V2_1:
        ref = f'<Ref agencyID={quoteattr(ready.edition.agency)} id="{name}" version="1.0" class="DataStructure"/>'
        reference = f"<com:Structure>{ref}</com:Structure>"
    else:
        reference = f"<com:Structure>{_urn(ready, 'DataStructure', version)}</com:Structure>"
    structure = (
        f'<mes:Structure structureID="{name}" namespace="{own}" dimensionAtObservation="TIME_PERIOD">'
        f"{reference}</mes:Structure>"
    )
    yield (
        f'{_START}<mes:StructureSpecificData xmlns:mes="{_space(version, "message")}" '
        f'xmlns:com="{_space(version, "common")}" xmlns:ss="{_space(version, "data/structurespecific")}" '
        f'xmlns:ns1="{own}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{_header(ready, structure)}'
        f'<mes:DataSet ss:dataScope="DataStructure" xsi:type="ns1:DataSetType" ss:structureRef="{name}" '
        f'ss:action="Replace">'
    )
    yield from _series(ready)
    yield "</mes:DataSet></mes:StructureSpecificData>"


def _series(ready: Prepared) -> Iterator[str]:
    measures = [f'<Series {ready.measures.sdmx}="{code}"' for code in ready.measures.ids]
    sides = [[f' {side.sdmx}="{code}"' for code in side.ids] for side in ready.sides]
    # The status that most values have is the structure's default, and isn't written.
    statuses = [f' OBS_STATUS="{status.sdmx}"' if status.sdmx != "A" else "" for status in ready.statuses]
    periods = [f'<Obs TIME_PERIOD="{moment.sdmx}"' for moment in ready.periods]
    for measure, places, points in ready.lines:
        key = measures[measure] + "".join([side[place] for side, place in zip(sides, places, strict=True)])
        observations = "".join(
            [
                f'{periods[period]} OBS_VALUE="{number}"{statuses[status]}/>'
                if number and text is None
                else f"{periods[period]}{_rest(number, text)}{statuses[status]}/>"
                for period, number, text, status in points
            ]
        )
        yield f"{key}>{observations}</Series>\n"


def _rest(number: str, text: str | None) -> str:
    """A value that isn't a number alone: none at all, which SDMX leaves out, or words."""
    value = f' OBS_VALUE="{number}"' if number else ""
    return value + (f" COMMENT_OBS={quoteattr(text)}" if text is not None else "")


def structure(
    table: Table | Lines | Prepared, edition: Edition | None = None, version: Version = Version.V2_1
) -> Iterator[str]:
    """The structure of the table: code lists, concepts, data structure, dataflow."""
    ready = prepare(table, edition)
    yield (
        f'{_START}<mes:Structure xmlns:mes="{_space(version, "message")}" xmlns:com="{_space(version, "common")}" '
        f'xmlns:str="{_space(version, "structure")}">{_header(ready)}<mes:Structures>'
    )
    lists = "".join(
        _codelist(ready, version, _list_id(ready, side), side.dimension.title, _codes(side))
        for side in [ready.measures, *ready.sides]
    ) + _codelist(ready, version, "CL_OBS_STATUS", "Observation status", _STATUSES)
    concepts, structures, flow = _concepts(ready, version), _data_structure(ready, version), _dataflow(ready, version)
    if version is Version.V2_1:
        yield f"{flow}<str:Codelists>{lists}</str:Codelists><str:Concepts>{concepts}</str:Concepts>"
        yield f"<str:DataStructures>{structures}</str:DataStructures>"
    else:
        yield f"<str:Codelists>{lists}</str:Codelists><str:ConceptSchemes>{concepts}</str:ConceptSchemes>{flow}"
        yield f"<str:DataStructures>{structures}</str:DataStructures>"
    yield "</mes:Structures></mes:Structure>"


#: SDMX's CL_OBS_STATUS, those that we write.
_STATUSES = [
    ("A", "Normal value"),
    ("E", "Estimated value"),
    ("M", "Missing value; data cannot exist"),
    ("O", "Missing value"),
    ("P", "Provisional value"),
    ("Q", "Missing value; suppressed"),
]


def _codes(side: Side) -> list[tuple[str, str]]:
    titles = {code.key: code.title for code in side.dimension.codes}
    return [(made, titles.get(key, key)) for key, made in zip(side.places, side.ids, strict=True)]


def _list_id(ready: Prepared, side: Side) -> str:
    return f"CL_{structure_id(ready)}_{side.sdmx}"


def _name(ready: Prepared, text: str) -> str:
    return f'<com:Name xml:lang="{escape(ready.table.language or "en")}">{escape(text)}</com:Name>'


def _codelist(ready: Prepared, version: Version, identifier: str, title: str, codes: list[tuple[str, str]]) -> str:
    items = "".join([f'<str:Code id="{code}">{_name(ready, name)}</str:Code>' for code, name in codes])
    return f"<str:Codelist {_maintained(ready, version, identifier)}>{_name(ready, title)}{items}</str:Codelist>"


def _maintained(ready: Prepared, version: Version, identifier: str) -> str:
    final = ' isFinal="true"' if version is Version.V2_1 else ""
    agency = quoteattr(ready.edition.agency)
    return f'id="{identifier}" agencyID={agency} version="{_number(version)}"{final}'


def _concepts(ready: Prepared, version: Version) -> str:
    named = [
        *((side.sdmx, side.dimension.title) for side in [ready.measures, *ready.sides]),
        ("TIME_PERIOD", ready.table.time.title),
        ("OBS_VALUE", "Value"),
        ("OBS_STATUS", "Observation status"),
        ("COMMENT_OBS", "Value in words"),
    ]
    items = "".join(f'<str:Concept id="{name}">{_name(ready, title)}</str:Concept>' for name, title in named)
    start = _maintained(ready, version, f"CS_{structure_id(ready)}")
    return f"<str:ConceptScheme {start}>{_name(ready, ready.table.title)}{items}</str:ConceptScheme>"


def _identity(ready: Prepared, version: Version, concept: str) -> str:
    scheme = f"CS_{structure_id(ready)}"
    if version is Version.V2_1:
        ref = (
            f'<Ref maintainableParentID="{scheme}" maintainableParentVersion="1.0" package="conceptscheme" '
            f'class="Concept" agencyID={quoteattr(ready.edition.agency)} id="{concept}"/>'
        )
        return f"<str:ConceptIdentity>{ref}</str:ConceptIdentity>"
    return f"<str:ConceptIdentity>{_urn(ready, 'Concept', version, scheme)}.{concept}</str:ConceptIdentity>"


def _listed(ready: Prepared, version: Version, identifier: str) -> str:
    if version is Version.V2_1:
        ref = (
            f'<Ref id="{identifier}" version="1.0" package="codelist" class="Codelist" '
            f"agencyID={quoteattr(ready.edition.agency)}/>"
        )
        listed = f"<str:Enumeration>{ref}</str:Enumeration>"
    else:
        listed = f"<str:Enumeration>{_urn(ready, 'Codelist', version, identifier)}</str:Enumeration>"
    return f"<str:LocalRepresentation>{listed}</str:LocalRepresentation>"


def _format(kind: str) -> str:
    return f'<str:LocalRepresentation><str:TextFormat textType="{kind}"/></str:LocalRepresentation>'


def _data_structure(ready: Prepared, version: Version) -> str:
    sides = [ready.measures, *ready.sides]
    dimensions = "".join(
        f'<str:Dimension id="{side.sdmx}" position="{place}">{_identity(ready, version, side.sdmx)}'
        f"{_listed(ready, version, _list_id(ready, side))}</str:Dimension>"
        for place, side in enumerate(sides, 1)
    )
    position = f' position="{len(sides) + 1}"' if version is Version.V2_1 else ""
    time = (
        f'<str:TimeDimension id="TIME_PERIOD"{position}>{_identity(ready, version, "TIME_PERIOD")}'
        f"{_format('ObservationalTimePeriod')}</str:TimeDimension>"
    )
    value = f"{_identity(ready, version, 'OBS_VALUE')}{_format('Double')}"
    if version is Version.V2_1:
        usage = 'assignmentStatus="Conditional"'
        attached = '<str:PrimaryMeasure><Ref id="OBS_VALUE"/></str:PrimaryMeasure>'
        measures = f'<str:PrimaryMeasure id="OBS_VALUE">{value}</str:PrimaryMeasure>'
    else:
        usage = 'usage="optional"'
        attached = "<str:Observation/>"
        measures = f'<str:Measure id="OBS_VALUE" usage="optional">{value}</str:Measure>'
    relation = f"<str:AttributeRelationship>{attached}</str:AttributeRelationship>"
    measures = f'<str:MeasureList id="MeasureDescriptor">{measures}</str:MeasureList>'
    attributes = (
        f'<str:Attribute id="OBS_STATUS" {usage}>{_identity(ready, version, "OBS_STATUS")}'
        f"{_listed(ready, version, 'CL_OBS_STATUS')}{relation}</str:Attribute>"
        f'<str:Attribute id="COMMENT_OBS" {usage}>{_identity(ready, version, "COMMENT_OBS")}'
        f"{_format('String')}{relation}</str:Attribute>"
    )
    return (
        f"<str:DataStructure {_maintained(ready, version, structure_id(ready))}>{_name(ready, ready.table.title)}"
        f'<str:DataStructureComponents><str:DimensionList id="DimensionDescriptor">{dimensions}{time}'
        f'</str:DimensionList><str:AttributeList id="AttributeDescriptor">{attributes}</str:AttributeList>{measures}'
        f"</str:DataStructureComponents></str:DataStructure>"
    )


def _dataflow(ready: Prepared, version: Version) -> str:
    name = structure_id(ready)
    if version is Version.V2_1:
        agency = quoteattr(ready.edition.agency)
        ref = f'<Ref id="{name}" version="1.0" package="datastructure" class="DataStructure" agencyID={agency}/>'
    else:
        ref = _urn(ready, "DataStructure", version)
    return (
        f"<str:Dataflows><str:Dataflow {_maintained(ready, version, name)}>{_name(ready, ready.table.title)}"
        f"<str:Structure>{ref}</str:Structure></str:Dataflow></str:Dataflows>"
    )
