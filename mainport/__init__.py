# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Mainport: the open platform on which a regional alliance runs its strategic agenda."""

from importlib.metadata import version

__version__ = version("mainport")
