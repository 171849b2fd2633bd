# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Functions compiled to machine code, kept for the next process where there is a place to keep them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit


def compiled(function: Callable[..., Any]) -> Any:
    """Compile a function when it is first called.

    What was compiled is kept in NUMBA_CACHE_DIR, beside the source, or in the user's cache, whichever can be written
    first. Where none can (a read-only image without a home), each process compiles anew: some seconds, no failure.
    """
    try:
        return njit(cache=True)(function)
    except RuntimeError:
        return njit(function)
