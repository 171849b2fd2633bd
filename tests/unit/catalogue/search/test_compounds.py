# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Compounds are cut where a reader would cut them."""

import os
from itertools import pairwise
from pathlib import Path

import pytest

from mainport.catalogue.search.compounds import dictionary, fold, parts, region_terms

SHARED = Path(os.environ.get("MAINPORT_SHARED", Path(__file__).resolve().parents[5] / "shared"))


@pytest.mark.parametrize(
    ("word", "cut"),
    [
        ("aardbevingsschade", ("aardbeving", "schade")),
        ("schuldhulpverlening", ("schuld", "hulpverlening")),
        ("studentenhuisvesting", ("studenten", "huisvesting")),
        ("luchtbehandelingsmonteur", ("lucht", "behandeling", "monteur")),
        ("ziekenhuisapotheker", ("ziekenhuis", "apotheker")),
        ("jeugdgezondheidszorg", ("jeugd", "gezondheidszorg")),
        ("bedrijfsleider", ("bedrijf", "leider")),
        ("energietransitie", ("energie", "transitie")),
    ],
)
def test_compounds_are_cut_at_their_links(word: str, cut: tuple[str, ...]) -> None:
    assert parts(word) == cut


@pytest.mark.parametrize(
    "word",
    ["onderzoek", "overheid", "voorzitter", "verzekering", "universiteit", "maatschappelijke", "bibliotheek", "huis"],
)
def test_words_of_their_own_stay_whole(word: str) -> None:
    assert parts(word) == ()


@pytest.mark.parametrize("word", ["", "x" * 500, "日本語日本語日本語", "aaaaaaaaaaaaaaaa"])
def test_what_is_no_word_is_no_compound(word: str) -> None:
    assert parts(fold(word)) == ()


def test_the_region_adds_words_that_general_counts_miss() -> None:
    assert "waterstof" in region_terms()
    assert region_terms() <= dictionary().keys() | {term for term in region_terms() if len(term) <= 6}
    assert parts("waterstofschip") == ("waterstof", "schip")


@pytest.mark.shared
def test_against_the_list_of_surf() -> None:
    """SURF cuts compounds with a list of 53,175 words; of the pairs that it would glue, we find both parts again."""
    path = SHARED / "data" / "catalogue" / "decompound_word_list.nl.txt"
    if not path.exists():
        pytest.skip("needs ../shared")
    words = [word for word in map(fold, path.read_text(encoding="utf-8").split()) if 5 <= len(word) <= 9]
    known = dictionary()
    common = [word for word in words if word in known and known[word] > -12][::20]
    glued = [(one, other) for one, other in pairwise(common) if not parts(one)]
    found = sum(parts(one + other)[-1:] == (other,) for one, other in glued)
    assert len(glued) > 100
    assert found / len(glued) > 0.8
