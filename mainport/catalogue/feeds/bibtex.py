# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""BibTeX and BibLaTeX: what students and researchers keep their references in, with accents the way of LaTeX."""

from __future__ import annotations

import re

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import Block, DuplicateBlockKeyBlock, Entry

from mainport.catalogue.feeds import vocabulary
from mainport.catalogue.rules import identifiers
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.texts import Day, day
from mainport.catalogue.rules.works import (
    Author,
    Identifier,
    Organisation,
    Provenance,
    Relation,
    Scheme,
    Subject,
    Work,
    identify,
)

PREFIX = "bibtex"
#: Bytes that a file may have, braces within each other, and signs of one value: LaTeX is read by going down into it.
LIMIT = 16 * 1024 * 1024
DEPTH = 60
LONGEST = 100_000

_NAMES = (
    "jan january januari|feb february februari|mar march mrt maart|apr april|may mei|jun june juni|jul july juli"
    "|aug august augustus|sep sept september|oct october okt oktober|nov november|dec december"
)
_MONTHS = {name: number for number, names in enumerate(_NAMES.split("|"), 1) for name in names.split()}
_TYPES = {"online": "other", "mvbook": "book", "collection": "book", "unpublished": "preprint", "manual": "report"}
_INHERITED = ("year", "date", "month", "publisher", "editor")


class _Latex(LatexDecodingMiddleware):
    """LaTeX as plain words."""

    def plain(self, words: str) -> str:
        found, _ = self._transform_python_value_string(words)
        return " ".join(found.split())


def read(data: bytes) -> tuple[list[Work], list[Fault]]:
    """The works of a file in their order, and what of them couldn't be read. Raises Refused for what is no BibTeX."""
    text = _text(data)
    library = parse_string(text)
    faults = []
    for block in library.failed_blocks:
        if isinstance(block, DuplicateBlockKeyBlock):
            continue
        line = (block.start_line or 0) + 1
        faults.append(Fault(f"line {line}", (block.raw or "").strip()[:80], "an entry such as @book{key, title = {…}}"))
    entries = list(library.entries)
    # Two entries of one key are two works: only \cite can't tell them apart.
    entries += [entry for block in library.failed_blocks if (entry := _twin(block)) is not None]
    if not entries:
        raise Refused(faults or [Fault("", "no entry that begins with @", "BibTeX")])
    entries.sort(key=lambda entry: entry.start_line or 0)
    known = {entry.key: entry for entry in library.entries}
    latex = _Latex()
    return [_work(entry, known, latex, faults) for entry in entries], faults


def _twin(block: Block) -> Entry | None:
    """The entry that has the key of one before it."""
    inner = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else None
    return inner if isinstance(inner, Entry) else None


def _text(data: bytes) -> str:
    if len(data) > LIMIT:
        raise Refused([Fault("", f"{len(data):,} bytes", f"at most {LIMIT:,}")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused([Fault("", f"byte {error.start} that is no UTF-8", "BibTeX in UTF-8")]) from error
    depth = 0
    for sign in re.findall(r"(?<!\\)[{}]", text):
        depth = max(0, depth + (1 if sign == "{" else -1))
        if depth > DEPTH:
            raise Refused([Fault("", f"more than {DEPTH} braces inside each other", "BibTeX")])
    return text


def _work(entry: Entry, known: dict[str, Entry], latex: _Latex, faults: list[Fault]) -> Work:
    raw = {field.key.lower(): str(field.value) for field in entry.fields}
    above = known.get(raw.get("crossref", ""))
    if above is not None and above is not entry:
        inherited = {field.key.lower(): str(field.value) for field in above.fields}
        raw = {**{name: inherited[name] for name in _INHERITED if name in inherited}, **raw}
    where = f"line {(entry.start_line or 0) + 1} ({entry.key})"

    for name, value in raw.items():
        if len(value) > LONGEST:
            raw[name] = value[:LONGEST]
            faults.append(
                Fault(f"{where}.{name}", f"{len(value):,} signs", f"at most {LONGEST:,}; the rest is left out")
            )

    def first(*names: str) -> str:
        return next((words for name in names if (words := latex.plain(raw.get(name, "")))), "")

    code = vocabulary.language_of(first("langid", "language"), f"{where}.language", faults)
    title, subtitle, abstract = first("title"), first("subtitle"), first("abstract")
    kind = entry.entry_type.lower()
    organisations = [(first(name), role) for name, role in (("publisher", "publisher"), ("school", "grantor"))]
    organisations += [(first("institution", "organization"), "institution")]
    return Work(
        titles={code: title} if title else {},
        subtitles={code: subtitle} if subtitle else {},
        abstracts={code: abstract} if abstract else {},
        type=vocabulary.work_type(filter(None, [_thesis(first("type")), _TYPES.get(kind, kind), kind])),
        source_type=first("type") or kind,
        identifiers=tuple(dict.fromkeys(_identifiers(raw, where, faults))),
        authors=tuple(
            author
            for role in ("author", "editor", "translator")
            for author in _people(raw.get(role, ""), role, latex, f"{where}.{role}", faults)
        ),
        organisations=tuple(Organisation(name, role=role) for name, role in organisations if name),
        published=_day(first("date"), first("year"), first("month"), where, faults),
        language=code,
        subjects=tuple(Subject(word) for word in re.split(r"\s*[;,]\s*", first("keywords", "keyword")) if word),
        relations=tuple(_journal(raw, kind)),
        provenance=Provenance(format=PREFIX, record=entry.key),
    )


def _thesis(words: str) -> str:
    """The field "type" of a thesis in plain words: PhD thesis, Masterscriptie, phdthesis."""
    lower = words.lower()
    return "phdthesis" if lower.startswith(("phd", "doctor", "proefschrift")) else lower


def _people(words: str, role: str, latex: _Latex, where: str, faults: list[Fault]) -> list[Author]:
    """People by BibTeX's rules for names; what stands in braces as a whole is the name of a group."""
    found = []
    for name in split_multiple_persons_names(words) if words.strip() else []:
        if name.strip().lower() == "others":
            continue
        if name.startswith("{") and name.endswith("}"):
            found.append(Author(latex.plain(name), role=role, is_organisation=True))
            continue
        try:
            parts = parse_single_name_into_parts(name)
        except InvalidNameError:
            faults.append(Fault(where, name[:80], "a name such as Veen, Anna van der"))
            found.append(Author(latex.plain(name), role=role))
            continue
        given, family = latex.plain(" ".join(parts.first)), latex.plain(" ".join([*parts.von, *parts.last]))
        after = latex.plain(" ".join(parts.jr))
        whole = " ".join(filter(None, [given, family, after]))
        if whole:
            found.append(Author(whole, family if given else "", given, role=role))
    return found


def _identifiers(raw: dict[str, str], where: str, faults: list[Fault]) -> list[Identifier]:
    """Numbers and addresses, of which LaTeX's own signs are taken out but not read: a % belongs to an address."""
    found = []
    plain: dict[str, str] = {
        name: raw[name].replace("\\", "").strip("{} ") for name in ("doi", "isbn", "url", "eprint") if name in raw
    }
    for name, rule, scheme in (("doi", identifiers.doi, Scheme.DOI), ("isbn", identifiers.isbn, Scheme.ISBN)):
        if words := plain.get(name, ""):
            if number := rule(words):
                found.append(Identifier(scheme, number))
            else:
                faults.append(Fault(f"{where}.{name}", words[:80], f"a right {name.upper()}"))
    if (address := identify(re.sub(r"^url\{|\}$", "", plain.get("url", "")))) is not None:
        found.append(address)
    archive = raw.get("archiveprefix", raw.get("eprinttype", "")).lower()
    if archive == "arxiv" and plain.get("eprint"):
        found.append(Identifier(Scheme.URL, f"https://arxiv.org/abs/{plain['eprint'].removeprefix('arXiv:')}"))
    elif archive == "hdl" and plain.get("eprint"):
        found.append(Identifier(Scheme.HANDLE, plain["eprint"]))
    return found


def _day(date: str, year: str, month: str, where: str, faults: list[Fault]) -> Day | None:
    if date:
        # BibLaTeX has periods, and dates that are about right: 2023-09/2024-02, 2024~.
        words = re.split(r"/", date)[0].rstrip("~?%")
        found = vocabulary.day_of(words, f"{where}.date", faults)
        if found or not year:
            return found
    number = _MONTHS.get(month.lower().rstrip("."), int(month) if re.fullmatch(r"0?[1-9]|1[0-2]", month) else 0)
    found = day(f"{year}-{number:02}") if number and re.fullmatch(r"\d{4}", year) else None
    return found or (vocabulary.day_of(year, f"{where}.year", faults) if year else None)


def _journal(raw: dict[str, str], kind: str) -> list[Relation]:
    number = identifiers.issn(raw.get("issn", "").strip("{} "))
    return [Relation("IsPublishedIn", Identifier(Scheme.ISSN, number))] if number and kind != "periodical" else []
