# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Public pages: the agenda, its elements, money, places, what explains the site."""

from mainport.agenda import actions
from mainport.agenda.rules.elements import Element, Kind
from tests import planning
from tests.conftest import BY
from tests.functional.matrix import Stage, page, row, table


def planned(stage: Stage) -> str:
    """The key of a plan, made for R4 with one milestone."""
    planning.plan("task:R4", milestones=[("meeting-held", "2026-12")])
    return "task-R4"


def milestone(stage: Stage) -> str:
    planned(stage)
    return "meeting-held"


def project(stage: Stage) -> str:
    """The key of a project, made under a task: the agenda of Groningen has none."""
    made = Element(Kind.PROJECT, "energiehub", "task:E2", 0, {"nl": "Energiehub", "en": "Energy hub"})
    actions.put_element(by=BY, element=made, why="tests")
    return "energiehub"


# fmt: off
ROWS = table(
    #                                          visitor alice charlie bob dave erin frank grace
    page("home",                                          get="200"),
    page("agenda_tree",                                   get="200"),
    page("implementation_agenda",                         get="200"),
    page("print",                                         get="200"),
    page("print_one",       {"uid": "sector:energy"},     get="200"),
    page("money",                                         get="200"),
    page("money_totals",                                  get="200"),
    page("glossary",                                      get="200"),
    row("status_rule",                                    get="200"),
    row("about",                                          get="200"),
    row("accessibility",                                  get="200"),
    row("privacy",                                        get="200"),
    row("sitemap",                                        get="200"),

    page("task",            {"key": "E3"},                get="200"),
    page("goal",            {"key": "labour"},            get="200"),
    page("sector",          {"key": "emerging"},          get="200"),
    page("chapter",         {"key": "organisation"},      get="200"),
    page("theme",           {"key": "circular-economy"},  get="200"),
    page("flagship",        {"key": "waterstof-werkt"},   get="200"),
    page("project",         {"key": project},             get="200"),
    row("plan",             {"key": planned},             get="302"),
    row("milestone",        {"key": milestone},           get="302"),
    page("partner",         {"key": "alfa-college"},      get="200"),
    page("organisation",    {"key": "wijs"},              get="200"),
    page("contribution",    {"key": "rug"},               get="200"),
    page("fund",            {"key": "jtf"},               get="200"),
    page("body",            {"key": "steering-group"},    get="200"),
    page("forum",           {"key": "life-cooperative"},  get="200"),
    page("paper",           {"key": "annual-plan"},       get="200"),
    page("instrument",      {"key": "digitale-academie"}, get="200"),
    page("monitor",         {"key": "founded"},           get="200"),
    page("figure",          {"key": "inhabitants"},       get="200"),
    page("place",           {"key": "lifelines"},         get="200"),

    page("partner_list",                                  get="200"),
    page("organisation_list",                             get="200"),
    page("fund_list",                                     get="200"),
    page("body_list",                                     get="200"),
    page("forum_list",                                    get="200"),
    page("paper_list",                                    get="200"),
    page("flagship_list",                                 get="200"),
    page("project_list",                                  get="200"),
    page("instrument_list",                               get="200"),
    page("monitor_list",                                  get="200"),
    page("figure_list",                                   get="200"),
    page("place_list",                                    get="200"),
)
# fmt: on
