# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the steps share. Each form says what it begins with and what the action is to keep."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from mainport.agenda import queries as agenda
from mainport.agenda.models import Element
from mainport.agenda.rules.elements import Kind
from mainport.catalogue.queries.handing_in import HandedIn
from mainport.catalogue.rules.texts import Texts
from mainport.web.board.forms import InTwoLanguages, named
from mainport.web.templatetags.mainport import words

BOTH = ("nl", "en")
#: So many recommendations and questions fit on a page.
MOST = 20
BUILDS_ON = "IsDerivedFrom"


class StepForm(InTwoLanguages):
    """One step: `work` and `beside` are what actions.handing_in.save takes."""

    #: Fields that may stay empty one by one, and not all of them: they aren't said to be not required.
    quiet: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *args: Any, handed: HandedIn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.handed = handed
        #: Of what is kept now, as the page was made with it.
        self.mark = self.mark_of(handed)

    @classmethod
    def mark_of(cls, handed: HandedIn) -> str:
        """Changes with anything that this step keeps."""
        told = json.dumps(cls.initial_from(handed), default=str, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def clashes(self, *seen: str) -> bool:
        """Whether something else is kept now than the page was made with, or made of it itself (`seen`: their marks);
        said above the form if so.

        Nothing clashes where both say the same, as where somebody pressed twice.
        """
        if not any(seen) or self.mark in seen or not self.changed_data:
            return False
        self.add_error(
            None,
            _("This step was changed in another window. Below is what you filled in here. Save once more to keep it."),
        )
        for name in self.changed_data:
            kept = self[name].initial
            said = Truncator(_shown(self.fields[name], kept) or "").chars(300)
            self.add_error(
                None,
                _("Kept now at “%(field)s”: %(said)s")
                % {"field": self.fields[name].label, "said": f"“{said}”" if said else _("nothing")},
            )
        return True

    @classmethod
    def initial_from(cls, handed: HandedIn) -> dict[str, Any]:
        raise NotImplementedError

    @property
    def work(self) -> dict[str, Any]:
        return {}

    @property
    def beside(self) -> dict[str, Any]:
        return {}

    def merged(self, name: str, before: Texts) -> dict[str, str]:
        """What was filled in in two languages, and what stands there in others."""
        return self.text(name) | {language: said for language, said in before.items() if language not in BOTH}


def _shown(field: Any, kept: Any) -> Any:
    """What is kept as its field shows it."""
    choices = getattr(field, "choices", ())
    flat = [pair for value, label in choices for pair in (label if isinstance(label, list) else [(value, label)])]
    return dict(flat).get(kept, kept)


def tasks() -> list[Element]:
    """The tasks of the agenda, with what they hang under. One query."""
    return list(agenda.elements(Kind.TASK).select_related("parent__parent__parent"))


def task_choices(found: Sequence[Element], nothing: str = "") -> list[tuple[str, Any]]:
    """The tasks under what they hang under; `nothing` is what stands on top, for none of them."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for task in found:
        groups.setdefault(words(task.parent.title) if task.parent else "", []).append((task.key, named(task)))
    top = [("", nothing or _("No task, or I don’t know"))]
    return [*top, *(each for above, tasks in groups.items() for each in ([(above, tasks)] if above else tasks))]
