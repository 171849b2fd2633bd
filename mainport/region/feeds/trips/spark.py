# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The engine of more machines than one: Apache Spark (`mainport[spark]`).

Spark cuts large files into pieces and reads lines; a CSV in which a value goes on over lines, or isn't quoted as it
should be, can't be cut. Lines that look so are sought first. A file with one of them, or with anything else that
Spark finds wrong, is left to the engine of one machine: what is right in a file is told in one place, and both engines
give the same sums and the same faults.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import warnings
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import polars as pl

from mainport.region.feeds.flows_file import OUTSIDE, SUPPRESSED
from mainport.region.feeds.trips.files import TripFile
from mainport.region.feeds.trips.local import Local
from mainport.region.rules.aggregation import BLANKS, MOST, PARTS, SUMS, UNKNOWN, Question

NO_PYSPARK = (
    "the engine spark needs pyspark, which isn't here: pip install 'mainport[spark]', or from the source "
    "`make spark`; or leave --engine out"
)
NO_JAVA = (
    "the engine spark needs Java 17 or later, and there is none: on Debian apt-get install openjdk-17-jre-headless, "
    "elsewhere set JAVA_HOME; or leave --engine out"
)
#: Of a plain number, what Java and others agree on.
_NUMBER = r"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$"


class NotHere(ValueError):
    """Spark can't run on this machine; says what to install."""


class Spark:
    """A session of Spark with this master: `local[*]`, or the address of a cluster.

    On a cluster every machine must find the files under the same paths. `settings` are Spark's own.
    """

    name = "spark"
    batch = 1 << 36

    def __init__(self, master: str = "local[*]", settings: Mapping[str, str] | None = None) -> None:
        self._local = Local()
        self._session, self._started = _session(master, settings or {})

    def sums(self, batch: Sequence[TripFile], question: Question) -> pl.DataFrame:
        """The partial sums of files of one shape. Raises Wrong, with every fault, where there is one."""
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        try:
            with _quiet():
                return self._sums(batch, question)
        except (PySparkException, Py4JError) as error:
            # Where a file is to blame, this says which and why.
            self._local.sums(batch, question)
            raise ValueError(f"Spark stopped, and no file is to blame: {_first_line(error)}") from error

    def _sums(self, batch: Sequence[TripFile], question: Question) -> pl.DataFrame:
        from pyspark.sql import functions as f

        doubtful = self._doubtful(batch)
        sure = [file for file in batch if _uri(file) not in doubtful]
        parts = [self._local.sums([file for file in batch if _uri(file) in doubtful], question)] if doubtful else []
        if sure:
            judged = self._judged(sure, question)
            names = [name for name in SUMS if name != "rows"]
            counted = judged.groupBy(*question.keys).agg(
                f.count(f.lit(1)).alias("rows"),
                *(f.sum(name).alias(name) for name in (*names, "wrong")),
            )
            found = pl.DataFrame(counted.toArrow(), schema_overrides=dict.fromkeys(question.keys, pl.String))
            if found["wrong"].sum():
                wrong = {row[0] for row in judged.where("wrong > 0").select("file").distinct().collect()}
                again = [file for file in sure if _uri(file) in {_plain(name) for name in wrong}]
                # Raises, but where all that was wrong were lines with nothing on them.
                parts.append(self._local.sums(again, question))
                if rest := [file for file in sure if file not in again]:
                    parts.append(self._sums(rest, question))
            else:
                parts.append(found)
        return pl.concat(
            [part.select(pl.col(name).cast(kind) for name, kind in question.schema.items()) for part in parts]
        )

    def close(self) -> None:
        """Stop the session, unless it was there before."""
        if self._started:
            self._session.stop()

    def _doubtful(self, batch: Sequence[TripFile]) -> set[str]:
        """The files that can't be read line by line."""
        from pyspark.sql import functions as f

        # Spark takes no notice of files that are called so, whoever asks for them.
        hidden = {_uri(file) for file in batch if file.path.resolve().name[0] in "._"}
        first = batch[0]
        seen = [file for file in batch if _uri(file) not in hidden]
        if first.parquet or not seen:
            return hidden
        separator = re.escape(first.separator)
        # What begins with a quote is tried first: nothing is given back once it was taken, so that a line costs its
        # length and no more.
        field = rf'(?:"[^"]*+(?:""[^"]*+)*+"|[^"{separator}]*+)'
        line = f.col("value")
        strange = (
            ~f.is_valid_utf8(line)
            | line.rlike(r"\r.")
            | (line.contains('"') & ~line.rlike(rf"^\ufeff?{field}(?:{separator}{field})*+\r?$"))
        )
        lines = self._session.read.options(lineSep="\n").text([_pattern(file) for file in seen])
        found = lines.where(strange).select(f.col("_metadata.file_path")).distinct().collect()
        return hidden | {_plain(row[0]) for row in found}

    def _judged(self, batch: Sequence[TripFile], question: Question) -> Any:
        """Each row with its keys, amount and file, and 1 in `wrong` where `local` would find a fault."""
        from pyspark.sql import functions as f

        rows = self._rows(batch, question)
        place = {column: f"c{number}" for number, column in enumerate(question.columns)}
        for column, values in question.where.items():
            rows = rows.where(_text(f.col(place[column])).isin(sorted(values)))
        rows = rows.select(
            _text(f.col(place[question.home])).alias("home"),
            _text(f.col(place[question.work])).alias("work"),
            *(_text(f.col(place[column])).alias(f"by{number}") for number, column in enumerate(question.by)),
            *_amount(place.get(question.amount), batch[0], question),
            "beyond",
            "file",
        )
        wrong = f.col("wrong_amount") | f.col("beyond").isNotNull()
        if not batch[0].parquet:
            wrong |= (f.col("home") == question.home) & (f.col("work") == question.work)
        for key in question.keys[2:]:
            wrong |= f.col(key) == ""
        rows = rows.withColumn("wrong", wrong)
        for side in ("home", "work"):
            rows = self._zone(rows, side, question)
        return rows.withColumn("wrong", f.col("wrong").cast("bigint"))

    def _zone(self, rows: Any, side: str, question: Question) -> Any:
        from pyspark.sql import functions as f

        code = f.col(side)
        zone = f.when(code != "", code)
        if question.zones is not None:
            import pyarrow

            walk = {side: list(question.zones), "zone": list(question.zones.values())}
            schema = pyarrow.schema([(side, pyarrow.string()), ("zone", pyarrow.string())])
            table = self._session.createDataFrame(pyarrow.table(walk, schema=schema))
            rows = rows.join(f.broadcast(table), side, "left")
            zone = f.coalesce(f.col("zone"), f.when(f.lower(code).isin(list(OUTSIDE)), code))
        if question.unknown_outside:
            zone = f.coalesce(zone, f.lit(UNKNOWN))
        rows = rows.withColumn("wrong", f.col("wrong") | zone.isNull()).withColumn(side, f.coalesce(zone, f.lit("")))
        return rows.drop("zone")

    def _rows(self, batch: Sequence[TripFile], question: Question) -> Any:
        from pyspark.sql import functions as f

        first, paths = batch[0], [_pattern(file) for file in batch]
        beyond = f.lit(None).cast("string")
        if first.parquet:
            read = self._session.read.parquet(*paths)
            columns = ["`{}`".format(name.replace("`", "``")) for name in first.header]
        else:
            columns = [f"c_{number}" for number in range(len(first.header))]
            # Unquoted, since what is quoted is text; a row may be shorter than the header.
            read = (
                self._session.read.schema(", ".join(f"{name} STRING" for name in [*columns, "beyond"]))
                .options(header=True, sep=first.separator, quote='"', escape='"', lineSep="\n", encoding="UTF-8")
                .csv(paths)
            )
            beyond = f.when(_text(f.col("beyond")) != "", f.col("beyond"))
            if question.unknown_outside:
                filled = [_text(f.col(name)) != "" for name in columns]
                some = filled[0]
                for one in filled[1:]:
                    some |= one
                read = read.where(some)
        self._expect(read, batch)
        chosen = [
            f.col(columns[first.header.index(column)]).alias(f"c{number}")
            for number, column in enumerate(question.columns)
        ]
        return read.select(*chosen, beyond.alias("beyond"), f.col("_metadata.file_path").alias("file"))

    @staticmethod
    def _expect(read: Any, batch: Sequence[TripFile]) -> None:
        """Raise ValueError where Spark reads other files than it was given."""
        seen = sorted(_plain(name) for name in read.inputFiles())
        given = sorted(_uri(file) for file in batch if file.size)
        if strange := set(seen).symmetric_difference(given):
            raise ValueError(f"Spark doesn't read the files that it was given: {', '.join(sorted(strange))}")


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Without what pyspark says of pandas, which isn't used here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield


def _session(master: str, settings: Mapping[str, str]) -> tuple[Any, bool]:
    try:
        with _quiet():
            import pyarrow  # noqa: F401 -- brings the sums here in columns
            from py4j.protocol import Py4JError
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
    except ImportError as error:
        raise NotHere(NO_PYSPARK) from error
    there = SparkSession.getActiveSession()
    if there is not None:
        return there, False
    if not _java():
        raise NotHere(NO_JAVA)
    log = resources.files("mainport.region") / "data" / "log4j2-spark.properties"
    given = {
        "spark.app.name": "mainport region aggregate",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile=file:{log}",
        # The sums of a batch come here, however large they are.
        "spark.driver.maxResultSize": "0",
        # A broken file ends the job: the engine of one machine says what is wrong with it.
        "spark.sql.files.ignoreCorruptFiles": "false",
        "spark.sql.files.ignoreMissingFiles": "false",
        # A row is read whole, so that what stands beyond its last column is seen.
        "spark.sql.csv.parser.columnPruning.enabled": "false",
        "spark.sql.caseSensitive": "true",
    }
    here = master.startswith("local")
    if here:
        given |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    options = "spark.driver.extraJavaOptions"
    given |= {**settings, options: f"{given[options]} {settings.get(options, '')}".strip()}
    builder = SparkSession.builder.master(master)
    for name, value in given.items():
        builder = builder.config(name, value)
    try:
        with _quiet(), _address(here):
            return builder.getOrCreate(), True
    except (PySparkException, Py4JError, OSError) as error:
        said = f"Spark can't be started at {master} (it needs Java 17 or later): {_first_line(error)}"
        raise NotHere(said) from error


@contextlib.contextmanager
def _address(here: bool) -> Iterator[None]:
    """On this machine alone Java needn't ask who it is, which fails where its name has no address."""
    before = os.environ.get("SPARK_LOCAL_IP")
    if here and before is None:
        os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("SPARK_LOCAL_IP", None)


def _first_line(error: Exception) -> str:
    cause = getattr(error, "java_exception", None)
    said = str(cause.toString()) if cause is not None else str(error)
    return said.strip().splitlines()[0]


def _java() -> str | None:
    home = os.environ.get("JAVA_HOME", "")
    return shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")


def _uri(file: TripFile) -> str:
    return str(file.path.resolve())


def _plain(uri: str) -> str:
    return unquote(urlsplit(uri).path)


def _pattern(file: TripFile) -> str:
    """The path such that no part of it is taken for a pattern."""
    return "file://" + re.sub(r"([\\\[\]{}*?])", r"\\\1", _uri(file))


def _text(column: Any) -> Any:
    from pyspark.sql import functions as f

    return f.coalesce(f.btrim(column.cast("string"), f.lit(BLANKS)), f.lit(""))


def _amount(column: str | None, file: TripFile, question: Question) -> list[Any]:
    from pyspark.sql import functions as f

    if column is None:
        one, none = f.lit(1).cast("bigint"), f.lit(0).cast("bigint")
        return [one.alias("known"), one.alias("whole"), none.alias("parts"), f.lit(False).alias("wrong_amount")]
    if file.parquet and file.types[question.columns.index(question.amount)] != "String":
        number, suppressed = f.col(column).cast("double"), f.col(column).isNull()
    else:
        text = _text(f.col(column))
        plain = text if file.separator in ("", ",") else f.regexp_replace(text, "^([+-]?[0-9]+),([0-9]+)$", "$1.$2")
        number, suppressed = f.when(plain.rlike(_NUMBER), plain.try_cast("double")), text.isin(list(SUPPRESSED))
    # Spark holds what is no number to be larger than any.
    known = f.coalesce((number >= 0) & (number <= MOST), f.lit(False))
    whole = f.floor(number)
    parts = f.floor((number - whole) * PARTS + f.lit(0.5))
    return [
        known.cast("bigint").alias("known"),
        f.when(known, whole).otherwise(0).cast("bigint").alias("whole"),
        f.when(known, parts).otherwise(0).cast("bigint").alias("parts"),
        (~known & ~suppressed).alias("wrong_amount"),
    ]
