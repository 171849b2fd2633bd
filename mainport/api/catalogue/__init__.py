# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The catalogue to machines: OAI-PMH, the Open Education API, and an address for each record."""
