# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads an agenda file (YAML): the whole of it or nothing, every fault at once with its line."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from mainport.agenda.rules.checks import check
from mainport.agenda.rules.elements import (
    KEY_PATTERN,
    LANGUAGE_PATTERN,
    NODES,
    SHAPES,
    UID_PATTERN,
    WEBSITE_PATTERN,
    WORDS_PATTERN,
    Agenda,
    Element,
    Key,
    Kind,
    ReducedDate,
    Source,
    Text,
    Website,
    Words,
    plan_key,
)
from mainport.agenda.rules.nesting import FORMAT, SECTIONS, element_of

#: Bytes; a bigger file is no agenda. Ten times an agenda of 3,000 tasks.
SIZE_LIMIT = 64 * 1024 * 1024
#: Levels; far beyond any agenda, and short of the interpreter's own limit.
DEPTH_LIMIT = 40

Path = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong: where it stands, what was found there and what was expected."""

    line: int
    column: int
    path: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.path}: found {self.found}, expected {self.expected}"


class AgendaError(Exception):
    """The file is refused; `faults` holds every reason, in the order of the file."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(map(str, self.faults)))


class _SourceFields(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Key
    title: Text
    document: Words
    url: Website | None = None
    published: ReducedDate | None = None


def read(content: bytes | str) -> Agenda:
    """The agenda that a file holds.

    Raises AgendaError with all faults: of YAML, of fields, and of what must hold between elements.
    """
    return _Reader().read(content)


@dataclass
class _Reader:
    faults: list[Fault] = field(default_factory=list)
    elements: dict[str, Element] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    stated: set[tuple[str, Kind]] = field(default_factory=set)
    partners: set[str] = field(default_factory=set)
    #: Where each element stands: its YAML mapping and its path.
    places: dict[str, tuple[yaml.MappingNode, Path]] = field(default_factory=dict)
    #: Fields that were left out because of a fault of their own.
    wrong: set[Path] = field(default_factory=set)

    def read(self, content: bytes | str) -> Agenda:
        root = self.compose(content)
        sections = self.pairs(root, ()) if isinstance(root, yaml.MappingNode) else None
        if sections is None:
            self.fault(root, (), _found(root), "a mapping with format, alliance and the agenda's sections")
            raise AgendaError(self.faults)
        known = ["format", "alliance", "sources", *SECTIONS]
        for name in sections:
            if name not in known:
                self.fault(self.key_node(root, name), (name,), name, _one_of(name, known))
        self.format(root, sections)
        self.partners = self.keys(sections.get("partners"))
        self.read_sources(sections.get("sources"))
        uid = self.read_alliance(root, sections)
        self.children(sections, Kind.ALLIANCE, uid, ())
        if self.faults:
            # The checks between elements need an alliance; with faults in it there is nothing to say.
            if any(element.kind is Kind.ALLIANCE for element in self.elements.values()):
                self.check_between()
            raise AgendaError(self.faults)
        self.check_between()
        if self.faults:
            raise AgendaError(self.faults)
        return Agenda(elements=self.elements, sources=self.sources, stated=frozenset(self.stated))

    # --- YAML ---

    def compose(self, content: bytes | str) -> yaml.Node:
        if len(content) > SIZE_LIMIT:
            raise AgendaError([Fault(1, 1, "file", f"{len(content)} bytes", f"at most {SIZE_LIMIT}")])
        loader: Any = None
        try:
            loader = yaml.CSafeLoader(content)
            for event in yaml.parse(content, yaml.CSafeLoader):
                if isinstance(event, yaml.AliasEvent):
                    raise AgendaError([_at(event, "an alias (*)", "every value written out: aliases aren't read")])
                self.depth(event)
            root: yaml.Node | None = loader.get_single_node()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise AgendaError(
                [Fault(line, column, "file", (error.problem or "bad YAML").removeprefix("found "), "valid YAML")]
            ) from error
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise AgendaError([Fault(1, 1, "file", str(error).splitlines()[0], "YAML in UTF-8")]) from error
        finally:
            if loader is not None:
                loader.dispose()
        if root is None:
            raise AgendaError([Fault(1, 1, "file", "an empty file", "an agenda")])
        return root

    _depth: int = 0

    def depth(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._depth += 1
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._depth -= 1
        if self._depth > DEPTH_LIMIT:
            raise AgendaError([_at(event, f"more than {DEPTH_LIMIT} levels", "fewer")])

    def pairs(self, node: yaml.MappingNode, path: Path) -> dict[str, yaml.Node]:
        """The mapping's values by name; a name that stands twice is a fault."""
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            if not isinstance(key, yaml.ScalarNode):
                self.fault(key, path, "a structure as a name", "a name")
            elif name in found:
                self.fault(key, (*path, name), f"{name} twice", "each name once")
            found[name] = value
        return found

    @staticmethod
    def key_node(node: yaml.MappingNode, name: str) -> yaml.Node:
        return next(key for key, _ in node.value if key.value == name)

    def plain(self, node: yaml.Node, path: Path) -> Any:
        """The plain value of a node; dates stay the words they were written in."""
        if isinstance(node, yaml.MappingNode):
            return {name: self.plain(value, (*path, name)) for name, value in self.pairs(node, path).items()}
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(value, (*path, index)) for index, value in enumerate(node.value)]
        kind = node.tag.rpartition(":")[2]
        if kind in ("str", "timestamp"):
            return node.value
        if kind not in ("int", "float", "bool", "null"):
            self.fault(node, path, f"a YAML tag {node.tag}", "a plain value")
            return None
        try:
            return yaml.constructor.SafeConstructor().construct_object(node)
        except (ValueError, yaml.YAMLError):
            self.fault(node, path, node.value, f"a value of type {kind}")
            return None

    def keys(self, node: yaml.Node | None) -> set[str]:
        """The ids in a list of nodes, whatever else may be wrong with them."""
        if not isinstance(node, yaml.SequenceNode):
            return set()
        return {
            value.value
            for item in node.value
            if isinstance(item, yaml.MappingNode)
            for key, value in item.value
            if key.value == "id" and isinstance(value, yaml.ScalarNode)
        }

    # --- The parts of a file ---

    def format(self, root: yaml.Node, sections: dict[str, yaml.Node]) -> None:
        node = sections.get("format")
        if node is None:
            self.fault(root, ("format",), "nothing", f"format: {FORMAT}")
        elif self.plain(node, ("format",)) != FORMAT:
            self.fault(node, ("format",), _found(node), f"{FORMAT}, the format that this version reads")

    def read_sources(self, node: yaml.Node | None) -> None:
        for index, item in enumerate(self.items(node, ("sources",))):
            path: Path = ("sources", index)
            source = self.validate(_SourceFields, item, path)
            if source is None:
                continue
            if source.id in self.sources:
                self.fault(item, (*path, "id"), source.id, "an id that no other source has")
            self.sources[source.id] = Source(
                key=source.id,
                title=dict(source.title),
                document=source.document,
                url=source.url or "",
                published=source.published or "",
            )

    def read_alliance(self, root: yaml.Node, sections: dict[str, yaml.Node]) -> str:
        node = sections.get("alliance")
        if node is None:
            self.fault(root, ("alliance",), "nothing", "the alliance: id, title, languages, period, ambition")
            return ""
        return self.element(Kind.ALLIANCE, node, ("alliance",), None, 0) or ""

    def children(self, pairs: dict[str, yaml.Node], kind: Kind, uid: str, path: Path) -> None:
        for name, child in SHAPES[kind].children.items():
            node = pairs.get(name)
            if node is None:
                continue
            self.stated.add((uid, child))
            if child is Kind.PLAN:
                self.element(child, node, (*path, name), uid, 0)
                continue
            for index, item in enumerate(self.items(node, (*path, name))):
                self.element(child, item, (*path, name, index), uid, index)

    def items(self, node: yaml.Node | None, path: Path) -> list[yaml.Node]:
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.fault(node, path, _found(node), "a list")
            return []
        return node.value

    def element(self, kind: Kind, node: yaml.Node, path: Path, parent: str | None, position: int) -> str | None:
        """Read one element and all below it; its uid, or None where it has none."""
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, path, _found(node), f"a {kind} with its fields")
            return None
        pairs = self.pairs(node, path)
        below = SHAPES[kind].children if kind is not Kind.ALLIANCE else {}
        fields = self.validate(NODES[kind], node, path, leave_out=below)
        key = self.key(kind, pairs, parent)
        uid = f"{kind}:{key}" if key else None
        if uid in self.places:
            first = self.places[uid][0].start_mark.line + 1
            self.fault(node, (*path, "id"), key or "", f"an id that no other {kind} has; line {first} has it")
        elif uid:
            self.places[uid] = (node, path)
            if fields is not None and key:
                self.elements[uid] = element_of(
                    fields, key=key, parent=parent or None, position=position, partners=self.partners
                )
        if kind is not Kind.ALLIANCE:
            self.children(pairs, kind, uid or f"{kind}:?", path)
        return uid

    @staticmethod
    def key(kind: Kind, pairs: dict[str, yaml.Node], parent: str | None) -> str | None:
        if kind is Kind.PLAN:
            return plan_key(parent) if parent else None
        node = pairs.get("id")
        return node.value if isinstance(node, yaml.ScalarNode) and node.value else None

    # --- Faults ---

    def validate(self, model: type[Any], node: yaml.Node, path: Path, leave_out: Collection[str] = ()) -> Any:
        """The model's instance, or None after its faults were noted."""
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, path, _found(node), "a mapping of fields")
            return None
        own = yaml.MappingNode(node.tag, [p for p in node.value if p[0].value not in leave_out], node.start_mark)
        before = len(self.faults)
        values = self.plain(own, path)
        try:
            instance = model.model_validate(values)
        except ValidationError as error:
            for found, expected, where in _explain(error, model, leave_out):
                self.fault(_locate(node, where), (*path, *where), found, expected)
            return self.rest(model, values, {str(detail["loc"][0]) for detail in error.errors()}, path)
        return instance if len(self.faults) == before else None

    def rest(self, model: type[Any], values: dict[str, Any], wrong: set[str], path: Path) -> Any:
        """What is left without the fields that are wrong, so that the rest can be checked too."""
        try:
            instance = model.model_validate({name: value for name, value in values.items() if name not in wrong})
        except ValidationError:
            return None
        self.wrong |= {(*path, name) for name in wrong}
        return instance

    def check_between(self) -> None:
        agenda = Agenda(elements=self.elements, sources=self.sources)
        for trouble in check(agenda):
            # What couldn't be read is missing for a reason that was given already.
            if trouble.found in {uid.partition(":")[2] for uid in self.places.keys() - self.elements.keys()}:
                continue
            node, path = self.places[trouble.uid]
            if (*path, trouble.field[0]) in self.wrong:
                continue
            self.fault(_locate(node, trouble.field), (*path, *trouble.field), trouble.found, trouble.expected)

    def fault(self, node: yaml.Node, path: Path, found: str, expected: str) -> None:
        mark = node.start_mark
        self.faults.append(Fault(mark.line + 1, mark.column + 1, _words(path) or "file", found, expected))


def _at(event: yaml.Event, found: str, expected: str) -> Fault:
    return Fault(event.start_mark.line + 1, event.start_mark.column + 1, "file", found, expected)


def _words(path: Path) -> str:
    """tasks, 2, title, en as tasks[2].title.en, counted from 0 as in JSON."""
    words = ""
    for part in path:
        words += f"[{part}]" if isinstance(part, int) else f".{part}" if words else part
    return words


def _found(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    return _short(node.value) if node.value != "" else "nothing"


def _short(value: Any) -> str:
    words = repr(value) if isinstance(value, str) else "a mapping" if isinstance(value, dict) else str(value)
    return words if len(words) <= 80 else words[:79] + "…"


def _one_of(written: str, known: list[str]) -> str:
    close = difflib.get_close_matches(written, known, n=1)
    return f"one of {', '.join(known)}" + (f"; did you mean {close[0]}?" if close else "")


def _locate(node: yaml.Node, where: Path) -> yaml.Node:
    """The node at this path, or the nearest above it that there is."""
    for part in where:
        if isinstance(node, yaml.MappingNode):
            inner = next((value for key, value in node.value if key.value == part), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            inner = node.value[part]
        else:
            inner = None
        if inner is None:
            return node
        node = inner
    return node


#: What pydantic's types of error mean to somebody who writes a file.
_EXPECTED = {
    "string_type": "text",
    "dict_type": "text, or a text for each language",
    "mapping_type": "text, or a text for each language",
    "string_too_short": "text that isn't empty",
    "string_too_long": "at most {max_length} characters",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "model_type": "a mapping of fields",
    "too_short": "at least {min_length}",
    "too_long": "at most {max_length}",
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
    "literal_error": "{expected}",
    "finite_number": "a number",
}
_PATTERNS = {
    KEY_PATTERN: "letters, digits and hyphens",
    WEBSITE_PATTERN: "an address that begins with https:// or http://",
    UID_PATTERN: "kind:id, such as task:E3",
    WORDS_PATTERN: "text that isn't empty",
    LANGUAGE_PATTERN: "a language code of two or three letters",
}


def _explain(
    error: ValidationError, model: type[BaseModel], leave_out: Collection[str]
) -> Iterator[tuple[str, str, Path]]:
    """(found, expected, path) of each fault; of a field that may be of two types, one fault only."""
    seen: set[Path] = set()
    for detail in error.errors(include_url=False):
        where: Path = tuple(part for part in detail["loc"] if part not in ("int", "float", "[key]"))
        if where in seen:
            continue
        seen.add(where)
        sort, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
        if sort == "missing":
            yield "nothing", _needs(model, where), where
        elif sort == "extra_forbidden":
            known = [name for name in model.model_fields if name not in leave_out]
            yield str(where[-1]), _one_of(str(where[-1]), known) if len(where) == 1 else "no such field", where
        elif sort == "string_pattern_mismatch":
            yield _short(value), _PATTERNS.get(context["pattern"], f"the form {context['pattern']}"), where
        elif sort == "value_error":
            yield _short(value), str(context["error"]), where
        elif sort in _EXPECTED:
            yield _short(value) if value is not None else "nothing", _EXPECTED[sort].format(**context), where
        else:
            yield _short(value), detail["msg"], where


def _needs(model: type[BaseModel], where: Path) -> str:
    info = model.model_fields.get(str(where[0])) if len(where) == 1 else None
    if info is not None and str(info.annotation).startswith("dict"):
        return "text, or a text for each language"
    return "a value: the field is required"
