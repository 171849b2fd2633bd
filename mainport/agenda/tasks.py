# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Jobs of the agenda; each may be run twice without doing its work twice."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import task

from mainport.agenda import queries
from mainport.agenda.models import Reminder
from mainport.agenda.rules.elements import Kind
from mainport.core.rules.languages import say


@task()
def send_reminder(reminder: int) -> bool:
    """Send one reminder, about what is late by now; whether there was anything left to remind of.

    Claimed before it is sent and given back where that fails: run twice, it goes out once. The claim
    is a transaction of its own, so that a slow mail server holds nobody up.
    """
    claimed = Reminder.objects.filter(pk=reminder, handled_at=None).update(handled_at=timezone.now())
    if not claimed:
        return False
    try:
        sent = _send(Reminder.objects.select_related("person").get(pk=reminder))
    except Exception:
        Reminder.objects.filter(pk=reminder).update(handled_at=None)
        raise
    Reminder.objects.filter(pk=reminder).update(sent=sent)
    return sent


def _send(reminder: Reminder) -> bool:
    person = reminder.person
    today = timezone.localdate()
    open_periods = queries.reporting_periods(open_only=True)
    late = [slot for slot in queries.slots(person.actor, today, of=open_periods) if slot.late]
    letter = next((x for x in queries.letters_about(late) if x.person == person), None)
    if letter is None or not person.is_active:
        return False
    with translation.override(person.language):
        alliance = queries.elements(Kind.ALLIANCE).first()
        context = {
            "person": person,
            "letter": letter,
            "language": person.language,
            "alliance": say(alliance.title, person.language) if alliance else "Mainport",
            "site": settings.SITE_URL,
        }
        subject = render_to_string("email/reminder_subject.txt", context)
        body = render_to_string("email/reminder.txt", context)
    return bool(send_mail(" ".join(subject.split()), body.strip() + "\n", None, [person.email]))
