# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The days that a reader looks back on."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: Days that the page of changes goes back by itself.
MONTH = 30


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class DaysForm(forms.Form):
    """From one day to another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from"] = _day(_("From"))
        self.fields["to"] = _day(_("To"))

    def clean(self) -> dict[str, Any]:
        days = super().clean() or {}
        if days.get("from") and days.get("to") and days["from"] > days["to"]:
            self.add_error("to", _("This day lies before the first one. Choose the same day or a later one."))
        return days


class DayForm(forms.Form):
    """One day."""

    on = _day(_("Day"))


def end_of(day: date) -> datetime:
    """The last moment of a day, here."""
    return timezone.make_aware(datetime.combine(day, time.max))


def last_month() -> dict[str, str]:
    today = timezone.localdate()
    return {"from": (today - timedelta(days=MONTH)).isoformat(), "to": today.isoformat()}
