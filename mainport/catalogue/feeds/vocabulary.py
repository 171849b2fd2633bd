# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the sources call a type, a licence and a right of access, in our words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mainport.catalogue.rules.faults import Fault
from mainport.catalogue.rules.texts import UNKNOWN, Day, day, language
from mainport.catalogue.rules.works import Access, Author, WorkFile, WorkType, is_address

#: By the last part of the term, in small letters without spaces: info:eu-repo, COAR, DataCite, DCMI, BibTeX, RIS,
#: schema.org and Pure.
_TYPES = {
    WorkType.THESIS: "bachelorthesis masterthesis studentthesis thesis mastersthesis bachelorsthesis thes c_7a1f c_bdcc"
    " c_46ec scriptie afstudeerscriptie bachelorscriptie masterscriptie",
    WorkType.DOCTORAL_THESIS: "doctoralthesis phdthesis phdthesis-internal dissertation proefschrift c_db06",
    WorkType.INTERNSHIP_REPORT: "internshipreport stageverslag stagerapport",
    WorkType.TRAINEE_REPORT: "traineereport traineeverslag traineerapport",
    WorkType.ARTICLE: "article journalarticle scholarlyarticle magazinearticle newspaperarticle artikel"
    " review bookreview contributiontoperiodical contributiontojournal"
    " jour datapaper c_6501 c_2df8fbb1 c_dcae04bc c_efa0 c_beb9 c_998f c_7bab c_3e5a",
    WorkType.PREPRINT: "preprint workingpaper submittedarticle discussionpaper c_816b c_8042",
    WorkType.CONFERENCE_PAPER: "conferenceobject conferencepaper conferenceitem proceedings-article inproceedings"
    " conferenceproceeding conferenceproceedings conferencecontribution contributiontoconference proceedings conf"
    " cpaper c_5794 c_18cp c_f744 c_c94f",
    WorkType.BOOK: "book monograph editedbook boek anthology c_2f33",
    WorkType.CHAPTER: "bookpart bookchapter book-chapter incollection inbook chap chapter c_3248",
    WorkType.REPORT: "report researchreport technicalreport techreport reporttype rprt policyreport rapport"
    " commissioned projectdeliverable c_93fc c_18ws c_18gh c_18wq c_18ww c_18op c_18hj c_186u c_ba1f",
    WorkType.DATASET: "dataset data c_ddb1 acf7-8yt9 fxf3-d3g7 nhd0-w6sy 2h0m-x761",
    WorkType.SOFTWARE: "software softwaresourcecode softwareapplication computationalnotebook comp c_5ce6 c_c950"
    " qh80-2r4e",
    WorkType.LEARNING_MATERIAL: "learningobject learningresource learningmaterial lecture lesson leermateriaal c_e059"
    " c_8544",
    WorkType.PRESENTATION: "presentation presentationdigitaldocument conferenceposter poster slide c_6670 c_18co"
    " r60j-j5bd",
    WorkType.MEDIA: "audiovisual image movingimage stillimage sound video videoobject audioobject imageobject podcast"
    " photo photograph interactiveresource digitalorvisualproducts c_12ce c_18cc c_8a7e c_c513 c_ecc8 c_e9a0",
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
    "embargoed": Access.EMBARGOED,
    "closed": Access.RESTRICTED,
}


def _last(term: str) -> str:
    return re.sub(r"[\s'’]+", "", re.split(r"[/#]", term.strip().rstrip("/"))[-1]).lower()


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
    if re.fullmatch(
        r"(?:https?://)?(?:www\.)?creativecommons\.org/publicdomain/mark/1\.0(?:/.*)?|pdm-?10|CC-PDM-1\.0", words, re.I
    ):
        return "CC-PDM-1.0"
    # The addresses of rights of access stand in the same fields.
    return words if is_address(words) and access([words]) is Access.UNKNOWN else ""


#: What says that nothing is licensed, or that nobody knows: neither a licence nor a fault.
_UNLICENSED = (
    "yes no none unknown geen onbekend copyright other unspecified niet-gespecificeerd allrightsreserved"
    " alle-rechten-voorbehouden allerechtenvoorbehouden ja nee"
)
_NO_LICENCE = frozenset(_UNLICENSED.split())


def licence_of(terms: Iterable[str], where: str, faults: list[Fault]) -> str:
    """The first licence among these terms; without one, a fault for each word that is no right of access either."""
    told = [term.strip() for term in terms if term.strip()]
    if found := next(filter(None, map(licence, told)), ""):
        return found
    faults += [
        Fault(where, term[:200], "a licence such as CC-BY-4.0 or its address")
        for term in told
        if _last(term).strip(".") not in _NO_LICENCE and access([term]) is Access.UNKNOWN
    ]
    return ""


_NO_LANGUAGE = frozenset({"", UNKNOWN, "unk", "zxx", "mis", "none", "x-none", "unknown", "other", "overig", "onbekend"})


def language_of(words: str, where: str, faults: list[Fault]) -> str:
    """The code of a language as a record names it; words that name none are told."""
    code = language(words)
    if code == UNKNOWN and words.strip().lower() not in _NO_LANGUAGE:
        faults.append(Fault(where, words[:200], "a language such as nl or dut"))
    return code


_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_DUTCH = re.compile(r"(\d\d?)[-/.](\d\d?)[-/.](\d{4})")


def day_of(words: str, where: str, faults: list[Fault]) -> Day | None:
    """A date as libraries write it as well: [2014], c2014, 20140531 and 31-05-2014; one that is none is told."""
    bare = re.sub(r"^(?:ca?\.?|©|cop\.)\s*(?=\d)", "", words.strip().strip("[]?. "))
    if not bare:
        return None
    if compact := _COMPACT.fullmatch(bare):
        bare = "-".join(compact.groups())
    elif dutch := _DUTCH.fullmatch(bare):
        bare = "-".join(reversed(dutch.groups()))
    found = day(bare)
    if found is None:
        faults.append(Fault(where, words[:200], "a date such as 2024-05-31"))
    return found


#: Codes of MARC's relators, and the words that Dutch repositories use.
_ROLES = {
    "aut": "author", "cre": "author", "creator": "author", "auteur": "author", "student": "author",
    "edt": "editor", "redacteur": "editor", "ths": "supervisor", "dgs": "supervisor", "begeleider": "supervisor",
    "thesisadvisor": "supervisor", "advisor": "supervisor", "trl": "translator", "ctb": "contributor",
    "pbl": "publisher", "uitgever": "publisher", "dgg": "grantor", "degreegrantor": "grantor", "fnd": "funder",
    "spn": "funder", "opponent": "opponent", "ill": "illustrator",
}  # fmt: skip


def role(term: str) -> str:
    """What somebody did, in our words where we have one; else in those of the source."""
    name = _last(term)
    return _ROLES.get(name, name)


def access_of(files: Sequence[WorkFile]) -> Access:
    """The access to a work of which only the files tell it: the widest of theirs."""
    told = {file.access for file in files}
    return next((kind for kind in Access if kind in told), Access.UNKNOWN)


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
