# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from mainport.catalogue.rules.courses import DIGCOMP_LEVELS, is_competence
from mainport.catalogue.rules.digcomp import framework


def test_five_areas_21_competences_and_eight_levels() -> None:
    whole = framework()
    codes = [one.code for area in whole.areas for one in area.competences]
    assert [area.number for area in whole.areas] == [1, 2, 3, 4, 5]
    assert len(set(codes)) == 21
    assert codes == [
        f"{area}.{place}" for area in range(1, 6) for place in range(1, 10) if is_competence(f"{area}.{place}")
    ]
    assert [level.number for level in whole.levels] == list(DIGCOMP_LEVELS)
    assert len({level.band["en"] for level in whole.levels}) == 4


def test_everything_is_said_in_dutch_and_english() -> None:
    whole = framework()
    competences = [one for area in whole.areas for one in area.competences]
    texts = [area.label for area in whole.areas]
    texts += [text for level in whole.levels for text in (level.band, level.label)]
    texts += [text for one in competences for text in (one.label, one.question)]
    assert all(
        set(text) == {"nl", "en"} and all(isinstance(words, str) and words for words in text.values()) for text in texts
    )
    assert all(one.question[code].endswith("?") for one in competences for code in ("nl", "en"))


def test_a_competence_by_its_code() -> None:
    found = framework().competence("2.5")
    assert found is not None
    assert found.label["en"] == "Netiquette"
    assert framework().competence("1.4") is None
