# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Whose file it is: what an export says of itself beside the agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Edition:
    """The site that the agenda stands on, the day that the file shows, and the language of one that has only one."""

    site_url: str
    day: date
    language: str

    def address(self, uid: str) -> str:
        """The address by which an element is known elsewhere; it answers with the element."""
        return f"{self.site_url}/api/v1/elements/{uid}"
