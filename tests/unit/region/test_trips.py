# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Raw trips to pairs of zones on one machine: what is added up, what is refused, and how a run is taken up again."""

from __future__ import annotations

import csv
import gzip
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.region.cli import region
from mainport.region.feeds.flows_file import Refused, read_flows
from mainport.region.feeds.trips import adding, files
from mainport.region.feeds.trips.local import Local
from mainport.region.rules.aggregation import Counted, Question, told
from tests import trips

pytestmark = pytest.mark.filterwarnings("error")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(region, ["aggregate", *map(str, words)])


def data(*words: str | Path) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def said(*words: str | Path) -> list[str]:
    """The lines of a command that is refused."""
    result = run(*words)
    assert result.exit_code == 1, result.output
    return result.stderr.removeprefix("Error: ").splitlines()


def by_hand(body: str, amount: str) -> dict[tuple[str, str], Decimal]:
    found: Counter[tuple[str, str]] = Counter()
    for row in csv.DictReader(body.splitlines()):
        found[row["home"], row["work"]] += Decimal(row[amount]) if amount else 1  # type: ignore[assignment]
    return dict(found)  # type: ignore[arg-type]


@pytest.mark.parametrize("amount", ["", "weight"])
def test_sums_are_those_made_by_hand(tmp_path: Path, amount: str) -> None:
    trips.laid(tmp_path, {"a.csv": trips.PLAIN})
    columns = f"home,work,{amount}".rstrip(",")
    found = data(tmp_path, "--columns", columns, "--out", tmp_path / "flows.csv")
    with (tmp_path / "flows.csv").open() as file:
        written = {(row["home"], row["work"]): Decimal(row["amount"]) for row in csv.DictReader(file)}
    expected = by_hand(trips.PLAIN, amount)
    assert written == expected
    assert (found["rows"], found["pairs"]) == (200, len(expected))
    assert found["amount"] == pytest.approx(float(sum(expected.values())))


@pytest.mark.parametrize("name", trips.RIGHT)
def test_what_is_taken(tmp_path: Path, name: str) -> None:
    contents, asked = trips.RIGHT[name]
    sums = trips.summed_by(Local(), trips.laid(tmp_path, contents), trips.question(**asked), tmp_path / "keep")
    kept = {tuple(row[:-4]): row[-4:] for row in sums.iter_rows()}
    match name:
        case "columns in another order, other separators, packed":
            assert kept == {("a", "b"): (4, 4, 8, 750_000), ("a", "c"): (1, 1, 3, 0)}
        case "kept back, beside a number and alone":
            assert kept == {("a", "a"): (1, 1, 0, 0), ("a", "b"): (2, 1, 1, 0), ("b", "a"): (1, 0, 0, 0)}
        case "quotes":
            assert kept == {("a", 'b "x"'): (1, 1, 1, 0), ("a", "b"): (2, 2, 2, 0)}
        case "lines with nothing on them":
            assert set(kept) == {("a", "b"), ("c", "d")}
        case "the same, where empty is unknown":
            assert {pair: rows for pair, (rows, *_) in kept.items()} == {
                ("a", "b"): 1,
                ("c", "unknown"): 1,
                ("unknown", "unknown"): 1,
            }
        case "the mark of UTF-8, letters of others, short rows":
            assert kept == {("ŝ", "Ĝ"): (2, 2, 2, 0)}
        case "codes that are numbers, exponents, decimals":
            assert kept == {("007", "10"): (1, 1, 100, 0), ("7", "10"): (5, 5, 3, 801_000)}
        case "a crosswalk":
            assert set(kept) == {
                ("GM0014", "GM0014"),
                ("GM0014", "Buitenland"),
                ("GM1730", "GM0014"),
                ("unknown", "GM1730"),
            }
        case "a crosswalk with gaps":
            assert set(kept) == {("GM0014", "unknown"), ("unknown", "GM0014"), ("unknown", "unknown")}
        case "names that are patterns":
            assert kept == {("a", "b"): (2, 2, 2, 0)}
        case "no rows at all":
            assert kept == {}


@pytest.mark.parametrize("name", trips.WRONG)
def test_what_is_refused_is_told_with_its_place_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    body, asked, expected = trips.WRONG[name]
    [path] = trips.laid(tmp_path, {"a.csv": body})
    with pytest.raises(Refused) as error:
        trips.summed_by(Local(), [path], trips.question(**asked), tmp_path / "keep")
    assert str(error.value).splitlines() == [f"{path}, {line}" for line in expected]
    if not asked:
        assert said(path, "--columns", "home,work", "--out", tmp_path / "out.csv") == [
            f"{path}, {line}" for line in expected
        ]
        assert not (tmp_path / "out.csv").exists()


def test_faults_of_all_files_are_told_and_the_many_are_counted(tmp_path: Path) -> None:
    bad = "home,work,n\n" + "a,b,-1\n" * 15
    paths = trips.laid(tmp_path, {"a.csv": bad, "b.csv": "home,work,n\na,b,1\n", "c.csv": bad, "d.csv": bad})
    lines = said(*paths, "--columns", "home,work,n", "--batch", "0", "--out", tmp_path / "out.csv")
    assert len(lines) == 21
    assert lines[0].startswith(f"{paths[0]}, row 2, column n")
    assert lines[15].startswith(f"{paths[2]}, row 2, column n")
    assert lines[-1] == "and 10 more"  # The last file isn't looked at any more.
    together = said(*paths, "--columns", "home,work,n", "--out", tmp_path / "out.csv")
    assert together[-1] == "and 25 more"


def test_parquet_of_any_whole_numbers_and_null_for_what_is_kept_back(tmp_path: Path) -> None:
    frame = pl.DataFrame({"home": [14, 14, 14], "work": [3, 3, 14], "n": [1.5, 2.25, None]})
    frame.write_parquet(tmp_path / "a.parquet")
    frame.cast({"home": pl.UInt64, "work": pl.String, "n": pl.Decimal(10, 2)}).write_parquet(tmp_path / "b.parquet")
    frame.with_columns(pl.col("work").cast(pl.String).cast(pl.Categorical)).write_parquet(tmp_path / "c.parquet")
    found = data(tmp_path, "--columns", "home,work,n", "--out", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == "home,work,amount\n14,14,.\n14,3,11.25\n"
    assert (found["files"], found["kept_back"], found["beside"]) == (3, 1, 0)


def test_parquet_that_is_wrong_has_no_header_to_count(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"home": ["a", None], "work": ["b", "c"], "n": [-1.0, 1.0]}).write_parquet(path)
    assert said(path, "--columns", "home,work,n", "--out", tmp_path / "out.csv") == [
        f"{path}, row 1, column n: found '-1.0', expected a number from 0 to 1,000,000,000, or null for what is "
        "kept back",
        f"{path}, row 2, column home: found nothing, expected the code of a zone",
    ]
    pl.DataFrame({"home": [1.5], "work": ["b"], "n": [True]}).write_parquet(path)
    assert said(path, "--columns", "home,work,n", "--out", tmp_path / "out.csv") == [
        f"{path}, row 1, column home: found a column of Float64, expected text, or whole numbers",
        f"{path}, row 1, column n: found a column of Boolean, expected numbers, or text",
    ]
    path.write_bytes(b"PAR1 and then nothing")
    assert said(path, "--columns", "home,work", "--out", tmp_path / "out.csv")[0].endswith("expected Parquet")


def test_files_are_found_by_name_pattern_and_folder_each_once(tmp_path: Path) -> None:
    (tmp_path / "2023" / "_temporary").mkdir(parents=True)
    body = "home,work\na,b\n"
    trips.laid(tmp_path, {"2023/a.csv": body, "2023/b.tsv": body, "2023/_SUCCESS": "", "2023/_temporary/c.csv": body})
    trips.laid(tmp_path, {".hidden.csv": body, "notes.txt": "x", "z.CSV": body})
    names = [path.relative_to(tmp_path) for path in files.find([str(tmp_path), str(tmp_path / "2023" / "*.csv")])]
    assert names == [Path("2023/a.csv"), Path("2023/b.tsv"), Path("z.CSV")]
    with pytest.raises(Refused, match=r"gone\.csv, row 1, column -: found nothing, expected a file, or a folder"):
        files.find([str(tmp_path / "gone.csv"), str(tmp_path)])


def test_packed_files_are_called_so(tmp_path: Path) -> None:
    packed = gzip.compress(b"home,work\na,b\n")
    paths = trips.laid(tmp_path, {"a.csv": packed, "b.csv.gz": b"home,work\na,b\n", "c.csv.gz": packed[:-12]})
    lines = said(*paths, "--columns", "home,work", "--out", tmp_path / "out.csv")
    assert lines[:2] == [
        f"{paths[0]}, row 1, column -: found gzip, expected a name ending in .gz",
        f"{paths[1]}, row 1, column -: found no gzip, expected what .gz stands for",
    ]


def test_a_packed_file_that_is_cut_off(tmp_path: Path) -> None:
    packed = gzip.compress(("home,work\n" + "".join(f"{hash(n)},b\n" for n in range(9_000))).encode())
    [path] = trips.laid(tmp_path, {"a.csv.gz": packed[: len(packed) // 2]})
    [line] = said(path, "--columns", "home,work", "--out", tmp_path / "out.csv")
    assert re.fullmatch(r".*a\.csv\.gz, row \d+, column -: found .*, expected a file that is whole", line)


def test_small_pairs_are_held_back_and_zero_stays_zero(tmp_path: Path) -> None:
    body = "home,work,n\n" + "a,b,1\n" * 9 + "a,a,10\nb,a,0\nb,b,.\nb,b,.\n"
    trips.laid(tmp_path, {"a.csv": body})
    out = tmp_path / "out.csv"
    found = data(tmp_path, "--columns", "home,work,n", "--keep-below", "10", "--out", out)
    assert out.read_text() == "home,work,amount\na,a,10\na,b,.\nb,a,0\nb,b,.\n"
    assert (found["held_back"], found["kept_back"]) == (1, 1)
    data(out.parent / "a.csv", "--columns", "home,work,n", "--keep-below", "9", "--counted", "rows", "--out", out)
    assert out.read_text() == "home,work,amount\na,a,.\na,b,9\nb,a,0\nb,b,.\n"
    read = read_flows(out).flows
    assert (read.zones, read.suppressed) == (("a", "b"), 2)


def test_a_matrix_for_each_purpose_and_year(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    trips.laid(tmp_path / "in", {"a.csv": trips.PLAIN})
    asked = ("--columns", "home,work", "--by", "purpose", "--by", "year", "--out", tmp_path / "flows.csv")
    found = data(tmp_path / "in", *asked)
    assert [(one["purpose"], one["year"]) for one in found["out"]] == [("study", "2022"), ("work", "2023")]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["flows.study.2022.csv", "flows.work.2023.csv", "in"]
    assert read_flows(tmp_path / "flows.work.2023.csv").flows.residents.sum() == 100
    chosen = data(
        tmp_path / "in", "--columns", "home,work", "--where", "purpose=study", "--out", tmp_path / "study.csv"
    )
    assert chosen["rows"] == 100
    trips.laid(tmp_path / "in", {"a.csv": "home,work,year\na,b,x/y\na,b,x y\n"})
    assert said(tmp_path / "in", "--columns", "home,work", "--by", "year", "--out", tmp_path / "x.csv") == [
        "year: 'x y' and 'x/y' would be one file"
    ]
    rows = "".join(f"a,b,{number}\n" for number in range(201))
    trips.laid(tmp_path / "in", {"a.csv": f"home,work,year\n{rows}"})
    assert said(tmp_path / "in", "--columns", "home,work", "--by", "year", "--out", tmp_path / "x.csv") == [
        "year: 201 different values, and a file each; expected at most 200"
    ]


def test_the_result_is_what_regions_are_drawn_from(tmp_path: Path) -> None:
    trips.laid(tmp_path, {"a.csv": "home,work\n" + "a,a\n" * 50 + "b,a\n" * 30 + "c,c\n" * 40 + "c,abroad\n"})
    found = data(tmp_path, "--columns", "home,work", "--out", tmp_path / "flows.csv")
    assert found["outside"] == 1
    drawn = CliRunner().invoke(
        region, ["delineate", str(tmp_path / "flows.csv"), "--method", "shading", "--city", "a", "--json"]
    )
    assert drawn.exit_code == 0, drawn.output
    assert json.loads(drawn.stdout)["region"] == {"a": "a", "b": "a", "c": ""}


def test_a_crosswalk_out_of_a_file(tmp_path: Path) -> None:
    walk, path = trips.laid(
        tmp_path, {"walk.txt": "name;code;zone\nx;1;A\ny;2;A\nz;3;\n", "a.csv": "home,work\n1,2\n2,3\n3,1\n"}
    )
    asked = (path, "--columns", "home,work", "--zones", walk, "--out", tmp_path / "out.csv")
    assert said(*asked) == [
        f"{path}, row 3, column work: found '3', expected a code of the crosswalk",
        f"{path}, row 4, column home: found '3', expected a code of the crosswalk",
    ]
    data(*asked, "--unknown-zones", "outside")
    assert (tmp_path / "out.csv").read_text() == "home,work,amount\nA,A,1\nA,unknown,1\nunknown,A,1\n"
    walk.write_text("code,zone\n1,A\n,B\n1,B\n")
    assert said(*asked) == [
        f"{walk}, row 3, column code: found nothing, expected a code",
        f"{walk}, row 4, column zone: found 'B' of 1, expected one zone; it lay in 'A'",
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--columns", "home"], "--columns home: expected home,work or home,work,amount"),
        (["--columns", "home,work", "--where", "year"], "--where year: expected column=value"),
        (["--columns", "home,work", "--out", "gone/x.csv"], "--out gone/x.csv: there is no folder gone"),
        (["--columns", "home,work", "--out", "a.csv"], "a.csv is one of the files that are read"),
        (["--columns", "home,work", "--engine", "spark", "--set", "memory=1g"], "--set memory: expected spark.setting"),
    ],
)
def test_what_is_asked_wrongly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], expected: str
) -> None:
    monkeypatch.chdir(tmp_path)
    trips.laid(tmp_path, {"a.csv": "home,work\na,b\n"})
    assert expected in said("a.csv", "--out", "out.csv", *words)[0]
    assert (tmp_path / "a.csv").read_text() == "home,work\na,b\n"


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from("abc"), st.decimals(0, 10_000, places=6)), max_size=40
    ),
    cut=st.integers(1, 5),
)
def test_sums_are_exact_however_files_are_cut(tmp_path_factory: Any, rows: Any, cut: int) -> None:
    folder = tmp_path_factory.mktemp("cut")
    whole = {(home, work): sum(Decimal(n) for h, w, n in rows if (h, w) == (home, work)) for home, work, _ in rows}
    contents = {
        f"{part}.csv": "home,work,n\n" + "".join(f"{home},{work},{n}\n" for home, work, n in rows[part::cut])
        for part in range(cut)
    }
    asked = trips.question(amount="n")
    looked = files.look(trips.laid(folder, contents), asked)
    added = adding.add_up(looked, asked, Local(), folder / "keep", most=0)
    [matrix], _ = told(added.sums, asked)
    assert {(home, work): Decimal(n) for home, work, n in matrix.pairs.iter_rows()} == whole


class Counting(Local):
    """Counts the files that it adds up."""

    def __init__(self) -> None:
        self.added = 0

    def sums(self, batch: Any, question: Question) -> pl.DataFrame:
        self.added += len(batch)
        return super().sums(batch, question)


def test_what_was_added_up_is_taken_up_unless_the_file_or_the_question_changed(tmp_path: Path) -> None:
    paths = trips.laid(tmp_path, {f"{name}.csv": f"home,work,n\n{name},b,2\n" for name in "abc"})
    keep = tmp_path / "keep"

    def again(**asked: Any) -> int:
        engine, asking = Counting(), trips.question(**asked)
        added = adding.add_up(files.look(paths, asking), asking, engine, keep, most=0)
        assert added.sums["rows"].sum() == 3
        assert engine.added + added.taken_up == 3
        return engine.added

    assert again() == 3
    assert again() == 0
    assert again(amount="n") == 3
    os.utime(paths[0], ns=(1, 1))
    assert again() == 1
    assert again(amount="n") == 1
    assert again(zones={"a": "A", "b": "B", "c": "C"}) == 3
    for path in keep.glob("*.parquet"):
        path.write_bytes(b"broken off")
    assert again() == 3


def test_a_run_that_met_a_fault_is_taken_up_when_that_is_mended(tmp_path: Path) -> None:
    paths = trips.laid(tmp_path, {"a.csv": "home,work,n\na,b,1\n", "b.csv": "home,work,n\na,b,?\n"})
    asked = ("--columns", "home,work,n", "--batch", "0", "--out", tmp_path / "out.csv")
    assert "found '?'" in said(*paths, *asked)[0]
    assert not (tmp_path / "out.csv").exists()
    paths[1].write_text("home,work,n\na,b,2\n")
    assert data(*paths, *asked)["taken_up_files"] == 1
    assert (tmp_path / "out.csv").read_text() == "home,work,amount\na,b,3\n"
    assert not list(tmp_path.glob(".out*"))
    assert data(*paths, *asked, "--afresh")["taken_up_files"] == 0


def test_a_run_that_is_killed_is_taken_up_where_it_was(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    body = "home,work,n\n" + "".join(f"Z{number % 97},Z{number % 89},{number % 7}\n" for number in range(2_000))
    paths = trips.laid(tmp_path / "in", {f"{number:03}.csv": body for number in range(40)})
    out = tmp_path / "flows.csv"
    words = ["region", "aggregate", str(tmp_path / "in"), "--columns", "home,work,n", "--batch", "0", "--out", str(out)]
    # Waits at the twentieth file, so that it is killed on its way.
    slow = (
        "import time, sys\n"
        "from mainport.region.feeds.trips.local import Local\n"
        "sums, seen = Local.sums, []\n"
        "def waits(self, batch, question):\n"
        "    seen.append(batch)\n"
        "    time.sleep(600 if len(seen) > 20 else 0)\n"
        "    return sums(self, batch, question)\n"
        "Local.sums = waits\n"
        "from mainport.config.cli import main\n"
        "main(sys.argv[1:])\n"
    )
    running = subprocess.Popen([sys.executable, "-c", slow, *words], stderr=subprocess.DEVNULL)
    try:
        keep, until = adding.kept_in(out), time.monotonic() + 60
        while len(list(keep.glob("*.parquet"))) < 20:
            assert running.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
    finally:
        running.send_signal(signal.SIGKILL)
        running.wait()
    assert not out.exists()
    found = data(*words[2:])
    assert found["taken_up_files"] == 20
    assert found["rows"] == 80_000
    whole = tmp_path / "whole.csv"
    data(*paths, "--columns", "home,work,n", "--out", whole)
    assert out.read_bytes() == whole.read_bytes()
    assert not keep.exists()


def test_matrices_are_told_by_rows_or_amount() -> None:
    sums = pl.DataFrame(
        [("a", "b", 3, 2, 1, 1_500_000), ("b", "a", 1, 0, 0, 0)],
        schema=trips.question().schema,
        orient="row",
    )
    [matrix], about = told(sums, trips.question(), 3, Counted.ROWS)
    assert matrix.pairs["amount"].to_list() == ["2.5", "."]
    assert (about.rows, about.amount, about.beside, about.kept_back, about.held_back) == (4, 2.5, 1, 1, 0)
    [matrix], about = told(sums, trips.question(), 3, Counted.AMOUNT)
    assert (matrix.pairs["amount"].to_list(), about.held_back) == ([".", "."], 1)
