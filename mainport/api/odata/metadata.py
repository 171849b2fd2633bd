# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The document that says which sets and columns there are (OData CSDL XML 4.0)."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from mainport.api.odata.filters import BOOLEAN, NUMBER

_NAMESPACE = "Mainport"
_REQUIRED = ' Nullable="false"'
#: What a set's rows are known by, first that there is.
_KEYS = ("Identifier", "Id", "name")


def document(sets: Mapping[str, Mapping[str, str]], singletons: Mapping[str, Mapping[str, str]]) -> str:
    """The sets and singletons with the types of their columns."""
    types = "".join(_type(name, columns) for name, columns in {**sets, **singletons}.items())
    places = "".join(f"<EntitySet Name={quoteattr(n)} EntityType={quoteattr(_full(n))}/>" for n in sets)
    places += "".join(f"<Singleton Name={quoteattr(n)} Type={quoteattr(_full(n))}/>" for n in singletons)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>'
        f'<Schema Namespace="{_NAMESPACE}" xmlns="http://docs.oasis-open.org/odata/ns/edm">{types}'
        f'<EntityContainer Name="Container">{places}</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>'
    )


def _full(name: str) -> str:
    return f"{_NAMESPACE}.{name}Row"


def _type(name: str, columns: Mapping[str, str]) -> str:
    key = next((one for one in _KEYS if one in columns), next(iter(columns)))
    properties = "".join(
        f'<Property Name={quoteattr(column)} Type="{_edm(column, kind)}"{_REQUIRED if column == key else ""}/>'
        for column, kind in columns.items()
    )
    return (
        f"<EntityType Name={quoteattr(name + 'Row')}><Key><PropertyRef Name={quoteattr(key)}/></Key>"
        f"{properties}</EntityType>"
    )


def _edm(column: str, kind: str) -> str:
    if kind == NUMBER:
        return "Edm.Double" if column == "Value" else "Edm.Int64"
    return "Edm.Boolean" if kind == BOOLEAN else "Edm.String"
