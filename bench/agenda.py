# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""An agenda of 3,000 tasks, 10,000 milestones and ten years of reports: load, roll-up, pages.

CPU seconds of this process and numbers of queries. The peer of loading is libyaml's own
reading of the same file; that of a page is the bare reading of its rows by the same ORM. The table at the
end says for each what it costs beside its peer.

    python bench/agenda.py [--tasks 3000] [--years 10]
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import yaml

PARTNERS = 8
GOALS, SECTORS = 3, 4


@dataclass
class Measure:
    """CPU seconds and queries of one thing done, beside what the peer took."""

    name: str
    cpu: float
    queries: int | None = None
    peer: str = ""
    peer_cpu: float | None = None


def document(tasks: int, milestones: int) -> dict[str, Any]:
    """An invented agenda of this size, as plain values in the format of the file."""
    each, more = divmod(milestones, tasks)

    def text(words: str) -> dict[str, str]:
        return {"nl": f"{words} in het Nederlands, met genoeg woorden voor een zin", "en": f"{words} in English"}

    def task(number: int) -> dict[str, Any]:
        return {
            "id": f"T{number}",
            "title": text(f"Opgave {number}"),
            "source": "agenda",
            "plan": {
                "lead": f"p{number % PARTNERS}",
                "partners": [f"p{(number + 1) % PARTNERS}", f"p{(number + 2) % PARTNERS}"],
                "start": "2017-01",
                "end": "2026-12",
                "result": text(f"Resultaat {number}"),
                "milestones": [
                    {"id": f"m{number}-{m}", "title": text(f"Mijlpaal {number}.{m}"), "due": f"20{17 + m % 10}-06-30"}
                    for m in range(each + (number < more))
                ],
            },
        }

    pillars = GOALS + SECTORS
    shares = [[task(n) for n in range(tasks) if n % pillars == pillar] for pillar in range(pillars)]

    def pillar(number: int, name: str) -> dict[str, Any]:
        return {"id": f"{name}{number}", "title": text(f"{name} {number}"), "source": "agenda", "tasks": shares[number]}

    return {
        "format": 1,
        "alliance": {
            "id": "bench",
            "title": "Bench",
            "languages": ["nl", "en"],
            "period": {"start": "2017", "end": "2026"},
            "ambition": text("Ambitie"),
        },
        "sources": [{"id": "agenda", "title": text("Agenda"), "document": "Invented"}],
        "partners": [{"id": f"p{n}", "title": f"Partner {n}", "source": "agenda"} for n in range(PARTNERS)],
        "goals": [pillar(n, "goal") for n in range(GOALS)],
        "sectors": [pillar(n, "sector") for n in range(GOALS, pillars)],
    }


def report_on_everything(years: int) -> int:
    """Approved reports of every lead over every quarter of these years, some of them bad news."""
    from django.utils import timezone

    from mainport.agenda.models import Element, Link, Report, ReportingPeriod
    from mainport.core.actions import add_person
    from mainport.core.models import Organisation
    from mainport.core.rules.permissions import system

    person = add_person(by=system("bench"), email="alice@example.org", name="Alice")
    reviewer = add_person(by=system("bench"), email="bob@example.org", name="Bob")
    organisations = {o.key: o for o in Organisation.objects.all()}
    tasks = dict(Element.objects.filter(kind="task").values_list("pk", "key"))
    leads = dict(Link.objects.filter(role="lead").values_list("element__parent_id", "target__key"))
    now, first = timezone.now(), date.today().year - years
    made = 0
    for year in range(first, first + years):
        for quarter in range(4):
            start = date(year, 3 * quarter + 1, 1)
            end = (start + timedelta(days=100)).replace(day=1) - timedelta(days=1)
            last = year == first + years - 1 and quarter == 3
            period = ReportingPeriod.objects.create(
                key=f"{year}-q{quarter + 1}",
                start=start,
                end=end,
                due=end + timedelta(days=30),
                locked_at=None if last else now,
            )
            Report.objects.bulk_create(
                (
                    Report(
                        period=period,
                        element_id=pk,
                        organisation=organisations[leads[pk]],
                        state="approved",
                        status=("on-track", "on-track", "at-risk", "behind")[pk % 4],
                        words="Het werk vordert volgens plan. " * 5,
                        language="nl",
                        author=person,
                        changed_at=now,
                        submitted_at=now,
                        reviewer=reviewer,
                        reviewed_at=now,
                    )
                    for pk in tasks
                ),
                batch_size=1000,
            )
            made += len(tasks)
    return made


@contextmanager
def database() -> Iterator[None]:
    """A database of its own in a folder that goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="mainport-bench-") as folder:
        os.environ["MAINPORT_DATA_DIR"] = folder
        os.environ["MAINPORT_LOG_LEVEL"] = "ERROR"
        os.environ["DJANGO_SETTINGS_MODULE"] = "mainport.config.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        yield
        from django.db import connections

        connections.close_all()


def measured(name: str, do: Callable[[], Any], repeat: int = 1) -> Measure:
    """The least CPU seconds of some repetitions, and the queries of the last."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    best = float("inf")
    for _ in range(repeat):
        begin = time.process_time()
        do()
        best = min(best, time.process_time() - begin)
    with CaptureQueriesContext(connection) as captured:
        if repeat > 1:
            do()
    return Measure(name, best, len(captured) if repeat > 1 else None)


def page(address: str) -> Callable[[], int]:
    from django.test import Client

    client = Client(headers={"host": "localhost"})

    def get() -> int:
        response = client.get(address)
        assert response.status_code == 200, f"{address} answers {response.status_code}"
        return len(response.content)

    return get


def run(tasks: int, milestones: int, years: int) -> list[Measure]:
    from mainport.agenda import actions, queries
    from mainport.agenda.models import Element
    from mainport.agenda.rules.document import read
    from mainport.core.rules.permissions import system

    by = system("bench")
    content = yaml.dump(document(tasks, milestones), Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
    bare = measured("libyaml alone", lambda: yaml.load(content, yaml.CSafeLoader))
    reading = measured("read and check the file", lambda: read(content))
    agenda = read(content)
    loading = measured("load into an empty database", lambda: actions.load(by=by, agenda=agenda))
    again = measured("load again, nothing differs", lambda: actions.load(by=by, agenda=agenda))
    for measure in (reading, loading, again):
        measure.peer, measure.peer_cpu = "libyaml alone", bare.cpu
    print(f"{report_on_everything(years):,} reports made")

    rows = measured("the same rows, bare", lambda: list(Element.objects.filter(kind="task").values_list()), repeat=3)
    today = date.today()
    pages = [
        measured("roll-up of everything", lambda: queries.standings(today), repeat=3),
        measured("home page", page("/en/"), repeat=3),
        measured("tree page", page("/en/agenda/"), repeat=3),
        measured("task page", page("/en/tasks/T1/"), repeat=3),
        measured("goal page", page("/en/goals/goal0/"), repeat=3),
        measured("partner page", page("/en/partners/p1/"), repeat=3),
    ]
    for measure in pages:
        measure.peer, measure.peer_cpu = "bare rows", rows.cpu
    return [bare, reading, loading, again, rows, *pages]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=3000)
    parser.add_argument("--milestones", type=int, default=10_000)
    parser.add_argument("--years", type=int, default=10)
    arguments = parser.parse_args()
    with database():
        measures = run(arguments.tasks, arguments.milestones, arguments.years)
    print(f"{'what':32} {'CPU s':>8} {'queries':>8}   ratio to its peer")
    for m in measures:
        ratio = f"{m.cpu / m.peer_cpu:6.1f} x {m.peer}" if m.peer_cpu else ""
        print(f"{m.name:32} {m.cpu:8.3f} {m.queries if m.queries is not None else '':>8}   {ratio}")
    over = [m.name for m in measures if m.name.endswith("page") and (m.queries or 0) > 12]
    if over:
        raise SystemExit(f"more than 12 queries: {', '.join(over)}")


if __name__ == "__main__":
    main()
