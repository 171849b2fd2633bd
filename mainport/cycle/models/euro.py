# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Amounts in the database."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from mainport.cycle.rules.amounts import Unreadable, euro

if TYPE_CHECKING:
    _Field = models.Field[Any, Any]
else:  # Django's own has no types; that it takes them is the doing of a library that not every command loads.
    _Field = models.Field


class EuroField(_Field):
    """Decimal euros, kept as whole cents: SQLite has no decimals and would add them up as floating points.

    No subclass of an integer field, so that an expression that mixes euros and cents is refused and not computed.
    """

    def get_internal_type(self) -> str:
        return "BigIntegerField"

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Decimal | None:
        return None if value is None else Decimal(int(value)).scaleb(-2)

    def to_python(self, value: Any) -> Decimal | None:
        if value is None:
            return None
        try:
            return euro(value)
        except Unreadable as error:
            raise ValidationError(str(error)) from error

    def get_prep_value(self, value: Any) -> Any:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return int(euro(value).scaleb(2))

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.DecimalField, "decimal_places": 2, **kwargs})

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))
