# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Invented seats, meetings and decisions (demo.yaml), with the invented people of `core.demo`.

Comes after the demonstrations of the agenda, of the money and of the papers: what those say was decided gets its
decision in the register, under the key that they name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from importlib import resources
from io import BytesIO
from typing import Any

import yaml
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst

from mainport.agenda import queries as agenda
from mainport.agenda.rules.elements import Kind
from mainport.board.actions import decisions, documents, follow_ups, items, meetings, seats
from mainport.board.actions.decisions import NewFollowUp
from mainport.board.models import Decision, FollowUp, Item, Meeting, Seat
from mainport.board.rules.changes import BudgetDecided, Change, PaperDecided, Virement
from mainport.board.rules.keys import is_decision_key
from mainport.board.rules.voting import Ballot, Choice
from mainport.core.models import Organisation, Person
from mainport.core.rules.permissions import Actor, Role
from mainport.cycle.models import Budget, Paper
from mainport.cycle.queries.totals import totals
from mainport.cycle.rules.chart import Code

Sketch = Mapping[str, Any]

_STEERING = "steering-group"
_FIRST = date(2022, 1, 1)
#: Of which the budget is shifted at the latest: the year of the meeting that does so.
_LAST_YEAR = 2024
_MOVED = Decimal("50000.00")
_TITLE = {
    _STEERING: {"nl": "Vergadering van de stuurgroep", "en": "Meeting of the steering group"},
    "coordinators": {"nl": "Overleg van de coördinatoren", "en": "Consultation of the coordinators"},
}
_MINUTES = {
    "nl": "De vergadering is geopend. De punten zijn in de volgorde van de agenda behandeld.",
    "en": "The meeting was opened. The items were dealt with in the order of the agenda.",
}


@transaction.atomic
def load(*, by: Actor) -> dict[str, int]:
    """Make what is missing: seats, meetings since 2023, decisions with their follow-ups, the next meeting.

    Nothing where the agenda has no steering group, or nobody is invented. How many of each were made.
    """
    made = {"seats": 0, "meetings": 0, "decisions": 0}
    bodies = {body.key for body in agenda.elements(Kind.BODY)}
    if _STEERING not in bodies or Meeting.objects.filter(demo=True).exists():
        return made
    made["seats"] = _seats(by, bodies)
    if not Seat.objects.filter(demo=True, body__key=_STEERING, role="member").exists():
        return made
    made["decisions"] += _enter_what_was_decided(by)
    sketches: dict[str, Any] = yaml.safe_load((resources.files("mainport.board") / "demo.yaml").read_bytes())
    for body in (_STEERING, "coordinators"):
        wanted = [_fitting(sketch) for sketch in sketches[body] if body in bodies and _has_been(sketch)]
        held = [_hold(by, body, sketch) for sketch in wanted if sketch["items"]]
        for number, meeting in enumerate(held):
            if number + 1 < len(held):
                meetings.close(by=by, meeting=meeting, adopted_in=held[number + 1])
        made["meetings"] += len(held)
    _plan_next(by, sketches["next"])
    made["meetings"] += 1
    made["decisions"] = Decision.objects.filter(demo=True).count()
    return made


# --- Seats ---


def _seats(by: Actor, bodies: set[str]) -> int:
    """Erin chairs, coordinators sit for their organisations, Dave is the secretary; reporters sit in the teams."""
    chair = _organisation("gemeente-groningen")
    made = 0
    people = Person.objects.filter(demo=True, is_active=True).order_by("pk")
    for person in people:
        for membership in person.memberships.select_related("organisation"):
            key = membership.organisation.key if membership.organisation else ""
            for body, role, organisation in _places(membership.role, key, chair):
                if body in bodies and not Seat.objects.filter(body__key=body, person=person).exists():
                    seats.take_seat(
                        by=by, body=body, person=person, role=role, organisation=organisation, start=_FIRST, demo=True
                    )
                    made += 1
    return made


def _places(role: str, organisation: str, chair: str) -> list[tuple[str, str, str]]:
    """(body, role there, organisation) that somebody with this role gets."""
    if role == Role.STEERING_GROUP and chair:
        return [(_STEERING, "chair", chair), ("lobby-team", "chair", chair)]
    if role == Role.PROGRAMME_OFFICE:
        return [(body, "secretary", "") for body in (_STEERING, "coordinators", "programme-office")]
    if role == Role.COORDINATOR and organisation:
        return [(_STEERING, "member", organisation), ("coordinators", "member", organisation)]
    if role == Role.REPORTER and organisation:
        return [("marketing-team", "member", organisation)]
    return []


def _organisation(key: str) -> str:
    """This organisation, or else the first that there is."""
    found = Organisation.objects.filter(key=key).first() or Organisation.objects.order_by("key").first()
    return found.key if found else ""


# --- What the money and the papers say was decided ---


def _enter_what_was_decided(by: Actor) -> int:
    """A decision in the register for each key that a budget or paper of the demonstration names."""
    named: dict[str, list[Change]] = {}
    for budget in Budget.objects.filter(demo=True).exclude(decision="").order_by("year", "version"):
        change: Change = BudgetDecided(budget.year, budget.version, before={"version": budget.version - 1 or None})
        named.setdefault(budget.decision, []).append(change)
    for paper in Paper.objects.filter(demo=True).exclude(decision="").order_by("year", "kind", "version"):
        change = PaperDecided(paper.kind, paper.year, paper.version, before={"state": "signing"})
        named.setdefault(paper.decision, []).append(change)
    known = set(Decision.objects.values_list("key", flat=True))
    made = 0
    for key, changes in sorted(named.items()):
        if key in known or not is_decision_key(key):
            continue
        # Plans and budgets before their year begins, accounts and reports in the spring after it.
        ahead = int(key[:4]) < max(getattr(change, "year", 0) for change in changes)
        day = min(date(int(key[:4]), *((12, 15) if ahead else (5, 15))), timezone.localdate())
        words = _words_of(changes)
        text = {
            "nl": f"De stuurgroep stelt vast: {words['nl']}.",
            "en": f"The steering group adopts: {words['en']}.",
        }
        title = {"nl": capfirst(f"{words['nl']} vastgesteld"), "en": capfirst(f"{words['en']} adopted")}
        decisions.enter(by=by, body=_STEERING, key=key, date=day, title=title, text=text, changes=changes, demo=True)
        made += 1
    return made


def _words_of(changes: Sequence[Change]) -> dict[str, str]:
    titles = {paper.key: paper.title for paper in agenda.elements(Kind.PAPER)}
    said: dict[str, list[str]] = {"nl": [], "en": []}
    for change in changes:
        for language, budget in (("nl", "begroting"), ("en", "budget")):
            if isinstance(change, BudgetDecided):
                said[language].append(f"{budget} {change.year}")
            elif isinstance(change, PaperDecided):
                title = titles.get(change.kind, {})
                said[language].append(f"{title.get(language) or title.get('mul') or change.kind} {change.year}")
    return {language: ", ".join(dict.fromkeys(words)) for language, words in said.items()}


# --- Meetings that were ---


def _start(sketch: Sketch) -> datetime:
    """The second Thursday of the month, at half past one."""
    year, month = map(int, sketch["at"].split("-"))
    first = date(year, month, 1)
    day = first + timedelta(days=(3 - first.weekday()) % 7 + 7)
    return timezone.make_aware(datetime.combine(day, time(13, 30)))


def _has_been(sketch: Sketch) -> bool:
    return _start(sketch) + timedelta(hours=2) < timezone.now()


def _fitting(sketch: Sketch) -> Sketch:
    """The meeting with what the demonstration has the money for."""
    return {**sketch, "items": [one for one in sketch["items"] if "change" not in one or _virement()]}


def _hold(by: Actor, body: str, sketch: Sketch) -> Meeting:
    meeting = _plan(by, body, _start(sketch))
    placed = [(_item(by, meeting, one), one) for one in sketch["items"]]
    for item, _sketch in placed:
        items.place(by=by, item=item)
    meeting = meetings.convene(by=by, meeting=meeting)
    invited = list(meeting.invitations.order_by("person_id").values_list("person_id", flat=True))
    meeting = meetings.hold_meeting(by=by, meeting=meeting, attended=invited[: max(len(invited) - 1, 1)])
    for item, one in placed:
        items.handle(by=by, item=item, notes=_MINUTES if not one.get("decision") else None)
        if one.get("decision"):
            _decide(by, meeting, item, one)
    return meetings.write_minutes(by=by, meeting=meeting, text=_MINUTES)


def _plan(by: Actor, body: str, start: datetime) -> Meeting:
    return meetings.plan(
        by=by,
        body=body,
        title=_TITLE[body],
        start=start,
        end=start + timedelta(hours=2),
        papers_due=start - timedelta(days=7),
        place="Stadhuis, Grote Markt 1, Groningen",
        demo=True,
    )


def _item(by: Actor, meeting: Meeting, sketch: Sketch) -> Item:
    known = {element.uid for element in agenda.elements(Kind.TASK)}
    organisation = sketch.get("by", "")
    confidential = sketch.get("confidential", {}).get("nl", "")
    item = items.propose(
        by=by,
        meeting=meeting,
        title=_text(sketch),
        organisation=organisation if Organisation.objects.filter(key=organisation).exists() else "",
        summary=sketch.get("summary"),
        purpose=sketch["purpose"],
        minutes=20 if sketch["purpose"] == "decide" else 15,
        elements=[uid for uid in sketch.get("about", ()) if uid in known],
        confidential=confidential,
    )
    if sketch.get("paper"):
        file = File(BytesIO(_paper(sketch)), name="notitie.pdf")
        documents.add_document(by=by, item=item, file=file, title=f"Notitie: {sketch['nl']}")
    return item


def _text(sketch: Sketch) -> dict[str, str]:
    return {"nl": sketch["nl"], "en": sketch["en"]}


def _decide(by: Actor, meeting: Meeting, item: Item, sketch: Sketch) -> Decision:
    changes = _virement() if sketch.get("change") == "virement" else []
    manner, votes = _votes(meeting, sketch)
    known = set(Organisation.objects.values_list("key", flat=True))
    wanted = [one for one in sketch.get("follow_ups", ()) if one["organisation"] in known]
    day = timezone.localdate(meeting.start)
    decision = decisions.decide(
        by=by,
        item=item,
        title=_text(sketch),
        text=sketch["decision"],
        manner=manner,
        votes=votes,
        changes=changes,
        follow_ups=[NewFollowUp(one["organisation"], _text(one), _due(one, day), _owner(one)) for one in wanted],
    )
    rows = {(row.organisation.key, row.words["en"]): row for row in decision.follow_ups.select_related("organisation")}
    for one in wanted:
        _end(by, rows[one["organisation"], one["en"]], one, day)
    return decision


def _due(sketch: Sketch, day: date) -> date:
    if "from_today" in sketch:
        return max(day, timezone.localdate() + timedelta(days=sketch["from_today"]))
    return day + timedelta(days=sketch["days"])


def _owner(sketch: Sketch) -> int | None:
    """Somebody invented of the organisation, the one who coordinates first."""
    people = Person.objects.filter(demo=True, memberships__organisation__key=sketch["organisation"])
    person = people.order_by("memberships__role").first()
    return person.pk if person else None


def _end(by: Actor, row: FollowUp, sketch: Sketch, day: date) -> None:
    if "done" in sketch:
        follow_ups.close(by=by, follow_up=row, note="Gedaan.")
        closed = min(day + timedelta(days=sketch["done"]), timezone.localdate())
        FollowUp.objects.filter(pk=row.pk).update(closed_on=closed)  # In the days of the demonstration.
    elif "dropped" in sketch:
        follow_ups.drop(by=by, follow_up=row, reason=sketch["dropped"])


def _votes(meeting: Meeting, sketch: Sketch) -> tuple[str, list[Ballot]]:
    """By vote where somebody who is there is against, else by consensus."""
    came = meeting.invitations.filter(attended=True, role__in=["chair", "member"]).select_related("organisation")
    present = sorted({row.organisation.key for row in came if row.organisation})
    against = set(sketch.get("against", ())) & set(present)
    if not against or len(present) < 2 * len(against) + 1:
        return "consensus", []
    return "vote", [Ballot(key, Choice.AGAINST if key in against else Choice.FOR) for key in present]


def _virement() -> list[Change]:
    """50,000 euro between two tasks, as far as the demonstration has them."""
    changes: list[Change] = []
    budgeted = totals([Code.BUDGETED], by=("year", "element", "fund", "cost"), where={"fund": "base"})
    enough = [t for t in budgeted if t.key[1].startswith("task:") and t.amount >= _MOVED and t.key[0] <= _LAST_YEAR]
    for total in sorted(enough, key=lambda t: (-t.key[0], -t.amount))[:1]:
        year, source, fund, cost = total.key
        others = [t.key[1] for t in budgeted if t.key[0] == year and t.key[1].startswith("task:")]
        others += [task.uid for task in agenda.elements(Kind.TASK)]
        target = next(uid for uid in others if uid != source)
        changes.append(Virement(year, source, target, fund, cost, _MOVED))
    return changes


# --- The meeting that comes ---


def _plan_next(by: Actor, sketch: Sketch) -> None:
    today = timezone.localdate()
    day = today + timedelta(days=21 + (3 - today.weekday()) % 7)
    meeting = _plan(by, _STEERING, timezone.make_aware(datetime.combine(day, time(13, 30))))
    for one in sketch["placed"]:
        items.place(by=by, item=_item(by, meeting, one))
    for one in sketch["proposed"]:
        _item(by, meeting, one)


# --- Papers ---


def _paper(sketch: Sketch) -> bytes:
    """A short note as PDF, marked as invented."""
    from mainport.cycle.exports import papers
    from mainport.cycle.rules.document import Document, Heading, Note, Paragraph

    summary = sketch.get("summary", {}).get("nl", "De leden ontvangen hierbij een toelichting op het voorstel.")
    return papers.render(
        Document(
            title=sketch["nl"],
            subtitle="Notitie voor de vergadering",
            language="nl",
            date=timezone.localdate().isoformat(),
            author="Programmabureau",
            blocks=(
                Note("Deze notitie is verzonnen, als voorbeeld.", "Voorbeeld"),
                Heading(1, "Voorstel"),
                Paragraph(summary),
                Heading(1, "Toelichting"),
                Paragraph(sketch.get("decision", {}).get("nl", "De vergadering wordt gevraagd dit te bespreken.")),
            ),
            footer="Verzonnen voorbeeld",
        ),
        "pdf",
    )
