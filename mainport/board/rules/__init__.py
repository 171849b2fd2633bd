# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What holds in meetings, decisions and their follow-up: pure functions on plain values."""
