# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Letters about works that come in, each in the language of whom it is for."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from mainport.catalogue.models import Record, Review, Submission
from mainport.catalogue.queries.handing_in import reviewers
from mainport.catalogue.rules.texts import first
from mainport.core.models import Person


@task()
def tell_sent(submission_id: int) -> int:
    """Tell the author that the work came in, and the research office that it waits; how many letters went."""
    submission = Submission.objects.select_related("record", "author").get(pk=submission_id)
    if submission.record.state != Record.State.SUBMITTED:
        return 0  # Taken back, or judged before this job's turn came.
    count = _send("work_sent", submission.author, submission)
    for person in reviewers().exclude(pk=submission.author_id):
        count += _send("work_waits", person, submission, page="review")
    return count


@task()
def tell_verdict(review_id: int) -> int:
    """Tell the author what the research office found; how many letters went."""
    review = Review.objects.select_related("submission__record", "submission__author").get(pk=review_id)
    return _send(f"work_{review.verdict}", review.submission.author, review.submission, review=review)


def _send(name: str, person: Person, submission: Submission, page: str = "handing_in", **more: Any) -> int:
    if not person.is_active:
        return 0
    with translation.override(person.language):
        context = {
            "person": person,
            "author": submission.author,
            "title": first(submission.record.titles, person.language),
            # The name of an address is known to whoever runs the site, this job's worker too.
            "url": settings.SITE_URL + reverse(page, kwargs={"key": submission.record.key}),
            **more,
        }
        subject = render_to_string(f"email/{name}_subject.txt", context)
        body = render_to_string(f"email/{name}.txt", context)
    return send_mail(" ".join(subject.split()), body.strip() + "\n", None, [person.email])
