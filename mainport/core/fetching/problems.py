# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Why a visit to a feed brought nothing that can be stored. The message is for the feed's owner."""

from __future__ import annotations


class Problem(Exception):
    """The visit failed; what was stored before stays."""


class NotReached(Problem):
    """Nothing came: no connection, too slow, or an answer that says that there is nothing.

    `status` is that of the answer (RFC 9110), where there was one; `after` is for how many seconds the source
    asks patience.
    """

    def __init__(self, message: str, *, status: int | None = None, after: float = 0.0) -> None:
        super().__init__(message)
        self.status, self.after = status, after


class NotTrusted(Problem):
    """Something came that isn't what was asked for, isn't whole or can't be true."""


class NotChanged(Exception):
    """The source says that nothing has changed since the last good visit."""
