# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""NL-LOM and LOM: learning materials, and now and then a course, as Edurep and other repositories give them.

It comes in two spellings: that of IMS (langstring, catalogentry, all in small letters) and that of the IEEE (string,
identifier, with capitals). They say the same, so that names are compared without their capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from mainport.catalogue.feeds import vcard, vocabulary, xml
from mainport.catalogue.rules.courses import Competence, Course
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.texts import UNKNOWN, Day, language
from mainport.catalogue.rules.works import (
    Author,
    Identifier,
    Organisation,
    Provenance,
    Relation,
    Scheme,
    Subject,
    Work,
    WorkFile,
    WorkType,
    identify,
    is_address,
)

PREFIX = "lom"

#: What LOM calls a relation, in DataCite's terms; pictures of the material (thumbnail, preview) are no works.
_RELATIONS = {
    "ispartof": "IsPartOf",
    "haspart": "HasPart",
    "isversionof": "IsVersionOf",
    "hasversion": "HasVersion",
    "isformatof": "IsVariantFormOf",
    "hasformat": "IsOriginalFormOf",
    "references": "References",
    "isreferencedby": "IsReferencedBy",
    "isbasedon": "IsDerivedFrom",
    "isbasisfor": "IsSourceOf",
    "requires": "Requires",
    "isrequiredby": "IsRequiredBy",
}
_PICTURES = frozenset({"thumbnail", "preview"})
_COURSE = frozenset({"course", "cursus", "training", "opleiding", "mooc", "leerlijn", "e-learning", "e-learningcursus"})
_HANDED_IN = (WorkType.THESIS, WorkType.DOCTORAL_THESIS, WorkType.ARTICLE, WorkType.DATASET, WorkType.SOFTWARE)
_TEXT = frozenset({"langstring", "string"})
_DIGCOMP = re.compile(r"(?:.*[/#:])?([1-5]\.[1-6])(?:/([1-8]))?")


@dataclass(frozen=True)
class _Class:
    """A term of a classification: what it is for, of which list, its code and its words."""

    purpose: str
    scheme: str
    code: str
    label: str
    language: str


def read(root: etree._Element, provenance: Provenance | None = None) -> tuple[Work | Course, list[Fault]]:
    """What a <lom> describes: a course, or material to learn from. Raises Refused for another element."""
    return course(root, provenance) if is_course(root) else material(root, provenance)


def material(root: etree._Element, provenance: Provenance | None = None) -> tuple[Work, list[Fault]]:
    """The learning material of a <lom>, and what of it couldn't be read. Raises Refused for another element."""
    general = _general(root)
    faults: list[Fault] = []
    code = _language(general, faults)
    titles, subtitles = _texts(general, "title", code)
    abstracts, _ = _texts(general, "description", code)
    classes = list(_classes(root))
    licence = _licence(root, faults)
    people, organisations, dates = _lifecycle(root, faults)
    kinds = [words for node in _at(root, "educational/learningresourcetype") if (words := _value(node))]
    files = tuple(_files(root, licence, faults))
    work = Work(
        titles=titles,
        subtitles=subtitles,
        abstracts=abstracts,
        type=_type(kinds),
        source_type=next(iter(kinds), ""),
        identifiers=_identifiers(general),
        authors=tuple(people),
        organisations=tuple(organisations),
        files=files,
        licence=licence,
        access=vocabulary.access(
            words for one in classes if one.purpose == "access rights" for words in (one.code, one.label)
        ),
        published=dates.get("Issued") or dates.get("Created"),
        dates=dates,
        language=code,
        subjects=tuple(_subjects(root, general, classes, kinds[1:])),
        relations=tuple(_relations(root)),
        provenance=provenance or Provenance(format=PREFIX),
    )
    return work, faults


def is_course(root: etree._Element) -> bool:
    """Whether this describes something to take part in, rather than material."""
    kinds = (_value(node) for node in _at(root, "educational/learningresourcetype"))
    return any(re.split(r"[/#]", kind)[-1].strip().lower() in _COURSE for kind in kinds)


def course(root: etree._Element, provenance: Provenance | None = None) -> tuple[Course, list[Fault]]:
    """The course of a <lom>, and what of it couldn't be read. Raises Refused for another element."""
    work, faults = material(root, provenance)
    address = next((one.value for one in work.identifiers if one.scheme is Scheme.URL), "")
    levels = [one.label for one in work.subjects if one.scheme == "educational level"]
    read_course = Course(
        identifier=next((one.value for one in work.identifiers), address),
        titles=work.titles,
        descriptions=work.abstracts,
        provider=next((one for one in work.organisations), None),
        level=next(iter(levels), ""),
        languages=() if work.language == UNKNOWN else (work.language,),
        competences=tuple(_competences(_classes(root))),
        subjects=tuple(dict.fromkeys(one.label for one in work.subjects if one.scheme != "educational level")),
        url=next((file.url for file in work.files), address),
        provenance=work.provenance,
    )
    return read_course, faults


def _general(root: etree._Element) -> etree._Element:
    general = next(_children(root, "general"), None)
    if xml.local(root).lower() != "lom" or general is None:
        raise Refused([Fault("", f"<{xml.local(root)}>", "<lom> with <general>")])
    return general


def _children(node: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (child for child in node if xml.local(child).lower() in names)


def _at(node: etree._Element, path: str) -> Iterator[etree._Element]:
    first, _, rest = path.partition("/")
    for child in _children(node, first):
        if rest:
            yield from _at(child, rest)
        else:
            yield child


def _lang(node: etree._Element) -> str:
    return language(node.get("language")) if node.get("language") else xml.lang(node)


def _strings(node: etree._Element) -> Iterator[tuple[str, str]]:
    """The texts of an element by language, whether it has them in strings or bare."""
    inner = list(_children(node, *_TEXT))
    for one in inner or [node]:
        if words := xml.words(one):
            yield _lang(one), words


def _string(node: etree._Element | None) -> str:
    return "" if node is None else next((words for _, words in _strings(node)), "")


def _value(node: etree._Element) -> str:
    """The term of a vocabulary: in <value>, in the <id> that German universities have, or bare."""
    inner = next(_children(node, "value"), next(_children(node, "id"), None))
    if inner is not None:
        return _string(inner)
    return _string(node) if all(xml.local(child).lower() in _TEXT for child in node) else ""


def _texts(general: etree._Element, name: str, code: str) -> tuple[dict[str, str], dict[str, str]]:
    texts: dict[str, str] = {}
    spare: dict[str, str] = {}
    for node in _children(general, name):
        for spoken, words in _strings(node):
            vocabulary.add_text(texts, spare, spoken, words)
    return vocabulary.settle(texts, code), vocabulary.settle(spare, code)


def _language(general: etree._Element, faults: list[Fault]) -> str:
    told = [words for node in _children(general, "language") if (words := xml.words(node))]
    known = [vocabulary.language_of(words, "general/language", faults) for words in told]
    return next((code for code in known if code != UNKNOWN), UNKNOWN)


def _entries(node: etree._Element) -> Iterator[Identifier]:
    """The numbers in a catalogue: catalogentry with IMS, identifier with the IEEE."""
    for entry in _children(node, "catalogentry", "identifier"):
        catalogue = _string(next(_children(entry, "catalog"), None)).lower()
        words = _string(next(_children(entry, "entry"), None)) or ("" if len(entry) else xml.words(entry))
        if catalogue in ("hdl", "handle", "isbn", "issn", "doi") and not words.lower().startswith((catalogue, "http")):
            words = f"{'hdl:' if catalogue in ('hdl', 'handle') else catalogue + ' '}{words}"
            words = words.replace("doi ", "doi:", 1)
        if found := identify(words):
            yield found


def _identifiers(general: etree._Element) -> tuple[Identifier, ...]:
    return tuple(dict.fromkeys(_entries(general)))


def _type(kinds: list[str]) -> WorkType:
    """What somebody handed in is told by its type; all else that LOM describes is there to learn from."""
    found = vocabulary.work_type(kinds)
    return found if found in _HANDED_IN else WorkType.LEARNING_MATERIAL


def _licence(root: etree._Element, faults: list[Fault]) -> str:
    """The licence: "yes" says only that there are rights, of which the description tells the terms."""
    terms = [_value(node) for node in _at(root, "rights/copyrightandotherrestrictions")]
    told = [words for node in _at(root, "rights/description") for _, words in _strings(node)]
    return vocabulary.licence_of([*told, *terms], "rights", faults)


def _lifecycle(root: etree._Element, faults: list[Fault]) -> tuple[list[Author], list[Organisation], dict[str, Day]]:
    people: list[Author] = []
    organisations: list[Organisation] = []
    dates: dict[str, Day] = {}
    for place, node in enumerate(_at(root, "lifecycle/contribute")):
        where = f"lifecycle/contribute[{place}]"
        role = vocabulary.role(" ".join(filter(None, (_value(one) for one in _children(node, "role")))))
        for entity in _children(node, "centity", "entity"):
            card = next(_children(entity, "vcard"), entity)
            somebody = vcard.read("".join(map(str, card.itertext())), role or "contributor")
            if somebody is None:
                if xml.words(card):
                    faults.append(Fault(f"{where}/entity", xml.words(card)[:200], "a vCard with a name"))
            elif somebody.is_organisation or role in ("publisher", "university", "hogeschool", "organisation"):
                organisations.append(Organisation(somebody.name, role=role))
            else:
                people.append(somebody)
        kind = {"author": "Created", "publisher": "Issued", "": "Issued"}.get(role, "Other")
        for when in _at(node, "date/datetime"):
            if day := vocabulary.day_of(xml.words(when), f"{where}/date", faults):
                dates.setdefault(kind, day)
    return people, organisations, dates


def _files(root: etree._Element, licence: str, faults: list[Fault]) -> Iterator[WorkFile]:
    """The addresses of the material. Formats belong to them where there are as many, or is only one."""
    for technical in _children(root, "technical"):
        formats = [xml.words(node) for node in _children(technical, "format")]
        places = [xml.words(node) for node in _children(technical, "location")]
        sizes = [xml.words(node) for node in _children(technical, "size")]
        size = int(sizes[0]) if len(places) == 1 and sizes and re.fullmatch(r"\d{1,15}", sizes[0]) else None
        for number, address in enumerate(places):
            if not is_address(address):
                faults.append(Fault("technical/location", address, "an address that begins with https:// or http://"))
                continue
            kind = formats[number] if len(formats) == len(places) else formats[0] if len(formats) == 1 else ""
            name = address.split("?")[0].rstrip("/").rsplit("/", 1)[-1]
            yield WorkFile(name, address, kind if kind.count("/") == 1 else "", size, licence=licence)


def _classes(root: etree._Element) -> Iterator[_Class]:
    for node in _children(root, "classification"):
        purpose = next((_value(one).lower() for one in _children(node, "purpose")), "")
        for path in _children(node, "taxonpath"):
            scheme = _string(next(_children(path, "source"), None))
            for taxon in _children(path, "taxon"):
                entry = next(_children(taxon, "entry"), None)
                spoken, label = next(_strings(entry), (UNKNOWN, "")) if entry is not None else (UNKNOWN, "")
                code = _string(next(_children(taxon, "id"), None))
                if code or label:
                    yield _Class(purpose, scheme, code, label, spoken)


def _subjects(
    root: etree._Element, general: etree._Element, classes: list[_Class], kinds: list[str]
) -> Iterator[Subject]:
    """Keywords, terms of classifications, and for whom and in what kind of lesson the material is meant."""
    for node in _children(general, "keyword"):
        for spoken, words in _strings(node):
            yield Subject(words, language=spoken)
    for one in classes:
        if one.purpose not in ("access rights", "educational level"):
            yield Subject(one.label or one.code, one.scheme, one.code, one.language)
    levels = [(one.label or one.code, one.code) for one in classes if one.purpose == "educational level"]
    known = {label for label, _ in levels}
    contexts = [words for node in _at(root, "educational/context") if (words := _value(node)) and words not in known]
    for label, code in [*levels, *((words, "") for words in dict.fromkeys(contexts))]:
        yield Subject(label, "educational level", code)
    for kind in kinds:
        yield Subject(kind, "learning resource type")
    for node in _at(root, "educational/intendedenduserrole"):
        if words := _value(node):
            yield Subject(words, "intended user")


def _relations(root: etree._Element) -> Iterator[Relation]:
    """One number of each other work: they are known by several, which stand beside each other."""
    for node in _children(root, "relation"):
        kind = next((_value(one).lower().replace(" ", "") for one in _children(node, "kind")), "")
        if kind in _PICTURES:
            continue
        numbers = [one for resource in _children(node, "resource") for one in _entries(resource)]
        best = next((one for one in numbers if one.scheme not in (Scheme.LOCAL, Scheme.OAI)), next(iter(numbers), None))
        if best is not None and best.scheme is not Scheme.LOCAL:
            yield Relation(_RELATIONS.get(kind, "References"), best)


def _competences(classes: Iterator[_Class]) -> Iterator[Competence]:
    """Competences of DigComp, where a classification is one of it."""
    for one in classes:
        if "digcomp" in one.scheme.lower() and (found := _DIGCOMP.fullmatch(one.code or one.label)):
            yield Competence(found[1], int(found[2] or 0))
