# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The agenda: goals, sectors, tasks, flagships, their plans, and the progress reported on them."""
