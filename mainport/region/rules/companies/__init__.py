# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Young companies: which row of a file is which company, and what they come to together."""

from mainport.region.rules.companies.figures import (
    LEAST_JOBS,
    MOST_AGE,
    Cohort,
    Figures,
    Kept,
    One,
    Point,
    Year,
    by_year,
    cohorts,
    figures,
    is_scale_up,
    last_year,
    spans,
    survival,
)
from mainport.region.rules.companies.matching import Entry, Known, Match, Reason, YearIn, normal, resolve, town_of

__all__ = [
    "LEAST_JOBS",
    "MOST_AGE",
    "Cohort",
    "Entry",
    "Figures",
    "Kept",
    "Known",
    "Match",
    "One",
    "Point",
    "Reason",
    "Year",
    "YearIn",
    "by_year",
    "cohorts",
    "figures",
    "is_scale_up",
    "last_year",
    "normal",
    "resolve",
    "spans",
    "survival",
    "town_of",
]
