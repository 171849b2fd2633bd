# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Spark and the engine of one machine give the same sums, and say the same of what is wrong."""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from polars.testing import assert_frame_equal

from mainport.region.cli import region
from mainport.region.feeds.flows_file import Refused
from mainport.region.feeds.trips import spark as engine
from mainport.region.feeds.trips.local import Local
from mainport.region.feeds.trips.spark import NO_JAVA, NO_PYSPARK, NotHere, Spark
from tests import trips

#: What keeps a session of so little small.
SMALL = {
    "spark.driver.memory": "512m",
    "spark.sql.shuffle.partitions": "2",
    "spark.default.parallelism": "2",
    # Files of some lines are cut all the same.
    "spark.sql.files.maxPartitionBytes": "2k",
    "spark.sql.files.openCostInBytes": "0",
    # What is compiled for millions of rows isn't paid back by ten.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.adaptive.enabled": "false",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}


@pytest.fixture(scope="module")
def running() -> Iterator[Spark]:
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("no pyspark: install mainport[spark]")
    if not engine._java():
        pytest.skip("no Java for pyspark")
    spark = Spark("local[2]", SMALL)
    yield spark
    spark.close()


@pytest.mark.parametrize("name", trips.RIGHT)
def test_the_same_sums(tmp_path: Path, running: Spark, name: str) -> None:
    contents, asked = trips.RIGHT[name]
    paths, question = trips.laid(tmp_path, contents), trips.question(**asked)
    here = trips.summed_by(Local(), paths, question, tmp_path / "local")
    assert_frame_equal(trips.summed_by(running, paths, question, tmp_path / "spark"), here)


@pytest.mark.parametrize("name", trips.WRONG)
def test_the_same_faults(tmp_path: Path, running: Spark, name: str) -> None:
    body, asked, expected = trips.WRONG[name]
    paths = trips.laid(tmp_path, {"a.csv": body, "b.csv": "home,work,weight,note\n"})
    with pytest.raises(Refused) as error:
        trips.summed_by(running, paths[:1], trips.question(**asked), tmp_path / "keep")
    assert str(error.value).splitlines() == [f"{paths[0]}, {line}" for line in expected]


def test_a_file_of_pieces_and_one_with_values_over_lines(tmp_path: Path, running: Spark) -> None:
    rows = "".join(f'Z{number % 13},"Z{number % 11}",{number % 9}.{number % 7},""\n' for number in range(1_000))
    # Looked at line by line, what goes on below it would pass for a row.
    over = 'a,b,1,"x\nc,d,5,y"\n'
    header = "home,work,n,note\n"
    paths = trips.laid(tmp_path, {"a.csv": header + rows, "b.csv": header + rows + over, "c.csv": header + over})
    question = trips.question(amount="n")
    here = trips.summed_by(Local(), paths, question, tmp_path / "local")
    assert_frame_equal(trips.summed_by(running, paths, question, tmp_path / "spark"), here)
    assert here.filter(pl.col("home") == "c").is_empty()
    assert here["rows"].sum() == 2_002


def test_parquet_of_any_kind(tmp_path: Path, running: Spark) -> None:
    frame = pl.DataFrame(
        {
            "home": [1, 20_000_000, 1],
            "work": ["a", "b", "a"],
            "Home": [9, 9, 9],
            "n": [1.1, 2.25, None],
            "d`t.x": [1, 2, 2],
        }
    )
    frame.write_parquet(tmp_path / "a.parquet", row_group_size=1)
    frame.cast({"home": pl.UInt64, "n": pl.Decimal(12, 3), "work": pl.Categorical}).write_parquet(
        tmp_path / "b.parquet"
    )
    frame.cast({"home": pl.Int8, "n": pl.String}, strict=False).filter(home=1, n="1.1").write_parquet(
        tmp_path / "c.parquet"
    )
    paths = sorted(tmp_path.glob("*.parquet"))
    question = trips.question(amount="n", by=("d`t.x",))
    here = trips.summed_by(Local(), paths, question, tmp_path / "local")
    assert here["rows"].sum() == 7
    assert_frame_equal(trips.summed_by(running, paths, question, tmp_path / "spark"), here)
    frame.with_columns(n=pl.lit(float("nan"))).write_parquet(paths[0])
    for one in (Local(), running):
        with pytest.raises(Refused, match="found 'NaN', expected a number from 0"):
            trips.summed_by(one, paths[:1], question, tmp_path / "wrong")


def test_a_packed_file_that_is_cut_off(tmp_path: Path, running: Spark) -> None:
    packed = gzip.compress(("home,work\n" + "".join(f"{hash(n)},b\n" for n in range(9_000))).encode())
    [path] = trips.laid(tmp_path, {"a.csv.gz": packed[: len(packed) // 2]})
    for one in (Local(), running):
        with pytest.raises(Refused, match=r"a\.csv\.gz, row \d+, column -: found .*, expected a file that is whole"):
            trips.summed_by(one, [path], trips.question(), tmp_path / "keep")


def test_the_command_writes_the_same_file(tmp_path: Path, running: Spark) -> None:
    trips.laid(tmp_path, {"a.csv": trips.PLAIN, "b.csv": trips.PLAIN})
    written = []
    for name in ("local", "spark"):
        out = tmp_path / f"{name}.txt"
        asked = [str(tmp_path), "--columns", "home,work,weight", "--engine", name, "--out", str(out), "--json"]
        result = CliRunner().invoke(region, ["aggregate", *asked])
        assert result.exit_code == 0, result.output
        assert json.loads(result.stdout)["engine"] == name
        written.append(out.read_bytes())
    assert written[0] == written[1]


def test_without_pyspark_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pyspark", "pyspark.errors", "pyspark.sql"):
        monkeypatch.setitem(sys.modules, name, None)
    [path] = trips.laid(tmp_path, {"a.csv": trips.PLAIN})
    asked = [str(path), "--columns", "home,work", "--engine", "spark", "--out", str(tmp_path / "out.csv")]
    result = CliRunner().invoke(region, ["aggregate", *asked])
    assert (result.exit_code, result.stderr) == (1, f"Error: {NO_PYSPARK}\n")
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


def test_without_java_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark", reason="no pyspark: install mainport[spark]")
    from pyspark.sql import SparkSession

    monkeypatch.setattr(SparkSession, "getActiveSession", lambda: None)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(NotHere) as error:
        Spark()
    assert str(error.value) == NO_JAVA
    monkeypatch.delenv("JAVA_HOME")
    monkeypatch.setattr(shutil, "which", lambda _name, path=None: None)
    with pytest.raises(NotHere, match="Java 17"):
        Spark()


def test_java_that_doesn_t_start(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="no pyspark: install mainport[spark]")
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\nexit 1\n")
    java.chmod(0o755)
    [path] = trips.laid(tmp_path, {"a.csv": trips.PLAIN})
    asked = [str(path), "--columns", "home,work", "--engine", "spark", "--out", str(tmp_path / "out.csv")]
    result = subprocess.run(
        [sys.executable, "-m", "mainport", "region", "aggregate", *asked],
        env={**os.environ, "JAVA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert (
        "Error: Spark can't be started at local[*] (it needs Java 17 or later): [JAVA_GATEWAY_EXITED]" in result.stderr
    )
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "out.csv").exists()
