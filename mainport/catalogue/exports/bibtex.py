# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""BibTeX, in UTF-8: what LaTeX and reference managers read."""

from __future__ import annotations

import re

from mainport.catalogue.exports.shown import (
    Shown,
    licence_name,
    one_line,
    own_language,
    persistent,
    publisher_of,
    title_of,
)
from mainport.catalogue.rules.works import Author, Scheme, Work, WorkType

MEDIA_TYPE = "application/x-bibtex"

#: The kind of entry, and the field that names who brought it out.
_ENTRIES = {
    WorkType.THESIS: ("mastersthesis", "school"),
    WorkType.DOCTORAL_THESIS: ("phdthesis", "school"),
    WorkType.INTERNSHIP_REPORT: ("techreport", "institution"),
    WorkType.TRAINEE_REPORT: ("techreport", "institution"),
    WorkType.ARTICLE: ("article", "publisher"),
    WorkType.CONFERENCE_PAPER: ("inproceedings", "publisher"),
    WorkType.BOOK: ("book", "publisher"),
    WorkType.CHAPTER: ("incollection", "publisher"),
    WorkType.REPORT: ("techreport", "institution"),
}
#: The words by which readers tell apart what BibTeX has no entry for.
_WORDS = {
    WorkType.THESIS: "Student thesis",
    WorkType.INTERNSHIP_REPORT: "Internship report",
    WorkType.TRAINEE_REPORT: "Trainee report",
    WorkType.DATASET: "Dataset",
    WorkType.SOFTWARE: "Software",
    WorkType.PREPRINT: "Preprint",
    WorkType.LEARNING_MATERIAL: "Learning material",
    WorkType.PRESENTATION: "Presentation",
}
_BABEL = {"nl": "dutch", "en": "english", "de": "german", "fr": "french", "fy": "frisian"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def write(work: Work, shown: Shown) -> str:
    """One entry."""
    kind, house = _ENTRIES.get(work.type, ("misc", "publisher"))
    fields = {
        "title": f"{{{_text(title_of(work))}}}",
        "author": " and ".join(_name(one) for one in work.authors if one.role == "author"),
        "editor": " and ".join(_name(one) for one in work.authors if one.role == "editor"),
        "year": str(work.published.year) if work.published else "",
        "month": _MONTHS[work.published.month - 1] if work.published and work.published.month else "",
        "date": str(work.published) if work.published else "",
        "type": _WORDS.get(work.type, ""),
        house: _text(publisher_of(work)),
        "doi": work.doi,
        "isbn": next((one.value for one in work.identifiers if one.scheme is Scheme.ISBN), ""),
        "url": persistent(work, shown),
        "langid": _BABEL.get(own_language(work), ""),
        "language": own_language(work),
        "keywords": ", ".join(_text(subject.label) for subject in work.subjects if subject.label),
        "abstract": _text(one_line(work.abstracts or work.summaries, work.language, shown.language)),
        "note": shown.remark,
        "copyright": _text(licence_name(work.licence)),
    }
    # The month is one of BibTeX's own words, which each style writes in its own language.
    lines = [
        f"  {name} = {value}," if name == "month" else f"  {name} = {{{value}}},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join([f"@{kind}{{{shown.key},", *lines, "}", ""])


def _text(text: str) -> str:
    """Words in which nothing is a command of LaTeX."""
    return re.sub(r"[\\{}&%$#_~^]", lambda found: _SPECIAL[found[0]], text)


def _name(author: Author) -> str:
    """A name that is taken apart as it was: family first; one that isn't taken apart at all in braces."""
    if author.is_organisation or not author.family:
        return f"{{{_text(author.name)}}}"
    return f"{_text(author.family)}, {_text(author.given)}" if author.given else f"{{{_text(author.family)}}}"
