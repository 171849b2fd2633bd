# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How a paper says amounts, numbers, days and states, in its language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

from mainport.agenda.rules.status import State
from mainport.core.rules.languages import Text, say
from mainport.cycle.rules.chart import CostType
from mainport.cycle.rules.document import Column, Table
from mainport.monitor.rules.formula import Span
from mainport.monitor.rules.progress import Method, Status

_STATES = {
    State.DONE: ("afgerond", "done"),
    State.ON_TRACK: ("op koers", "on track"),
    State.AT_RISK: ("risico", "at risk"),
    State.BEHIND: ("achter", "behind"),
    State.NO_REPORT: ("nog geen bericht", "no report yet"),
    State.NO_PLAN: ("nog geen plan", "no plan yet"),
}
_COSTS = {
    CostType.STAFF: ("Personeel", "Staff"),
    CostType.HIRED: ("Inhuur", "Hired services"),
    CostType.EVENTS: ("Bijeenkomsten", "Events"),
    CostType.COMMUNICATION: ("Communicatie", "Communication"),
    CostType.RESEARCH: ("Onderzoek", "Research"),
    CostType.ICT: ("ICT", "ICT"),
    CostType.MATERIAL: ("Materiaal", "Material"),
    CostType.OTHER: ("Overig", "Other"),
}
_VERDICTS = {
    (Method.RATIO, Status.TARGET_ACHIEVED): ("doel bereikt", "target reached"),
    (Method.RATIO, Status.SUBSTANTIAL): ("snel genoeg voor het doel", "fast enough for the target"),
    (Method.RATIO, Status.MODERATE): ("net niet snel genoeg", "not quite fast enough"),
    (Method.RATIO, Status.LIMITED): ("veel te langzaam", "much too slow"),
    (Method.RATIO, Status.DETERIORATION): ("verwijdert zich van het doel", "moves away from the target"),
    (Method.GROWTH, Status.TARGET_ACHIEVED): ("doel bereikt", "target reached"),
    (Method.GROWTH, Status.SUBSTANTIAL): ("duidelijk de goede kant op", "clearly the right way"),
    (Method.GROWTH, Status.MODERATE): ("de goede kant op", "the right way"),
    (Method.GROWTH, Status.LIMITED): ("beweegt nauwelijks", "hardly moves"),
    (Method.GROWTH, Status.DETERIORATION): ("de verkeerde kant op", "the wrong way"),
}
_NO_VERDICT = ("nog geen oordeel mogelijk", "no verdict possible yet")
_MINUS = "\N{MINUS SIGN}"
_HARD_SPACE = "\N{NO-BREAK SPACE}"
DASH = "\N{EN DASH}"

Amounts = Sequence[Decimal | None]


@dataclass(frozen=True)
class Words:
    """Says things in one language; what isn't Dutch is English."""

    language: str

    def __call__(self, nl: str, en: str) -> str:
        return nl if self.language == "nl" else en

    def say(self, text: Text | None) -> str:
        return say(text, self.language)

    # --- Numbers ---

    def euro(self, amount: Decimal, *, cents: bool | None = None) -> str:
        """€ 1.050.000 and €1,050,000; with cents where there are any."""
        sign = _MINUS if amount < 0 else ""
        space = _HARD_SPACE if self.language == "nl" else ""
        shown = amount != amount.to_integral_value() if cents is None else cents
        return f"{sign}€{space}{self.amount(abs(amount), cents=shown)}"

    def amount(self, amount: Decimal, *, cents: bool = False) -> str:
        written = format_decimal(amount, "#,##0.00" if cents else "#,##0", locale=self._locale)
        return written.replace("-", _MINUS)

    def number(self, value: float | Decimal, decimals: int = 0) -> str:
        pattern = "#,##0" + (f".{'0' * decimals}" if decimals else "")
        return format_decimal(value, pattern, locale=self._locale).replace("-", _MINUS)

    def percent(self, part: Decimal, whole: Decimal) -> str:
        if not whole:
            return DASH
        share = self.number(100 * part / whole)
        return self(f"{share}{_HARD_SPACE}%", f"{share}%")

    @property
    def _locale(self) -> str:
        return "nl" if self.language == "nl" else "en_GB"

    # --- Time ---

    def day(self, day: date) -> str:
        return format_date(day, "d MMMM y", locale=self._locale)

    def reduced(self, written: str) -> str:
        """A year, month or day as the agenda has it."""
        parts = [int(part) for part in written.split("-")]
        if len(parts) == 1:
            return str(parts[0])
        if len(parts) == 2:
            return format_date(date(parts[0], parts[1], 1), "MMMM y", locale=self._locale)
        return self.day(date(*parts))

    def period(self, span: Span) -> str:
        if span.frequency == "A":
            return str(span.start.year)
        if span.frequency == "Q":
            quarter = (span.start.month + 2) // 3
            return self(f"{quarter}e kwartaal {span.start.year}", f"Q{quarter} {span.start.year}")
        if span.start == span.end:
            return self.day(span.start)
        if span.frequency == "M":
            return format_date(span.start, "MMMM y", locale=self._locale)
        return f"{self.day(span.start)} {DASH} {self.day(span.end)}"

    # --- States ---

    def state(self, state: State) -> str:
        return self(*_STATES[state])

    def verdict(self, method: Method, status: Status) -> str:
        return self(*_VERDICTS.get((method, status), _NO_VERDICT))

    def cost(self, cost: str) -> str:
        return self(*_COSTS[CostType(cost)]) if cost else self("Niet ingedeeld", "Not told apart")

    def listed(self, names: Iterable[str]) -> str:
        """One, two and three."""
        *first, last = list(names) or [""]
        return f"{', '.join(first)} {self('en', 'and')} {last}" if first else last

    # --- Tables ---

    def money_table(
        self,
        caption: str,
        columns: Sequence[str],
        rows: Sequence[tuple[str, Amounts]],
        *,
        total: Amounts | None = None,
        headings: Sequence[int] = (),
        source: str = "",
        label: str = "",
    ) -> Table:
        """A table of amounts in euro: with cents, in every cell, where one amount has them."""
        amounts = [amount for _name, row in rows for amount in row] + list(total or ())
        cents = any(amount is not None and amount != amount.to_integral_value() for amount in amounts)

        def cells(row: Amounts) -> tuple[str, ...]:
            return tuple(DASH if amount is None else self.amount(amount, cents=cents) for amount in row)

        return Table(
            caption=self(f"{caption} (in euro)", f"{caption} (in euros)"),
            columns=(Column(label, share=2.4), *(Column(name, figures=True, share=1.0) for name in columns)),
            rows=tuple((name, *cells(row)) for name, row in rows),
            total=(self("Totaal", "Total"), *cells(total)) if total is not None else (),
            heading_rows=tuple(headings),
            source=source,
        )
