# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How often a form may be sent. Counted in the cache, which every process shares; over it: 429.

Log-in and password reset have allauth's own limits (ACCOUNT_RATE_LIMITS); this is the same
counter for our forms, so that there is one way of counting.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from allauth.core.internal import ratelimit
from django.http import HttpRequest

View = TypeVar("View", bound=Callable[..., Any])


def limited(action: str, rate: str) -> Callable[[View], View]:
    """Let a view be sent (POST) so often: `@limited("invite", "30/h/user")`.

    The rate is number/period/per: period in s, m, h or d (5m is five minutes), per `user` or `ip`.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            refused = ratelimit.consume_or_429(request, app="mainport", action=action, config={action: rate})
            return refused or view(request, *args, **kwargs)

        return counted  # type: ignore[return-value]

    return decorate
