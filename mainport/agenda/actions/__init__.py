# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The only writes of the agenda: its elements, and what is reported on them."""

from mainport.agenda.actions.editing import (
    Overtaken,
    edit,
    may_edit,
    put_element,
    remove_element,
    with_all_below,
)
from mainport.agenda.actions.elements import OtherAlliance, Refused, difference, load
from mainport.agenda.actions.refusals import NotAllowed

__all__ = [
    "NotAllowed",
    "OtherAlliance",
    "Overtaken",
    "Refused",
    "difference",
    "edit",
    "load",
    "may_edit",
    "put_element",
    "remove_element",
    "with_all_below",
]
