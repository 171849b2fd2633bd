# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Flows between zones and what is derived from them: pure functions on numpy arrays, usable as a library."""

from mainport.region.rules.agreement import Agreement, compare
from mainport.region.rules.flows import Flows, flows
from mainport.region.rules.methods import Delineation, Method, Options, delineate

__all__ = ["Agreement", "Delineation", "Flows", "Method", "Options", "compare", "delineate", "flows"]
