# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What sources of OData v4 have in common: lists in pages (https://docs.oasis-open.org/odata/odata-json-format/v4.01/)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from mainport.core.fetching.http import Visit
from mainport.core.fetching.problems import NotTrusted
from mainport.monitor.feeds.answers import Json, json_object


def pages_of(visit: Visit, url: str) -> Iterator[list[Json]]:
    """The pages of a list, as each names the next. Raises NotReached and NotTrusted."""
    seen: set[str] = set()
    at = url
    while True:
        found = json_object(visit.get(at, accept="application/json"), at)
        page = found.get("value")
        if not isinstance(page, list) or not all(isinstance(item, dict) for item in page):
            raise NotTrusted(f'{at} isn\'t a list of OData: it has no "value" with objects')
        yield page
        following = found.get("@odata.nextLink")
        if not following:
            return
        at = urljoin(at, str(following))
        if at in seen:
            raise NotTrusted(f"{url} goes in circles: {at} is named as the next page twice")
        seen.add(at)
