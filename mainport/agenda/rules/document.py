# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads an agenda file (YAML): the whole of it or nothing, every fault at once with its line."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mainport.agenda.rules.checks import Trouble, check
from mainport.agenda.rules.elements import Agenda, Element, Kind, Source, plan_key
from mainport.agenda.rules.faults import AgendaError, Fault, Path, explain, one_of, path_words, show
from mainport.agenda.rules.nesting import FORMAT, SECTIONS, element_of
from mainport.agenda.rules.nodes import NODES, SHAPES, Key, ReducedDate, Text, Website, Words
from mainport.agenda.rules.tree import BROKEN, Tree, locate, parse, plain
from mainport.core.rules.languages import EVERY_LANGUAGE

__all__ = ["AgendaError", "Fault", "read"]

#: Items; as many places as there are for the elements of one kind under one parent.
LIST_LIMIT = 99_999


class SourceFields(BaseModel):
    """Where facts stand: a document and the place in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Key = Field(description="Unique among the sources.")
    title: Text = Field(description="The place in the document, such as a chapter.")
    document: Words = Field(description="The document itself; at most 300 characters.")
    url: Website | None = Field(None, description="Where it can be read.")
    published: ReducedDate | None = Field(None, description="When it was published.")


#: The names that may stand in an element: the alliance's children stand beside it, as sections of the
#: file, and a plan has no id but takes that of what it plans.
_KNOWN = {
    kind: [
        name for name in node.model_fields if name not in {Kind.ALLIANCE: SECTIONS, Kind.PLAN: ("id",)}.get(kind, ())
    ]
    for kind, node in NODES.items()
}


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
    #: Where each element and source stands, by uid.
    places: dict[str, tuple[Tree, Path]] = field(default_factory=dict)
    #: Ids and uids, as faults show them, of what couldn't be read; who names them isn't to blame.
    unread: set[str] = field(default_factory=set)
    #: Fields that were left out because of a fault of their own.
    wrong: set[Path] = field(default_factory=set)

    def read(self, content: bytes | str) -> Agenda:
        root = parse(content, self.faults)
        sections = root.value
        if not isinstance(sections, dict):
            self.fault(root, (), show(sections), "a mapping with format, alliance and the agenda's sections")
            raise AgendaError(self.faults)
        known = ["format", "alliance", "sources", *SECTIONS]
        for name, section in sections.items():
            if name not in known:
                self.fault(section, (name,), show(name), one_of(name, known))
        self.format(root)
        self.partners = self.ids(sections.get("partners"))
        self.read_sources(sections.get("sources"))
        uid = self.read_alliance(root)
        self.children(sections, Kind.ALLIANCE, uid, ())
        # The checks between elements need an alliance: without it there is nothing to say.
        if uid in self.elements:
            self.check_between()
        if self.faults:
            raise AgendaError(self.faults)
        return Agenda(elements=self.elements, sources=self.sources, stated=frozenset(self.stated))

    def format(self, root: Tree) -> None:
        tree = root.value.get("format")
        if tree is None:
            self.fault(root, ("format",), "nothing", f"format: {FORMAT}")
        elif type(tree.value) is not int or tree.value != FORMAT:
            self.fault(tree, ("format",), show(plain(tree)), f"{FORMAT}, the format that this version reads")

    def read_sources(self, tree: Tree | None) -> None:
        for index, item in enumerate(self.items(tree, ("sources",))):
            path: Path = ("sources", index)
            source = self.validate(SourceFields, item, path, tuple(SourceFields.model_fields))
            if source is None:
                self.unread |= {show(key) for key in self.ids(Tree([item], 0, 0))}
                continue
            if source.id in self.sources:
                self.fault(item, (*path, "id"), show(source.id), "an id that no other source has")
            self.places[f"source:{source.id}"] = (item, path)
            self.sources[source.id] = Source(
                key=source.id,
                title=dict(source.title),
                document=source.document,
                url=source.url or "",
                published=source.published or "",
            )

    def read_alliance(self, root: Tree) -> str:
        tree = root.value.get("alliance")
        if tree is None:
            self.fault(root, ("alliance",), "nothing", "the alliance: id, title, languages, period, ambition")
            return ""
        return self.element(Kind.ALLIANCE, tree, ("alliance",), None, 0)

    def children(self, fields: dict[str, Tree], kind: Kind, uid: str, path: Path) -> None:
        for name, child in SHAPES[kind].children.items():
            tree = fields.get(name)
            if tree is None:
                continue
            self.stated.add((uid, child))
            if child is Kind.PLAN:
                self.element(child, tree, (*path, name), uid, 0)
                continue
            for index, item in enumerate(self.items(tree, (*path, name))):
                self.element(child, item, (*path, name, index), uid, index)

    def items(self, tree: Tree | None, path: Path) -> list[Tree]:
        if tree is None or tree.value is BROKEN:
            return []
        if not isinstance(tree.value, list):
            self.fault(tree, path, show(tree.value), "a list")
            return []
        if len(tree.value) > LIST_LIMIT:
            self.fault(tree, path, f"{len(tree.value)} items", f"at most {LIST_LIMIT}")
            return []
        return tree.value

    @staticmethod
    def ids(tree: Tree | None) -> set[str]:
        """The ids in a list of mappings, whatever else may be wrong with them."""
        items = tree.value if tree and isinstance(tree.value, list) else []
        ids = [item.value["id"].value for item in items if isinstance(item.value, dict) and "id" in item.value]
        return {value for value in ids if isinstance(value, str)}

    def element(self, kind: Kind, tree: Tree, path: Path, parent: str | None, position: int) -> str:
        """Read one element and all below it; its uid, or '' where it has none."""
        if not isinstance(tree.value, dict):
            if tree.value is not BROKEN:
                self.fault(tree, path, show(tree.value), f"the fields of the {kind}")
            return ""
        below = SHAPES[kind].children
        fields = self.validate(NODES[kind], tree, path, _KNOWN[kind], () if kind is Kind.ALLIANCE else below)
        key = self.key(kind, tree.value, parent)
        uid = f"{kind}:{key}" if key else ""
        if uid in self.places:
            if kind is not Kind.PLAN:  # Its id is that of what it plans, which was named already.
                first = self.places[uid][0].line
                self.fault(tree, (*path, "id"), show(key), f"an id that no other {kind} has; line {first} has it")
        elif uid:
            self.places[uid] = (tree, path)
            if fields is None:
                self.unread |= {show(key), show(uid)}
            else:
                self.elements[uid] = element_of(
                    fields, key=key, parent=parent or None, position=position, partners=self.partners
                )
        if kind is not Kind.ALLIANCE:
            self.children(tree.value, kind, uid, path)
        return uid

    @staticmethod
    def key(kind: Kind, fields: dict[str, Tree], parent: str | None) -> str:
        if kind is Kind.PLAN:
            return plan_key(parent) if parent else ""
        value = fields["id"].value if "id" in fields else ""
        return value if isinstance(value, str) else ""

    # --- Faults ---

    def validate(
        self, model: type[Any], tree: Tree, path: Path, known: Collection[str], leave_out: Collection[str] = ()
    ) -> Any:
        """The model's instance from all fields that are right, after the faults of the others were noted.

        None where a field that is wrong, or missing, is a required one.
        """
        if not isinstance(tree.value, dict):
            if tree.value is not BROKEN:
                self.fault(tree, path, show(tree.value), "a mapping of fields")
            return None
        values = {name: plain(value) for name, value in tree.value.items() if name not in leave_out}
        wrong = set()
        for name in [name for name in values if name not in known]:
            self.fault(tree.value[name], (*path, name), show(name), one_of(name, known))
            wrong.add(name)
            del values[name]
        try:
            instance = model.model_validate(values)
        except ValidationError as error:
            for where, found, expected in explain(error, model):
                self.inside(tree, path, where, found, expected)
                wrong.add(where[0])
            instance = self.rest(model, {name: value for name, value in values.items() if name not in wrong})
        self.wrong |= {(*path, name) for name in wrong}
        return instance

    @staticmethod
    def rest(model: type[Any], values: dict[str, Any]) -> Any:
        """What is left without the fields that are wrong, so that it can be checked too."""
        try:
            return model.model_validate(values)
        except ValidationError:
            return None

    def check_between(self) -> None:
        for trouble in check(Agenda(elements=self.elements, sources=self.sources)):
            if trouble.found not in self.unread:
                self.trouble(trouble)

    def trouble(self, trouble: Trouble) -> None:
        tree, path = self.places[trouble.uid]
        if (*path, trouble.field[0]) not in self.wrong:
            self.inside(tree, path, trouble.field, trouble.found, trouble.expected)

    def inside(self, tree: Tree, path: Path, where: Path, found: str, expected: str) -> None:
        """Note a fault at the path `where` below a tree that stands at `path`."""
        at = locate(tree, where)
        if where[-1] == EVERY_LANGUAGE and not isinstance(at.value, dict):
            where = where[:-1]  # It was written as plain words.
        if at.value is not BROKEN:
            self.fault(at, (*path, *where), found, expected)

    def fault(self, tree: Tree, path: Path, found: str, expected: str) -> None:
        self.faults.append(Fault(tree.line, tree.column, path_words(path), found, expected))
