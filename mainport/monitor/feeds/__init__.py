# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Outside formats coming in, one file each: fetch raw, keep it, parse, check, hand to `actions`."""
