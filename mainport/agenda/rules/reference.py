# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Writes docs/reference/agenda-file.md: the agenda file's format, out of the classes that check it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from pydantic import BaseModel

from mainport.agenda.rules.document import SourceFields
from mainport.agenda.rules.elements import Kind
from mainport.agenda.rules.faults import listing
from mainport.agenda.rules.fields import FieldShape, Sort, fields_of_kind, fields_of_model
from mainport.agenda.rules.nesting import SECTIONS
from mainport.agenda.rules.nodes import NODES, SHAPES, Node, To

_HEAD = """\
<!--
SPDX-FileCopyrightText: 2026 The Mainport founders
SPDX-License-Identifier: EUPL-1.2
-->

<!-- Written by `mainport docs build`: change the code, not this page. -->

# The agenda file

An agenda is one text file in [YAML](https://yaml.org). This page names all that may stand in it; [A new
alliance](../new-alliance.md) tells how to go about writing one. A small file that is whole:

```yaml
format: 1

alliance:
  id: north-bank
  title: North Bank
  languages: [en, nl]
  period: {start: 2025, end: 2028}
  ambition:
    en: A bank on which all find work.
    nl: Een oever waar iedereen werk vindt.

sources:
  - id: work
    title: {en: The chapter on work, nl: Het hoofdstuk over werk}
    document: Agenda of the North Bank

partners:
  - id: town
    title: {en: The town, nl: De gemeente}

goals:
  - id: work
    title: {en: Work, nl: Werk}
    source: work
    tasks:
      - id: W1
        title: {en: Open a training centre, nl: Een opleidingscentrum openen}
        source: work
        plan:
          lead: town
          start: 2025-03
          milestones:
            - id: doors-open
              title: {en: The doors open, nl: De deuren gaan open}
              due: 2026-09-01
```

`format: 1` says by which version of this page the file was written, and is required, as is `alliance`. All else may
be left out. The order of the sections is free; that of the items in a list is the order in which pages show them.

## How values are written

| type | what to write | for example |
|---|---|---|
| text | Words by language code. A name that is the same in all languages may stand once. | `{en: Work}`, `Wetsus` |
| words | Words that aren't translated, at most 5000 characters. | `Het Hogeland` |
| id | Letters, digits and hyphens, at most 80. | `E3`, `campus-north` |
| id of … | The id of an element of that kind that stands somewhere in the file. | `lead: town` |
| kind:id of … | The same with the kind in front, where several kinds may be meant. | `task:E3` |
| date | As exact as it is known: a year, a month or a day. | `2025`, `2025-03`, `2025-03-31` |
| whole number | Digits only. | `300000` |
| number | With a point where there are decimals. | `53.2194` |
| yes or no | `true` or `false`. | `core: true` |
| address | Of a page on the web. | `https://example.org` |

Quotes are needed round words that YAML would read as something else: those with `: ` or ` #` in them, that begin with
a sign such as `[`, `*` or `&`, words such as `no` and `2025` where a text is meant, and, between `{` and `}`, those
with a comma. Aliases (`*name`) and tags (`!name`) aren't read. A file may have 32 levels and 32 MiB.
"""

_RULES = """\
## What must hold in the whole file

- An id is used once in its kind. A partner and another organisation can't have the same one either.
- Each text stands in every language of the alliance and in no other.
- `source` and every other id names something that is there, of the right kind, and each thing once in a list.
- No end comes before its start.
- `per_year` times `years` is `total`.
- Latitude, longitude and precision come together.
- No plan waits for itself by way of others (`depends_on`).
- The name of a partner or organisation has at most 200 characters.

A file in which anything is wrong is refused whole. All faults are named at once, each with its line, the path to it,
what was found and what was expected:

```text
line 30, goals[0].tasks[0].plan.lead: found 'twon', expected the id of a partner or organisation; did you mean town?
```

In a path, items of a list are counted from 0.

## What happens when a file is loaded again

Only what differs changes. A list that is in the file is the whole truth: what it doesn't name leaves the agenda, with
all below it; its history stays. A list that isn't in the file says nothing: what was there stays. So a file without
`plan` under its tasks leaves the plans that were made on the site as they are, and `milestones: []` under a plan
takes its milestones away.
"""


def agenda_file() -> str:
    """The text of the page."""
    return "\n".join([_HEAD, *_nesting(), *_shared(), *_kinds(), _RULES])


def _nesting() -> Iterator[str]:
    yield "## What stands where\n"
    yield f"Beside `format` and `alliance` a file has these sections, each a list: `sources`, {_names(SECTIONS)}.\n"
    yield "Elements hold others, to any depth that the table allows: a theme may hold themes, and those again.\n"
    yield "| element | stands in | may hold |"
    yield "|---|---|---|"
    for kind, node in NODES.items():
        if kind is Kind.ALLIANCE:
            continue
        below = SHAPES[kind].children
        yield f"| [{kind}](#{kind}) | `{node.plural}` | {_names(below)} |"
    yield ""


def _shared() -> Iterator[str]:
    yield "## What every element has\n"
    yield from _table(fields_of_model(Node), Node)
    yield "Below, each kind has these and its own.\n"


def _kinds() -> Iterator[str]:
    yield "## source\n"
    yield f"{_meaning(SourceFields)} A source isn't an element: it has these fields only.\n"
    yield from _table(fields_of_model(SourceFields), SourceFields)
    for kind, node in NODES.items():
        yield f"## {kind}\n"
        yield f"{_meaning(node)}\n"
        if kind is Kind.PLAN:
            yield "It has no id: it is known by what it plans.\n"
        own = [field for field in fields_of_kind(kind) if _is_own(field.name, node)]
        if own:
            yield from _table(own, node)
        else:
            yield "It has no fields of its own.\n"


def _is_own(name: str, node: type[Node]) -> bool:
    """Whether a kind has this field itself, or means something else by it than others do."""
    shared = Node.model_fields.get(name)
    return shared is None or shared.description != node.model_fields[name].description


def _meaning(model: type[BaseModel]) -> str:
    return " ".join((model.__doc__ or "").split())


def _table(fields: list[FieldShape], model: type[BaseModel]) -> Iterator[str]:
    yield "| field | type | required | meaning |"
    yield "|---|---|---|---|"
    for field in fields:
        yield from _row(field, model, "")
    yield ""


def _row(field: FieldShape, model: type[BaseModel], above: str) -> Iterator[str]:
    info = model.model_fields[field.name]
    required = "yes" if field.required else ""
    yield f"| `{above}{field.name}` | {_type(field)} | {required} | {info.description or ''} |"
    for part in field.parts:
        yield from _row(part, _inner(info.annotation), f"{above}{field.name}.")


def _inner(annotation: object) -> type[BaseModel]:
    """The model inside an annotation: itself, or what its list is of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(found for inner in get_args(annotation) if (found := _inner(inner)))


_TYPES = {
    Sort.TEXT: "text",
    Sort.WORDS: "words",
    Sort.LINES: "list of words",
    Sort.LANGUAGES: "list of language codes",
    Sort.DATE: "date",
    Sort.WEBSITE: "address",
    Sort.KEY: "id",
    Sort.NUMBER: "number",
    Sort.FLAG: "yes or no",
    Sort.GROUP: "mapping of:",
    Sort.ROWS: "list, each with:",
}


def _type(field: FieldShape) -> str:
    if field.name == "source":
        return "id of [source](#source)"
    if field.sort is Sort.CHOICE:
        return listing([f"`{choice}`" for choice in field.choices])
    if field.to:
        return _relation(field.to, several=field.sort is Sort.SEVERAL)
    if field.sort is Sort.WHOLE:
        limits = [
            f"{word} {limit:,}" for word, limit in (("from", field.least), ("to", field.most)) if limit is not None
        ]
        return " ".join(["whole number", *limits])
    if field.least is not None and field.most is not None:
        return f"{_TYPES[field.sort]} from {field.least} to {field.most}"
    return _TYPES[field.sort]


def _relation(to: To, *, several: bool) -> str:
    kinds = listing([f"[{kind}](#{kind})" for kind in to.kinds])
    name = "kind:id" if to.qualified else "id"
    return f"list of {name}s of {kinds}" if several else f"{name} of {kinds}"


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
