# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How much of every zone's working people work in one city: the shading of the agenda's own map."""

from __future__ import annotations

import numpy as np

from mainport.region.rules.flows import Floats, Flows


def shares(flows: Flows, city: str) -> Floats:
    """The share of the employed residents of each zone who work in the city, outside and unknown in the denominator.

    NaN for a zone without employed residents: no share is not a share of nothing. Raises KeyError for an unknown city.
    """
    place = flows.index(city)
    to_city = np.zeros(len(flows))
    part = slice(flows.into.start[place], flows.into.start[place + 1])
    to_city[flows.into.zone[part]] = flows.into.amount[part]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(flows.residents > 0, to_city / flows.residents, np.nan)
