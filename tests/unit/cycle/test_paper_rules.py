# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What papers are made of, and what of them must be written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mainport.cycle.rules.papers import (
    PaperKind,
    Part,
    Pillar,
    Written,
    in_order,
    lacking,
    leverage,
    paragraphs,
    sections,
    uncovered,
)

PILLARS = (Pillar("goal:ecosystem", {"nl": "Doel", "en": "Goal"}), Pillar("sector:energy", {"mul": "Energy"}))


@pytest.mark.parametrize("kind", [*PaperKind, "something-else"])
def test_every_kind_has_sections_with_unique_keys_and_titles_in_both_languages(kind: str) -> None:
    found = sections(kind, PILLARS)
    keys = [plan.key for plan in found]
    assert len(keys) == len(set(keys))
    assert any(plan.written is Written.REQUIRED for plan in found)
    for plan in found:
        assert plan.element or (plan.title["nl"] and plan.title["en"])
        assert plan.parts or plan.written is not Written.NEVER
        assert plan.prompt is None or set(plan.prompt) == {"nl", "en"}


def test_a_report_has_a_section_for_each_goal_and_sector_in_the_agendas_order() -> None:
    found = sections(PaperKind.ANNUAL_REPORT, PILLARS)
    about = [plan for plan in found if plan.element]
    assert [plan.key for plan in about] == ["goal-ecosystem", "sector-energy"]
    assert all(plan.parts == (Part.PILLAR_REPORT,) for plan in about)


def test_a_paper_takes_the_order_of_the_one_before_and_puts_what_is_new_in_its_place() -> None:
    plans = sections(PaperKind.BUDGET, ())
    usual = [plan.key for plan in plans]
    before = ["years", *[key for key in usual if key not in ("years", "cover")], "gone"]
    found = [plan.key for plan in in_order(plans, before)]
    assert found[0] == "years"
    assert found.index("cover") == found.index("budget") + 1
    assert sorted(found) == sorted(usual)
    assert [plan.key for plan in in_order(plans, [])] == usual


def test_a_required_text_is_asked_for_in_every_language_and_an_optional_one_in_all_or_none() -> None:
    plans = sections(PaperKind.BUDGET, ())
    missing = lacking(plans, {"cover": {"nl": "Dekking"}}, ("nl", "en"))
    assert [str(one) for one in missing] == [
        "section explanation: found no text in nl and en, expected one",
        "section cover: found no text in en, expected one",
    ]
    texts = {"explanation": {"nl": "a", "en": "b"}, "cover": {"nl": " ", "en": ""}}
    assert lacking(plans, texts, ("nl", "en")) == []


def test_an_empty_line_parts_paragraphs() -> None:
    assert paragraphs("One\ntwo.\r\n\r\n  Three. \n\n\n\n") == ["One two.", "Three."]
    assert paragraphs(" \n ") == []


def test_leverage_and_what_is_uncovered() -> None:
    assert leverage(Decimal(250), Decimal(100)) == Decimal("2.50")
    assert leverage(Decimal(1), Decimal(3)) == Decimal("0.33")
    assert leverage(Decimal(250), Decimal(0)) is None
    assert uncovered(Decimal(100), Decimal(40)) == Decimal(60)
    assert uncovered(Decimal(40), Decimal(100)) == Decimal(0)
