# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""YAML as a tree of plain values that know where they stand.

Of YAML only what an agenda needs: mappings, lists and plain values in one document. Aliases, tags
and endless nesting are refused, since a small file could make much of them.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from mainport.agenda.rules.faults import AgendaError, Fault, Path, path_words, short, show

#: Bytes; a bigger file is no agenda. Ten times an agenda of 3,000 tasks.
SIZE_LIMIT = 32 * 1024 * 1024
#: Levels of mappings and lists; sixteen levels of elements, as many as are stored.
DEPTH_LIMIT = 32

#: Stands for a value that isn't read, after its fault was noted.
BROKEN = object()


@dataclass(slots=True, eq=False)
class Tree:
    """A value of the file: a mapping of trees by name, a list of trees, or a plain value.

    `line` and `column`, from 1, are those of its name, or of itself where it is an item of a list.
    """

    value: Any
    line: int
    column: int


def parse(content: bytes | str, faults: list[Fault]) -> Tree:
    """The tree of a file. Faults that leave the rest readable are added to `faults`.

    Raises AgendaError where the rest isn't readable.
    """
    return _Parser(faults).parse(_decode(content))


def plain(tree: Tree) -> Any:
    """The value without where it stands; dates stay the words they were written in."""
    value = tree.value
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return None if value is BROKEN else value


def locate(tree: Tree, path: Path) -> Tree:
    """The tree at this path, or the nearest above it that there is."""
    for part in path:
        try:
            inner = tree.value[part]
        except (KeyError, IndexError, TypeError):
            return tree
        if not isinstance(inner, Tree):
            return tree
        tree = inner
    return tree


#: What YAML allows in a file, as libyaml has it.
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def _decode(content: bytes | str) -> str:
    if len(content) > SIZE_LIMIT:
        raise AgendaError([Fault(1, 1, "file", f"{len(content)} bytes", f"at most {SIZE_LIMIT}")])
    text = content.removeprefix("\ufeff") if isinstance(content, str) else _utf8(content)
    if found := _UNREADABLE.search(text):
        before = text[: found.start()]
        column = found.start() - before.rfind("\n")
        character = f"the character U+{ord(found.group()):04X}"
        raise AgendaError([Fault(before.count("\n") + 1, column, "file", character, "text")])
    return text


def _utf8(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        content = error.object  # Without the byte order mark.
        line, column = content.count(b"\n", 0, error.start) + 1, error.start - content.rfind(b"\n", 0, error.start)
        found = f"the byte 0x{content[error.start]:02X}"
        raise AgendaError([Fault(line, column, "file", found, "text in UTF-8")]) from error


#: Stands for the name that a structure was given as, and whose value is dropped.
_NO_NAME = object()


@dataclass(slots=True)
class _Open:
    """A mapping or list that hasn't ended yet; of a mapping the name whose value comes next."""

    tree: Tree
    name: Any = None
    line: int = 0
    column: int = 0


@dataclass
class _Parser:
    faults: list[Fault]
    open: list[_Open] = field(default_factory=list)
    root: Tree | None = None

    def parse(self, text: str) -> Tree:
        try:
            for event in yaml.parse(text, Loader=yaml.CSafeLoader):
                self.take(event)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            if error.context_mark and "end of stream" in (error.problem or ""):
                mark = error.context_mark  # Where it was opened says more than where the file ends.
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            found = f"broken YAML ({error.problem})"
            raise AgendaError([*self.faults, Fault(line, column, "file", found, "valid YAML")]) from error
        except yaml.YAMLError as error:
            found = f"broken YAML ({str(error).splitlines()[0]})"
            raise AgendaError([*self.faults, Fault(1, 1, "file", found, "valid YAML")]) from error
        if self.root is None or self.root.value is None:
            raise AgendaError([Fault(1, 1, "file", "an empty file", "an agenda")])
        return self.root

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            above = self.open[-1] if self.open else None
            if above and above.name is None and isinstance(above.tree.value, dict):
                self.name(above, event)
            else:
                self.put(self.scalar(event), event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self.start(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.end()
        elif isinstance(event, yaml.AliasEvent):
            raise self.refusal(event, "an alias (*)", "every value written out: aliases aren't read")
        elif isinstance(event, yaml.DocumentStartEvent) and self.root:
            raise self.refusal(event, "a second document (---)", "one document")

    def name(self, above: _Open, event: yaml.ScalarEvent) -> None:
        mark: Any = event.start_mark
        above.name, above.line, above.column = event.value, mark.line + 1, mark.column + 1
        self.tag(event)
        if above.name in above.tree.value:
            self.fault(event, f"{show(above.name)} twice", "each name once")

    def start(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        if len(self.open) >= DEPTH_LIMIT:
            raise self.refusal(event, f"more than {DEPTH_LIMIT} levels", "fewer")
        self.tag(event)
        above = self.open[-1] if self.open else None
        value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        if above and above.name is None and isinstance(above.tree.value, dict):
            self.fault(event, "a mapping or list as a name", "a name")
            self.open.append(_Open(Tree(value, 0, 0)))
        else:
            self.open.append(_Open(self.put(value, event)))

    def end(self) -> None:
        self.open.pop()
        above = self.open[-1] if self.open else None
        if not above or not isinstance(above.tree.value, dict):
            return
        # A name was given up when its value began; where there is none, the structure was itself one.
        above.name = None if above.name is not None else _NO_NAME

    def put(self, value: Any, event: yaml.NodeEvent) -> Tree:
        """Hang a value where it belongs."""
        mark: Any = event.start_mark
        tree = Tree(value, mark.line + 1, mark.column + 1)
        if not self.open:
            self.root = tree
            return tree
        above = self.open[-1]
        if isinstance(above.tree.value, list):
            above.tree.value.append(tree)
            return tree
        if above.name is not _NO_NAME:
            tree.line, tree.column = above.line, above.column
            above.tree.value[above.name] = tree
        if not isinstance(value, dict | list):
            above.name = None
        return tree

    def tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> bool:
        if event.tag:
            self.fault(event, f"the YAML tag {short(event.tag.replace(_OWN_TAGS, '!!'))}", "none")
        return bool(event.tag)

    def scalar(self, event: yaml.ScalarEvent) -> Any:
        written: str = event.value
        if self.tag(event):
            return BROKEN
        if not event.implicit[0]:  # It stands in quotes.
            return written
        for tag, pattern in _RESOLVERS.get(written[:1], ()):
            if pattern.match(written):
                return self.construct(tag.rpartition(":")[2], event)
        return written

    def construct(self, sort: str, event: yaml.ScalarEvent) -> Any:
        written: str = event.value
        if sort == "null":
            return None
        if sort == "bool":
            return _CONSTRUCTOR.bool_values[written.lower()]
        if sort not in ("int", "float"):
            return written
        node = yaml.ScalarNode(sort, written)
        try:
            number = _CONSTRUCTOR.construct_yaml_int(node) if sort == "int" else _CONSTRUCTOR.construct_yaml_float(node)
        except ValueError:  # More digits than Python takes.
            number = math.nan
        if isinstance(number, int) or math.isfinite(number):
            return number
        self.fault(event, show(written), "a number")
        return BROKEN

    def path(self) -> Path:
        """Where the next value comes to stand."""
        path: list[str | int] = []
        for above in self.open:
            if isinstance(above.tree.value, list):
                # What is still open stands in its list already.
                path.append(len(above.tree.value) - (above is not self.open[-1]))
            elif isinstance(above.name, str):
                path.append(above.name)
        return tuple(path)

    def fault(self, event: yaml.Event, found: str, expected: str) -> None:
        mark: Any = event.start_mark
        self.faults.append(Fault(mark.line + 1, mark.column + 1, path_words(self.path()), found, expected))

    def refusal(self, event: yaml.Event, found: str, expected: str) -> AgendaError:
        self.fault(event, found, expected)
        return AgendaError(self.faults)


_RESOLVERS = yaml.SafeLoader.yaml_implicit_resolvers
_OWN_TAGS = "tag:yaml.org,2002:"
_CONSTRUCTOR = yaml.constructor.SafeConstructor()
