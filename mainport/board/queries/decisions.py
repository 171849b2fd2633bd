# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The register of decisions: public where not confidential, with the reason where it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from mainport.agenda.models import Element
from mainport.agenda.queries import below
from mainport.board.models import Decision, Vote
from mainport.board.queries.asking import Unseen, asker_of
from mainport.board.queries.follow_ups import FollowUpView, follow_ups_of_decisions
from mainport.board.rules.openness import Asker, is_confidential
from mainport.board.rules.voting import Ballot, Choice, Manner, Tally, tally
from mainport.core.rules.permissions import VISITOR, Actor

if TYPE_CHECKING:
    from mainport.cycle.rules.papers import DecisionLine


@dataclass(frozen=True)
class Named:
    """An element of the agenda, as a page names it."""

    uid: str
    kind: str
    key: str
    title: Mapping[str, str]


@dataclass(frozen=True)
class VoteView:
    organisation: str
    organisation_name: str
    choice: Choice
    words: str


@dataclass(frozen=True)
class DecisionView:
    """A decision as this asker may read it: of one that is `withheld` only key, day, body and the reason stand."""

    id: int
    key: str
    day: date
    body: Named
    confidential: str  # the reason, '' where it is public
    public_from: date | None
    withheld: bool
    title: Mapping[str, str] | None
    text: Mapping[str, str] | None
    manner: Manner | None
    votes: Sequence[VoteView]
    #: `rules.changes.Change` as JSON, with what was there before.
    changes: Sequence[Mapping[str, Any]]
    elements: Sequence[Named]
    follow_ups: Sequence[FollowUpView]
    meeting: str  # key, '' where it wasn't taken in a meeting
    item: int | None
    replaced_by: str
    replaces: Sequence[str]
    demo: bool

    @property
    def tally(self) -> Tally:
        return tally(Ballot(vote.organisation, vote.choice) for vote in self.votes)


def register(
    by: Actor,
    *,
    body: str = "",
    year: int | None = None,
    words: str = "",
    element: Element | None = None,
    with_below: bool = True,
    since: date | None = None,
) -> list[DecisionView]:
    """Decisions, the newest first. At most seven queries, however many there are.

    `body` is a key; `element` narrows to those about it (and what lies below it). What is withheld from the asker
    isn't found by words or element, so that it can't be guessed what it is about.
    """
    asker = asker_of(by)
    rows = _rows()
    if body:
        rows = rows.filter(body__key=body)
    if year:
        rows = rows.filter(date__year=year)
    if since:
        rows = rows.filter(date__gte=since)
    if element is not None:
        about = Q(elements=element)
        if with_below:
            about |= Q(elements__in=below(element))
        rows = rows.filter(pk__in=Decision.objects.filter(about).values("pk"))
    found = list(rows)
    if element is not None or words:
        found = [row for row in found if not _is_withheld(row, asker)]
    if words:
        found = [row for row in found if _speaks(row, words)]
    return views_of(found, asker)


def decisions_about(by: Actor, elements: Collection[int]) -> list[DecisionView]:
    """Decisions about any of these elements (ids), the newest first, without what is withheld. At most six queries."""
    asker = asker_of(by)
    wanted = Decision.elements.through.objects.filter(element_id__in=elements).values("decision_id")
    rows = [row for row in _rows().filter(pk__in=wanted) if not _is_withheld(row, asker)]
    return views_of(rows, asker)


def decisions_of_meeting(by: Actor, meeting: str) -> list[DecisionView]:
    """What was decided in a meeting (its key), in the order of the agenda. At most six queries."""
    rows = _rows().filter(item__meeting__key=meeting).order_by("item__position", "key")
    return views_of(list(rows), asker_of(by))


def decision(by: Actor, key: str) -> DecisionView:
    """One decision, withheld where it must be. Raises Unseen. At most six queries."""
    row = _rows().filter(key=key).first()
    if row is None:
        raise Unseen(key)
    return views_of([row], asker_of(by))[0]


def find_decision(key: str) -> Decision:
    """The row, for actions of who may do them. Raises Unseen."""
    row = _rows().filter(key=key).first()
    if row is None:
        raise Unseen(key)
    return row


def lines_of(year: int) -> list[DecisionLine]:
    """The public decisions of a year, for the papers that tell of them. At most four queries."""
    from mainport.cycle.rules.papers import DecisionLine

    lines = []
    for view in register(VISITOR, year=year):
        if view.title:
            changed = [
                *(named.uid for named in view.elements),
                *(c["indicator"] for c in view.changes if "indicator" in c),
            ]
            lines.append(DecisionLine(view.key, view.day, view.title, view.text, tuple(dict.fromkeys(changed))))
    return lines


def in_force_of(body: Element) -> list[Decision]:
    """Decisions of a body that no later one took the place of, for who records one. One query."""
    return list(_rows().filter(body=body, replaced_by=None))


def years() -> list[int]:
    """Years in which something was decided, the newest first. One query."""
    return [day.year for day in Decision.objects.dates("date", "year", order="DESC")]


def views_of(rows: Sequence[Decision], asker: Asker, *, with_elements: bool = True) -> list[DecisionView]:
    """These decisions as this asker may read them. Four queries at most, whatever their number."""
    open_ = [row for row in rows if not _is_withheld(row, asker)]
    ids = [row.pk for row in open_]
    votes = _votes(ids) if ids else {}
    follow_ups = follow_ups_of_decisions(asker, ids) if ids else {}
    elements = _elements(ids) if ids and with_elements else {}
    earlier = _replaced(row.pk for row in rows) if rows else {}
    return [
        _view(row, asker, votes.get(row.pk, ()), elements.get(row.pk, ()), follow_ups.get(row.pk, ()), earlier)
        for row in rows
    ]


def _rows() -> QuerySet[Decision]:
    return Decision.objects.select_related("body", "item__meeting", "replaced_by").order_by("-date", "-key")


def _is_confidential(row: Decision) -> bool:
    return is_confidential(row.confidential, row.public_from, timezone.localdate())


def _is_withheld(row: Decision, asker: Asker) -> bool:
    return _is_confidential(row) and not asker.is_privy(row.body.uid)


def _speaks(row: Decision, words: str) -> bool:
    said = " ".join([row.key, *row.title.values(), *row.text.values()]).casefold()
    return all(word in said for word in words.casefold().split())


def _votes(ids: Collection[int]) -> dict[int, list[VoteView]]:
    found: defaultdict[int, list[VoteView]] = defaultdict(list)
    for vote in Vote.objects.filter(decision_id__in=ids).select_related("organisation"):
        organisation = vote.organisation
        found[vote.decision_id].append(VoteView(organisation.key, organisation.name, Choice(vote.choice), vote.words))
    return found


def _elements(ids: Collection[int]) -> dict[int, list[Named]]:
    found: defaultdict[int, list[Named]] = defaultdict(list)
    through = Decision.elements.through.objects.filter(decision_id__in=ids).select_related("element")
    for link in through.order_by("element__tree_key"):
        found[link.decision_id].append(named(link.element))
    return found


def _replaced(ids: Iterable[int]) -> dict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for key, by_id in Decision.objects.filter(replaced_by__in=list(ids)).values_list("key", "replaced_by_id"):
        found[by_id].append(key)
    return found


def named(element: Element) -> Named:
    return Named(element.uid, element.kind, element.key, element.title)


def _view(
    row: Decision,
    asker: Asker,
    votes: Sequence[VoteView],
    elements: Sequence[Named],
    follow_ups: Sequence[FollowUpView],
    earlier: Mapping[int, Sequence[str]],
) -> DecisionView:
    withheld = _is_withheld(row, asker)
    return DecisionView(
        id=row.pk,
        key=row.key,
        day=row.date,
        body=named(row.body),
        confidential=row.confidential if _is_confidential(row) else "",
        public_from=row.public_from,
        withheld=withheld,
        title=None if withheld else row.title,
        text=None if withheld else row.text,
        manner=None if withheld else Manner(row.manner),
        votes=votes,
        changes=[] if withheld else row.changes,
        elements=elements,
        follow_ups=follow_ups,
        meeting=row.item.meeting.key if row.item else "",
        item=row.item_id,
        replaced_by=row.replaced_by.key if row.replaced_by else "",
        replaces=earlier.get(row.pk, ()),
        demo=row.demo,
    )
