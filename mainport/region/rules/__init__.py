# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Flows between zones and what is derived from them: pure functions on numpy arrays, usable as a library."""
