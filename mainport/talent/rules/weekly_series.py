# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Two models of a weekly line with a season, small enough to be fitted by trying: ETS(A,Ad,A) and SARIMA.

Both run on the logarithm of what has come in so far, in which a year that is larger by a factor is higher by a
constant. Parameters are found on a grid within their bounds and then on a finer one around the best; all are run at
once. Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 8.5 and 9.9; Box & Jenkins 1976, 9.2.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
#: Given parameters (one row each), the weighted sum of squared errors of each, and what each forecasts.
Run = Callable[[Floats], tuple[Floats, Floats]]


def ets(line: Floats, weight: Floats, season: int, ahead: int) -> Floats:
    """Level, damped trend and season, each with additive errors: the next values of the line.

    The first season begins the states, so what is learnt is learnt from the second on. `weight` says how much each
    value of the line counts where the parameters are chosen.
    """
    start = line[:season].mean()

    def run(parameters: Floats) -> tuple[Floats, Floats]:
        alpha, beta, gamma, phi = parameters.T
        level, trend = np.full(len(parameters), start), np.zeros(len(parameters))
        seasonal = np.tile(line[:season] - start, (len(parameters), 1))
        squares = np.zeros(len(parameters))
        for at in range(season, len(line)):
            expected = level + phi * trend + seasonal[:, at % season]
            error = line[at] - expected
            squares += weight[at] * error**2
            level = level + phi * trend + alpha * error
            trend = phi * trend + alpha * beta * error
            seasonal[:, at % season] += gamma * (1 - alpha) * error
        found = np.empty((len(parameters), ahead))
        damped = np.zeros(len(parameters))
        for step in range(ahead):
            damped += phi ** (step + 1)
            found[:, step] = level + damped * trend + seasonal[:, (len(line) + step) % season]
        return squares, found

    # Beta and gamma are shares of what the level's alpha leaves them, which keeps the states within bounds.
    return _best(run, [(0.02, 0.98), (0.0, 0.5), (0.0, 0.9), (0.8, 0.98)], (7, 4, 4, 3))


def sarima(line: Floats, weight: Floats, season: int, ahead: int) -> Floats:
    """SARIMA(0,1,1)(0,1,1), by conditional least squares: the next values of a line of over one season."""

    def run(parameters: Floats) -> tuple[Floats, Floats]:
        theta, seasonal = parameters.T
        error = np.zeros((len(line) + ahead, len(parameters)))
        squares = np.zeros(len(parameters))
        values = np.empty((len(line) + ahead, len(parameters)))
        values[: len(line)] = line[:, np.newaxis]
        for at in range(season + 1, len(line) + ahead):
            expected = values[at - 1] + values[at - season] - values[at - season - 1]
            expected = expected - theta * error[at - 1] - seasonal * error[at - season]
            expected = expected + theta * seasonal * error[at - season - 1]
            if at < len(line):
                error[at] = line[at] - expected
                squares += weight[at] * error[at] ** 2
            else:
                values[at] = expected
        return squares, values[len(line) :].T

    return _best(run, [(-0.5, 0.95), (-0.5, 0.95)], (12, 12))


def _best(run: Run, bounds: Sequence[tuple[float, float]], points: Sequence[int]) -> Floats:
    """The forecast of the parameters that were least wrong: on a grid, then on a finer one around its best."""
    edges = list(bounds)
    forecast: Floats = np.empty(0)
    for _round in range(3):
        axes = [np.linspace(low, high, count) for (low, high), count in zip(edges, points, strict=True)]
        grid = np.array(list(product(*axes)))
        squares, found = run(grid)
        best = int(np.argmin(squares))
        forecast = found[best]
        widths = [(high - low) / (count - 1) for (low, high), count in zip(edges, points, strict=True)]
        edges = [
            (max(least, value - width), min(most, value + width))
            for (least, most), value, width in zip(bounds, grid[best], widths, strict=True)
        ]
    return forecast
