# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The region's pages: places, the daily urban system, flows, regions, areas."""
