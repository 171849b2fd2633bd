# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What holds in the ledger, in budgets, grants and papers: pure functions on plain values."""
