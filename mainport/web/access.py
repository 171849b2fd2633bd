# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who gets to a view at all: visitors are sent to log in, people without the permission get 403.

Whether somebody may see one particular thing is decided by queries, and answers 404.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Permission

View = TypeVar("View", bound=Callable[..., Any])


def logged_in(view: View) -> View:
    """For everybody with an account."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded  # type: ignore[return-value]


def needs(permission: Permission) -> Callable[[View], View]:
    """For people who have this permission everywhere."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not actor_of(request.user).may(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return logged_in(guarded)  # type: ignore[return-value]

    return decorate
