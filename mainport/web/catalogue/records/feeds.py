# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The newest works and courses as RSS 2.0 and Atom, all of them or of one task or sector."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.catalogue.models import Record
from mainport.catalogue.queries import show as queries
from mainport.web.agenda.addresses import url_or_nothing
from mainport.web.catalogue.records import labels, show
from mainport.web.catalogue.records.show import plain
from mainport.web.templatetags.mainport import words

NEWEST = 50
_FORMS: dict[str, type[SyndicationFeed]] = {"rss": Rss201rev2Feed, "atom": Atom1Feed}
_TYPES = {"rss": "application/rss+xml; charset=utf-8", "atom": "application/atom+xml; charset=utf-8"}


def feed(what: str, form: str) -> Callable[[HttpRequest], HttpResponseBase]:
    """The view of `research` or `courses` in one form."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponseBase:
        task, sector = (request.GET.get(name, "").replace("\0", "") for name in ("task", "sector"))
        rows = queries.works() if what == "research" else queries.to_learn()
        found = queries.newest(rows, NEWEST, tasks=[task] if task else (), sector=sector)
        _context, site = show.site()
        title = _("Newest research") if what == "research" else _("Newest courses")
        filters = " ".join(filter(None, [task, sector]))
        landing = url_or_nothing("research" if what == "research" else "learn") or reverse("provider_list")
        made = _FORMS[form](
            title=f"{title}{f' ({filters})' if filters else ''} | {site}",
            link=show.whole(landing),
            description=_("What became public on this site last."),
            language=get_language() or "nl",
            feed_url=show.whole(request.get_full_path()),
            feed_guid=show.whole(request.get_full_path()),
            # Whose an entry is that has no author: Atom asks for one (RFC 4287, 4.1.1).
            author_name=site,
        )
        for record in found:
            made.add_item(**_item(record))
        content = made.writeString("utf-8").encode()
        response = HttpResponse(content, content_type=_TYPES[form])
        response["Access-Control-Allow-Origin"] = "*"
        # Readers ask every hour: they get it again only when there is something new.
        response["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        response["Cache-Control"] = "public, no-cache"
        return get_conditional_response(request, response["ETag"], None, response) or response

    return view


def _item(record: Record) -> dict[str, Any]:
    content = record.content
    text = content.get("summaries") or content.get("abstracts") or content.get("descriptions") or {}
    names = [one["name"] for one in content.get("authors", ()) if one.get("role", "author") == "author"]
    title, invented = words(plain(record.titles)), _("Invented example")
    return {
        "title": f"{title} ({invented})" if record.demo else title,
        "link": show.whole(reverse(record.kind, kwargs={"key": record.key})),
        # Both formats take it for HTML.
        "description": escape(words(plain(text)) or title),
        "unique_id": show.address_of(record.key),
        "unique_id_is_permalink": False,
        "author_name": ", ".join(names) or record.provider or None,
        "pubdate": record.published_at,
        "updateddate": record.changed_at,
        "categories": [labels.type_of(record.type)] if record.kind == Record.Kind.WORK else [],
    }
