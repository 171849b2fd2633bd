# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who pays and is paid: suppliers are added, bank accounts recorded."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify

from mainport.core.actions import record
from mainport.core.rules.permissions import Actor, Permission, require
from mainport.cycle.actions.shared import require_words
from mainport.cycle.models import Book, Party
from mainport.cycle.rules.files import is_iban, plain_iban
from mainport.cycle.rules.refusals import refuse


@transaction.atomic
def add_party(
    *, by: Actor, name: str, iban: str = "", kvk: str = "", vat: str = "", email: str = "", demo: bool = False
) -> Party:
    """A supplier or another payer that the agenda doesn't name. Raises NotAllowed, Refused."""
    require(by, Permission.BOOK)
    name = require_words(name, "name", 200)
    iban = _require_free(_iban(iban))
    kvk = _kvk(kvk)
    stem = slugify(name)[:80] or "party"
    known = set(Party.objects.filter(key__startswith=stem).values_list("key", flat=True))
    key = next(k for n in range(1, len(known) + 2) if (k := stem if n == 1 else f"{stem}-{n}") not in known)
    party = Party.objects.create(key=key, name=name, iban=iban, kvk=kvk, vat=vat[:20], email=email, demo=demo)
    record(by=by, action="party.add", subject=f"party:{key}", name=name)
    return party


@transaction.atomic
def set_account(*, by: Actor, party: Party, iban: str) -> Party:
    """The bank account of a party, by which its payments are recognised. Raises NotAllowed, Refused."""
    require(by, Permission.BOOK)
    party = Party.objects.select_for_update().get(pk=party.pk)
    old, party.iban = party.iban, _require_free(_iban(iban), party)
    if party.iban != old:
        party.save(update_fields=["iban"])
        record(by=by, action="party.account", subject=f"party:{party.key}", old=old, new=party.iban)
    return party


@transaction.atomic
def set_address(
    *, by: Actor, party: Party, street: str, postcode: str, city: str, country: str = "NL", kvk: str = ""
) -> Party:
    """Where invoices to a party go, and its KvK number where that is given. Raises NotAllowed, Refused."""
    require(by, Permission.BOOK)
    party = Party.objects.select_for_update().get(pk=party.pk)
    if not (len(country) == 2 and country.isascii() and country.isalpha() and country.isupper()):
        raise refuse("country", country, "a country as two capitals, such as NL")
    party.street = require_words(street, "street", 150)
    party.postcode = require_words(postcode, "postcode", 10)
    party.city = require_words(city, "city", 50)
    party.country = country
    party.kvk = _kvk(kvk) or party.kvk
    party.save(update_fields=["street", "postcode", "city", "country", "kvk"])
    record(by=by, action="party.address", subject=f"party:{party.key}", city=party.city)
    return party


@transaction.atomic
def set_own_account(*, by: Actor, iban: str) -> None:
    """The alliance's own bank account: only its statements are taken in. Raises NotAllowed, Refused."""
    require(by, Permission.BOOK)
    iban = _iban(iban)
    if iban and (party := Party.objects.filter(iban=iban).first()):
        raise refuse("iban", f"{iban}, the account of {party.name}", "our own account")
    book, _ = Book.objects.get_or_create(pk=1)
    if book.iban != iban:
        Book.objects.filter(pk=1).update(iban=iban)
        record(by=by, action="ledger.account", subject="book:1", old=book.iban, new=iban)


def _require_free(iban: str, party: Party | None = None) -> str:
    """An account tells whose payment it is: no two parties have the same, and none has ours."""
    if not iban:
        return ""
    other = Party.objects.filter(iban=iban).first()
    if other is not None and other != party:
        raise refuse("iban", f"{iban}, the account of {other.name}", "an account of this party only")
    if Book.objects.filter(iban=iban).exists():
        raise refuse("iban", f"{iban}, our own account", "an account of this party")
    return iban


def _kvk(number: str) -> str:
    if number and not (number.isascii() and number.isdigit() and len(number) == 8):
        raise refuse("kvk", number, "eight digits")
    return number


def _iban(text: str) -> str:
    iban = plain_iban(text)
    if iban and not is_iban(iban):
        raise refuse("iban", text, "an IBAN of which the check digits are right")
    return iban
