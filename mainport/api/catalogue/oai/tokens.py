# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Resumption tokens: all that the next part needs, signed, so that the server keeps nothing.

A token says after which record the list goes on, by that record's last change and number. What changes meanwhile
moves to the end of the list, and is met there again: nothing is skipped, and a token holds whatever happens.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.utils import timezone

from mainport.api.catalogue.oai.protocol import Question, Refused

#: How long a token can be used.
LIFE = timedelta(days=7)
_SALT = "mainport.oai"


@dataclass(frozen=True)
class Place:
    """How far a harvester is: after which record, how many it had, and how many there were when it began."""

    changed_at: datetime
    id: int
    cursor: int
    size: int


def write(question: Question, place: Place) -> str:
    """A token to go on with this question from this place."""
    said = [
        question.verb,
        {name: question.get(name) for name in ("metadataPrefix", "set", "from", "until") if question.get(name)},
        place.changed_at.isoformat(),
        place.id,
        place.cursor,
        place.size,
    ]
    # With signs that need no escaping in an address: there are harvesters that forget to.
    return signing.dumps(said, salt=_SALT, compress=True).replace(":", "~")


def read(verb: str, token: str) -> tuple[dict[str, str], Place]:
    """The arguments of the question that a token goes on with, and the place. Raises Refused."""
    try:
        said = signing.loads(token.replace("~", ":"), salt=_SALT, max_age=LIFE)
        of, arguments, changed_at, number, cursor, size = said
    except signing.SignatureExpired:
        raise Refused.because("badResumptionToken", f"The token is older than {LIFE.days} days; begin again.") from None
    except (signing.BadSignature, ValueError, TypeError):
        raise Refused.because("badResumptionToken", "This isn't a token of ours.") from None
    if of != verb:
        raise Refused.because("badResumptionToken", f"The token is one of {of}, not of {verb}.")
    return arguments, Place(datetime.fromisoformat(changed_at), number, cursor, size)


def expires() -> datetime:
    """When a token that is given now ends."""
    return timezone.now() + LIFE
