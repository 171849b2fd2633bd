# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Why an action of the agenda is not carried out."""

from mainport.core.rules.permissions import NotAllowed, require

__all__ = ["NotAllowed", "require"]
