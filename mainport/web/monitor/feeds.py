# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Where the figures come from, and how the last visit to each source went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.core.queries import actor_of
from mainport.monitor import queries
from mainport.monitor.models import Feed
from mainport.monitor.queries import FeedState
from mainport.web.agenda.views.parts import Crumb, crumbs
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import words


@dataclass(frozen=True)
class Row:
    """A feed as the page shows it: its state, the word for it, and what it is made of."""

    feed: FeedState
    format: str
    state: str
    word: str

    @property
    def url(self) -> str:
        """Only what a browser opens; a name of a folder or file is no link."""
        return self.feed.url if self.feed.url.startswith(("https://", "http://")) else ""


@require_safe
def feed_list(request: HttpRequest) -> Page:
    """All feeds, those with a problem first."""
    feeds = sorted(queries.feed_states(by=actor_of(request.user)), key=lambda feed: not feed.stale)
    stale = sum(feed.stale for feed in feeds)
    return Page(
        template="monitor/feeds.html",
        context={
            "page_title": _("Where the figures come from"),
            "breadcrumbs": crumbs(Crumb(_("Where the figures come from"))),
            "feeds": [_row(feed) for feed in feeds],
            "stale": stale,
        },
        data={"count": len(feeds), "stale": stale, "feeds": [_json(feed) for feed in feeds]},
        rows=[_json(feed) | {"title": words(feed.title)} for feed in feeds],
    )


def _row(feed: FeedState) -> Row:
    if feed.stale:
        state, word = "behind", _("Last visit failed")
    elif feed.standing == "empty":
        state, word = "at-risk", _("Visited, but no figures came")
    elif feed.good_at:
        state, word = "on-track", _("Up to date")
    else:
        state, word = "no-figure", _("Not visited yet")
    name = _("Entered by hand") if feed.format == Feed.Format.HAND else str(Feed.Format(feed.format).label)
    return Row(feed, name, state, word)


def _json(feed: FeedState) -> dict[str, Any]:
    found: dict[str, Any] = {
        "feed": feed.key,
        "title": feed.title,
        "format": feed.format,
        "url": feed.url,
        "licence": feed.licence,
        "every_hours": feed.every,
        "good_at": feed.good_at,
        "tried_at": feed.tried_at,
        "next_at": feed.next_at,
        "stale": feed.stale,
        "state": feed.standing,
        "problem": feed.problem,
        "observations": feed.observations,
        "note": feed.note,
        "demo": feed.demo,
    }
    # Named to those who manage feeds only.
    return found | ({"owner": feed.owner} if feed.owner else {})
