# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Why a question in OData isn't answered."""

from __future__ import annotations


class Refused(Exception):
    """The answer is an error of OData with this status; `option` is the query option that is wrong."""

    def __init__(self, status: int, message: str, option: str = "", wait: int = 0) -> None:
        self.status, self.message, self.option, self.wait = status, message, option, wait
        super().__init__(message)
