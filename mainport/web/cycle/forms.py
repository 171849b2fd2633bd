# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What people fill in about money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mainport.core.models import Organisation
from mainport.cycle.queries.bank import Proposal
from mainport.cycle.queries.invoices import CommitmentView
from mainport.cycle.queries.naming import Names
from mainport.cycle.rules.amounts import Unreadable, euro
from mainport.web.board.forms import InTwoLanguages, long_text
from mainport.web.cycle import show
from mainport.web.cycle.filters import choose
from mainport.web.templatetags.mainport import euro as in_euro
from mainport.web.templatetags.mainport import when
from mainport.web.workspace.forms import day

NOTHING = [("", "-")]


class AmountField(forms.Field):
    """Euro as people write it, in Dutch or in English: 50.000, 1,250.50, € 99,95."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "maxlength": 24}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            return read_amount(str(value))
        except Unreadable as error:
            raise ValidationError(gettext("We can't read this as euro and cents. Write it like 1250.50.")) from error


def read_amount(written: str) -> Decimal:
    """The amount that is meant. Raises Unreadable.

    The last separator sets off cents where one or two digits follow it; a separator before three digits tells
    thousands apart.

    >>> [str(read_amount(words)) for words in ("50.000", "1,250.50", "€ 99,95", "1.234.567,8", "12")]
    ['50000.00', '1250.50', '99.95', '1234567.80', '12.00']
    """
    plain = re.sub(r"[\s\u00a0€]|^EUR|EUR$", "", written)
    match = re.fullmatch(r"(-?)(\d+(?:[.,]\d{3})*)(?:[.,](\d{1,2}))?", plain)
    if match is None:
        raise Unreadable(written)
    sign, whole, part = match.groups()
    try:
        return euro(Decimal(f"{sign}{re.sub('[.,]', '', whole)}.{part or '0'}"))
    except InvalidOperation as error:
        raise Unreadable(written) from error


def year_field(**kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(label=_("Budget year"), min_value=2000, max_value=2200, **kwargs)


# --- Anywhere ---


class WhyForm(forms.Form):
    why = forms.CharField(label=_("Why"), max_length=500, widget=long_text(3))


class SureForm(forms.Form):
    """A deed that can't be undone, for who means it."""

    sure = forms.BooleanField(label=_("I have checked it"))


class UploadForm(forms.Form):
    file = forms.FileField(label=pgettext_lazy("money", "File"))

    def __init__(self, *args: Any, help_text: Any, accept: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = help_text
        self.fields["file"].widget.attrs["accept"] = accept


class PurposeForm(forms.Form):
    """What money is for: which year, what of the agenda, out of which fund, for what type of cost."""

    year = year_field()
    element = forms.ChoiceField(label=_("Goal, task or project"), choices=())
    fund = forms.ChoiceField(label=_("Out of"), choices=())
    cost = forms.ChoiceField(label=_("Type of cost"), choices=())

    def __init__(self, *args: Any, names: Names, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill(names)

    def fill(self, names: Names) -> None:
        choose(
            self,
            element=[*NOTHING, *show.element_choices(names)],
            fund=[*NOTHING, *show.fund_choices(names)],
            cost=[*NOTHING, *show.cost_choices()],
        )


# --- Budgets ---


class DraftForm(forms.Form):
    """A new draft."""

    year = year_field()
    words = forms.CharField(label=_("What this version is for"), max_length=300, required=False, widget=long_text(2))


class BudgetLineForm(PurposeForm):
    """A line of a draft; the element, fund and cost of an existing one stay."""

    amount = AmountField(label=_("Euro"))
    words = forms.CharField(label=_("Explanation"), max_length=300, required=False)

    def __init__(self, *args: Any, names: Names, **kwargs: Any) -> None:
        super().__init__(*args, names=names, **kwargs)
        del self.fields["year"]


class AmountForm(forms.Form):
    """Another amount for a line that is there."""

    amount = AmountField(label=_("Euro"))
    words = forms.CharField(label=_("Explanation"), max_length=300, required=False)


class MoveForm(forms.Form):
    """Money from one element to another."""

    source = forms.ChoiceField(label=_("From"), choices=())
    target = forms.ChoiceField(label=pgettext_lazy("money", "To"), choices=())
    fund = forms.ChoiceField(label=_("Out of"), choices=())
    cost = forms.ChoiceField(
        label=_("Type of cost"),
        choices=(),
        required=False,
        help_text=_("Leave this open to take it from the largest lines first."),
    )
    amount = AmountField(label=_("Euro"))
    words = forms.CharField(label=_("Why"), max_length=300, widget=long_text(2))
    decision = forms.ChoiceField(label=_("By decision"), choices=(), required=False)

    def __init__(
        self, *args: Any, names: Names, sources: Sequence[str], decisions: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(
            self,
            source=[*NOTHING, *((uid, show.element_name(names, uid)) for uid in sources)],
            target=[*NOTHING, *show.element_choices(names)],
            fund=[*NOTHING, *show.fund_choices(names)],
            cost=[("", _("All")), *show.cost_choices()],
            decision=[*NOTHING, *decisions],
        )


class DecideForm(forms.Form):
    decision = forms.ChoiceField(label=_("By decision"), choices=(), required=False)
    sure = forms.BooleanField(label=_("This budget was decided as it stands here"))

    def __init__(self, *args: Any, decisions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, decision=[*NOTHING, *decisions])


# --- Grants ---


class ApplyForm(InTwoLanguages):
    """An application to a fund."""

    title_nl = forms.CharField(label=_("Title in Dutch"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    fund = forms.ChoiceField(label=_("Fund"), choices=())
    element = forms.ChoiceField(label=_("Goal, task or project"), choices=())
    applicant = forms.ChoiceField(label=_("Who applies"), choices=(), required=False)
    year = year_field()
    amount = AmountField(label=_("Euro"))
    asked_on = forms.DateField(label=_("Applied on"), widget=day())
    account_by = forms.DateField(label=_("Last day to account for it"), widget=day(), required=False)
    reference = forms.CharField(label=_("Reference of the fund"), max_length=100, required=False)
    condition_1 = forms.CharField(label=_("First condition of the fund"), max_length=500, required=False)
    due_1 = forms.DateField(label=_("First condition: last day"), widget=day(), required=False)
    condition_2 = forms.CharField(label=_("Second condition of the fund"), max_length=500, required=False)
    due_2 = forms.DateField(label=_("Second condition: last day"), widget=day(), required=False)
    condition_3 = forms.CharField(label=_("Third condition of the fund"), max_length=500, required=False)
    due_3 = forms.DateField(label=_("Third condition: last day"), widget=day(), required=False)

    def __init__(self, *args: Any, names: Names, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(
            self,
            fund=[*NOTHING, *show.fund_choices(names, base=False)],
            element=[*NOTHING, *show.element_choices(names)],
            applicant=[*NOTHING, *((one.key, one.name) for one in organisations)],
        )

    @property
    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        said = self.cleaned_data
        names = ("fund", "element", "applicant", "year", "amount", "asked_on", "account_by", "reference")
        conditions = [(said[f"condition_{n}"], said[f"due_{n}"]) for n in (1, 2, 3) if said[f"condition_{n}"]]
        return {name: said[name] for name in names} | {"title": self.text("title"), "conditions": conditions}


class AwardForm(forms.Form):
    amount = AmountField(label=_("Awarded, in euro"))
    decided_on = forms.DateField(label=_("Decided on"), widget=day())
    account_by = forms.DateField(label=_("Last day to account for it"), widget=day(), required=False)


class TurnDownForm(forms.Form):
    decided_on = forms.DateField(label=_("Decided on"), widget=day())
    why = forms.CharField(label=_("Why"), max_length=500, required=False, widget=long_text(3))


class ClaimForm(forms.Form):
    amount = AmountField(label=_("Euro"))
    on = forms.DateField(label=_("Date of the claim"), widget=day())
    due = forms.DateField(
        label=_("Last day to pay"), help_text=_("Leave this open for thirty days."), widget=day(), required=False
    )


class MetForm(forms.Form):
    met_on = forms.DateField(label=_("Met on"), widget=day())


# --- Commitments and invoices ---


class CommitForm(PurposeForm):
    """An order, an assignment or a grant to another."""

    party = forms.ChoiceField(label=_("Supplier"), choices=())
    words = forms.CharField(label=_("What it is"), max_length=300)
    amount = AmountField(label=_("Euro, VAT included"))
    on = forms.DateField(label=_("Dated"), widget=day())

    field_order = ("party", "words", "amount", "on", "year", "element", "fund", "cost")

    def fill(self, names: Names) -> None:
        super().fill(names)
        choose(self, party=[*NOTHING, *show.party_choices(names, suppliers=True)])


class AcceptForm(PurposeForm):
    """For what an invoice is: a commitment says it all."""

    commitment = forms.ChoiceField(
        label=_("Commitment"),
        help_text=_("With a commitment, the rest of this form may stay open: it is for what that is for."),
        choices=(),
        required=False,
    )
    field_order = ("commitment", "year", "element", "fund", "cost")

    def __init__(self, *args: Any, names: Names, commitments: Sequence[CommitmentView], **kwargs: Any) -> None:
        super().__init__(*args, names=names, **kwargs)
        if not commitments:
            del self.fields["commitment"]
            return
        for name in ("year", "element", "fund", "cost"):
            self.fields[name].required = False
        left = pgettext("money", "left")
        found = [(one.key, f"{one.key} {one.words} ({left}: {in_euro(one.outstanding)})") for one in commitments]
        choose(self, commitment=[*NOTHING, *found])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not said.get("commitment"):
            for name in ("year", "element", "fund", "cost"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, gettext("Fill this in."))
        return said


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why it is sent back"), max_length=2000, widget=long_text(3))


class SendForm(forms.Form):
    """Which contributors are asked for their contribution of a year."""

    parties = forms.MultipleChoiceField(label=_("Who gets an invoice"), widget=forms.CheckboxSelectMultiple, choices=())
    on = forms.DateField(label=_("Date of the invoices"), widget=day())
    due = forms.DateField(
        label=_("Last day to pay"), help_text=_("Leave this open for thirty days."), widget=day(), required=False
    )

    def __init__(self, *args: Any, parties: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, parties=parties)


# --- Bank ---


class AssignForm(forms.Form):
    invoice = forms.ChoiceField(label=_("It was for"), widget=forms.RadioSelect, choices=())

    def __init__(self, *args: Any, proposals: Sequence[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, invoice=[(str(one.id), self._label(one)) for one in proposals])
        if proposals and (proposals[0].certain or len(proposals) == 1):
            self.fields["invoice"].initial = str(proposals[0].id)

    @staticmethod
    def _label(one: Proposal) -> str:
        return gettext("%(number)s, %(party)s: %(left)s open, due on %(due)s. %(words)s") % {
            "number": one.number,
            "party": one.party.name,
            "left": in_euro(one.left),
            "due": when(one.due),
            "words": one.words,
        }


class SpendForm(PurposeForm):
    """A cost without an invoice."""

    words = forms.CharField(label=_("What it was"), max_length=300)
    party = forms.ChoiceField(label=_("Paid to"), choices=(), required=False)

    def fill(self, names: Names) -> None:
        super().fill(names)
        choose(self, party=[*NOTHING, *show.party_choices(names, suppliers=True)])


# --- Parties ---


class PartyForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    kvk = forms.CharField(label=_("KvK number"), max_length=8, required=False)
    vat = forms.CharField(label=_("VAT number"), max_length=20, required=False)
    iban = forms.CharField(label=_("Bank account (IBAN)"), max_length=42, required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)


class AccountForm(forms.Form):
    iban = forms.CharField(
        label=_("Bank account (IBAN)"),
        help_text=_("Payments are recognised by it. Leave it open where none is known."),
        max_length=42,
        required=False,
    )


class AddressForm(forms.Form):
    street = forms.CharField(label=_("Street and number"), max_length=150)
    postcode = forms.CharField(label=_("Postcode"), max_length=10)
    city = forms.CharField(label=_("Place"), max_length=50)
    country = forms.CharField(label=_("Country, as two capitals"), max_length=2, initial="NL")
    kvk = forms.CharField(label=_("KvK number"), max_length=8, required=False)
