# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What an indicator is, and the file (YAML) that defines them: read whole or not at all, every fault with its line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from mainport.agenda.rules.document import SourceFields
from mainport.agenda.rules.faults import AgendaError as FileError
from mainport.agenda.rules.faults import Fault, Path, explain, hint, one_of, path_words, show
from mainport.agenda.rules.nodes import Key, Text, Uid, Website, Words
from mainport.agenda.rules.tree import BROKEN, Tree, parse, plain
from mainport.core.rules.languages import EVERY_LANGUAGE
from mainport.monitor.rules.formula import Formula, tables
from mainport.monitor.rules.periods import parse as parse_period
from mainport.monitor.rules.progress import Direction

__all__ = ["Area", "Definition", "Fault", "File", "FileError", "read"]

FORMAT = 1
LANGUAGES = ("nl", "en")
#: The page of changes stands among those of the indicators, in each language.
TAKEN = ("changes", "wijzigingen")


def _both_languages(text: dict[str, str]) -> dict[str, str]:
    missing = [] if EVERY_LANGUAGE in text else [language for language in LANGUAGES if language not in text]
    if missing:
        raise ValueError(f"the text in {' and '.join(missing)} too")
    return text


def _period_words(value: Any) -> Any:
    """YAML reads 2022 as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _period(written: str) -> str:
    parse_period(written)
    return written


BothText = Annotated[Text, AfterValidator(_both_languages)]
PeriodCode = Annotated[str, BeforeValidator(_period_words), AfterValidator(_period)]


class Kind(StrEnum):
    """How an indicator's values come about."""

    NUMBER = "number"
    SURVEY = "survey"  # Asked of some, so with a margin of error.
    QUALITATIVE = "qualitative"  # Words instead of numbers.


class _Node(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Area(_Node):
    """An area to look at or compare with; `codes` are CBS's, several where it consists of several."""

    id: Key
    title: BothText
    codes: tuple[Words, ...] = ()


class Connection(_Node):
    """The feed and the table that bring the values.

    `checked` says against which recorded answer or published page the table's id and codes were held. Without
    it, the values don't come in by themselves: not connected yet.
    """

    feed: Key
    table: Words
    checked: BothText | None = None
    #: Why it isn't connected yet, or what is known of the table.
    remark: BothText | None = None


class FeedFields(_Node):
    """Where values come from; `table`, `filter` and `every` (hours) where it is visited by itself."""

    id: Key
    format: Literal["cbs", "jsonstat", "sdmx", "swing", "dcat", "open-sdg", "sheet", "hand"]
    title: BothText
    url: Website | None = None
    table: Words | None = None
    filter: Words | None = None
    licence: Words | None = None
    every: Annotated[int, Field(ge=1)] | None = None


class Published(_Node):
    """A figure that somebody published, as it stands there."""

    period: PeriodCode
    value: float | None = None
    words: BothText | None = None
    source: Key
    qualifier: BothText | None = None
    margin: Annotated[float, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _value_or_words(self) -> Published:
        if (self.value is None) == (self.words is None):
            raise ValueError("either a value or words")
        return self


class Aim(_Node):
    """What the agenda or a decision sets, and where it is set; in words alone where it sets no number."""

    period: PeriodCode
    value: float | None = None
    words: BothText | None = None
    source: Key

    @model_validator(mode="after")
    def _value_or_words(self) -> Aim:
        if self.value is None and self.words is None:
            raise ValueError("a value, or words")
        return self


class Definition(_Node):
    """An indicator in full."""

    id: Key
    title: BothText
    definition: BothText
    unit: BothText
    direction: Direction
    #: Why neither way is better, where none is.
    direction_why: BothText | None = None
    kind: Kind = Kind.NUMBER
    decimals: Annotated[int, Field(ge=0, le=6)] = 0
    floor: float | None = None
    ceiling: float | None = None
    owner: Key
    measures: tuple[Uid, ...] = Field(min_length=1)
    connection: Connection
    formula: Formula | None = None
    dimensions: tuple[Words, ...] = ()
    areas: tuple[Key, ...] = Field(min_length=1)
    baseline: PeriodCode | None = None
    target: Aim | None = None
    interim: tuple[Aim, ...] = ()
    published: tuple[Published, ...] = ()
    remark: BothText | None = None
    #: The areas in full; whoever reads the file fills them in.
    places: tuple[Area, ...] = ()

    def misfits(self) -> Iterator[tuple[Path, str, str]]:
        """What doesn't go together: where, what was found and what was expected."""
        if self.id in TAKEN:
            yield ("id",), show(self.id), "another id: a page of the site has this address"
        if self.connection.checked and self.formula is None:
            yield ("connection", "checked"), "no formula", "a formula, since it is connected"
        if (self.direction is Direction.NONE) != (self.direction_why is not None):
            found = "no reason" if self.direction_why is None else "a reason"
            yield ("direction_why",), found, "why neither way is better, where the direction is none and only there"
        if self.target and self.target.value is not None and self.direction is Direction.NONE:
            yield ("target",), "a target", "none, or a direction: a target says which way is better"
        if self.interim and not self.target:
            yield ("interim",), "no target", "a target, since there are interim targets"
        if self.formula and self.connection.table not in tables(self.formula):
            yield ("connection", "table"), show(self.connection.table), "a table that the formula reads"
        if self.places:
            yield ("places",), "'places'", "no such field"

    @property
    def connected(self) -> bool:
        return self.connection.checked is not None


@dataclass(frozen=True)
class File:
    """All that a file defines, in its order."""

    indicators: Mapping[str, Definition]
    areas: Mapping[str, Area]
    sources: Mapping[str, SourceFields]
    feeds: Mapping[str, FeedFields]
    #: Line of each indicator in the file, for whoever finds more wrong with it.
    lines: Mapping[str, int]


def read(content: bytes | str, *, elements: Collection[str] | None = None) -> File:
    """The indicators that a file defines.

    `elements` are the uids of the agenda that they may measure, where there is one to check against.
    Raises FileError with all faults.
    """
    return _Reader(elements).read(content)


_SECTIONS = ("format", "sources", "feeds", "areas", "indicators")


class _Reader:
    def __init__(self, elements: Collection[str] | None) -> None:
        self.elements = elements
        self.faults: list[Fault] = []
        #: Ids of what couldn't be read: who names them isn't to blame.
        self.unread: set[str] = set()

    def read(self, content: bytes | str) -> File:
        root = parse(content, self.faults)
        if not isinstance(root.value, dict):
            self.fault(root, (), show(root.value), f"a mapping with {', '.join(_SECTIONS)}")
            raise FileError(self.faults)
        for name, tree in root.value.items():
            if name not in _SECTIONS:
                self.fault(tree, (name,), show(name), one_of(name, _SECTIONS))
        written = root.value.get("format")
        if written is None or plain(written) != FORMAT:
            found = show(plain(written)) if written else "nothing"
            self.fault(written or root, ("format",), found, f"{FORMAT}, the format that this version reads")
        sources = self.section(root, "sources", SourceFields)
        feeds = self.section(root, "feeds", FeedFields)
        areas = self.section(root, "areas", Area)
        indicators = self.section(root, "indicators", Definition)
        for tree, path, definition in indicators.values():
            self.check(tree, path, definition, {"source": sources, "feed": feeds, "area": areas})
        if self.faults:
            raise FileError(self.faults)

        def whole(definition: Definition) -> Definition:
            return definition.model_copy(update={"places": tuple(areas[name][2] for name in definition.areas)})

        return File(
            indicators={key: whole(definition) for key, (_tree, _path, definition) in indicators.items()},
            areas={key: area for key, (_tree, _path, area) in areas.items()},
            sources={key: source for key, (_tree, _path, source) in sources.items()},
            feeds={key: feed for key, (_tree, _path, feed) in feeds.items()},
            lines={key: tree.line for key, (tree, _path, _definition) in indicators.items()},
        )

    def section(self, root: Tree, name: str, model: type[Any]) -> dict[str, tuple[Tree, Path, Any]]:
        """The items of a section by their id, after the faults of the others were noted."""
        section = root.value.get(name)
        if section is None or not isinstance(section.value, list):
            found = show(plain(section)) if section else "nothing"
            self.fault(section or root, (name,), found, "a list")
            return {}
        found_items: dict[str, tuple[Tree, Path, Any]] = {}
        for number, tree in enumerate(section.value):
            path: Path = (name, number)
            if not isinstance(tree.value, dict):
                self.fault(tree, path, show(plain(tree)), "a mapping of fields")
                continue
            try:
                item = model.model_validate(plain(tree))
            except ValidationError as error:
                for where, found, expected in explain(error, model):
                    self.inside(tree, path, where, found, expected.removeprefix("Input should be "))
                if "id" in tree.value:
                    self.unread.add(str(plain(tree.value["id"])))
                continue
            if item.id in found_items:
                first = found_items[item.id][0].line
                self.fault(tree, (*path, "id"), show(item.id), f"an id that no other has; line {first} has it")
            found_items[item.id] = (tree, path, item)
        return found_items

    def check(self, tree: Tree, path: Path, item: Definition, known: Mapping[str, Collection[str]]) -> None:
        """Note what an indicator names that isn't there."""
        for where, found, expected in item.misfits():
            self.inside(tree, path, where, found, expected)
        for where, sort, name in _named(item):
            there = self.there(sort, known)
            if there is not None and name not in there and name not in self.unread:
                self.inside(tree, path, where, show(name), _among(name, there, sort))

    def there(self, sort: str, known: Mapping[str, Collection[str]]) -> Collection[str] | None:
        if sort in known:
            return known[sort]
        if self.elements is None or sort == "element":
            return self.elements
        return [uid.partition(":")[2] for uid in self.elements if uid.startswith(("partner:", "organisation:"))]

    def inside(self, tree: Tree, path: Path, where: Path, found: str, expected: str) -> None:
        """Note a fault below a tree, at the nearest place that the file has for it."""
        at, steps = tree, list(path)
        for number, part in enumerate(where):
            inner: Any = at.value
            known = isinstance(inner, dict) and part in inner
            if known or (isinstance(inner, list) and isinstance(part, int) and part < len(inner)):
                at = inner[part]
                steps.append(part)
            elif number == len(where) - 1 and part != EVERY_LANGUAGE:
                steps.append(part)  # What is missing stands nowhere, but it has a name.
        if at.value is not BROKEN:
            self.fault(at, tuple(steps), found, expected)

    def fault(self, tree: Tree, path: Path, found: str, expected: str) -> None:
        self.faults.append(Fault(tree.line, tree.column, path_words(path), found, expected))


def _among(name: str, known: Collection[str], sort: str) -> str:
    return one_of(name, known) if known and len(known) <= 12 else f"the id of a {sort}{hint(name, known)}"


def _named(item: Definition) -> Iterator[tuple[Path, str, str]]:
    """What an indicator names: where it does, of which sort, and the name."""
    yield ("connection", "feed"), "feed", item.connection.feed
    yield ("owner",), "partner", item.owner
    for number, area in enumerate(item.areas):
        yield ("areas", number), "area", area
    for number, uid in enumerate(item.measures):
        yield ("measures", number), "element", uid
    for number, figure in enumerate(item.published):
        yield ("published", number, "source"), "source", figure.source
    for number, aim in enumerate(item.interim):
        yield ("interim", number, "source"), "source", aim.source
    if item.target:
        yield ("target", "source"), "source", item.target.source
