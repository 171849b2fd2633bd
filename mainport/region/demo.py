# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What a demonstration needs of the region: the flow table that comes with Mainport. It is no invention."""

from __future__ import annotations

from mainport.core.rules.permissions import Actor
from mainport.region.actions.flows import load_groningen


def load(*, by: Actor) -> dict[str, int]:
    """Store the commuting of Groningen; how many pairs it has."""
    return {"flows": load_groningen(by=by).rows}
