# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A paper is opened, written, commented, laid before the partners, signed, decided and replaced, by who may."""

from __future__ import annotations

from typing import Any

import pytest

from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import VISITOR, NotAllowed
from mainport.cycle.actions import papers
from mainport.cycle.actions.papers import Refused, Stale, Undecidable
from mainport.cycle.models import Book, Comment, Paper, SectionVersion, SignOff
from mainport.cycle.queries import papers as queries
from mainport.monitor.models import Edition
from tests.integration.cycle.stage import OFFICE, coordinator, decided, laid, money_of_2023, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("groningen")]

PLAN = "annual-plan"


def section_of(paper: Paper, key: str = "priorities") -> Any:
    return paper.sections.get(key=key)


# --- Opening ---


def test_opening_lays_out_the_sections_with_one_a_goal_and_sector() -> None:
    paper = papers.open(by=OFFICE, kind="annual-report", year=2023)
    keys = list(paper.sections.values_list("key", flat=True))
    assert keys[:2] == ["foreword", "summary"]
    assert {"goal-ecosystem", "sector-energy", "chapter-organisation"} <= set(keys)
    assert AuditEvent.objects.get(action="paper.open").subject == "paper:annual-report-2023-v1"


@pytest.mark.parametrize(
    ("kind", "year", "said"),
    [
        ("novel", 2023, "kind: found novel, expected implementation-agenda, annual-plan"),
        ("", 2023, "kind: found nothing"),
        (PLAN, 1900, "year: found 1900, expected a year from 2000 to 2100"),
    ],
)
def test_what_cannot_be_opened_is_refused(kind: str, year: int, said: str) -> None:
    with pytest.raises(Refused, match=said):
        papers.open(by=OFFICE, kind=kind, year=year)
    assert not Paper.objects.exists()


def test_one_paper_a_kind_and_year_is_being_made() -> None:
    papers.open(by=OFFICE, kind=PLAN, year=2023)
    with pytest.raises(Refused, match="version 1, that is being made"):
        papers.open(by=OFFICE, kind=PLAN, year=2023)


def test_a_paper_takes_order_and_writers_of_the_year_before_and_no_texts(cast: Any) -> None:
    old = written(PLAN, 2022)
    papers.assign(by=OFFICE, section=section_of(old, "goal-labour"), organisation="hanze")
    old.sections.filter(key="goal-labour").update(position=0)
    old.sections.exclude(key="goal-labour").filter(position=0).update(position=1)
    new = papers.open(by=OFFICE, kind=PLAN, year=2023)
    first = new.sections.first()
    assert first
    assert first.key == "goal-labour"
    assert first.writer
    assert first.writer.key == "hanze"
    assert not any(new.sections.values_list("text", flat=True))


@pytest.mark.parametrize("who", ["alice", "bob", "erin", "frank"])
def test_only_the_programme_office_manages_papers(who: str, cast: Any) -> None:
    by = getattr(cast, who).actor
    with pytest.raises(NotAllowed):
        papers.open(by=by, kind=PLAN, year=2023)
    paper = laid(PLAN)
    for deed in (papers.lay_before, papers.take_back, papers.decide):
        with pytest.raises(NotAllowed):
            deed(by=by, paper=paper)
    with pytest.raises(NotAllowed):
        papers.assign(by=by, section=section_of(paper))


# --- Writing ---


def test_a_text_that_changes_keeps_what_it_was_and_who_wrote_it(cast: Any) -> None:
    paper = papers.open(by=OFFICE, kind=PLAN, year=2023)
    section = papers.write(by=OFFICE, section=section_of(paper), text={"nl": "Eerst", "en": "First"}, revision=1)
    section = papers.write(by=cast.dave.actor, section=section, text={"nl": " Dan "}, revision=2)
    assert (section.revision, section.changed_by) == (3, "Dave")
    assert section.text == {"nl": "Dan", "en": "First"}
    assert [version.text for version in queries.section_versions(OFFICE, section)] == [
        {"nl": "Eerst", "en": "First"},
        {},
    ]
    assert queries.section_versions(VISITOR, section) == []


def test_the_same_text_again_changes_nothing() -> None:
    paper = papers.open(by=OFFICE, kind=PLAN, year=2023)
    section = papers.write(by=OFFICE, section=section_of(paper), text={"nl": "Zo"}, revision=1)
    assert papers.write(by=OFFICE, section=section, text={"nl": "Zo "}, revision=2).revision == 2
    assert SectionVersion.objects.count() == 1


def test_a_form_that_was_opened_before_anothers_change_is_refused() -> None:
    paper = papers.open(by=OFFICE, kind=PLAN, year=2023)
    section = section_of(paper)
    papers.write(by=OFFICE, section=section, text={"nl": "Van Dave"}, revision=1)
    with pytest.raises(Stale, match="found revision 1, expected 2: Dave changed it meanwhile"):
        papers.write(by=OFFICE, section=section, text={"nl": "Van een ander"}, revision=1)
    assert section_of(paper).text == {"nl": "Van Dave"}


def test_an_organisation_writes_where_a_section_was_given_to_it(cast: Any) -> None:
    paper = papers.open(by=OFFICE, kind=PLAN, year=2023)
    section = papers.assign(by=OFFICE, section=section_of(paper, "goal-labour"), organisation="hanze")
    written_ = papers.write(by=cast.alice.actor, section=section, text={"nl": "Van Alice"}, revision=1)
    assert written_.changed_by == "Alice"
    for by in (cast.charlie.actor, cast.erin.actor, VISITOR):
        with pytest.raises(NotAllowed):
            papers.write(by=by, section=section, text={"nl": "x"}, revision=2)
    with pytest.raises(NotAllowed):
        papers.write(by=cast.alice.actor, section=section_of(paper), text={"nl": "x"}, revision=1)
    with pytest.raises(Refused, match="organisation: found nobody"):
        papers.assign(by=OFFICE, section=section, organisation="nobody")


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("priorities", {"fr": "x"}, "text: found fr, expected nl or en"),
        ("priorities", {"nl": "x" * 50_001}, "50001 characters"),
        ("calendar", {"nl": "x"}, "expected a section that people write"),
    ],
)
def test_what_cannot_be_written_is_refused(key: str, text: dict[str, str], said: str) -> None:
    paper = papers.open(by=OFFICE, kind=PLAN, year=2023)
    with pytest.raises(Refused, match=said):
        papers.write(by=OFFICE, section=section_of(paper, key), text=text, revision=1)
    assert section_of(paper, key).text == {}


# --- Comments ---


def test_comments_are_made_by_who_may_read_and_resolved_by_who_writes_or_made_them(cast: Any) -> None:
    paper = papers.open(by=OFFICE, kind=PLAN, year=2023)
    section = section_of(paper)
    comment = papers.comment(by=cast.erin.actor, section=section, words=" Te lang. ")
    assert (comment.words, comment.by_name) == ("Te lang.", "Erin")
    with pytest.raises(NotAllowed):
        papers.resolve(by=cast.bob.actor, comment=comment)
    assert papers.resolve(by=cast.erin.actor, comment=comment).resolved_by == "Erin"
    assert papers.resolve(by=OFFICE, comment=comment).resolved_by == "Erin"
    with pytest.raises(NotAllowed):
        papers.comment(by=VISITOR, section=section, words="x")
    with pytest.raises(Refused, match="words: found 0 characters"):
        papers.comment(by=OFFICE, section=section, words="  ")
    assert Comment.objects.count() == 1


# --- Before the partners ---


def test_a_paper_with_a_text_missing_is_not_laid_before_the_partners() -> None:
    paper = papers.open(by=OFFICE, kind=PLAN, year=2023)
    with pytest.raises(Refused, match="section priorities: found no text in nl and en, expected one; section co-fin"):
        papers.lay_before(by=OFFICE, paper=paper)
    assert Paper.objects.get().state == "draft"


def test_texts_rest_while_partners_sign_and_signatures_end_when_it_is_taken_back() -> None:
    paper = laid(PLAN)
    section = section_of(paper)
    with pytest.raises(Refused, match="state: found signing, expected draft"):
        papers.write(by=OFFICE, section=section, text={"nl": "Anders"}, revision=section.revision)
    paper = papers.take_back(by=OFFICE, paper=paper, why="a mistake")
    assert not SignOff.objects.exists()
    event = AuditEvent.objects.get(action="paper.take-back")
    assert event.data["signed"]["hanze"] is True
    papers.write(by=OFFICE, section=section, text={"nl": "Anders"}, revision=section.revision)
    with pytest.raises(Refused, match="state: found draft, expected signing"):
        papers.sign(by=coordinator("hanze"), paper=paper, organisation="hanze", agrees=True)


def test_a_partner_signs_for_itself_only(cast: Any) -> None:
    paper = laid(PLAN, signed=False)
    bob = cast.bob.actor
    for by, organisation in ((bob, "rug"), (cast.alice.actor, "hanze"), (OFFICE, "hanze")):
        with pytest.raises(NotAllowed):
            papers.sign(by=by, paper=paper, organisation=organisation, agrees=True)
    with pytest.raises(Refused, match="reason: found nothing"):
        papers.sign(by=bob, paper=paper, organisation="hanze", agrees=False)
    papers.sign(by=bob, paper=paper, organisation="hanze", agrees=False, reason="Te duur.")
    papers.sign(by=bob, paper=paper, organisation="hanze", agrees=True)
    said = SignOff.objects.get()
    assert (said.agrees, said.reason, said.by_name) == (True, "", "Bob")
    with pytest.raises(Refused, match="organisation: found new-energy-coalition"):
        papers.sign(
            by=coordinator("new-energy-coalition"), paper=paper, organisation="new-energy-coalition", agrees=True
        )


# --- Deciding ---


def test_deciding_keeps_what_it_says_with_the_ledgers_number_and_an_edition() -> None:
    money_of_2023()
    paper = papers.decide(by=OFFICE, paper=laid(PLAN), decision="2023-01")
    paper.refresh_from_db()
    assert (paper.state, paper.decision) == ("decided", "2023-01")
    assert paper.edition == Edition.objects.get(key="annual-plan-2023-v1")
    assert paper.edition.known_at == paper.decided_at
    assert paper.through == Book.objects.get().last_number == 21
    assert paper.content is not None
    assert set(paper.content) == {"nl", "en"}
    assert paper.sha256 == papers.digest(paper.content)
    document = queries.document(VISITOR, paper, "en")
    assert document.state.startswith("decided on")
    assert "decision 2023-01" in document.state
    event = AuditEvent.objects.get(action="paper.decide")
    assert event.data["sha256"] == paper.sha256


def test_without_every_partner_it_is_decided_only_if_the_decision_says_so() -> None:
    paper = laid(PLAN, signed=False)
    papers.sign(by=coordinator("hanze"), paper=paper, organisation="hanze", agrees=False, reason="Te duur.")
    with pytest.raises(Undecidable) as caught:
        papers.decide(by=OFFICE, paper=paper)
    assert "signature of hanze: found a refusal: Te duur., expected agreement" in caught.value.troubles
    assert "signature of rug: found nothing, expected agreement" in caught.value.troubles
    assert len(caught.value.troubles) == 8
    assert not Edition.objects.exists()
    papers.decide(by=OFFICE, paper=paper, ahead="The steering group goes ahead.")
    assert AuditEvent.objects.get(action="paper.decide").why == "The steering group goes ahead."


def test_a_draft_and_a_decided_paper_are_not_decided() -> None:
    with pytest.raises(Refused, match="state: found draft, expected signing"):
        papers.decide(by=OFFICE, paper=written(PLAN))
    with pytest.raises(Refused, match="state: found decided"):
        papers.decide(by=OFFICE, paper=decided(PLAN, 2024))


def test_an_edition_that_is_there_stops_the_decision_whole() -> None:
    from mainport.monitor.actions import editions

    editions.freeze(by=OFFICE, key="annual-plan-2023-v1", title={"mul": "taken"})
    paper = laid(PLAN)
    with pytest.raises(Undecidable, match="there is an edition annual-plan-2023-v1 already"):
        papers.decide(by=OFFICE, paper=paper)
    assert Paper.objects.get().state == "signing"


def test_a_crash_while_it_is_kept_leaves_no_edition_and_no_decision(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = laid(PLAN)

    def breaks(*_args: Any, **_kwargs: Any) -> Any:
        raise OSError("the machine stopped")

    monkeypatch.setattr(papers, "digest", breaks)
    with pytest.raises(OSError, match="stopped"):
        papers.decide(by=OFFICE, paper=paper)
    assert not Edition.objects.exists()
    assert Paper.objects.get().state == "signing"


def test_a_later_version_replaces_the_first_and_both_stay_readable() -> None:
    first = decided(PLAN)
    second = papers.open(by=OFFICE, kind=PLAN, year=2023)
    assert second.version == 2
    section = section_of(second)
    assert section.text["en"] == "Text of priorities."
    papers.write(by=OFFICE, section=section, text={"en": "Changed."}, revision=section.revision)
    second = papers.lay_before(by=OFFICE, paper=second)
    second = papers.decide(by=OFFICE, paper=second, ahead="as before")
    first.refresh_from_db()
    assert (first.state, second.state) == ("replaced", "decided")
    assert queries.in_force(PLAN, 2023) == second
    for version, said in ((1, "Text of priorities."), (2, "Changed.")):
        document = queries.document(VISITOR, queries.find(VISITOR, PLAN, 2023, version), "en")
        assert any(getattr(block, "text", "") == said for block in document.blocks)


# --- Who sees what ---


def test_a_draft_is_seen_by_who_writes_or_reads_money_and_a_decided_paper_by_all(cast: Any) -> None:
    paper = written(PLAN)
    papers.comment(by=OFFICE, section=section_of(paper), words="Kort.")
    for person in (cast.alice, cast.bob, cast.dave, cast.erin):
        assert [line.paper for line in queries.papers(person.actor)] == [paper]
    for by in (VISITOR, cast.frank.actor):
        assert queries.papers(by) == []
        with pytest.raises(queries.NoSuchPaper):
            queries.view(by, PLAN, 2023)
        with pytest.raises(queries.NoSuchPaper):
            queries.document(by, paper, "nl")
    paper = papers.lay_before(by=OFFICE, paper=paper)
    papers.decide(by=OFFICE, paper=paper, ahead="yes")
    seen = queries.view(VISITOR, PLAN, 2023)
    assert seen.paper == paper
    assert not any(view.comments for view in seen.sections)
    assert [line.paper for line in queries.papers(VISITOR)] == [paper]


def test_a_page_of_a_paper_asks_few_questions(
    cast: Any,
    django_assert_max_num_queries: Any,
) -> None:
    paper = laid(PLAN)
    papers.comment(by=OFFICE, section=section_of(paper), words="Kort.")
    by = cast.bob.actor
    with django_assert_max_num_queries(8):
        seen = queries.view(by, PLAN, 2023)
    assert [one.organisation for one in seen.signatures if one.may_sign] == ["hanze"]
    assert sum(view.open_comments for view in seen.sections) == 1
    assert not any(view.may_write for view in seen.sections)
    with django_assert_max_num_queries(3):
        [line] = queries.papers(by)
    assert (line.comments, line.agreed, line.partners, line.written) == (1, 8, 8, 2)
