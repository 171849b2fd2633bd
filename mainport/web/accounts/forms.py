# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Forms about people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mainport.core import queries
from mainport.core.rules.people import roles_to_give
from mainport.core.rules.permissions import Actor, Grant, Role, needs_organisation
from mainport.web.accounts.words import ROLES

#: Empty rows to choose a role in, beside one for each role that is held; saving gives new ones.
SPARE_ROWS = 2


class ProfileForm(forms.Form):
    """One's own name and language."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, help_text=_("The language in which you get e-mail.")
    )


class ReasonForm(forms.Form):
    """Why access ends or comes back."""

    why = forms.CharField(
        label=_("Reason"), max_length=500, help_text=_("Kept with the change, for those who read back.")
    )


class PersonForm(forms.Form):
    """Somebody's name, language and roles, with the reason of the change."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, help_text=_("The language in which this person gets e-mail.")
    )

    def __init__(self, *args: Any, by: Actor, grants: Iterable[Grant] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = sorted(grants, key=lambda grant: (list(Role).index(grant.role), grant.organisation or ""))
        self._add_rows(by, held)
        self.fields["why"] = ReasonForm.base_fields["why"]

    def _add_rows(self, by: Actor, held: list[Grant]) -> None:
        """A role and an organisation a row; a role that may not be given can be kept where it is held."""
        givable = roles_to_give(by)
        organisations = [("", _("no organisation")), *((o.key, o.name) for o in queries.organisations())]
        sent = [name for name in self.data if name.startswith("role-")]
        self.rows = max(len(held) + SPARE_ROWS, min(len(sent), 50))
        for number in range(self.rows):
            grant = held[number] if number < len(held) else None
            roles = [role for role in Role if role in givable or (grant and role == grant.role)]
            self.fields[f"role-{number}"] = forms.ChoiceField(
                label=_("Role"),
                choices=[("", _("no role")), *((role.value, ROLES[role]) for role in roles)],
                initial=grant.role.value if grant else "",
                required=False,
            )
            self.fields[f"organisation-{number}"] = forms.ChoiceField(
                label=_("For the organisation"),
                choices=organisations,
                initial=(grant.organisation or "") if grant else "",
                required=False,
            )

    def details(self) -> list[forms.BoundField]:
        """The fields before the roles."""
        return [self[name] for name in ("email", "name", "language") if name in self.fields]

    def role_rows(self) -> Iterator[tuple[int, forms.BoundField, forms.BoundField]]:
        """Number, role and organisation of each row."""
        for number in range(self.rows):
            yield number + 1, self[f"role-{number}"], self[f"organisation-{number}"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        grants = []
        for number in range(self.rows):
            role = cleaned.get(f"role-{number}")
            organisation = cleaned.get(f"organisation-{number}") or None
            if not role:
                continue
            if needs_organisation(Role(role)) and not organisation:
                self.add_error(f"organisation-{number}", gettext("This role is held for one organisation. Choose it."))
            elif organisation and not needs_organisation(Role(role)):
                self.add_error(
                    f"organisation-{number}",
                    gettext("This role is held for the whole alliance. Choose no organisation."),
                )
            else:
                grants.append(Grant(Role(role), organisation))
        cleaned["grants"] = grants
        return cleaned


class NewPersonForm(PersonForm):
    """Somebody who gets an account."""

    field_order = ("email", "name", "language")

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("The address at work. The invitation goes there."),
    )


class PeopleFilter(forms.Form):
    """Which people to show."""

    q = forms.CharField(label=_("Name or e-mail address"), required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", _("all")), *((role.value, word) for role, word in ROLES.items() if role != Role.VISITOR)],
        required=False,
    )
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    access = forms.ChoiceField(
        label=_("Access"), choices=[("", _("all")), ("yes", _("may log in")), ("no", _("ended"))], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = self.fields["organisation"]
        assert isinstance(organisation, forms.ChoiceField)
        organisation.choices = [("", _("all")), *((o.key, o.name) for o in queries.organisations())]


class AuditFilter(forms.Form):
    """Which audit events to show."""

    subject = forms.CharField(
        label=_("What"), required=False, help_text=_("Kind and key, such as task:e3; or only the kind, such as task:")
    )
    person = forms.CharField(label=_("Who"), required=False)
    action = forms.ChoiceField(label=_("Action"), required=False)

    def __init__(self, *args: Any, actions: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        action = self.fields["action"]
        assert isinstance(action, forms.ChoiceField)
        action.choices = [("", _("all")), *((name, name) for name in actions)]
