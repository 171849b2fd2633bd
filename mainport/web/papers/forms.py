# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What people fill in about the yearly papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mainport.cycle.actions.papers import LONGEST


def long_text(rows: int, **attributes: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attributes})


class OpenForm(forms.Form):
    """A paper of a year."""

    kind = forms.ChoiceField(label=pgettext_lazy("paper", "Which paper"), choices=())
    year = forms.IntegerField(
        label=_("Of which year"),
        help_text=_("Was this year's decided already? Then a new version begins with its texts."),
        min_value=2000,
        max_value=2100,
    )

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class SectionForm(forms.Form):
    """The text of a section, in every language of the alliance."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages
        for place, code in enumerate(languages):
            name = get_language_info(code)["name_translated"]
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text in %(language)s") % {"language": name},
                help_text="" if place else _("An empty line begins a new paragraph."),
                widget=long_text(14, lang=code),
                max_length=LONGEST,
                required=False,
            )

    @property
    def text(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"text_{code}"] for code in self.languages}


class CommentForm(forms.Form):
    words = forms.CharField(label=_("Your comment"), widget=long_text(4), max_length=5000)


class WriterForm(forms.Form):
    organisation = forms.ChoiceField(
        label=_("Who writes this section"),
        help_text=_("Its reporters and coordinators then can. The programme office always may."),
        choices=(),
        required=False,
    )

    def __init__(self, *args: Any, organisations: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [("", _("The programme office")), *organisations]  # type: ignore[attr-defined]


class TakeBackForm(forms.Form):
    why = forms.CharField(
        label=_("Why it goes back"), help_text=_("Is kept in the history."), widget=long_text(3), max_length=500
    )


class SignForm(forms.Form):
    """What a partner says of a paper."""

    organisation = forms.ChoiceField(label=_("On behalf of"), choices=())
    agrees = forms.ChoiceField(
        label=_("What does it say?"),
        choices=[("yes", _("It agrees with this paper as it reads")), ("no", _("It doesn't agree"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why not, or what it wants to add"),
        help_text=_("Who doesn't agree says why. The other partners read it."),
        widget=long_text(4),
        max_length=5000,
        required=False,
    )

    def __init__(self, *args: Any, organisations: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = organisations  # type: ignore[attr-defined]
        if len(organisations) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["organisation"].initial = organisations[0][0]


class DecideForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("By which decision"),
        help_text=_("A decision that is in the register already. It is named on the paper, for ever."),
        choices=(),
        required=False,
    )
    ahead = forms.CharField(
        label=_("Why it goes ahead without everybody's agreement"),
        help_text=_("Only needed where a partner hasn't agreed. Is kept in the history."),
        widget=long_text(3),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, decisions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [("", _("None")), *decisions]  # type: ignore[attr-defined]
