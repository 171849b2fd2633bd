# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the yearly papers: read by everybody, made in the workspace."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web.pages import routes
from mainport.web.papers.views import public, sections, signing, work
from mainport.web.workspace.urls import BASE

PAPERS = pgettext_lazy("route", "yearly-papers")
PAPER = format_lazy("{}/<slug:kind>/<int:year>", PAPERS)
VERSION = format_lazy("{}/<int:version>", PAPER)
WORK = format_lazy("{}/{}", BASE, pgettext_lazy("route", "yearly-papers"))
AT_WORK = format_lazy("{}/<slug:kind>/<int:year>", WORK)
SECTION = format_lazy("{}/{}/<slug:section>", AT_WORK, pgettext_lazy("route", "sections"))
COMMENTS = format_lazy("{}/{}", SECTION, pgettext_lazy("route", "comments"))


def below(base: Any, word: Any, view: Any, name: str) -> URLPattern:
    found: URLPattern = path(format_lazy("{}/{}/", base, word), view, name=name)
    return found


urlpatterns: list[URLPattern] = [
    *routes(PAPERS, public.yearly_paper_list, "yearly_paper_list"),
    *routes(PAPER, public.yearly_paper, "yearly_paper"),
    *routes(VERSION, public.yearly_paper, "yearly_paper_version"),
    path(format_lazy("{}/<slug:language>.<slug:format>", VERSION), public.yearly_paper_file, name="yearly_paper_file"),
    *routes(WORK, work.paper_work_list, "paper_work_list"),
    below(WORK, pgettext_lazy("route", "open"), work.paper_open, "paper_open"),
    *routes(AT_WORK, work.paper_work, "paper_work"),
    below(AT_WORK, pgettext_lazy("route", "preview"), work.paper_preview, "paper_preview"),
    path(
        format_lazy("{}/{}/<slug:language>.<slug:format>", AT_WORK, pgettext_lazy("route", "preview")),
        work.paper_preview_file,
        name="paper_preview_file",
    ),
    *routes(format_lazy("{}/{}", AT_WORK, pgettext_lazy("route", "check")), signing.paper_check, "paper_check"),
    below(AT_WORK, pgettext_lazy("route", "lay-before"), signing.paper_lay_before, "paper_lay_before"),
    below(AT_WORK, pgettext_lazy("route", "take-back"), signing.paper_take_back, "paper_take_back"),
    below(AT_WORK, pgettext_lazy("route", "sign"), signing.paper_sign, "paper_sign"),
    below(AT_WORK, pgettext_lazy("route", "decide"), signing.paper_decide, "paper_decide"),
    path(format_lazy("{}/", SECTION), sections.paper_section, name="paper_section"),
    below(SECTION, pgettext_lazy("route", "chapter"), sections.paper_chapter, "paper_chapter"),
    below(SECTION, pgettext_lazy("route", "writer"), sections.paper_section_writer, "paper_section_writer"),
    *routes(
        format_lazy("{}/{}", SECTION, pgettext_lazy("route", "versions")),
        sections.paper_section_versions,
        "paper_section_versions",
    ),
    path(format_lazy("{}/", COMMENTS), sections.paper_comment, name="paper_comment"),
    path(
        format_lazy("{}/<int:pk>/{}/", COMMENTS, pgettext_lazy("route", "resolve")),
        sections.paper_comment_resolve,
        name="paper_comment_resolve",
    ),
]
