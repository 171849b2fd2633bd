# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The ledger's speed: sub-totals of a million entries over ten years, beside beancount on the same ledger.

The peer reads the same ledger as its text and adds up the same sub-totals, in the same run: by year, party, fund,
task and type of cost, and rolled up by goal. It is given a part of the entries (--peer) and its time is scaled up in
proportion, since a million take it minutes; reading a ledger costs it in proportion to its length. What both find is
compared when both have all entries. Ours are CPU seconds of this process, each with its own questions to the database;
writing the ledger isn't counted. The pages of money and of sub-totals are measured as a browser gets them.

    python bench/cycle.py [--entries 1000000] [--peer 50000]
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any

#: What the issue allows, in CPU seconds, and how many times faster than the peer.
MOST_PAGE, LEAST_RATIO = 0.15, 20
FIRST, YEARS = 2016, 10
BATCH = 20_000
PARTIES = 1000
#: The pages, by address and what they are asked.
PAGES = (
    "/en/money/",
    "/en/money/?year=all",
    *(f"/en/money/sub-totals/?by={side}" for side in ("goal", "element", "fund", "party", "cost", "year")),
    "/en/money/sub-totals/?by=goal&then=year",
    "/en/money/sub-totals/?by=element&then=year",
    "/en/money/sub-totals/?by=party&then=year",
    "/en/money/sub-totals/?by=element&then=fund&year=2020",
)


@cache
def of_agenda() -> tuple[list[str], list[str], dict[str, str]]:
    """The tasks and funds of the agenda, and of each task its goal, sector or chapter."""
    from mainport.agenda.rules.elements import Kind
    from mainport.cycle.queries.money import tree

    known = tree()
    tasks = [uid for uid, element in known.elements.items() if element.kind == Kind.TASK]
    funds = [element.key for element in known.elements.values() if element.kind == Kind.FUND]
    return tasks, funds, {uid: known.pillar_of(uid) for uid in tasks}


def entries(count: int) -> Iterator[tuple[date, str, str, str, str, Decimal]]:
    """(day, party, fund, element, type of cost, euro): the same ones in every run.

    A supplier is paid for one type of cost, for up to three tasks and out of up to two funds.
    """
    chance = random.Random(4)
    costs = ("staff", "hired", "events", "communication", "research", "ict", "material", "other")
    tasks, funds, _goals = of_agenda()
    suppliers = [
        (f"party-{number}", chance.sample(funds, 2), chance.sample(tasks, 3), chance.choice(costs))
        for number in range(PARTIES)
    ]
    for number in range(count):
        day = date(FIRST, 1, 1) + timedelta(days=number * 365 * YEARS // count)
        party, of_funds, of_tasks, cost = chance.choice(suppliers)
        euro = Decimal(chance.randrange(1, 2_000_000)).scaleb(-2)
        yield day, party, chance.choice(of_funds), chance.choice(of_tasks), cost, euro


def load_agenda() -> None:
    from importlib import resources

    from mainport.agenda import actions
    from mainport.agenda.rules.document import read
    from mainport.core.rules.permissions import system

    content = (resources.files("mainport.agenda") / "data" / "groningen-2022-2026.yaml").read_bytes()
    actions.load(by=system("bench"), agenda=read(content))


def fill(count: int) -> None:
    """Book them, as an invoice that is paid at once."""
    from django.db import transaction

    from mainport.core.rules.permissions import system
    from mainport.cycle.actions.ledger import book
    from mainport.cycle.rules.chart import Code
    from mainport.cycle.rules.ledger import Cell, Movement, Sort, Transfer

    batch: list[Movement] = []

    def put() -> None:
        with transaction.atomic():
            book(by=system("bench"), movements=batch)
        batch.clear()

    for number, (day, party, fund, element, cost, amount) in enumerate(entries(count)):
        spent = Cell(Code.EXPENDITURE, day.year, party=party, fund=fund, element=element, cost=cost)
        step = Transfer(spent, Cell(Code.BANK, day.year), amount)
        batch.append(Movement(Sort.PAYMENT, day, "bench", (step,), f"bench:{number}"))
        if len(batch) == BATCH:
            put()
    if batch:
        put()


def cpu(do: Callable[[], Any]) -> tuple[float, Any]:
    before = time.process_time()
    found = do()
    return time.process_time() - before, found


def ours() -> dict[str, tuple[float, dict[str, Decimal]]]:
    """Each sub-total with its cost: the middle of five."""
    from mainport.cycle.queries.totals import DIMENSIONS, totals
    from mainport.cycle.rules.chart import Code

    found = {}
    for dimension in DIMENSIONS:
        add_up = partial(totals, [Code.EXPENDITURE], by=(dimension,))
        runs = sorted((cpu(add_up) for _ in range(5)), key=lambda run: run[0])
        cost, result = runs[2]
        found[dimension] = (cost, {str(total.key[0]): total.amount for total in result})
    found["goal"] = _rolled_up()
    return found


def _rolled_up() -> tuple[float, dict[str, Decimal]]:
    from mainport.cycle.queries.money import Measure
    from mainport.cycle.queries.subtotals import subtotals

    runs = sorted((cpu(lambda: subtotals(["goal"])) for _ in range(5)), key=lambda run: run[0])
    cost, result = runs[2]
    return cost, {row.key[0]: row.amounts[Measure.SPENT] for row in result.rows}


def pages() -> dict[str, float]:
    """CPU seconds of each page, with all that serving it takes: the middle of five."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    found = {}
    for address in PAGES:
        runs = sorted((cpu(partial(client.get, address)) for _ in range(5)), key=lambda run: run[0])
        cost, response = runs[2]
        if response.status_code != 200:
            raise SystemExit(f"{address} answers {response.status_code}")
        found[address] = cost
    return found


def peer(count: int, folder: Path) -> tuple[float, dict[str, dict[str, Decimal]]]:
    """beancount's cost of reading the ledger and adding up by each dimension, and what it found."""
    from beancount import loader
    from beancount.core.data import Transaction

    file = folder / "ledger.beancount"
    with file.open("w") as out:
        out.write('option "operating_currency" "EUR"\n2000-01-01 open Assets:Bank\n2000-01-01 open Expenses:All\n')
        for day, party, fund, element, cost, amount in entries(count):
            out.write(
                f'{day} * "bench"\n  Expenses:All  {amount} EUR\n    party: "{party}"\n    fund: "{fund}"\n'
                f'    element: "{element}"\n    cost: "{cost}"\n    year: "{day.year}"\n  Assets:Bank  -{amount} EUR\n'
            )

    goals = of_agenda()[2]

    def work() -> dict[str, dict[str, Decimal]]:
        rows, errors, _options = loader.load_file(str(file))
        assert not errors, errors[:3]
        found: dict[str, dict[str, Decimal]] = {}
        for row in rows:
            if isinstance(row, Transaction):
                posting = row.postings[0]
                meta = posting.meta or {}
                number = posting.units.number if posting.units else None
                keys = {name: meta[name] for name in ("year", "party", "fund", "element", "cost")}
                for name, key in {**keys, "goal": goals[meta["element"]]}.items():
                    sums = found.setdefault(name, {})
                    sums[key] = sums.get(key, Decimal(0)) + (number or 0)
        return found

    return cpu(work)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--peer", type=int, default=50_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ["MAINPORT_DATA_DIR"] = name
        os.environ["MAINPORT_LOG_LEVEL"] = "ERROR"
        os.environ["BEANCOUNT_DISABLE_LOAD_CACHE"] = "1"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mainport.config.settings")
        import django
        from django.core.management import call_command
        from django.db import connections

        os.environ.pop("DATABASE_URL", None)
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        load_agenda()
        wrote, _ = cpu(lambda: fill(given.entries))
        print(f"{given.entries:,} entries booked in {wrote:.1f} CPU s ({given.entries / wrote:,.0f} a second)")
        results = ours()
        for dimension, (cost, sums) in results.items():
            print(
                f"  by {dimension:8} {cost * 1000:7.1f} ms CPU, {len(sums)} sub-totals (allowed {MOST_PAGE * 1000:.0f})"
            )
        served = pages()
        for address, cost in served.items():
            print(f"  {address:54} {cost * 1000:6.0f} ms CPU (allowed {MOST_PAGE * 1000:.0f})")
        theirs, found = peer(given.peer, Path(name))
        connections.close_all()
    scaled = theirs * given.entries / given.peer
    mine = sum(cost for cost, _sums in results.values())
    print(f"beancount: {theirs:.1f} CPU s for {given.peer:,} entries, {scaled:.0f} for {given.entries:,} in proportion")
    print(f"ours: {mine * 1000:.0f} ms CPU for the same {len(results)}")
    print(f"{scaled / mine:,.0f} times less (at least {LEAST_RATIO})")
    if given.peer == given.entries and {d: sums for d, (_c, sums) in results.items()} != found:
        print("the sub-totals differ", file=sys.stderr)
        return 1
    late = [cost for cost in [*served.values(), *(cost for cost, _sums in results.values())] if cost > MOST_PAGE]
    return int(bool(late) or scaled / mine < LEAST_RATIO)


if __name__ == "__main__":
    sys.exit(main())
