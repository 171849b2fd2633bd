# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Our words for types, rights and licences in those of the world's repositories: COAR, info:eu-repo, Creative Commons.

Each is read back by feeds.vocabulary as what it was.
"""

from __future__ import annotations

import re

from mainport.catalogue.exports.markup import FORBIDDEN
from mainport.catalogue.rules.texts import UNKNOWN, Texts
from mainport.catalogue.rules.works import Access, Identifier, Scheme, WorkType

_COAR = "http://purl.org/coar/resource_type/"
_EU = "info:eu-repo/semantics/"

#: The terms of each type, the narrowest first. COAR has no reports of interns and trainees: ours come before its own.
TYPES: dict[WorkType, tuple[str, ...]] = {
    WorkType.THESIS: (f"{_COAR}c_46ec",),
    WorkType.DOCTORAL_THESIS: (f"{_EU}doctoralThesis", f"{_COAR}c_db06"),
    WorkType.INTERNSHIP_REPORT: ("InternshipReport", f"{_EU}report", f"{_COAR}c_93fc"),
    WorkType.TRAINEE_REPORT: ("TraineeReport", f"{_EU}report", f"{_COAR}c_93fc"),
    WorkType.ARTICLE: (f"{_EU}article", f"{_COAR}c_6501"),
    WorkType.PREPRINT: (f"{_EU}preprint", f"{_COAR}c_816b"),
    WorkType.CONFERENCE_PAPER: (f"{_EU}conferenceObject", f"{_COAR}c_5794"),
    WorkType.BOOK: (f"{_EU}book", f"{_COAR}c_2f33"),
    WorkType.CHAPTER: (f"{_EU}bookPart", f"{_COAR}c_3248"),
    WorkType.REPORT: (f"{_EU}report", f"{_COAR}c_93fc"),
    WorkType.DATASET: (f"{_COAR}c_ddb1", "http://purl.org/dc/dcmitype/Dataset"),
    WorkType.SOFTWARE: (f"{_COAR}c_5ce6", "http://purl.org/dc/dcmitype/Software"),
    WorkType.LEARNING_MATERIAL: (f"{_COAR}c_e059",),
    WorkType.PRESENTATION: ("Presentation", f"{_COAR}R60J-J5BD"),
    WorkType.MEDIA: ("Audiovisual", f"{_COAR}c_e9a0"),
    WorkType.OTHER: (f"{_EU}other", f"{_COAR}c_1843"),
}

#: OpenAIRE's terms and COAR's for a right of access.
ACCESS: dict[Access, tuple[str, str]] = {
    Access.OPEN: (f"{_EU}openAccess", "http://purl.org/coar/access_right/c_abf2"),
    Access.EMBARGOED: (f"{_EU}embargoedAccess", "http://purl.org/coar/access_right/c_f1cf"),
    Access.RESTRICTED: (f"{_EU}restrictedAccess", "http://purl.org/coar/access_right/c_16ec"),
    Access.METADATA_ONLY: ("http://purl.org/coar/access_right/c_14cb", "http://purl.org/coar/access_right/c_14cb"),
}

_CC = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-(\d\.\d)")


def licence_address(licence: str) -> str:
    """Where a licence can be read; the licence itself where it is an address, '' where there is no such place.

    >>> licence_address("CC-BY-NC-4.0"), licence_address("MIT")
    ('https://creativecommons.org/licenses/by-nc/4.0/', 'https://spdx.org/licenses/MIT.html')
    """
    if found := _CC.fullmatch(licence):
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    if licence == "CC0-1.0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    if licence == "CC-PDM-1.0":
        return "https://creativecommons.org/publicdomain/mark/1.0/"
    if licence.startswith(("https://", "http://")):
        return licence
    spdx = re.fullmatch(r"[A-Za-z][\w.+-]*\d[\w.+-]*|MIT|ISC|Zlib", licence)
    # A licence of Creative Commons without its version is no licence of SPDX.
    return f"https://spdx.org/licenses/{licence}.html" if spdx and not licence.startswith("CC-") else ""


def lang(code: str) -> str:
    """A language for xml:lang; '' where nobody stated one that XML knows (BCP 47)."""
    return code if code != UNKNOWN and re.fullmatch(r"[a-z]{2,3}", code) else ""


def in_order(texts: Texts, *main: str) -> list[tuple[str, str]]:
    """Texts that say something, those of the main languages first: databases keep them in an order of their own.

    >>> in_order({"en": "House", "fy": "Hûs", "nl": "Huis", "de": " "}, "fy")
    [('fy', 'Hûs'), ('nl', 'Huis'), ('en', 'House')]
    """
    first = [*main, "nl", "en"]
    said = ((code, words) for code, words in texts.items() if FORBIDDEN.sub("", words).strip())
    return sorted(said, key=lambda pair: (first.index(pair[0]) if pair[0] in first else len(first), pair[0]))


_URI = re.compile(r"(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9\-._~:/?#@!$&'()*+,;=])+")


def if_uri(words: str) -> str:
    """Words that can stand where a schema asks for a URI; '' for others."""
    return words if _URI.fullmatch(words) else ""


_BEFORE = {
    Scheme.DOI: "https://doi.org/",
    Scheme.HANDLE: "https://hdl.handle.net/",
    Scheme.ISBN: "urn:isbn:",
    Scheme.ISSN: "urn:issn:",
}


def uri(identifier: Identifier) -> str:
    """A number as an address or a name that says under which scheme it stands.

    >>> uri(Identifier(Scheme.DOI, "10.1000/x")), uri(Identifier(Scheme.ISBN, "9780306406157"))
    ('https://doi.org/10.1000/x', 'urn:isbn:9780306406157')
    """
    return _BEFORE.get(identifier.scheme, "") + identifier.value
