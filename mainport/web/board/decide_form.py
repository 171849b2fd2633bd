# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The form on which the programme office records a decision: text, votes, what it changes, what follows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mainport.board.actions.decisions import NewFollowUp
from mainport.board.rules.changes import Change, read_all
from mainport.board.rules.refusals import Refused
from mainport.board.rules.voting import Ballot, Choice, Manner
from mainport.core.models import Organisation
from mainport.cycle.rules.chart import CostType
from mainport.web.board import labels
from mainport.web.board.forms import InTwoLanguages, long_text
from mainport.web.workspace.forms import day

#: How many rows the form has for what isn't limited; who needs more records a second decision.
MOVES = TARGETS = WORDINGS = 2
TASKS = 8
#: So many follow-ups are asked at once, the others behind a disclosure.
TASKS_SHOWN = 3

#: Choices of a field, or of one with groups of them.
Choices = Sequence[tuple[str, Any]]


class DecisionForm(InTwoLanguages):
    """What was decided, by whom."""

    title_nl = forms.CharField(label=_("Title in Dutch"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    text_nl = forms.CharField(label=_("What is decided, in Dutch"), widget=long_text(6), max_length=10_000)
    text_en = forms.CharField(
        label=_("What is decided, in English"), widget=long_text(4), max_length=10_000, required=False
    )
    manner = forms.ChoiceField(
        label=_("How was it decided?"),
        choices=[(m.value, label) for m, label in labels.MANNERS.items()],
        widget=forms.RadioSelect,
        initial=Manner.CONSENSUS,
        help_text=_("By consensus nobody is against; note only who abstained. By vote everybody present chooses."),
    )
    replaces = forms.ChoiceField(label=_("Takes the place of"), required=False, choices=())
    confidential = forms.CharField(
        label=_("Why it is confidential"),
        help_text=_("Leave this open for what everybody may read. The reason itself is public."),
        max_length=300,
        required=False,
    )
    public_from = forms.DateField(label=_("Public from"), widget=day(), required=False)

    def __init__(
        self, *args: Any, present: Sequence[Organisation], earlier: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.present = present
        self.fields["replaces"].choices = [("", _("No earlier decision")), *earlier]  # type: ignore[attr-defined]
        choices = [("", _("No choice recorded")), *((c.value, label) for c, label in labels.CHOICES.items())]
        for organisation in present:
            self.fields[f"vote-{organisation.key}"] = forms.ChoiceField(
                label=organisation.name, choices=choices, required=False
            )

    @property
    def vote_fields(self) -> list[forms.BoundField]:
        return [self[f"vote-{organisation.key}"] for organisation in self.present]

    @property
    def word_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("title_nl", "title_en", "text_nl", "text_en")]

    @property
    def register_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("replaces", "confidential", "public_from")]

    @property
    def ballots(self) -> list[Ballot]:
        said = ((o.key, self.cleaned_data[f"vote-{o.key}"]) for o in self.present)
        return [Ballot(key, Choice(choice)) for key, choice in said if choice]


class RowForm(forms.Form):
    """One row of what may be filled in; `decisive` is the field that says what is wrong with the whole of it."""

    decisive = ""

    @property
    def is_used(self) -> bool:
        return self.is_bound and (self.has_changed() or bool(self.errors))


class MoveForm(RowForm):
    """Money from one task to another."""

    decisive = "amount"

    year = forms.IntegerField(label=_("Budget year"), min_value=2000, max_value=2200, required=False)
    source = forms.ChoiceField(label=_("From"), required=False, choices=())
    target = forms.ChoiceField(label=_("To"), required=False, choices=())
    fund = forms.ChoiceField(label=_("Out of"), required=False, choices=())
    cost = forms.ChoiceField(label=_("Type of cost"), required=False, choices=())
    amount = forms.DecimalField(label=_("Euro"), min_value=0, max_digits=14, decimal_places=2, required=False)

    def __init__(
        self,
        *args: Any,
        elements: Choices,
        funds: Choices,
        costs: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("source", "target"):
            self.fields[name].choices = [("", "-"), *elements]  # type: ignore[attr-defined]
        self.fields["fund"].choices = [("", "-"), *funds]  # type: ignore[attr-defined]
        self.fields["cost"].choices = [("", _("All types")), *costs]  # type: ignore[attr-defined]

    @property
    def change(self) -> dict[str, Any] | None:
        said = self.cleaned_data
        if not any(said.get(name) for name in ("source", "target", "amount")):
            return None
        return {"sort": "virement", **{name: said.get(name) or "" for name in self.fields}}


class TargetForm(RowForm):
    """Another target of an indicator."""

    decisive = "value"

    indicator = forms.ChoiceField(label=_("Indicator"), required=False, choices=())
    period = forms.CharField(label=_("For the year, month or day"), max_length=10, required=False)
    value = forms.FloatField(label=_("New target"), required=False)

    def __init__(self, *args: Any, indicators: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = [("", "-"), *indicators]  # type: ignore[attr-defined]

    @property
    def change(self) -> dict[str, Any] | None:
        said = self.cleaned_data
        if not said.get("indicator"):
            return None
        return {"sort": "target", **{name: said.get(name) for name in self.fields}}


class WordingForm(RowForm):
    """Other words for something of the agenda."""

    decisive = "element"

    element = forms.ChoiceField(label=_("What of the agenda"), required=False, choices=())
    title_nl = forms.CharField(label=_("New title in Dutch"), max_length=300, required=False)
    title_en = forms.CharField(label=_("New title in English"), max_length=300, required=False)
    summary_nl = forms.CharField(label=_("New description in Dutch"), widget=long_text(2), required=False)
    summary_en = forms.CharField(label=_("New description in English"), widget=long_text(2), required=False)

    def __init__(self, *args: Any, elements: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["element"].choices = [("", "-"), *elements]  # type: ignore[attr-defined]

    @property
    def change(self) -> dict[str, Any] | None:
        said = self.cleaned_data
        if not said.get("element"):
            return None
        fields: dict[str, Any] = {}
        for name in ("title", "summary"):
            text = {code: said[f"{name}_{code}"] for code in ("nl", "en") if said.get(f"{name}_{code}")}
            if text:
                fields[name] = text
        return {"sort": "element", "element": said["element"], "fields": fields}


class PapersForm(RowForm):
    """A budget or a yearly paper that comes into force by the decision."""

    budget = forms.ChoiceField(label=_("Budget that comes into force"), required=False, choices=())
    paper = forms.ChoiceField(label=_("Yearly paper that is decided"), required=False, choices=())

    def __init__(
        self, *args: Any, budgets: Sequence[tuple[str, str]], papers: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["budget"].choices = [("", "-"), *budgets]  # type: ignore[attr-defined]
        self.fields["paper"].choices = [("", "-"), *papers]  # type: ignore[attr-defined]

    @property
    def changes(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        if year := self.cleaned_data.get("budget"):
            found.append({"sort": "budget", "year": year})
        if paper := self.cleaned_data.get("paper"):
            kind, _sep, year = paper.rpartition("/")
            found.append({"sort": "paper", "kind": kind, "year": year})
        return found


class FollowUpRowForm(RowForm):
    """What one organisation will do."""

    decisive = "words_nl"

    organisation = forms.ChoiceField(label=_("Organisation"), required=False, choices=())
    words_nl = forms.CharField(label=_("What it does, in Dutch"), max_length=500, required=False)
    words_en = forms.CharField(label=_("What it does, in English"), max_length=500, required=False)
    due = forms.DateField(label=_("Last day"), widget=day(), required=False)

    def __init__(self, *args: Any, organisations: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [("", "-"), *organisations]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if any(said.get(name) for name in self.fields):
            for name in ("organisation", "words_nl", "due"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _("Fill this in."))
        return said

    @property
    def follow_up(self) -> NewFollowUp | None:
        said = self.cleaned_data
        if not said.get("organisation"):
            return None
        words = {code: said[f"words_{code}"] for code in ("nl", "en") if said.get(f"words_{code}")}
        return NewFollowUp(organisation=said["organisation"], words=words, due=said["due"])


class WholeDecision:
    """The forms of a decision together, as one page shows them and one action takes them."""

    def __init__(self, data: Any, *, initial: dict[str, Any], choices: Any) -> None:
        self.decision = DecisionForm(data, initial=initial, present=choices.present, earlier=choices.earlier)
        money = {
            "elements": choices.elements,
            "funds": choices.funds,
            "costs": choices.costs,
            "initial": {"year": initial.get("year"), "fund": "base"},
        }
        self.moves = [MoveForm(data, prefix=f"move{n}", **money) for n in range(MOVES)]
        self.targets = [TargetForm(data, prefix=f"target{n}", indicators=choices.indicators) for n in range(TARGETS)]
        self.wordings = [WordingForm(data, prefix=f"wording{n}", elements=choices.elements) for n in range(WORDINGS)]
        self.papers = PapersForm(data, prefix="papers", budgets=choices.budgets, papers=choices.papers)
        self.tasks = [
            FollowUpRowForm(data, prefix=f"task{n}", organisations=choices.organisations) for n in range(TASKS)
        ]

    @property
    def all_forms(self) -> Iterable[forms.Form]:
        return [self.decision, *self.moves, *self.targets, *self.wordings, self.papers, *self.tasks]

    def is_valid(self) -> bool:
        return not [form for form in self.all_forms if not form.is_valid()]  # Every form says what is wrong in it.

    @property
    def rows(self) -> list[MoveForm | TargetForm | WordingForm]:
        """The rows of which each is one change, in the order in which the changes are made."""
        return [*self.moves, *self.targets, *self.wordings]

    @property
    def changes(self) -> list[Change]:
        """What the decision changes. Raises Refused."""
        found = [change for row in self.rows if (change := row.change)]
        return read_all([*found, *self.papers.changes])

    @property
    def follow_ups(self) -> list[NewFollowUp]:
        return [found for task in self.tasks if (found := task.follow_up)]

    # --- As the page shows it ---

    @property
    def first_tasks(self) -> list[FollowUpRowForm]:
        return self.tasks[:TASKS_SHOWN]

    @property
    def shown(self) -> int:
        return TASKS_SHOWN

    @property
    def more_tasks(self) -> list[FollowUpRowForm]:
        return self.tasks[TASKS_SHOWN:]

    @property
    def used(self) -> dict[str, bool]:
        """Which parts have something in them, and must stand open."""
        parts: dict[str, Sequence[RowForm]] = {
            "moves": self.moves,
            "targets": self.targets,
            "wordings": self.wordings,
            "papers": [self.papers],
            "more_tasks": self.more_tasks,
        }
        return {name: any(row.is_used for row in rows) for name, rows in parts.items()}

    # --- What is wrong ---

    def refuse(self, error: Refused) -> None:
        """Each trouble at its field, where there is one; else above the form."""
        places = self._places()
        for trouble in error.troubles:
            form, name = self._place(trouble.field, places)
            form.add_error(name, labels.sentence(trouble))

    def _places(self) -> dict[str, list[RowForm]]:
        """The rows that were filled in, as troubles count them. Before any error is added: that empties a form."""
        changed: list[RowForm] = [row for row in self.rows if row.change]
        return {
            "change": [*changed, *([self.papers] * len(self.papers.changes))],
            "follow-up": [task for task in self.tasks if task.follow_up],
        }

    def _place(self, field: str, places: dict[str, list[RowForm]]) -> tuple[forms.Form, str | None]:
        if found := _PLACE.match(field):
            what, number, rest = found.groups()
            rows = places[what]
            if 0 < int(number) <= len(rows):
                row = rows[int(number) - 1]
                return row, next((n for n in (rest, f"{rest}_nl", row.decisive) if n in row.fields), None)
        name = "manner" if field.startswith("votes") else field
        return self.decision, next((n for n in (name, f"{name}_nl") if n in self.decision.fields), None)

    @property
    def summary(self) -> Summary:
        return Summary(self.all_forms)


#: How troubles name a row: `change 2 amount`, `follow-up 1 due`.
_PLACE = re.compile(r"(change|follow-up) ([0-9]+)(?: ([a-z_]+)| .*)?$")


class Summary:
    """All that is wrong in several forms, as `components/error-summary.html` shows that of one."""

    def __init__(self, of: Iterable[forms.Form]) -> None:
        self._forms = [form for form in of if form.is_bound]

    @property
    def errors(self) -> bool:
        return any(form.errors for form in self._forms)

    @property
    def non_field_errors(self) -> list[str]:
        return [str(error) for form in self._forms for error in form.non_field_errors()]

    def __iter__(self) -> Iterator[forms.BoundField]:
        for form in self._forms:
            yield from form


COSTS: list[tuple[str, Any]] = [
    (CostType.STAFF, _("staff")),
    (CostType.HIRED, _("hired work")),
    (CostType.EVENTS, _("events")),
    (CostType.COMMUNICATION, _("communication")),
    (CostType.RESEARCH, _("research")),
    (CostType.ICT, _("ICT")),
    (CostType.MATERIAL, _("material")),
    (CostType.OTHER, _("other costs")),
]
