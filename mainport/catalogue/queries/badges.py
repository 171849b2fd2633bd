# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Certificates: who issues them, by which key, which were revoked, and whether one stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from mainport.catalogue.exports import openbadge
from mainport.catalogue.exports.openbadge import Issuer
from mainport.catalogue.feeds import baked
from mainport.catalogue.models import Badge, Record
from mainport.catalogue.rules.badges import BITS, Checked, check, check_document, did_address
from mainport.catalogue.rules.canonical import Json
from mainport.catalogue.rules.proofs import Signer
from mainport.core.fetching import calls
from mainport.core.fetching.problems import Problem


def issuer() -> Issuer:
    return Issuer(settings.SITE_URL, settings.BADGE_ISSUER, settings.SECURITY_CONTACT.removeprefix("mailto:"))


def signer() -> Signer:
    return Signer.of(settings.BADGE_KEY, issuer().method)


def course_address(record: Record) -> str:
    """The address of a course that holds in every language."""
    return f"{settings.SITE_URL}/record/{record.key}"


def states(number: int, at: datetime | None = None) -> Json:
    """The list of states of our own certificates."""
    return openbadge.states(issuer(), number, _revoked(number), at or timezone.now(), signer())


def states_token(number: int, at: datetime | None = None) -> str:
    """The same list as JWT."""
    return openbadge.states_token(issuer(), number, _revoked(number), at or timezone.now(), signer())


def _revoked(number: int) -> Iterable[int]:
    first = number * BITS
    revoked = Badge.objects.filter(revoked_at__isnull=False, following_id__gte=first, following_id__lt=first + BITS)
    return revoked.values_list("following_id", flat=True)


def fetch_own(url: str) -> Any:
    """What is ours is asked of ourselves. Raises LookupError for another's."""
    ours = issuer()
    if url == did_address(ours.did):
        return openbadge.did_document(ours, signer())
    found = re.fullmatch(rf"{re.escape(ours.site)}/badges/status/(\d{{1,8}})\.(json|jwt)", url, re.ASCII)
    if found:
        number = int(found[1])
        return states(number) if found[2] == "json" else states_token(number)
    raise LookupError(url)


def fetch(url: str) -> Any:
    """The same, and for another's the address itself: guarded, over https, and small."""
    try:
        return fetch_own(url)
    except LookupError:
        try:
            reply = calls.get(url, allow_loopback=settings.FEEDS_ALLOW_LOOPBACK)
            return reply.text if reply.value is None else reply.value
        except Problem as error:
            raise LookupError(str(error)) from error


def checked(badge: Badge) -> Checked:
    """Whether a certificate of ours stands, checked as anybody would check it, and not by our word."""
    return check_document(badge.credential, fetch_own, now=timezone.now())


def checked_file(written: bytes | str) -> Checked:
    """Whether a certificate that somebody brings stands, also as the picture that carries it."""
    return check(baked.certificate(written), fetch, now=timezone.now())
