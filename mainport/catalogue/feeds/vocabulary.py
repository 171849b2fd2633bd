# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the sources call a type, a licence and a right of access, in our words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mainport.catalogue.rules.texts import UNKNOWN
from mainport.catalogue.rules.works import Access, Author, WorkType, is_address

#: By the last part of the term, in small letters without spaces: info:eu-repo, COAR, DataCite, DCMI, BibTeX and RIS.
_TYPES = {
    WorkType.THESIS: "bachelorthesis masterthesis studentthesis thesis mastersthesis thes c_7a1f c_bdcc scriptie",
    WorkType.DOCTORAL_THESIS: "doctoralthesis phdthesis dissertation c_db06",
    WorkType.ARTICLE: "article journalarticle review bookreview contributiontoperiodical jour datapaper c_6501",
    WorkType.PREPRINT: "preprint workingpaper submittedarticle c_816b",
    WorkType.CONFERENCE_PAPER: "conferenceobject conferencepaper conferenceitem proceedings-article inproceedings"
    " conferenceproceeding proceedings conf cpaper c_5794",
    WorkType.BOOK: "book monograph editedbook c_2f33",
    WorkType.CHAPTER: "bookpart bookchapter book-chapter incollection inbook chap chapter c_3248",
    WorkType.REPORT: "report researchreport technicalreport techreport reporttype rprt policyreport c_93fc",
    WorkType.DATASET: "dataset data c_ddb1",
    WorkType.SOFTWARE: "software computationalnotebook comp c_5ce6",
    WorkType.LEARNING_MATERIAL: "learningobject learningresource learningmaterial lecture lesson c_e059",
    WorkType.PRESENTATION: "presentation conferenceposter poster slide c_6670 c_c94f",
    WorkType.MEDIA: "audiovisual image movingimage stillimage sound video photo interactiveresource",
}
_TYPE_OF = {name: kind for kind, names in _TYPES.items() for name in names.split()}

_ACCESS = {
    "openaccess": Access.OPEN,
    "open": Access.OPEN,
    "c_abf2": Access.OPEN,
    "embargoedaccess": Access.EMBARGOED,
    "c_f1cf": Access.EMBARGOED,
    "restrictedaccess": Access.RESTRICTED,
    "closedaccess": Access.RESTRICTED,
    "restricted": Access.RESTRICTED,
    "c_16ec": Access.RESTRICTED,
    "metadataonlyaccess": Access.METADATA_ONLY,
    "c_14cb": Access.METADATA_ONLY,
}


def _last(term: str) -> str:
    return re.sub(r"\s+", "", re.split(r"[/#]", term.strip().rstrip("/"))[-1]).lower()


def work_type(terms: Iterable[str]) -> WorkType:
    """The type that the first of these terms names that is known."""
    return next((_TYPE_OF[name] for term in terms if (name := _last(term)) in _TYPE_OF), WorkType.OTHER)


def access(terms: Iterable[str]) -> Access:
    """The access that the first of these terms names that is known."""
    return next((_ACCESS[name] for term in terms if (name := _last(term)) in _ACCESS), Access.UNKNOWN)


_CC_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?creativecommons\.org/licenses/(by(?:-nc)?(?:-sa|-nd)?)/(\d\.\d)(?:/.*)?", re.I
)
_CC_WORDS = re.compile(r"CC[ -](BY(?:[ -]NC)?(?:[ -](?:SA|ND))?)(?:[ -]v?(\d)\.?(\d))?(?:[ -]International)?", re.I)
_SPDX = re.compile(r"(?:https?://spdx\.org/licenses/)?(CC0-1\.0|MIT|Apache-2\.0|EUPL-1\.2|GPL-3\.0-(?:only|or-later))")


def licence(term: str) -> str:
    """A licence by its SPDX identifier, or by its address where it has none that we know; '' for other words.

    >>> licence("https://creativecommons.org/licenses/by-sa/4.0/deed.nl"), licence("cc-by-nc-30"), licence("© UG")
    ('CC-BY-SA-4.0', 'CC-BY-NC-3.0', '')
    """
    words = term.strip()
    if found := _CC_ADDRESS.fullmatch(words):
        return f"CC-{found[1].upper()}-{found[2]}"
    if found := _CC_WORDS.fullmatch(words):
        # Some name no version; which one was meant is not ours to say.
        version = f"-{found[2]}.{found[3]}" if found[2] else ""
        return f"CC-{found[1].upper().replace(' ', '-')}{version}"
    if re.fullmatch(
        r"(?:https?://)?(?:www\.)?creativecommons\.org/publicdomain/zero/1\.0(?:/.*)?|CC0|cc-?0-?10", words, re.I
    ):
        return "CC0-1.0"
    if found := _SPDX.fullmatch(words.removesuffix(".html")):
        return found[1]
    return words if is_address(words) and "info:eu-repo" not in words else ""


def author(name: str, role: str = "author") -> Author:
    """Somebody by a name as catalogues write it: "Family, Given" is taken apart, anything else stays whole."""
    family, comma, given = (part.strip() for part in " ".join(name.split()).partition(","))
    if comma and family and given:
        return Author(f"{given} {family}", family=family, given=given, role=role)
    return Author(" ".join(name.split()).strip(" ,"), role=role)


def add_text(texts: dict[str, str], spare: dict[str, str], code: str, words: str) -> None:
    """Puts a text under its language; a second one in the same language goes to the spare ones."""
    for target in (texts, spare):
        if words and code not in target:
            target[code] = words
            return


def settle(texts: dict[str, str], code: str) -> dict[str, str]:
    """Texts of which nobody stated the language are in that of the work, if it has one and no other text has it."""
    if code != UNKNOWN and UNKNOWN in texts and code not in texts:
        return {code if key == UNKNOWN else key: value for key, value in texts.items()}
    return texts
