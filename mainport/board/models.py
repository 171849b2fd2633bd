# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Bodies and who sits in them, meetings with their items and papers, decisions and what follows from them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from mainport.agenda.models import Element
from mainport.core.models import Organisation, Person


class Seat(models.Model):
    """Somebody's place in a body of the agenda, for an organisation, from a day until a day."""

    class Role(models.TextChoices):
        CHAIR = "chair"
        MEMBER = "member"
        SECRETARY = "secretary"  # Takes part, has no vote.
        GUEST = "guest"  # Hears and speaks, has no vote.

    body = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="seats")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MEMBER)
    start = models.DateField()
    end = models.DateField(null=True)  # the last day
    demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["body", "organisation__name", "person__name", "start"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "person"], condition=Q(end__isnull=True), name="seat_once"),
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="seat_days_in_order"),
            models.CheckConstraint(
                condition=Q(role__in=["secretary", "guest"]) | Q(organisation__isnull=False),
                name="seat_with_vote_for_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.body.key}"


class Meeting(models.Model):
    """A meeting of a body."""

    class State(models.TextChoices):
        PLANNED = "planned"
        CONVENED = "convened"  # The agenda and its papers went out.
        HELD = "held"
        CLOSED = "closed"  # The minutes are adopted.
        CANCELLED = "cancelled"

    key = models.SlugField(max_length=80, unique=True)
    body = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="+")
    title = models.JSONField()
    start = models.DateTimeField()
    end = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=500, blank=True)  # where it is held online
    papers_due = models.DateTimeField()
    #: How many organisations with a vote must be there for it to decide.
    quorum = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    minutes = models.JSONField(null=True)  # text by language
    minutes_adopted_in = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    #: Rises with every change: iCalendar's SEQUENCE.
    sequence = models.PositiveIntegerField(default=0)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-start"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="meeting_ends_after"),
            models.CheckConstraint(condition=Q(papers_due__lte=F("start")), name="meeting_papers_before"),
        ]

    def __str__(self) -> str:
        return self.key


class Invitation(models.Model):
    """Somebody who is asked to a meeting, what they answered, and whether they came."""

    class Answer(models.TextChoices):
        NONE = "needs-action"  # iCalendar's words (RFC 5545, PARTSTAT)
        ACCEPTED = "accepted"
        TENTATIVE = "tentative"
        DECLINED = "declined"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=10, choices=Seat.Role.choices)
    answer = models.CharField(max_length=12, choices=Answer.choices, default=Answer.NONE)
    answered_at = models.DateTimeField(null=True)
    attended = models.BooleanField(null=True)
    #: The meeting's `sequence` that they were last mailed: each change goes out once.
    mailed = models.PositiveIntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["organisation__name", "person__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "person"], name="invitation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.meeting}"


class Item(models.Model):
    """A point on the agenda of a meeting, proposed by a partner and put in order by the programme office."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        PLACED = "placed"
        REFUSED = "refused"
        HANDLED = "handled"

    class Purpose(models.TextChoices):
        INFORM = "inform"
        DISCUSS = "discuss"
        DECIDE = "decide"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(null=True)  # from 1; none before it is placed
    title = models.JSONField()
    summary = models.JSONField(null=True)
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.DISCUSS)
    minutes = models.PositiveSmallIntegerField(default=10)  # how long it may take
    elements = models.ManyToManyField(Element, related_name="+", blank=True)  # what of the agenda it is about
    proposed_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    #: Why not everybody may read it; '' where everybody may.
    confidential = models.CharField(max_length=300, blank=True)
    #: What was said, for the minutes.
    notes = models.JSONField(null=True)
    reason = models.TextField(blank=True)  # why it was refused
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["meeting", F("position").asc(nulls_last=True), "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="item_refused_with_reason"),
            models.CheckConstraint(
                condition=Q(state__in=["placed", "handled"], position__isnull=False)
                | (Q(state__in=["proposed", "refused"]) & Q(position__isnull=True)),
                name="item_placed_has_a_position",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.position}"


class Document(models.Model):
    """A paper for an item. Every opening of a confidential one is kept in the audit log."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to="board/%Y/%m", max_length=300)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    confidential = models.CharField(max_length=300, blank=True)  # the reason, '' where it is public
    late = models.BooleanField(default=False)  # came after the deadline
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["item", "id"]

    def __str__(self) -> str:
        return self.title


class Decision(models.Model):
    """What a body decided; what it changes is applied by the decision itself and points back to it."""

    class Manner(models.TextChoices):
        CONSENSUS = "consensus"
        VOTE = "vote"

    key = models.SlugField(max_length=80, unique=True)  # year and number: 2023-04
    body = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="decisions")
    date = models.DateField()
    title = models.JSONField()
    text = models.JSONField()
    manner = models.CharField(max_length=10, choices=Manner.choices)
    confidential = models.CharField(max_length=300, blank=True)
    public_from = models.DateField(null=True)  # when confidentiality ends
    elements = models.ManyToManyField(Element, related_name="+", blank=True)
    #: `rules.changes.Change` as JSON: what it changed, with what was there before.
    changes = models.JSONField(default=list)
    #: A later decision that takes its place.
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaces")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-date", "-key"]

    def __str__(self) -> str:
        return self.key


class Vote(models.Model):
    """How one organisation stood to a decision; by consensus only abstentions are kept."""

    class Choice(models.TextChoices):
        FOR = "for"
        AGAINST = "against"
        ABSTAINED = "abstained"

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="votes")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, choices=Choice.choices)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["organisation__name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["decision", "organisation"], name="vote_once")]

    def __str__(self) -> str:
        return f"{self.decision} {self.organisation.key}: {self.choice}"


class FollowUp(models.Model):
    """What one organisation does after a decision, by a day."""

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        DROPPED = "dropped"  # Needed no more, with the reason.

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="follow_ups")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="follow_ups")
    owner = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    words = models.JSONField()
    due = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    note = models.TextField(blank=True)  # what was done, or why it was dropped
    closed_on = models.DateField(null=True)
    closed_by = models.CharField(max_length=200, blank=True)
    #: When its owner was last reminded.
    reminded_at = models.DateTimeField(null=True)
    demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["due", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True) | (~Q(state="open") & Q(closed_on__isnull=False)),
                name="follow_up_closed_on_a_day",
            ),
            models.CheckConstraint(condition=~Q(state="dropped") | ~Q(note=""), name="follow_up_dropped_with_reason"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due"], name="follow_up_due")]

    def __str__(self) -> str:
        return f"{self.decision} {self.organisation.key}"


class CalendarAddress(models.Model):
    """The secret in the address at which a person's calendar program fetches their meetings; kept as its hash."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar of {self.person}"
