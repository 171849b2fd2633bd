# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Finding: the search page, saved searches, suggestions, the map of courses."""

from mainport.catalogue.actions.saved import save_search
from mainport.catalogue.models import SavedSearch
from tests.functional.matrix import Stage, page, row, table


def _saved(stage: Stage) -> SavedSearch:
    query = {"q": ["waterstof"], "tab": ["research"]}
    return save_search(by=stage.cast.alice.actor, name="Waterstof", query=query, language="nl", every=7)


def mine(stage: Stage) -> int:
    return _saved(stage).pk


def secret(stage: Stage) -> str:
    return _saved(stage).secret


#                                                       visitor alice charlie bob dave erin frank grace
# fmt: off
ROWS = table(
    page("search",                                     get="200"),
    row("search_feed",                                 get="200"),
    row("search_suggest",                              get="200"),
    row("search_save",                                 get="302     200   200     200 200  200  200   200",
                                                      post="302     302   302     302 302  302  302   302",
        data={"name": "Waterstof", "every": "7"}),
    page("saved_searches",                             get="302     200   200     200 200  200  200   200"),
    # One's own, by Alice alone; another's doesn't exist.
    row("saved_search",   {"pk": mine},                get="405",
                                                      post="302     302   404     404 404  404  404   404",
        data={"remove": "yes"}),
    # By whoever has the letter.
    row("letters_end",    {"secret": secret},          get="200", post="200", data={}),
    page("provider_map",                               get="200"),
    row("api:search_catalogue",                        get="200"),
)
# fmt: on
