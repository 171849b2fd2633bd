# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What pages ask of money. All of it is public, but for the names of suppliers: those are for who may read money."""

from mainport.cycle.queries.money.flows import Flow, Flows, Node, flows, narrow
from mainport.cycle.queries.money.parties import (
    Deadline,
    GrantOfFund,
    YearOfContribution,
    contributions,
    deadlines_of,
    grants_of,
    years_of,
)
from mainport.cycle.queries.money.sheet import (
    BASE,
    InForce,
    Leverage,
    Measure,
    OfElements,
    Origin,
    Row,
    Sheet,
    all_parties,
    of_elements,
    of_fund,
    of_parties,
    origin,
    payers,
    read,
    years,
)
from mainport.cycle.queries.money.tree import Group, Line, Tree, tree

__all__ = [
    "BASE",
    "Deadline",
    "Flow",
    "Flows",
    "GrantOfFund",
    "Group",
    "InForce",
    "Leverage",
    "Line",
    "Measure",
    "Node",
    "OfElements",
    "Origin",
    "Row",
    "Sheet",
    "Tree",
    "YearOfContribution",
    "all_parties",
    "contributions",
    "deadlines_of",
    "flows",
    "grants_of",
    "narrow",
    "of_elements",
    "of_fund",
    "of_parties",
    "origin",
    "payers",
    "read",
    "tree",
    "years",
    "years_of",
]
