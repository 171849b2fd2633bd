# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Pages of works, courses and programmes, with what they carry for machines."""

from django.utils.text import slugify

from tests import works
from tests.functional.matrix import Stage, page, row, table


def work(stage: Stage) -> str:
    return works.work().key


def course(stage: Stage) -> str:
    works.programme()
    return works.course().key


def programme(stage: Stage) -> str:
    works.course()
    return works.programme().key


def provider(stage: Stage) -> str:
    return slugify(works.course().provider)


def with_file(stage: Stage) -> dict[str, object]:
    file = works.kept(works.work())
    return {"key": file.record.key, "pk": file.pk}


def part(stage: Stage) -> int:
    return works.work().pk // 20_000


# fmt: off
ROWS = table(
    page("research",                                          get="200"),
    row("research_rss",                                       get="200"),
    row("research_atom",                                      get="200"),
    page("work",               {"key": work},                 get="200"),
    row("work_bib",            {"key": work},                 get="200"),
    row("work_ris",            {"key": work},                 get="200"),
    row("work_csl",            {"key": work},                 get="200"),
    row("work_citation",       {"key": work},                 get="200"),
    row("work_datacite",       {"key": work},                 get="200"),
    row("work_jsonld",         {"key": work},                 get="200"),
    row("work_linkset",        {"key": work},                 get="200"),
    row("work_file",           with_file,                     get="200"),
    row("courses_rss",                                        get="200"),
    row("courses_atom",                                       get="200"),
    page("course",             {"key": course},               get="200"),
    row("course_jsonld",       {"key": course},               get="200"),
    row("course_linkset",      {"key": course},               get="200"),
    page("programme",          {"key": programme},            get="200"),
    row("programme_jsonld",    {"key": programme},            get="200"),
    row("programme_linkset",   {"key": programme},            get="200"),
    page("provider_list",                                     get="200"),
    page("provider",           {"slug": provider},            get="200"),
    row("record",              {"key": work},                 get="302"),
    row("sitemap_agenda",                                     get="200"),
    row("sitemap_part",        {"part": part},                get="200"),
    row("llms",                                               get="200"),
)
# fmt: on
