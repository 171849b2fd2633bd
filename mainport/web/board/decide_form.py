# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The form on which the programme office records a decision: text, votes, what it changes, what follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    def own_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if not name.startswith("vote-")]

    @property
    def ballots(self) -> list[Ballot]:
        said = ((o.key, self.cleaned_data[f"vote-{o.key}"]) for o in self.present)
        return [Ballot(key, Choice(choice)) for key, choice in said if choice]


class MoveForm(forms.Form):
    """Money from one task to another."""

    year = forms.IntegerField(label=_("Budget year"), min_value=2000, max_value=2200, required=False)
    source = forms.ChoiceField(label=_("From"), required=False, choices=())
    target = forms.ChoiceField(label=_("To"), required=False, choices=())
    fund = forms.ChoiceField(label=_("Out of"), required=False, choices=())
    cost = forms.ChoiceField(label=_("Type of cost"), required=False, choices=())
    amount = forms.DecimalField(label=_("Euro"), min_value=0, max_digits=14, decimal_places=2, required=False)

    def __init__(
        self,
        *args: Any,
        elements: Sequence[tuple[str, str]],
        funds: Sequence[tuple[str, str]],
        costs: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("source", "target"):
            self.fields[name].choices = [("", "-"), *elements]  # type: ignore[attr-defined]
        self.fields["fund"].choices = [("", "-"), *funds]  # type: ignore[attr-defined]
        self.fields["cost"].choices = [("", "-"), *costs]  # type: ignore[attr-defined]

    @property
    def change(self) -> dict[str, Any] | None:
        said = self.cleaned_data
        if not any(said.get(name) for name in ("source", "target", "amount")):
            return None
        return {"sort": "virement", **{name: said.get(name) or "" for name in self.fields}}


class TargetForm(forms.Form):
    """Another target of an indicator."""

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


class WordingForm(forms.Form):
    """Other words for something of the agenda."""

    element = forms.ChoiceField(label=_("What of the agenda"), required=False, choices=())
    title_nl = forms.CharField(label=_("New title in Dutch"), max_length=300, required=False)
    title_en = forms.CharField(label=_("New title in English"), max_length=300, required=False)
    summary_nl = forms.CharField(label=_("New description in Dutch"), widget=long_text(2), required=False)
    summary_en = forms.CharField(label=_("New description in English"), widget=long_text(2), required=False)

    def __init__(self, *args: Any, elements: Sequence[tuple[str, str]], **kwargs: Any) -> None:
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


class PapersForm(forms.Form):
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


class FollowUpRowForm(forms.Form):
    """What one organisation will do."""

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
        money = {"elements": choices.elements, "funds": choices.funds, "costs": choices.costs}
        self.moves = [MoveForm(data, prefix=f"move{n}", **money) for n in range(MOVES)]
        self.targets = [TargetForm(data, prefix=f"target{n}", indicators=choices.indicators) for n in range(TARGETS)]
        self.wordings = [WordingForm(data, prefix=f"wording{n}", elements=choices.elements) for n in range(WORDINGS)]
        self.papers = PapersForm(data, prefix="papers", budgets=choices.budgets, papers=choices.papers)
        self.tasks = [
            FollowUpRowForm(data, prefix=f"task{n}", organisations=choices.organisations) for n in range(TASKS)
        ]

    @property
    def forms(self) -> Iterable[forms.Form]:
        return [self.decision, *self.moves, *self.targets, *self.wordings, self.papers, *self.tasks]

    def is_valid(self) -> bool:
        return not [form for form in self.forms if not form.is_valid()]  # Every form says what is wrong in it.

    @property
    def changes(self) -> list[Change]:
        """What the decision changes. Raises Refused."""
        parts: list[MoveForm | TargetForm | WordingForm] = [*self.moves, *self.targets, *self.wordings]
        found = [change for part in parts if (change := part.change)]
        return read_all([*found, *self.papers.changes])

    @property
    def follow_ups(self) -> list[NewFollowUp]:
        return [found for task in self.tasks if (found := task.follow_up)]

    def refuse(self, error: Refused) -> None:
        labels.put_troubles(self.decision, error)


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
