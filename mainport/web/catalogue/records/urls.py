# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the pages of records, in each language of the site."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web.catalogue.records import feeds, files, learning, research, work
from mainport.web.pages import routes

RESEARCH = pgettext_lazy("route", "research")
WORK = format_lazy("{}/<slug:key>", pgettext_lazy("route", "works"))
COURSES = pgettext_lazy("route", "courses")
COURSE = format_lazy("{}/<slug:key>", COURSES)
PROGRAMME = format_lazy("{}/<slug:key>", pgettext_lazy("route", "programmes"))
PROVIDERS = pgettext_lazy("route", "providers")


def at(base: Any, rest: str, view: Any, name: str, **more: Any) -> URLPattern:
    found: URLPattern = path(format_lazy("{}{}", base, rest), view, more, name=name)
    return found


urlpatterns: list[URLPattern] = [
    *routes(RESEARCH, research.research, "research"),
    at(RESEARCH, ".rss", feeds.feed("research", "rss"), "research_rss"),
    at(RESEARCH, ".atom", feeds.feed("research", "atom"), "research_atom"),
    *routes(WORK, work.work, "work"),
    at(WORK, ".bib", files.work_form("bib"), "work_bib"),
    at(WORK, ".ris", files.work_form("ris"), "work_ris"),
    at(WORK, ".csl.json", files.work_form("csl"), "work_csl"),
    at(WORK, ".datacite.xml", files.work_form("datacite"), "work_datacite"),
    at(WORK, ".jsonld", files.work_form("jsonld"), "work_jsonld"),
    at(WORK, ".txt", files.work_form("citation"), "work_citation"),
    at(WORK, "/linkset", files.linkset, "work_linkset", kind="work"),
    path(
        format_lazy("{}/{}/<int:pk>", WORK, pgettext_lazy("route", "files")),
        files.work_file,
        name="work_file",
    ),
    at(COURSES, ".rss", feeds.feed("courses", "rss"), "courses_rss"),
    at(COURSES, ".atom", feeds.feed("courses", "atom"), "courses_atom"),
    *routes(COURSE, learning.course, "course"),
    at(COURSE, ".jsonld", files.learning_jsonld, "course_jsonld", kind="course"),
    at(COURSE, "/linkset", files.linkset, "course_linkset", kind="course"),
    *routes(PROGRAMME, learning.programme, "programme"),
    at(PROGRAMME, ".jsonld", files.learning_jsonld, "programme_jsonld", kind="programme"),
    at(PROGRAMME, "/linkset", files.linkset, "programme_linkset", kind="programme"),
    *routes(PROVIDERS, learning.provider_list, "provider_list"),
    *routes(format_lazy("{}/<slug:slug>", PROVIDERS), learning.provider, "provider"),
]

#: Addresses without a language.
for_machines: list[URLPattern] = [
    path("record/<slug:key>", files.record, name="record"),
]
