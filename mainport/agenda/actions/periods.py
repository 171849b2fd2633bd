# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The programme office opens periods, moves their last day, locks them, and reminds who is late."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from mainport.agenda import queries
from mainport.agenda.actions.refusals import require
from mainport.agenda.models import Reminder, ReportingPeriod
from mainport.agenda.rules.reporting import (
    PeriodTrouble,
    PeriodView,
    period_key,
    trouble_locking,
    trouble_opening,
)
from mainport.agenda.tasks import send_reminder
from mainport.core.actions import record
from mainport.core.rules.permissions import Actor, Permission

#: How long after a round of reminders another one asks to be confirmed.
REST = timedelta(days=1)


class PeriodRefused(Exception):
    """The period can't be opened, changed or locked like this."""

    def __init__(self, trouble: PeriodTrouble) -> None:
        self.trouble = trouble
        super().__init__(trouble.value)


class RemindedAlready(Exception):
    """People were reminded less than a day ago."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        super().__init__(f"{at:%Y-%m-%d %H:%M}")


@transaction.atomic
def open_period(*, by: Actor, start: date, end: date, due: date, demo: bool = False) -> ReportingPeriod:
    """Let people report on these days, until `due`. Raises NotAllowed, PeriodRefused."""
    require(by, Permission.MANAGE_PERIODS)
    others = [queries.period_view(period) for period in ReportingPeriod.objects.select_for_update()]
    if trouble := trouble_opening(PeriodView(start, end, due), others):
        raise PeriodRefused(trouble)
    period = ReportingPeriod.objects.create(key=period_key(start, end), start=start, end=end, due=due, demo=demo)
    record(by=by, action="period.open", subject=f"period:{period.key}", due=due.isoformat())
    return period


@transaction.atomic
def change_due(*, by: Actor, period: ReportingPeriod, due: date, why: str = "") -> None:
    """Move the last day for handing in. Raises NotAllowed, PeriodRefused."""
    require(by, Permission.MANAGE_PERIODS)
    period = ReportingPeriod.objects.select_for_update().get(pk=period.pk)
    if period.is_locked:
        raise PeriodRefused(PeriodTrouble.LOCKED)
    if due < period.end:
        raise PeriodRefused(PeriodTrouble.DAYS_OUT_OF_ORDER)
    if due == period.due:
        return
    record(
        by=by,
        action="period.due",
        subject=f"period:{period.key}",
        why=why,
        old=period.due.isoformat(),
        new=due.isoformat(),
    )
    period.due = due
    period.save(update_fields=["due"])


@transaction.atomic
def lock_period(*, by: Actor, period: ReportingPeriod) -> None:
    """Let nothing in this period change any more. Raises NotAllowed, PeriodRefused."""
    require(by, Permission.MANAGE_PERIODS)
    rows = {row.pk: row for row in ReportingPeriod.objects.select_for_update()}
    views = {pk: queries.period_view(row) for pk, row in rows.items()}
    if trouble := trouble_locking(views.pop(period.pk), list(views.values())):
        raise PeriodRefused(trouble)
    row = rows[period.pk]
    row.locked_at = timezone.now()
    row.save(update_fields=["locked_at"])
    record(by=by, action="period.lock", subject=f"period:{row.key}")


@transaction.atomic
def send_reminders(*, by: Actor, today: date, again: bool = False) -> list[Reminder]:
    """Remind everybody whose turn it is with a report that is late: one e-mail each, by a job.

    Raises NotAllowed, and RemindedAlready within a day of the last round unless `again`.
    """
    require(by, Permission.SEND_REMINDERS)
    # Two presses of the button at once take their turns: the second finds the round of the first.
    list(ReportingPeriod.objects.select_for_update().filter(locked_at=None))
    now = timezone.now()
    last = queries.last_round()
    if last and now - last.asked_at < REST and not again:
        raise RemindedAlready(last.asked_at)
    letters = queries.letters(by, today)
    reminders = Reminder.objects.bulk_create(Reminder(person=letter.person, asked_at=now) for letter in letters)
    if reminders:
        late = {(s.period.key, s.element.uid, s.organisation.key) for x in letters for s in x.to_write + x.to_review}
        record(
            by=by,
            action="reminders.send",
            subject=f"reminders:{now:%Y-%m-%d}",
            people=[reminder.person_id for reminder in reminders],
            late=sorted("/".join(names) for names in late),
        )
    for reminder in reminders:
        send_reminder.enqueue(reminder.pk)
    return reminders
