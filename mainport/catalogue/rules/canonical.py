# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A badge as the bytes that are signed: as JSON (RFC 8785) or as RDF (RDFC-1.0)."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

Json = dict[str, Any]

#: Blank nodes that look alike are tried in every order: as many of them as can be tried at once.
MOST_ALIKE = 6
MOST_NODES = 200
DEEPEST = 30


class NotCanonical(ValueError):
    """This can't be brought into one form, or we don't know its terms."""


# --- JSON ---


def jcs(value: Any) -> bytes:
    """The JSON Canonicalization Scheme of RFC 8785. Raises NotCanonical.

    >>> jcs({"b": [1, 2.50, 1e21], "a": "\\u20ac\\n"})
    b'{"a":"\\xe2\\x82\\xac\\\\n","b":[1,2.5,1e+21]}'
    """
    try:
        return "".join(_json(value)).encode()
    except (UnicodeEncodeError, RecursionError) as error:
        raise NotCanonical(str(error)) from error


def _json(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield "{"
        # By UTF-16 code units, as JavaScript sorts.
        for number, key in enumerate(sorted(value, key=lambda key: key.encode("utf-16-be"))):
            yield ("," if number else "") + json.dumps(key, ensure_ascii=False) + ":"
            yield from _json(value[key])
        yield "}"
    elif isinstance(value, list):
        yield "["
        for number, item in enumerate(value):
            yield "," if number else ""
            yield from _json(item)
        yield "]"
    elif isinstance(value, float):
        yield _number(value)
    elif isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**53:
        yield _number(float(value))
    elif value is None or isinstance(value, str | bool | int):
        yield json.dumps(value, ensure_ascii=False)
    else:
        raise NotCanonical(f"{type(value).__name__} isn't JSON")


def _number(value: float) -> str:
    """As ECMAScript writes a number: the shortest digits that give it back, with its own bounds for exponents."""
    if not math.isfinite(value):
        raise NotCanonical(f"{value} isn't JSON")
    if value == 0:
        return "0"
    digits, _e, exponent = f"{value!r}".partition("e") if "e" in f"{value!r}" else (f"{value!r}", "", "")
    sign = "-" if digits.startswith("-") else ""
    whole, _dot, part = digits.lstrip("-").partition(".")
    part = part.rstrip("0")
    point = len(whole) + int(exponent or 0)
    figures = (whole + part).lstrip("0")
    point -= len(whole + part) - len(figures)
    figures = figures.rstrip("0")
    if 0 < point <= 21:
        text = figures.ljust(point, "0")
        return sign + (text if len(text) <= point else f"{text[:point]}.{text[point:]}")
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{figures}"
    mantissa = figures[0] + (f".{figures[1:]}" if len(figures) > 1 else "")
    return f"{sign}{mantissa}e{point - 1:+d}"


# --- RDF ---


def rdfc(document: Json) -> bytes:
    """The canonical N-Quads of a badge, a list of states or a proof, by the terms of data/badge-terms.yaml.

    Raises NotCanonical where it uses contexts or terms that aren't there: JSON-LD would leave those out without a
    word, and what is left out isn't signed.
    """
    # Only here: the library is large, and nothing else needs it.
    from pyld import jsonld

    terms = _terms()
    said = document.get("@context")
    contexts: list[str] = []
    for one in said if isinstance(said, list) else [said]:
        if not isinstance(one, str) or one not in terms.contexts:
            raise NotCanonical(f"context {one}")
        contexts.append(one)
    body = {key: value for key, value in document.items() if key != "@context"}
    _check(body, terms.names(contexts))
    try:
        found: str = jsonld.normalize(
            {"@context": terms.context(contexts), **body},
            {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _no_loader},
        )
    except (jsonld.JsonLdError, RecursionError, ValueError, TypeError, AttributeError) as error:
        raise NotCanonical(str(error)[:200]) from error
    return found.encode()


class _Terms:
    """The terms as they hold under each context that we know."""

    def __init__(self) -> None:
        source = resources.files("mainport.catalogue") / "data" / "badge-terms.yaml"
        data = yaml.safe_load(source.read_bytes())
        self._vocabularies: dict[str, str] = data["vocabularies"]
        self.contexts: Mapping[str, Json] = data["contexts"]
        self._terms: Json = data["terms"]
        self._of_type: dict[str, Json] = data["of_type"]

    def names(self, contexts: Iterable[str]) -> frozenset[str]:
        """The terms that a document with these contexts may use."""
        return frozenset({"id", "type", *self._under(contexts)})

    def _under(self, contexts: Iterable[str]) -> Json:
        terms = dict(self._terms)
        for context in contexts:
            terms |= self.contexts[context]
        return {term: said for term, said in terms.items() if said is not None}

    def context(self, names: Iterable[str]) -> Json:
        """The context in which a document with these contexts is read."""
        found: Json = {"id": "@id", "type": "@type"}
        for term, said in self._under(names).items():
            found[term] = self._term(term, said)
        for kind, terms in self._of_type.items():
            found[kind]["@context"] = {term: self._term(term, said) for term, said in terms.items()}
        return found

    def _term(self, term: str, said: list[str]) -> Json:
        meaning, *more = said
        kind, container = (*more, None, None)[:2]
        found: Json = {"@id": self._whole(meaning, term)}
        if kind:
            found["@type"] = self._whole(kind)
        if container:
            found["@container"] = container
        return found

    def _whole(self, name: str, term: str = "") -> str:
        if name.startswith("@"):
            return name
        if name.startswith("="):
            return name[1:]
        prefix, _colon, rest = name.partition(":")
        return self._vocabularies[prefix] + (rest or term)


@cache
def _terms() -> _Terms:
    return _Terms()


def _no_loader(url: str, _options: object) -> Json:
    raise NotCanonical(f"context {url}")


def _check(body: Json, names: frozenset[str]) -> None:
    """Raises NotCanonical for a term that would be left out, and for what is made to take forever."""
    left = MOST_NODES
    alike: Counter[tuple[str, str]] = Counter()
    waiting: list[tuple[Any, int, str]] = [(body, 0, "")]
    while waiting:
        value, depth, of = waiting.pop()
        if depth > DEEPEST:
            raise NotCanonical("too deep")
        if isinstance(value, list):
            waiting += [(item, depth + 1, of) for item in value]
        elif isinstance(value, dict):
            left -= 1
            if left < 0:
                raise NotCanonical("too many parts")
            if "id" not in value:
                look = (of, json.dumps(_look(value), sort_keys=True))
                alike[look] += 1
                if alike[look] > MOST_ALIKE:
                    raise NotCanonical("too many parts that look alike, without an id")
            for key, inner in value.items():
                if key not in names:
                    raise NotCanonical(f"term {key}")
                for name in (inner if isinstance(inner, list) else [inner]) if key == "type" else ():
                    if name not in names:
                        raise NotCanonical(f"type {name}")
                if key == "id" and (not isinstance(inner, str) or ":" not in inner or inner.startswith("_:")):
                    raise NotCanonical(f"id {inner}")
                waiting.append((inner, depth + 1, key))


def _look(value: Any, *, outside: bool = True) -> Any:
    """What tells a part without an id from others at first sight: what hangs below it doesn't."""
    if isinstance(value, list):
        return [_look(item, outside=False) for item in value]
    if isinstance(value, dict):
        if not outside:
            return {"id": value["id"]} if isinstance(value.get("id"), str) else {}
        return {key: _look(inner, outside=False) for key, inner in value.items()}
    return value
