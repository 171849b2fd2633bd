# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Looks into a catalogue before a feed is added: what a dataset holds, and what of it is read here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from mainport.core.rules.permissions import Actor, Permission, require

if TYPE_CHECKING:
    from mainport.monitor.feeds.dcat.described import Described


def look_up(*, by: Actor, url: str, dataset: str) -> Described:
    """What the catalogue at `url` says of a dataset. Nothing is kept.

    Raises NotAllowed, and NotReached and NotTrusted as a visit does.
    """
    from mainport.core.fetching.http import Visit
    from mainport.core.fetching.raw import Keeper
    from mainport.monitor.feeds.dcat import look

    require(by, Permission.MANAGE_FEEDS)
    with (
        Keeper() as keeper,
        Visit(url, keeper, allow_loopback=settings.FEEDS_ALLOW_LOOPBACK, api_keys=settings.FEEDS_API_KEYS) as visit,
    ):
        return look(visit, url, dataset)
