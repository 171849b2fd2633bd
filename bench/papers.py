# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What it costs to set a whole annual report, and to join the papers of a meeting.

CPU seconds of user and system; a report is written in a process of its own each time, so that Python's start, the
libraries and the fonts are in it. The issue allows 5 seconds for 80 pages with 30 charts, and 3 for a pack of 40
papers. There is no peer on this machine: what else sets papers (LaTeX, LibreOffice, a browser) isn't installed.

    python bench/papers.py [--repeat 3]
"""

from __future__ import annotations

import argparse
import io
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mainport.config.settings")

import pikepdf

from mainport.cycle.exports.papers import FORMATS, Format, render
from mainport.cycle.rules.document import Block, Chart, Document, Paragraph
from tests.papers import drawings, paper, sentence, table

#: What the issue allows, in CPU seconds.
MOST_REPORT, MOST_PACK = 5.0, 3.0
PAGES, CHARTS, PAPERS = 80, 30, 40


def report() -> Document:
    """A report of at least eighty pages with thirty charts: text, tables and drawings as a real one has."""
    base = paper(chapters=7)
    blocks: list[Block] = []
    for number, block in enumerate(base.blocks):
        blocks.append(block)
        if number % 4 == 0:
            blocks += [Paragraph(" ".join(sentence(line) for line in range(5))) for _ in range(6)]
        if number % 9 == 0:
            blocks.append(table(34, f"Opgaven, overzicht {number}"))
    missing = CHARTS - sum(isinstance(block, Chart) for block in blocks)
    for title, drawing in drawings()[:missing]:
        blocks.append(Chart(title, drawing.description, drawing.svg))
    return replace(base, blocks=tuple(blocks))


def written_in_a_process(document: Document, format: Format, folder: Path) -> tuple[float, bytes]:
    """The CPU seconds of a whole process that writes the document, and what it wrote."""
    kept, out = folder / "document", folder / f"report.{format}"
    kept.write_bytes(pickle.dumps(document))
    program = (
        "import pickle, sys; from pathlib import Path; from mainport.cycle.exports.papers import render\n"
        f"Path({str(out)!r}).write_bytes(render(pickle.loads(Path({str(kept)!r}).read_bytes()), {format!r}))"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).resolve().parents[1])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, out.read_bytes()


def pack(repeat: int) -> tuple[float, int, int]:
    """The least CPU seconds of joining forty papers of some ten pages, half of them without tags; pages, bytes."""
    import django

    django.setup()
    from mainport.board.exports.joining import Part, join

    front = render(paper(chapters=0), "pdf")
    papers = [render(replace(paper(chapters=1), title=f"Stuk {number}"), "pdf") for number in range(PAPERS // 2)]
    bare = []
    for data in papers:
        with pikepdf.open(io.BytesIO(data)) as made:
            del made.Root.StructTreeRoot, made.Root.MarkInfo
            out = io.BytesIO()
            made.save(out)
            bare.append(out.getvalue())
    parts = [Part(f"{number + 1}. Stuk", data) for number, data in enumerate([*papers, *bare])]
    best, joined = float("inf"), join(front, parts[:1], title="Stukken", language="nl")
    for _ in range(repeat):
        begin = time.process_time()
        joined = join(front, parts, title="Stukken", language="nl")
        best = min(best, time.process_time() - begin)
    return best, joined.pages, len(joined.content)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=3)
    repeat = parser.parse_args().repeat
    document = report()
    charts = sum(isinstance(block, Chart) for block in document.blocks)
    late = []
    with tempfile.TemporaryDirectory() as folder:
        for format_ in FORMATS:
            found = [written_in_a_process(document, format_, Path(folder)) for _ in range(repeat)]
            cpu, data = min(found)[0], found[0][1]
            said = f"{charts} charts"
            if format_ == "pdf":
                with pikepdf.open(io.BytesIO(data)) as made:
                    pages = len(made.pages)
                assert pages >= PAGES, pages
                assert charts >= CHARTS, charts
                said = f"{pages} pages, {said}"
            print(f"report as {format_:5} {cpu:6.2f} s CPU   (most {MOST_REPORT})   {said}, {len(data) / 1e6:.1f} MB")
            late += [format_] if cpu > MOST_REPORT else []
    cpu, pages, size = pack(repeat)
    print(f"pack of {PAPERS}      {cpu:6.2f} s CPU   (most {MOST_PACK})   {pages} pages, {size / 1e6:.1f} MB")
    late += ["pack"] if cpu > MOST_PACK else []
    print("all within what the issue allows" if not late else f"too slow: {', '.join(late)}")
    return bool(late)


if __name__ == "__main__":
    sys.exit(main())
