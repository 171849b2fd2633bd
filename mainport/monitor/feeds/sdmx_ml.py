# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""SDMX-ML 2.1, generic and structure-specific, read by sdmx1. That library is slow to load: only who needs it does."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from contextlib import redirect_stdout
from typing import Any

from mainport.core.fetching.problems import NotTrusted
from mainport.monitor.feeds.sdmx import OBS_VALUE, Message, Observation, role_of
from mainport.monitor.rules.tables import Code, Dimension, Measure

_ENCODING = re.compile(rb"^[^>]*encoding\s*=\s*[\"'](?!utf-8[\"']|us-ascii[\"'])", re.IGNORECASE)


def message(body: bytes, url: str, structure: bytes | None = None) -> Message:
    """The data of a message; with the `structure` that describes it, also the titles of its codes.

    Raises NotTrusted for what isn't a message with data, or isn't whole.
    """
    import sdmx.message

    known = _structure(structure, url) if structure is not None else None
    found = _parsed(body, url, known)
    if not isinstance(found, sdmx.message.DataMessage):
        raise NotTrusted(f"{url} is a message of SDMX without data")
    if not found.data:
        said = "; ".join(str(text) for text in getattr(found.footer, "text", None) or [])[:300]
        raise NotTrusted(f"{url} answered: {said}" if said else f"{url} is a message of SDMX without data")
    try:
        return _read(found, known)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise NotTrusted(f"{url} sent SDMX-ML that isn't right: {error!r:.200}") from error


def _parsed(body: bytes, url: str, structure: Any = None) -> Any:
    import sdmx

    # After a structure-specific message in 2.1 was read, sdmx1's reader of 3.0 can no longer be loaded.
    import sdmx.reader.xml.v30

    _check(body, url)
    try:
        with redirect_stdout(io.StringIO()):  # Where it fails, sdmx1 prints all that it holds.
            return sdmx.read_sdmx(io.BytesIO(body), **({"structure": structure} if structure is not None else {}))
    except Exception as error:  # sdmx1 raises whatever its parts do: errors of lxml, its own, KeyError …
        raise NotTrusted(f"{url} sent XML that isn't whole, or isn't SDMX-ML: {error!s:.200}") from error


def _check(body: bytes, url: str) -> None:
    """Entities can reach into this machine and fill its memory; no message of SDMX has any."""
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body or b"\x00" in body[:200] or _ENCODING.match(body[:200]):
        raise NotTrusted(f"{url} sent a web page, or XML with a DOCTYPE or other than in UTF-8")
    if b"sdmx.org/resources/sdmxml/schemas" not in body[:10_000]:
        raise NotTrusted(f"{url} sent something other than a message of SDMX-ML or SDMX-JSON")


def _structure(body: bytes, url: str) -> Any:
    """The only structure of data that this message describes."""
    found = getattr(_parsed(body, f"the structure of {url}"), "structure", None)
    if not isinstance(found, Mapping) or len(found) != 1:
        raise NotTrusted(f"the structure of {url} must describe one structure of data")
    return next(iter(found.values()))


def _read(found: Any, structure: Any) -> Message:
    observations = [observation for dataset in found.data for observation in dataset.obs]
    keys = _keys(observations, structure)
    rows = [
        Observation(
            OBS_VALUE,
            tuple(str(observation.key.values[key].value) for key in keys),
            None if observation.value is None else str(observation.value),
            _attribute(observation, "OBS_STATUS"),
            _attribute(observation, "COMMENT_OBS"),
        )
        for observation in observations
    ]
    components = {c.id: c for c in structure.dimensions.components} if structure is not None else {}
    dimensions = tuple(
        _dimension(key, dict.fromkeys(row.codes[place] for row in rows), components.get(key))
        for place, key in enumerate(keys)
    )
    described = found.data[0].described_by or structure or found.data[0].structured_by
    title = _name(described) or str(getattr(described, "id", "") or "")
    header = found.header
    return Message(
        title=title,
        dimensions=dimensions,
        measures=(Measure(OBS_VALUE, title or OBS_VALUE, _unit(observations)),),
        observations=rows,
        publisher=_name(header.sender) or str(getattr(header.sender, "id", "") or ""),
        prepared=str(header.prepared or ""),
    )


def _keys(observations: list[Any], structure: Any) -> list[str]:
    """The dimensions in the order of the structure, or else in that of the first observation."""
    if structure is not None:
        order = [component.id for component in structure.dimensions.components]
        return sorted(order, key=lambda key: _place(structure, key))
    if not observations:
        raise ValueError("there are no observations, and no structure says what they would be")
    return [str(key) for key in observations[0].key.values]


def _place(structure: Any, key: str) -> int:
    order = getattr(structure.dimensions.get(key), "order", None)
    return order if isinstance(order, int) else 1000


def _dimension(key: str, codes: Iterable[str], component: Any) -> Dimension:
    listed = getattr(getattr(component, "local_representation", None), "enumerated", None)
    if listed is None and component is not None:
        concept = component.concept_identity
        listed = getattr(getattr(concept, "core_representation", None), "enumerated", None)
    titles = {item.id: item for item in listed} if listed is not None else {}
    return Dimension(
        key,
        _name(getattr(component, "concept_identity", None)) or key,
        role_of(key),
        tuple(Code(code, _name(titles.get(code)) or code) for code in codes),
    )


def _attribute(observation: Any, key: str) -> str:
    found = observation.attrib.get(key)
    return str(getattr(found, "value", found)) if found is not None else ""


def _unit(observations: list[Any]) -> str:
    """The unit, where all observations have the same."""
    units = {_attribute(observation, "UNIT_MEASURE") for observation in observations}
    return units.pop() if len(units) == 1 else ""


def _name(found: Any) -> str:
    names = getattr(getattr(found, "name", None), "localizations", None) or {}
    return str(names.get("en") or next(iter(names.values()), "")).strip()
