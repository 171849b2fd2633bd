# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Feeds and what they brought, observations kept twice in time, indicators and their targets."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from mainport.agenda.models import Element
from mainport.core.models import Person


class Feed(models.Model):
    """Where values come from, and how its last visit went. What came before stays when a visit fails."""

    class Format(models.TextChoices):
        CBS = "cbs", "CBS StatLine OData v4"
        JSONSTAT = "jsonstat", "JSON-stat 2.0 (Eurostat)"
        SDMX = "sdmx", "SDMX"
        SWING = "swing", "ABF Swing OData"
        DCAT = "dcat", "DCAT"
        OPEN_SDG = "open-sdg", "Open SDG"
        SHEET = "sheet", "CSV, XLSX, ODS"
        HAND = "hand", "by hand"

    key = models.SlugField(max_length=80, unique=True)
    format = models.CharField(max_length=10, choices=Format.choices)
    title = models.JSONField()
    url = models.CharField(max_length=1000, blank=True)
    #: What the format needs: table, filter, mapping of columns …
    settings = models.JSONField(default=dict)
    licence = models.TextField(blank=True)
    owner = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    #: Hours between visits; none where nobody visits by itself.
    every = models.PositiveIntegerField(null=True)
    next_at = models.DateTimeField(null=True)
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    good_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    #: Why the last visit failed; '' where it didn't. A feed with a problem is stale.
    problem = models.TextField(blank=True)
    demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["key"]
        indexes: ClassVar = [models.Index(fields=["next_at"], name="feed_next")]

    def __str__(self) -> str:
        return self.key


class Fetch(models.Model):
    """One visit to a feed, or one entry by hand: the moment at which we learnt something."""

    class Outcome(models.TextChoices):
        STORED = "stored"
        UNCHANGED = "unchanged"
        REFUSED = "refused"  # What came can't be trusted; the message says why.
        FAILED = "failed"  # Nothing came.

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="fetches")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    url = models.CharField(max_length=2000, blank=True)
    message = models.TextField(blank=True)
    #: The raw answer, compressed, in the folder of raw answers; its hash is of what came.
    raw = models.CharField(max_length=300, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    licence = models.TextField(blank=True)
    code_version = models.CharField(max_length=40)
    #: Observations in the answer, and those of them that were new or differed.
    observations = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["feed", "-at"], name="fetch_feed_at")]

    def __str__(self) -> str:
        return f"{self.feed.key} {self.at:%Y-%m-%d %H:%M}"


class Dataset(models.Model):
    """A table that a feed brings, as it last described itself."""

    key = models.CharField(max_length=120, unique=True)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="datasets")
    #: Texts of a source are kept whole, however long.
    title = models.TextField()
    description = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    version = models.TextField(blank=True)
    modified = models.TextField(blank=True)
    licence = models.TextField(blank=True)
    publisher = models.TextField(blank=True)
    frequency = models.TextField(blank=True)
    #: Dimensions with their codes, and measures: `rules.tables.Dimension` and `Measure` as JSON.
    dimensions = models.JSONField()
    measures = models.JSONField()
    extra = models.JSONField(default=dict)
    #: The fetch that last changed something of it: who keeps that knows what to write anew.
    changed_in = models.ForeignKey(Fetch, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        return self.key


class Period(models.Model):
    """A period as a source writes it, with the days that it covers."""

    code = models.CharField(max_length=40, unique=True)
    start = models.DateField()
    end = models.DateField()
    frequency = models.CharField(max_length=1)  # A, S, Q, M, W, D or O (other): SDMX's CL_FREQ

    class Meta:
        ordering: ClassVar = ["start", "end"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(start__lte=F("end")), name="period_in_order")]

    def __str__(self) -> str:
        return self.code


class Series(models.Model):
    """One measure at one code of each dimension besides time: what a line in a chart shows."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="series")
    measure = models.CharField(max_length=80)
    #: The codes in the order of the dataset's dimensions, with | between.
    coordinates = models.CharField(max_length=500)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dataset", "measure", "coordinates"], name="series_once"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}|{self.coordinates}"


class Observation(models.Model):
    """A value over one period, as we learnt it by one fetch. A revision is another row; none is overwritten.

    `current` marks the last that was learnt. A value that the source took back is a row without value and
    with the reason in `missing`.
    """

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="observations", db_index=False)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+", db_index=False)
    value = models.FloatField(null=True)
    text = models.TextField(null=True)
    missing = models.SmallIntegerField(default=0)  # rules.tables.Missing
    finality = models.SmallIntegerField(default=0)  # rules.tables.Finality
    fetch = models.ForeignKey(Fetch, on_delete=models.PROTECT, related_name="+", db_index=False)
    current = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "period", "fetch"], name="observation_once_a_fetch"),
            models.UniqueConstraint(
                fields=["series", "period"], condition=Q(current=True), name="observation_one_current"
            ),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(missing=0), name="observation_value_or_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.period_id}: {self.value}"


class Conflict(models.Model):
    """One cell for which a source gave several values: none of them is picked."""

    fetch = models.ForeignKey(Fetch, on_delete=models.CASCADE, related_name="conflicts")
    dataset = models.CharField(max_length=120)
    measure = models.CharField(max_length=80)
    coordinates = models.CharField(max_length=500)
    period = models.CharField(max_length=40)
    values = models.JSONField()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.dataset} {self.coordinates} {self.period}"


class Indicator(models.Model):
    """A measurable sign of a goal or task; `rules.indicators` says what its definition holds."""

    key = models.SlugField(max_length=80, unique=True)
    title = models.JSONField()
    #: The definition in full, as `rules.indicators.Definition` checked it.
    definition = models.JSONField()
    measures = models.ManyToManyField(Element, related_name="+")
    position = models.PositiveIntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["position", "key"]

    def __str__(self) -> str:
        return self.key


class Summary(models.Model):
    """What an indicator's page says in short, kept so that other pages needn't reckon: `actions.summaries` writes it.

    It is made anew in the transaction that changes what it is made of, so it never lags behind.
    """

    indicator = models.OneToOneField(Indicator, on_delete=models.CASCADE, related_name="summary")
    #: The feed that brought its table, if any: whether that is stale is asked there.
    feed = models.ForeignKey(Feed, on_delete=models.SET_NULL, null=True, related_name="+")
    #: Uids of what it measures, and keys of the tables that it is made of.
    measures = models.JSONField()
    tables = models.JSONField()
    verdict = models.CharField(max_length=20)  # rules.summary.Verdict
    connected = models.BooleanField()
    with_target = models.BooleanField()
    with_values = models.BooleanField()
    #: The line that is judged, published figures, targets, the assessment: `rules.summary` writes and reads it.
    data = models.JSONField()
    at = models.DateTimeField()
    code_version = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.indicator}: {self.verdict}"


class Target(models.Model):
    """What somebody decided that an indicator must be, by a period. A later decision is another row."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    period = models.CharField(max_length=10)  # reduced date
    value = models.FloatField(null=True)  # none where the target is in words alone
    words = models.JSONField(null=True)
    interim = models.BooleanField(default=False)
    source = models.CharField(max_length=80, blank=True)  # key of a source, or a decision's address
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["indicator", "period", "at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "period"], condition=Q(until__isnull=True), name="target_one_open"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(words__isnull=False), name="target_value_or_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}: {self.value}"


class Subscription(models.Model):
    """Somebody who wants to hear when an indicator changes."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="subscriptions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["indicator", "person"], name="subscription_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.indicator}"


class Alert(models.Model):
    """That somebody was told what a visit or an entry changed: each is told once."""

    fetch = models.ForeignKey(Fetch, on_delete=models.CASCADE, related_name="alerts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["fetch", "person"], name="alert_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.fetch}"


class Entry(models.Model):
    """A value that somebody enters by hand. It is no observation before another has confirmed it.

    The cell is where the value will be stored: for an indicator, in the table of what was entered by hand.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        CONFIRMED = "confirmed"
        RETURNED = "returned"  # By the second person, with the reason.
        WITHDRAWN = "withdrawn"  # By whoever proposed it.

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, null=True, related_name="entries")
    dataset = models.CharField(max_length=120)
    measure = models.CharField(max_length=80)
    coordinates = models.CharField(max_length=500)
    period = models.CharField(max_length=40)
    value = models.FloatField(null=True)
    #: The answer in words, of an indicator that has no numbers.
    text = models.TextField(blank=True)
    missing = models.SmallIntegerField(default=0)  # rules.tables.Missing
    source = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)
    fetch = models.ForeignKey(Fetch, on_delete=models.PROTECT, null=True, related_name="entries")

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dataset", "measure", "coordinates", "period"],
                condition=Q(state="waiting"),
                name="entry_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, text="", missing=0)
                | (Q(value__isnull=True, missing=0) & ~Q(text=""))
                | Q(value__isnull=True, text="", missing__gt=0),
                name="entry_value_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="entry_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "returned"]) | ~Q(decided_by=F("by")), name="entry_four_eyes"
            ),
            models.CheckConstraint(condition=~Q(state="returned") | ~Q(why=""), name="entry_returned_with_reason"),
            models.CheckConstraint(
                condition=Q(state="confirmed", fetch__isnull=False) | (~Q(state="confirmed") & Q(fetch__isnull=True)),
                name="entry_confirmed_is_stored",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.coordinates} {self.period}"


class Edition(models.Model):
    """A frozen edition: what was known on a day, pinned for a paper, with the checksum of its values."""

    key = models.SlugField(max_length=80, unique=True)
    title = models.JSONField()
    known_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return self.key
