# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Why something about money can't be done, in plain words: the rules say what was found and what was expected.

A trouble is recognised by its field and what was expected; its amounts, days and names come along into the sentence.
What isn't recognised is told as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainport.cycle.actions.ledger import BookedAlready, Unbalanced
from mainport.cycle.rules.ledger import Trouble
from mainport.cycle.rules.refusals import Refused
from mainport.web.templatetags.mainport import euro, when

#: All that an action of money may raise for what was filled in.
REFUSED = (Refused, Unbalanced, BookedAlready)

#: (field, what was expected, what is said), the first that fits; named groups come into the sentence.
_SENTENCES: list[tuple[str, str, str | Promise]] = [
    ("date", r".*: that year is closed", gettext_lazy("The books of that year are closed. Choose a later day.")),
    ("number", r"a new invoice", gettext_lazy("We have this invoice already: %(found)s.")),
    (
        "number",
        r"a movement with nothing behind it.*",
        gettext_lazy("Something was booked with this movement. Undo that: the movement is undone along with it."),
    ),
    ("number", r"the number of a movement", gettext_lazy("There is no such movement.")),
    ("why", r".*", gettext_lazy("Say why, in at most 500 characters.")),
    ("reason", r".*", gettext_lazy("Say why, in at most 2000 characters.")),
    # Amounts.
    ("amount", r"an amount in whole cents.*", gettext_lazy("We can't read this as euro and cents.")),
    ("amount", r"an amount above zero.*", gettext_lazy("Fill in more than zero.")),
    (
        "amount",
        r"at most (?P<most>\S+), which stands in the budget for .*",
        gettext_lazy("That is too much: the budget has %(most)s for it."),
    ),
    (
        "amount",
        r"at most (?P<most>\S+), which is left of what was promised",
        gettext_lazy("That is too much: of the grant %(most)s is left."),
    ),
    (
        "amount",
        r"at most (?P<most>\S+), which is open on (?P<number>.+)",
        gettext_lazy("That is too much: on invoice %(number)s %(most)s is open."),
    ),
    # What it is for.
    ("(element|source|target)", r"the uid .*", gettext_lazy("Choose something of the agenda.")),
    ("target", r"another element.*", gettext_lazy("Choose something else than where the money comes from.")),
    ("fund", r".*", gettext_lazy("Choose a fund of the agenda.")),
    ("cost", r".*", gettext_lazy("Choose a type of cost.")),
    ("words", r".*", gettext_lazy("Describe it, in one or two sentences at most.")),
    ("title", r".*", gettext_lazy("Give a title in at least one language.")),
    ("name", r".*", gettext_lazy("Fill in a name of at most 200 characters.")),
    ("applicant", r".*", gettext_lazy("Choose an organisation from the list.")),
    # Years and days.
    ("year", r"a year from .*", gettext_lazy("Fill in a year, such as 2024.")),
    ("year", r"a year with a budget in force", gettext_lazy("No budget is in force for this year.")),
    (
        "year",
        r"a year without a draft.*",
        gettext_lazy("A draft of this year's budget is at work. Decide or drop it first."),
    ),
    ("year", r"a pledge that wasn't invoiced yet", gettext_lazy("Everything that was pledged is invoiced already.")),
    ("year", r"a year after (?P<year>\d+), .*", gettext_lazy("%(year)s and the years before are closed already.")),
    (".*", r"(?P<day>\d{4}-\d\d-\d\d) or a later day", gettext_lazy("Choose %(day)s or a later day.")),
    ("met_on", r"today or .*", gettext_lazy("Choose today or an earlier day.")),
    # States: somebody else was faster, or the page was open for long.
    (
        "budget",
        r"no draft of this year or before",
        gettext_lazy("A draft of a budget is still at work. Decide or drop it first."),
    ),
    ("budget", r"a draft", gettext_lazy("This budget isn't a draft any more.")),
    ("lines", r".*", gettext_lazy("A budget without lines can't be decided.")),
    ("grant", r".*", gettext_lazy("That can't be done with this grant any more. Look at its page again.")),
    ("condition", r"one that isn't met yet", gettext_lazy("This condition was met already.")),
    ("condition", r".*", gettext_lazy("Describe the condition, in at most 500 characters.")),
    ("conditions", r"all conditions met", gettext_lazy("Not all conditions of the fund are met.")),
    ("invoices", r"all claims paid", gettext_lazy("The fund hasn't paid all that was claimed.")),
    (
        "commitment",
        r"one of (?P<party>.+)",
        gettext_lazy("That commitment is with another supplier than %(party)s."),
    ),
    ("commitment", r"one that is open", gettext_lazy("This commitment is closed already.")),
    (
        "invoice",
        r"one on which nothing was paid",
        gettext_lazy("Something was paid on it. Take back that payment first."),
    ),
    ("invoice", r"one for money that .*", gettext_lazy("That invoice goes the other way than the money.")),
    ("invoice", r"one that .*", gettext_lazy("That can't be done with this invoice any more. Look at its page again.")),
    ("line", r"one that (waits|was assigned)", gettext_lazy("Somebody said already what this line was for.")),
    ("line", r"money that went out", gettext_lazy("Only money that went out can be a cost.")),
    ("party", r"one of (?P<party>.+)", gettext_lazy("It was paid from another account than that of %(party)s.")),
    # Closing a year.
    ("bank", r"every line .*", gettext_lazy("On the bank %(amount)s is still to be assigned.")),
    ("invoices", r"every invoice .*", gettext_lazy("Invoices still wait until somebody says what they are for.")),
    # Files, and who sends them.
    ("identification", r"a new statement", gettext_lazy("This statement was taken in already: %(found)s.")),
    (
        "iban",
        r"(?P<iban>\S+), our own account",
        gettext_lazy("This is a statement of another account than ours, %(iban)s."),
    ),
    (
        "iban",
        r"(?P<iban>\S+), the account of (?P<party>.+): ask the supplier.*",
        gettext_lazy(
            "The invoice asks to pay to %(found)s, but the account of %(party)s is %(iban)s. "
            "Ring the supplier, and change the account only if it says so itself."
        ),
    ),
    ("iban", r"an account of this party.*", gettext_lazy("This account is somebody else's, or our own.")),
    ("iban", r".*", gettext_lazy("This is no IBAN, or a digit of it is wrong.")),
    (
        "start",
        r"(?P<end>\S+) or later, where statement (?P<name>.+) ends",
        gettext_lazy("This statement overlaps %(name)s, which ends on %(end)s."),
    ),
    (
        "opening",
        r"(?P<most>\S+), the closing balance of (?P<name>.+)",
        gettext_lazy(
            "A statement is missing in between: %(name)s closed with %(most)s, and this one opens with %(amount)s."
        ),
    ),
    (
        "closing balance",
        r"(?P<most>\S+): .*",
        gettext_lazy("The lines of the statement add up to %(most)s, and it says %(amount)s."),
    ),
    ("kvk", r".*", gettext_lazy("A KvK number has eight digits.")),
    ("country", r".*", gettext_lazy("Give the country as two capitals, such as NL.")),
    ("seller", r".*", gettext_lazy("%(found)s is a contributor or fund, and can't be a supplier as well.")),
    (
        "credit note",
        r".*",
        gettext_lazy("We take in a credit note only for the whole of an invoice that isn't paid. Ask the supplier."),
    ),
    ("payable", r".*", gettext_lazy("On this invoice something was paid ahead. We can't take that in.")),
    ("total", r".*", gettext_lazy("The total of the invoice must be above zero.")),
]


def sentence(trouble: Trouble) -> str:
    """Why it is refused, to whoever filled it in."""
    for field, expected, words in _SENTENCES:
        match = re.fullmatch(expected, trouble.expected)
        if match and re.fullmatch(field, trouble.field):
            said = {"found": _found(trouble.found), "amount": _shown("amount", trouble.found.split(" ")[0])}
            said |= {name: _shown(name, text) for name, text in match.groupdict().items()}
            return str(words) % said
    return _("This can't be done: %(field)s is %(found)s, and should be %(expected)s.") % {
        "field": trouble.field,
        "found": trouble.found,
        "expected": trouble.expected,
    }


def _found(text: str) -> str:
    """What was found; of what was taken in already also when, in the reader's language."""
    match = re.fullmatch(r"(?P<name>.+?)(?: of (?P<party>.+))?, taken in on (?P<day>\d{4}-\d\d-\d\d)", text)
    if match is None:
        return text
    what = ", ".join(filter(None, [match["name"], match["party"]]))
    return _("%(what)s, taken in on %(day)s") % {"what": what, "day": when(match["day"])}


def _shown(name: str, text: str) -> str:
    if name in ("most", "amount"):
        try:
            return euro(Decimal(text))
        except InvalidOperation:
            return text
    return when(text) if name in ("day", "end") else text


def troubles_of(error: Exception) -> list[Trouble]:
    return list(getattr(error, "troubles", ()))


def sentences(error: Exception) -> Iterator[tuple[str, str]]:
    """The field and what is said of it, for each trouble."""
    found = troubles_of(error)
    if not found:
        yield "", _("This was done already. Look at the page again and start from there.")
    for trouble in found:
        yield trouble.field, sentence(trouble)


def put_troubles(form: forms.Form, error: Exception) -> None:
    """Each trouble at its field, where the form has it; else above the form."""
    for field, words in sentences(error):
        name: Any = next((n for n in (field, f"{field}_nl", *_ELSEWHERE.get(field, ())) if n in form.fields), None)
        form.add_error(name, words)


#: Fields that a form calls otherwise than the rules do.
_ELSEWHERE = {"date": ("on", "decided_on"), "words": ("why",), "condition": ("condition_1",)}


def say_troubles(request: HttpRequest, error: Exception) -> None:
    """The same above the page, where there is no form."""
    for _field, words in sentences(error):
        messages.error(request, words)
