# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What holds for all that one request does."""

from contextvars import ContextVar

#: The request's id, as every line of the log bears it; '' outside requests.
request_id: ContextVar[str] = ContextVar("request_id", default="")
