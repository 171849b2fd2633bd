# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""One table of the monitor, described as CBS describes its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from mainport.api.odata.filters import NUMBER, TEXT
from mainport.monitor.models import Dataset, Feed, Observation
from mainport.monitor.rules import demo, describing
from mainport.monitor.rules.identifiers import identifier
from mainport.monitor.rules.tables import Dimension, Finality, Measure, Role

#: Every table by our key; and those that came from CBS by the key that they have there.
OWN, CBS = "MAINPORT", "CBS"
CATALOGS = {OWN: "Mainport", CBS: "CBS StatLine, as kept by Mainport"}

KINDS = {Role.TIME: "TimeDimension", Role.GEO: "GeoDimension", Role.OTHER: "Dimension"}
_STATUS = {
    Finality.PROVISIONAL: "Voorlopig",
    Finality.REVISED_PROVISIONAL: "NaderVoorlopig",
    Finality.DEFINITIVE: "Definitief",
}
_CELL = ("Id", "Measure", "ValueAttribute", "Value", "StringValue")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

Item = dict[str, Any]


def datasets(catalog: str = "") -> QuerySet[Dataset]:
    """The tables of a catalogue, with their feed and their last change."""
    found = Dataset.objects.select_related("feed", "changed_in").order_by("key")
    return found.filter(feed__format=Feed.Format.CBS, extra__has_key="table") if catalog == CBS else found


def shaped(catalog: str) -> list[Shape]:
    """The tables of a catalogue; two feeds may bring slices of one table, of which the first is served as CBS's."""
    light = datasets(catalog).defer("dimensions", "measures")
    shapes: dict[str, Shape] = {}
    for dataset in light:
        shape = Shape(dataset, catalog)
        name = shape.identifier.casefold()
        if name not in shapes or dataset.key.casefold() == name:
            shapes[name] = shape
    return list(shapes.values())


def find(catalog: str, name: str) -> Shape | None:
    """The table of this name; as CBS does, without minding capitals."""
    if catalog == CBS:
        found = list(datasets(CBS).filter(extra__table__iexact=name))
        found.sort(key=lambda dataset: dataset.key.casefold() != name.casefold())
    else:
        found = list(datasets().filter(key__iexact=name))
        found.sort(key=lambda dataset: dataset.key != name)
    return Shape(found[0], catalog) if found else None


@dataclass(frozen=True)
class Shape:
    """A table as it stands in a catalogue."""

    dataset: Dataset
    catalog: str

    @property
    def identifier(self) -> str:
        return str(self.dataset.extra["table"]) if self.catalog == CBS else self.dataset.key

    @cached_property
    def dimensions(self) -> dict[str, Dimension]:
        """The dimensions by the names that OData can give them; without the time that CBS's table doesn't have."""
        own = {str(item["Identifier"]).strip() for item in self.dataset.extra.get("dimensions") or []}
        names: dict[str, Dimension] = {}
        for dimension in describing.dimensions_from_json(self.dataset.dimensions):
            # The time that we give a table of CBS that has none.
            if own and dimension.key not in own:
                continue
            name = dimension.key if _NAME.fullmatch(dimension.key) else f"D_{identifier(dimension.key)}"
            while name in (*_CELL, *names):
                name += "_"
            names[name] = dimension
        return names

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        return describing.measures_from_json(self.dataset.measures)

    @property
    def columns(self) -> dict[str, str]:
        """The columns of observations with their types."""
        return {
            **dict.fromkeys(_CELL, TEXT),
            "Id": NUMBER,
            "Value": NUMBER,
            **dict.fromkeys(self.dimensions, TEXT),
        }

    # --- Entity sets ---

    def properties(self) -> Item:
        """What the source says of the table; where it says nothing, what we know."""
        dataset = self.dataset
        said = dataset.extra.get("properties") if dataset.extra.get("source") == "cbs" else None
        known = {
            "Title": dataset.title,
            "Description": dataset.description,
            "Language": dataset.language,
            "Modified": _moment(dataset),
            "Publisher": dataset.publisher,
            "Version": dataset.version,
            "Frequency": dataset.frequency,
            "Status": "Regulier",
            "DatasetType": "Numeric",
            "License": dataset.licence,
            "ObservationsModified": _moment(dataset),
        }
        return {
            **known,
            **{name: value for name, value in (said or {}).items() if not name.startswith("@")},
            "Identifier": self.identifier,
            "Catalog": self.catalog,
            # Of what is here, which may be a slice of what the source has.
            "ObservationCount": self.count,
            **self._demo(),
        }

    def _demo(self) -> Item:
        """What says that the values are invented, where they are."""
        dataset = self.dataset
        if not dataset.feed.demo:
            return {}
        description = demo.description_of(dataset.description, dataset.language)
        return {"Title": demo.title_of(dataset.title), "Description": description}

    @cached_property
    def count(self) -> int:
        return Observation.objects.filter(series__dataset_id=self.dataset.pk, current=True).count()

    def row(self, count: int) -> Item:
        """The table in the list of tables."""
        self.__dict__["count"] = count
        names = ("Identifier", "Title", "Description", "Language", "Modified", "Catalog", "Publisher", "Version")
        more = ("Frequency", "Status", "DatasetType", "ObservationCount", "ObservationsModified", "License")
        properties = self.properties()
        return {name: properties.get(name) for name in (*names, *more)}

    def sets(self) -> dict[str, str]:
        """The names of what can be asked of the table, with their kind in OData."""
        names = {"Properties": "Singleton"} | dict.fromkeys(
            ("MeasureGroups", "MeasureCodes", "Dimensions"), "EntitySet"
        )
        for name, dimension in self.dimensions.items():
            if any(code.group is not None for code in dimension.codes):
                names[f"{name}Groups"] = "EntitySet"
            names[f"{name}Codes"] = "EntitySet"
        return {**names, "Observations": "EntitySet"}

    def items(self, name: str, root: str) -> list[Item] | None:
        """An entity set besides Properties and Observations; None where there is none of that name."""
        if name == "Dimensions":
            return self._dimensions(root)
        if name == "MeasureCodes":
            return self._measures()
        if name == "MeasureGroups":
            return self._groups("Measure", [measure.group for measure in self.measures])
        if name.endswith("Codes") and (dimension := self.dimensions.get(name.removesuffix("Codes"))):
            return _codes(dimension)
        if name.endswith("Groups") and (dimension := self.dimensions.get(name.removesuffix("Groups"))):
            return self._groups(dimension.key, [code.group for code in dimension.codes])
        return None

    def _groups(self, of: str, named: Sequence[str | None]) -> list[Item]:
        """The groups as the source describes them; those that it only names, by their name."""
        kept: dict[str, list[Item]] = self.dataset.extra.get("groups") or {}
        said = {str(item.get("Id")): item for item in kept.get(of, [])}
        found = [*said, *dict.fromkeys(name for name in named if name is not None and name not in said)]
        return [
            {
                "Id": name,
                "Index": number,
                "Title": said.get(name, {}).get("Title") or name,
                "Description": said.get(name, {}).get("Description"),
                "ParentId": said.get(name, {}).get("ParentId"),
            }
            for number, name in enumerate(found, 1)
        ]

    def _dimensions(self, root: str) -> list[Item]:
        said = {item.get("Identifier"): item for item in self.dataset.extra.get("dimensions") or [] if item}
        sets = self.sets()
        found = []
        for name, dimension in self.dimensions.items():
            source = said.get(dimension.key, {})
            found.append(
                {
                    "Identifier": name,
                    "Title": dimension.title,
                    "Description": dimension.description,
                    "MapYear": source.get("MapYear"),
                    "ReleasePolicy": source.get("ReleasePolicy"),
                    "Kind": source.get("Kind") or KINDS[dimension.role],
                    "ContainsGroups": f"{name}Groups" in sets,
                    "ContainsCodes": True,
                    "CodesUrl": f"{root}/{name}Codes",
                    "GroupsUrl": f"{root}/{name}Groups" if f"{name}Groups" in sets else None,
                }
            )
        return found

    def _measures(self) -> list[Item]:
        said: dict[str, Item] = self.dataset.extra.get("measures") or {}
        return [
            {
                "Identifier": measure.key,
                "Index": said.get(measure.key, {}).get("Index", number),
                "Title": measure.title,
                "Description": measure.description,
                "MeasureGroupId": measure.group,
                "DataType": measure.kind,
                "Unit": measure.unit,
                "Decimals": measure.decimals,
                "PresentationType": said.get(measure.key, {}).get("PresentationType"),
            }
            for number, measure in enumerate(self.measures, 1)
        ]


def _moment(dataset: Dataset) -> str | None:
    """When the source says that it changed, if that is a date; else when we learnt it."""
    try:
        datetime.fromisoformat(dataset.modified)
    except ValueError:
        return dataset.changed_in.at.isoformat() if dataset.changed_in else None
    return dataset.modified


def _codes(dimension: Dimension) -> list[Item]:
    is_time = dimension.role is Role.TIME
    return [
        {
            "Identifier": code.key,
            "Index": number,
            "Title": code.title,
            "Description": code.description,
            "DimensionGroupId": code.group,
            **({"Status": _STATUS.get(code.finality)} if is_time else {}),
        }
        for number, code in enumerate(dimension.codes, 1)
    ]
