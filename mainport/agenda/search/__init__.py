# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Full-text search over the agenda, in each of its languages.

The index on disk is a cache of the table of versions (docs/adr/0008): a search first reads what
changed since. It holds what stands in the agenda today, which is public, and nothing else.
"""

from mainport.agenda.search.catalogue import State, catch_up, rebuild
from mainport.agenda.search.finding import Answer, Hit, search

__all__ = ["Answer", "Hit", "State", "catch_up", "rebuild", "search"]
