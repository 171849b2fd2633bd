# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How a work is cited: CSL JSON (Citation Style Language 1.0.2), and the line itself after APA's seventh edition."""

from __future__ import annotations

import re
import warnings
from functools import cache
from importlib import resources
from io import BytesIO
from typing import Any

from citeproc import (  # type: ignore[import-untyped]
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]

from mainport.catalogue.exports.shown import Shown, one_line, own_language, persistent, publisher_of, title_of
from mainport.catalogue.rules.texts import Day
from mainport.catalogue.rules.works import Author, Scheme, Work, WorkType

MEDIA_TYPE = "application/vnd.citationstyles.csl+json"

_TYPES = {
    WorkType.THESIS: "thesis",
    WorkType.DOCTORAL_THESIS: "thesis",
    WorkType.INTERNSHIP_REPORT: "report",
    WorkType.TRAINEE_REPORT: "report",
    WorkType.ARTICLE: "article-journal",
    WorkType.PREPRINT: "article",
    WorkType.CONFERENCE_PAPER: "paper-conference",
    WorkType.BOOK: "book",
    WorkType.CHAPTER: "chapter",
    WorkType.REPORT: "report",
    WorkType.DATASET: "dataset",
    WorkType.SOFTWARE: "software",
    WorkType.LEARNING_MATERIAL: "document",
    WorkType.PRESENTATION: "speech",
    WorkType.MEDIA: "document",
    WorkType.OTHER: "document",
}
#: What a reader is told between brackets, where the form isn't plain.
_GENRES = {
    WorkType.THESIS: {"nl": "scriptie", "en": "student thesis"},
    WorkType.DOCTORAL_THESIS: {"nl": "proefschrift", "en": "doctoral thesis"},
    WorkType.INTERNSHIP_REPORT: {"nl": "stageverslag", "en": "internship report"},
    WorkType.TRAINEE_REPORT: {"nl": "traineeverslag", "en": "trainee report"},
    WorkType.PREPRINT: {"nl": "preprint", "en": "preprint"},
    WorkType.DATASET: {"nl": "dataset", "en": "data set"},
    WorkType.SOFTWARE: {"nl": "software", "en": "software"},
    WorkType.LEARNING_MATERIAL: {"nl": "leermateriaal", "en": "learning material"},
    WorkType.PRESENTATION: {"nl": "presentatie", "en": "presentation"},
}
_LOCALES = {"nl": "nl-NL", "en": "en-GB"}


def item(work: Work, shown: Shown) -> dict[str, Any]:
    """The work as CSL JSON, its genre in the language of the page."""
    said: dict[str, Any] = {
        "id": shown.key,
        "type": _TYPES[work.type],
        "title": title_of(work),
        "URL": persistent(work, shown),
    }
    for role, name in (("author", "author"), ("editor", "editor"), ("translator", "translator")):
        if people := [_name(one) for one in work.authors if one.role == role]:
            said[name] = people
    genre = _GENRES.get(work.type, {})
    optional = {
        "genre": genre.get(shown.language) or genre.get("en", ""),
        "publisher": publisher_of(work),
        "language": own_language(work),
        "abstract": one_line(work.abstracts or work.summaries, work.language, shown.language),
        "DOI": work.doi,
        "ISBN": next((one.value for one in work.identifiers if one.scheme is Scheme.ISBN), ""),
        "note": shown.remark,
        "keyword": ", ".join(subject.label for subject in work.subjects if subject.label),
    }
    said |= {name: value for name, value in optional.items() if value}
    if work.published:
        said["issued"] = {"date-parts": [_parts(work.published)]}
    return said


def _name(author: Author) -> dict[str, str]:
    if author.is_organisation or not author.family:
        return {"literal": author.name}
    return {"family": author.family, "given": author.given}


def _parts(day: Day) -> list[int]:
    return [part for part in (day.year, day.month, day.day) if part]


@cache
def _style(language: str) -> CitationStylesStyle:
    source = resources.files("mainport.catalogue") / "data" / "apa-like.csl"
    # Its locales have parts that the library doesn't know; what it leaves out we don't use.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return CitationStylesStyle(BytesIO(source.read_bytes()), locale=_LOCALES.get(language, "en-GB"), validate=False)


def citation(work: Work, shown: Shown) -> str:
    """The line with which the work is cited, in the language of the page and without mark-up."""
    said = item(work, shown)
    said.pop("abstract", None)
    if work.doi:
        said.pop("URL")
    said["id"] = "work"
    # The library only knows names in two parts, and takes a literal one for no name at all.
    for role in ("author", "editor", "translator"):
        said[role] = [{"family": one["literal"]} if "literal" in one else one for one in said.get(role, [])]
        if not said[role]:
            del said[role]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bibliography = CitationStylesBibliography(_style(shown.language), CiteProcJSON([said]), formatter.plain)
        bibliography.register(Citation([CitationItem("work")]))
        line = str(bibliography.bibliography()[0])
    # A title that ends with a full stop gets a second one.
    line = re.sub(r"(?<!\.)\.\.(?!\.)", ".", " ".join(line.split()))
    return f"{line} ({shown.remark})" if shown.remark else line
