# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The region: places and areas, who travels where, and the regions that follow from it."""
