# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Which records of different sources tell of one work or course, with the reasons and how certain that is.

Records are compared that share a key: a number, a title, or a piece of what titles and texts look like. Keys are plain
words, so that whoever keeps the records can look them up for a new one, and compare that with a few only.
"""

from mainport.catalogue.rules.matching.courses import course_keys, course_pairs
from mainport.catalogue.rules.matching.evidence import PERHAPS, SURE, Evidence, Pair, Reason
from mainport.catalogue.rules.matching.groups import groups
from mainport.catalogue.rules.matching.texts import likeness, signature
from mainport.catalogue.rules.matching.works import Entry, compare, keys, pairs

__all__ = [
    "PERHAPS",
    "SURE",
    "Entry",
    "Evidence",
    "Pair",
    "Reason",
    "compare",
    "course_keys",
    "course_pairs",
    "groups",
    "keys",
    "likeness",
    "pairs",
    "signature",
]
