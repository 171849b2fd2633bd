# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The Open Education API 6.0 of the catalogue, at /api/oeapi/v6: what can be learnt, and enrolling in it."""
