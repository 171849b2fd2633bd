# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The cycle: pledges, budgets, co-financing, the ledger under them, and the yearly papers."""
