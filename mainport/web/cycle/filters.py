# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""By what the lists of the books can be narrowed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mainport.cycle.queries.naming import Names
from mainport.web.cycle import labels, show


def choose(form: forms.Form, **choices: Sequence[tuple[str, Any]]) -> None:
    """Give fields their choices."""
    for name, found in choices.items():
        form.fields[name].choices = list(found)  # type: ignore[attr-defined]


class YearForm(forms.Form):
    """Of which year the books are shown."""

    year = forms.ChoiceField(label=_("Year"), choices=(), required=False)

    def __init__(self, *args: Any, years: Sequence[int], every: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        all_ = [("", _("All"))] if every else []
        choose(self, year=[*all_, *((str(year), str(year)) for year in years)])


class LedgerForm(forms.Form):
    """Which movements are shown."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    year = forms.ChoiceField(label=_("Dated in"), choices=(), required=False)
    sort = forms.ChoiceField(label=pgettext_lazy("movement", "Sort"), choices=(), required=False)
    code = forms.ChoiceField(label=_("Account"), choices=(), required=False)
    element = forms.ChoiceField(label=_("Goal, task or project"), choices=(), required=False)
    fund = forms.ChoiceField(label=_("Fund"), choices=(), required=False)
    party = forms.ChoiceField(label=_("Party"), choices=(), required=False)

    def __init__(self, *args: Any, names: Names, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        all_ = [("", _("All"))]
        choose(
            self,
            year=[*all_, *((str(year), str(year)) for year in years)],
            sort=[*all_, *((sort.value, label) for sort, label in labels.SORTS.items())],
            code=[*all_, *show.codes()],
            element=[*all_, *show.element_choices(names)],
            fund=[*all_, *show.fund_choices(names)],
            party=[*all_, *show.party_choices(names)],
        )


class GrantFilter(YearForm):
    state = forms.ChoiceField(label=_("State"), choices=(), required=False)
    fund = forms.ChoiceField(label=_("Fund"), choices=(), required=False)

    def __init__(self, *args: Any, names: Names, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, years=years, every=True, **kwargs)
        all_ = [("", _("All"))]
        choose(
            self,
            state=[*all_, *((state, label) for state, (_glyph, label) in labels.GRANT_STATES.items())],
            fund=[*all_, *show.fund_choices(names, base=False)],
        )


class InvoiceFilter(forms.Form):
    tab = forms.CharField(widget=forms.HiddenInput, required=False)
    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    direction = forms.ChoiceField(
        label=_("Sent or received"), choices=[("", _("All")), *labels.DIRECTIONS.items()], required=False
    )
