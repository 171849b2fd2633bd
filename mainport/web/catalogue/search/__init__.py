# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Finding: the one search box, saved searches, suggestions, the map of where courses are given."""
