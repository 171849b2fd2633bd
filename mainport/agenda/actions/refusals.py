# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Why an action of the agenda is not carried out."""

from __future__ import annotations

from mainport.core.rules.permissions import Actor, Permission


class NotAllowed(Exception):
    """The actor may not do this."""


def require(by: Actor, permission: Permission, organisation: str | None = None) -> None:
    """Raises NotAllowed where this actor lacks the permission, for the organisation if one is given."""
    if not by.may(permission, organisation):
        raise NotAllowed(f"{by.name or 'a visitor'} may not {permission}")
