# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Pages of the monitor: where figures come from, and what they say of the goals."""
