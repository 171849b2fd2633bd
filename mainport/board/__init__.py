# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The board: bodies, meetings, decisions, and their follow-up per partner."""
