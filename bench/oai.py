# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What it costs to give a whole catalogue out by OAI-PMH: records a second of CPU, in each format.

CPU seconds of this process, which asks the provider through Django without a network. The peer is Sickle: what it
takes to read the same answers, without fetching them; a harvest is as fast as the slower of the two. The issue asks
for 100,000 records at 2,000 a second.

    python bench/oai.py [--records 100000]
"""

from __future__ import annotations

import argparse
import os
import random
import re
import tempfile
import time
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

LEAST = 2_000
WORDS = re.findall(
    r"\w+",
    "wonen werk energie water zorg onderwijs regio dorp stad jeugd landbouw haven digitaal vaardig sociaal meting"
    " beleid ruimte bodem waterstof gas beving mobiliteit bereikbaarheid krimp cultuur erfgoed gezondheid onderzoek",
)


def fill(count: int) -> None:
    """A catalogue of works as students and researchers write them, with a tenth of courses."""
    from django.utils import timezone

    from mainport.catalogue.models import Record
    from mainport.catalogue.rules import contents
    from mainport.catalogue.rules.courses import Competence, Course, Offering, Place
    from mainport.catalogue.rules.works import (
        Access,
        Author,
        Identifier,
        Organisation,
        Recommendation,
        Scheme,
        Subject,
        Work,
        WorkFile,
        WorkType,
    )

    chance = random.Random(1)
    began = timezone.now() - timedelta(days=1)

    def text(words: int) -> str:
        return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."

    def work(number: int) -> Work:
        return Work(
            {"nl": text(8), "en": text(8)},
            type=chance.choice(list(WorkType)),
            identifiers=(Identifier(Scheme.DOI, f"10.1000/{number}"), Identifier(Scheme.URL, f"https://x.nl/{number}")),
            authors=tuple(
                Author("Anna Bos", "Bos", "Anna", "0000-0002-1825-0097", (Organisation("RUG", "012p63287"),))
                for _ in range(chance.randint(1, 3))
            ),
            organisations=(Organisation("Hanze", role="publisher"),),
            abstracts={"nl": text(150)},
            summaries={"nl": text(60), "en": text(60)},
            recommendations=(Recommendation(1, {"nl": text(20)}),),
            files=(WorkFile("these.pdf", "https://x.nl/these.pdf", "application/pdf", 123456, access=Access.OPEN),),
            licence="CC-BY-4.0",
            access=Access.OPEN,
            language="nl",
            subjects=tuple(Subject(word, language="nl") for word in chance.sample(WORDS, 4)),
        )

    def course(number: int) -> Course:
        place = Place("Forum", "Markt", "1", "9712 KN", "Groningen", latitude=53.2, longitude=6.5)
        return Course(
            f"c{number}",
            {"nl": text(6)},
            descriptions={"nl": text(80)},
            provider=Organisation("Forum"),
            languages=("nl",),
            competences=(Competence("2.1", 3),),
            offerings=tuple(Offering(f"o{number}-{one}", f"c{number}", places=(place,)) for one in range(2)),
        )

    rows = []
    for number in range(count):
        value: Any = course(number) if number % 10 == 0 else work(number)
        moment = began + timedelta(milliseconds=number)
        rows.append(
            Record(
                key=f"record-{number}",
                kind=contents.kind_of(value),
                type=value.type.value if isinstance(value, Work) else "",
                state="published" if number % 50 else "withdrawn",
                titles=dict(value.titles),
                language="nl",
                content=contents.written(value),
                access="open" if isinstance(value, Work) else "",
                provider="" if isinstance(value, Work) else "Forum",
                sector="ABCDE"[number % 5],
                made_at=moment,
                changed_at=moment,
                published_at=moment,
            )
        )
        if len(rows) == 5_000:
            Record.objects.bulk_create(rows)
            rows = []
    Record.objects.bulk_create(rows)


def harvest(verb: str, prefix: str) -> tuple[int, float, float]:
    """Records, CPU seconds of giving them all, and of Sickle's reading of the same answers."""
    from django.test import Client
    from sickle.models import Header, Record  # type: ignore[import-untyped]
    from sickle.response import OAIResponse  # type: ignore[import-untyped]

    class Answer:
        """What Sickle wants of an answer."""

        def __init__(self, content: bytes) -> None:
            self.content = content
            self.text = content.decode()
            self.encoding = "utf-8"

    client = Client()
    element, mapper = ("record", Record) if verb == "ListRecords" else ("header", Header)
    asked = {"verb": verb, "metadataPrefix": prefix}
    records, giving, reading = 0, 0.0, 0.0
    while True:
        began = time.process_time()
        content = client.get("/oai", asked).content
        giving += time.process_time() - began
        began = time.process_time()
        root = OAIResponse(Answer(content), params=asked).xml
        found = [mapper(node) for node in root.iterfind(f".//{{http://www.openarchives.org/OAI/2.0/}}{element}")]
        reading += time.process_time() - began
        records += len(found)
        token = re.search(rb"<resumptionToken[^>]*>([^<]+)</resumptionToken>", content)
        if token is None:
            return records, giving, reading
        asked = {"verb": verb, "resumptionToken": unescape(token[1].decode())}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    count: int = parser.parse_args().records
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "MAINPORT_DATA_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "DJANGO_SETTINGS_MODULE": "mainport.config.settings",
            "MAINPORT_HOSTS": "testserver",
            "MAINPORT_API_RATE": "1000000",
            "MAINPORT_LOG_LEVEL": "ERROR",
        }
        import django

        django.setup()
        (Path(folder) / "static").mkdir()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        fill(count)
        slow = []
        print(f"{count:,} records, of which one in 50 is deleted, by SQLite; CPU of one process")
        print(f"{'':34}{'seconds':>9}{'records/s':>11}{'Sickle reads/s':>16}{'ours to it':>12}")
        for verb, prefix in (
            ("ListRecords", "oai_dc"),
            ("ListRecords", "oai_mainport"),
            ("ListRecords", "datacite"),
            ("ListIdentifiers", "oai_dc"),
        ):
            records, giving, reading = harvest(verb, prefix)
            rate = records / giving
            name = f"{verb} {prefix}"
            print(f"{name:34}{giving:9.1f}{rate:11,.0f}{records / reading:16,.0f}{giving / reading:12.2f}")
            if rate < LEAST:
                slow.append(name)
        print(f"Below {LEAST:,} a second: {', '.join(slow) or 'none'}")
        return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())
