# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A dataset of a DCAT catalogue: CKAN, as data.overheid.nl is, or DCAT in JSON-LD.

The catalogue is asked at each visit, and its answer kept with those of the source. It says where the values are,
their licence, who publishes them and when they were changed; the values are read by the format in which they
stand. Turtle and RDF/XML aren't read: a catalogue that has those has JSON-LD too
(https://docs.ckan.org/projects/ckanext-dcat/en/latest/endpoints/).
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

from mainport.core.fetching.http import Visit
from mainport.core.fetching.problems import NotTrusted
from mainport.monitor.feeds import Asked, reader
from mainport.monitor.feeds.dcat import ckan, jsonld
from mainport.monitor.feeds.dcat.described import CBS, SHEET, Described, Distribution, cbs_table
from mainport.monitor.rules.lines import lines_of
from mainport.monitor.rules.tables import Lines

__all__ = ["Described", "Distribution", "choose", "look", "read"]

#: data.overheid.nl (https://docs.datacommunities.nl/data-overheid-nl-documentatie).
BASE_URL = "https://data.overheid.nl/data"
JSON_LD = "application/ld+json"


def read(asked: Asked, visit: Visit) -> list[Lines]:
    """The tables of the distribution that `settings` names, or of the first that we read."""
    settings = asked.settings
    dataset = look(visit, asked.url, settings["dataset"])
    chosen = choose(dataset, settings.get("distribution", ""), with_mapping="mapping" in settings)
    return [_described(table, dataset, chosen) for table in _tables(asked, visit, chosen)]


def look(visit: Visit, base: str, dataset: str) -> Described:
    """What the catalogue says of a dataset: by its name in CKAN at `base`, or at its own address in JSON-LD.

    Raises NotReached and NotTrusted.
    """
    if not dataset.startswith(("https://", "http://")):
        return ckan.find(visit, base or BASE_URL, dataset)
    url = base or dataset
    body = visit.get(url, accept=f"{JSON_LD}, application/json;q=0.5")
    if body.lstrip()[:1] not in (b"{", b"["):
        raise NotTrusted(f"{url} didn't answer in JSON-LD, which DCAT is read in here; of CKAN, give a dataset's name")
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotTrusted(f"{url} sent JSON that isn't whole or isn't right: {error}") from error
    return jsonld.find(found, dataset, url)


def choose(dataset: Described, wanted: str, *, with_mapping: bool) -> Distribution:
    """The distribution to read. Raises NotTrusted, with all that there are, where none can be."""
    if wanted:
        chosen = dataset.find(wanted)
        if chosen is None:
            raise NotTrusted(f"{dataset.key} has no distribution {wanted}; it has: {dataset.listed()}")
        if not chosen.format or (chosen.format == SHEET and not with_mapping):
            need = "a mapping that says what its columns mean" if chosen.format else "a format that is read here"
            raise NotTrusted(f"the distribution {wanted} of {dataset.key} needs {need}; it is {chosen.named or 'bare'}")
        return chosen
    readable = dataset.readable(with_mapping=with_mapping)
    if not readable:
        said = "with a mapping, CSV, XLSX and ODS too" if not with_mapping else "CSV, XLSX and ODS by the mapping"
        raise NotTrusted(
            f"{dataset.key} has no distribution in CBS's OData, JSON-stat or SDMX ({said}); it has: {dataset.listed()}"
        )
    return readable[0]


def _tables(asked: Asked, visit: Visit, chosen: Distribution) -> list[Lines]:
    settings: dict[str, Any] = {
        name: value for name, value in asked.settings.items() if name in ("filter", "structure", "measure")
    }
    if chosen.format == SHEET:
        return [_sheet(asked, visit, chosen)]
    url = chosen.url
    if chosen.format == CBS:
        url, settings["table"] = cbs_table(chosen.url) or ("", "")
    inner = Asked(asked.key, url, settings, asked.known_version, asked.known_dimensions)
    found = reader(chosen.format)(inner, visit)
    return [table if isinstance(table, Lines) else lines_of(table) for table in found]


def _sheet(asked: Asked, visit: Visit, chosen: Distribution) -> Lines:
    from mainport.monitor.feeds.sheet import rows_of
    from mainport.monitor.rules.sheet import table_of_rows
    from mainport.monitor.rules.sheet_mapping import read_mapping

    mapping = read_mapping(asked.settings["mapping"], "mapping")
    file = unquote(urlsplit(chosen.url).path).rpartition("/")[2] or chosen.key
    content = visit.get(chosen.url)
    if content.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")):
        raise NotTrusted(f"{chosen.url} sent a web page (HTML) where {chosen.named or 'a file'} was asked for")
    table = table_of_rows(mapping, file, rows_of(content, mapping, file))
    return replace(table, key=asked.key, title=asked.key if not table.title else table.title)


def _known(licence: str) -> str:
    """A licence; '' for the words by which catalogues say that they know none."""
    return "" if licence.rpartition("/")[2] in ("licentieonbekend", "notspecified") else licence


def _described(table: Lines, dataset: Described, chosen: Distribution) -> Lines:
    """The table with what the catalogue says of it where the table says nothing itself, or where that is its to say."""
    said = {"url": dataset.url, "distribution": chosen.key, "title": dataset.title, **dataset.said}
    return replace(
        table,
        description=table.description or dataset.description,
        licence=next(filter(None, map(_known, (chosen.licence, dataset.licence, table.licence))), ""),
        publisher=dataset.publisher or table.publisher,
        modified=chosen.modified or dataset.modified or table.modified,
        extra={**table.extra, "catalogue": said},
    )
