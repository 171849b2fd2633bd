# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Certificates: who issues them, by which key, which were revoked, and whether one stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from mainport.catalogue.exports import openbadge
from mainport.catalogue.exports.openbadge import Issuer
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
    first = number * BITS
    revoked = Badge.objects.filter(revoked_at__isnull=False, following_id__gte=first, following_id__lt=first + BITS)
    numbers = revoked.values_list("following_id", flat=True)
    return openbadge.states(issuer(), number, numbers, at or timezone.now(), signer())


def fetch_own(url: str) -> Any:
    """What is ours is asked of ourselves. Raises LookupError for another's."""
    ours = issuer()
    if url == did_address(ours.did):
        return openbadge.did_document(ours, signer())
    begin, end = f"{ours.site}/badges/status/", ".json"
    number = url.removeprefix(begin).removesuffix(end)
    if url == f"{begin}{number}{end}" and number.isdecimal() and len(number) < 9:
        return states(int(number))
    raise LookupError(url)


def fetch(url: str) -> Any:
    """The same, and for another's the address itself: guarded, over https, and small."""
    try:
        return fetch_own(url)
    except LookupError:
        try:
            return calls.get(url, allow_loopback=settings.FEEDS_ALLOW_LOOPBACK).value
        except Problem as error:
            raise LookupError(str(error)) from error


def checked(badge: Badge) -> Checked:
    """Whether a certificate of ours stands, checked as anybody would check it, and not by our word."""
    return check_document(badge.credential, fetch_own, now=timezone.now())


def checked_file(written: bytes | str) -> Checked:
    """Whether a certificate that somebody brings stands."""
    return check(written, fetch, now=timezone.now())
