# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The newest answers to a question as an Atom feed (RFC 4287), for who would rather read than get letters."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.catalogue.search import catalogue
from mainport.catalogue.search.answers import Sort
from mainport.catalogue.search.asking import request_of
from mainport.web.catalogue.search.page import parameters_of
from mainport.web.catalogue.search.results import results_of

ENTRIES = 50


@require_safe
def search_feed(request: HttpRequest) -> HttpResponse:
    language = get_language() or "en"
    wanted = replace(request_of(parameters_of(request), language), sort=Sort.NEWEST, facets=(), limit=ENTRIES)
    found = results_of(catalogue.search(wanted))
    query = f"?{request.GET.urlencode()}"
    title = _("Works and courses: %(words)s") % {"words": wanted.words} if wanted.words else _("Works and courses")
    feed = Atom1Feed(
        title=title,
        link=f"{settings.SITE_URL}{reverse('search')}{query}",
        description="",
        language=language,
        feed_url=f"{settings.SITE_URL}{request.path}{query}",
    )
    for result in found:
        link = f"{settings.SITE_URL}{result.url}" if result.url else settings.SITE_URL
        feed.add_item(
            title=result.plain_title,
            link=link,
            description=result.plain_passage,
            unique_id=f"{settings.SITE_URL}/#{result.record.kind}:{result.record.key}",
            author_name="; ".join(result.authors) or result.organisation or None,
            pubdate=result.record.published_at,
            updateddate=result.record.changed_at,
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response
