# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Files of trips on which both engines are held to one answer, right ones and wrong ones."""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from mainport.region.feeds.trips import adding, files
from mainport.region.rules.aggregation import Question

PLAIN = "id,home,work,weight,purpose,year\n" + "".join(
    f"{number},Z{number % 7},Z{number % 3},{number % 5}.{number % 10}{number % 4},{'work' if number % 2 else 'study'},"
    f"{2022 + number % 2}\n"
    for number in range(200)
)
#: Name: the files, and what is asked of them.
RIGHT: Mapping[str, tuple[Mapping[str, str | bytes], Mapping[str, Any]]] = {
    "a row each": ({"a.csv": PLAIN}, {}),
    "weights": ({"a.csv": PLAIN, "b.csv": PLAIN.replace("Z1", "Z9")}, {"amount": "weight"}),
    "split and chosen": (
        {"a.csv": PLAIN},
        {"amount": "weight", "by": ("purpose", "year"), "where": {"purpose": frozenset({"work"})}},
    ),
    "columns in another order, other separators, packed": (
        {
            "a.csv": "home,work,weight\na,b,1.5\n",
            "b.csv": "work;weight;home\r\nb;1,25;a\r\n c ; 3 ; a \r\n",
            "c.tsv": "weight\twork\thome\n2\tb\ta\n",
            "d.csv.gz": gzip.compress(b"home,work,weight\na,b,4\n"),
        },
        {"amount": "weight"},
    ),
    "kept back, beside a number and alone": (
        {"a.csv": "home,work,weight\na,b,1\na,b,.\nb,a,x\na,a,0\n"},
        {"amount": "weight"},
    ),
    "quotes": ({"a.csv": 'home,work,note\n"a","b ""x""",1\n"a",b,"1\n2"\na,"b","x, y"\n'}, {}),
    "quotes inside, as nobody should": ({"a.csv": 'home,work,note\na,b,x "y"\n'}, {}),
    "lines with nothing on them": ({"a.csv": "home,work,weight\na,b,1\n\n,,\n   \nc,d,2\n\n"}, {"amount": "weight"}),
    "the same, where empty is unknown": (
        {"a.csv": "home,work,mode\na,b,1\n\n,,\nc,,2\n,,car\n\n"},
        {"unknown_outside": True},
    ),
    "the mark of UTF-8, letters of others, short rows": (
        {"a.csv": "\ufeffhome,work,weight,note\nŝ,Ĝ,1\nŝ,\u00a0Ĝ,1,x\n"},
        {"amount": "weight"},
    ),
    "codes that are numbers, exponents, decimals": (
        {"a.csv": "home,work,weight\n007,10,1e2\n7,10,.5\n7,10,+3.\n7,10,0.1\n7,10,0.2\n7,10,1E-3\n"},
        {"amount": "weight"},
    ),
    "a crosswalk": (
        {"a.csv": "home,work\n9711,9712\n9712,Buitenland\n9713,9711\nunknown,9713\n"},
        {"zones": {"9711": "GM0014", "9712": "GM0014", "9713": "GM1730"}},
    ),
    "a crosswalk with gaps": (
        {"a.csv": "home,work\n9711,1\n,9711\n1,2\n"},
        {"zones": {"9711": "GM0014"}, "unknown_outside": True},
    ),
    "names that are patterns": ({"a [1] {x}*?#%20.csv": "home,work\na,b\n", "_b.csv": "home,work\na,b\n"}, {}),
    "a header without rows": ({"a.csv": "home,work\n", "b.csv": "home,work\na,b"}, {}),
    "no rows at all": ({"a.csv": "home,work\n"}, {}),
}
_HOME = "found nothing, expected the code of a zone"
_NUMBER = "expected a number from 0 to 1,000,000,000, or a dot for what is kept back"
#: Name: a file, what is asked of it, and what is said of it after its name.
WRONG: Mapping[str, tuple[str | bytes, Mapping[str, Any], Sequence[str]]] = {
    "negative": (
        "home,work,weight\na,b,1\na,b,-2\n",
        {"amount": "weight"},
        [f"row 3, column weight: found '-2', {_NUMBER}"],
    ),
    "no number": (
        "home,work,weight\na,b,\na,b,1d\na,b,nan\na,b,inf\na,b,1e99\na,b,1_0\na,b,0x1\na,b,٣\n",
        {"amount": "weight"},
        [
            f"row {row}, column weight: found {said}, {_NUMBER}"
            for row, said in enumerate(
                ("nothing", "'1d'", "'nan'", "'inf'", "'1e99'", "'1_0'", "'0x1'", "'٣'"), start=2
            )
        ],
    ),
    "decimal comma between commas": (
        'home,work,weight\na,b,"1,5"\n',
        {"amount": "weight"},
        [f"row 2, column weight: found '1,5', {_NUMBER}"],
    ),
    "empty zones": (
        "home,work,mode\na,b,x\n,b,x\na, ,x\n\n,,x\n",
        {},
        [
            f"row 3, column home: {_HOME}",
            f"row 4, column work: {_HOME}",
            f"row 6, column home: {_HOME}",
            f"row 6, column work: {_HOME}",
        ],
    ),
    "unknown zones": (
        "home,work\na,b\na,c\n",
        {"zones": {"a": "A", "b": "B"}},
        ["row 3, column work: found 'c', expected a code of the crosswalk"],
    ),
    "nothing to split by": (
        "home,work,year\na,b,2022\na,b,\n",
        {"by": ("year",)},
        ["row 3, column year: found nothing, expected a value"],
    ),
    "more values than columns": (
        "home,work\na,b\na,b,\na,b,c\n",
        {},
        ["row 4, column -: found 'c' beyond the last column, expected no more columns"],
    ),
    "files put one below the other": (
        "home,work\na,b\nhome,work\na,b\n",
        {},
        ["row 3, column home: found the header again, expected a row"],
    ),
    "another encoding": (
        "home,work,note\na,b,x\nc,d,é\n".encode("latin-1"),
        {},
        [r"row 3, column note: found '\udce9', expected UTF-8"],
    ),
    "a quote that isn't closed": (
        'home,work,note\na,b,1\nc,d,"x\ne,f,2\n',
        {},
        ["row 3, column -: found unexpected end of data, expected CSV separated by ','"],
    ),
    "a quote that is closed too early": (
        'home,work,note\na,b,1\nc,d,"x" y"\n',
        {},
        ["row 3, column -: found ',' expected after '\"', expected CSV separated by ','"],
    ),
    "a quote inside a value": (
        'home,work,note\na,b,1\nc,d 5" e,2\n',
        {},
        ["row 3, column -: found 'c,d 5\" e,2', expected quotes around a whole value, and doubled in it"],
    ),
    "no column": ("home,weight\na,1\n", {}, ["row 1, column work: found no such column, expected one of home, weight"]),
    "a column twice": (
        "home,work,home\na,b,c\n",
        {},
        ["row 1, column home: found the column 2 times, expected it once"],
    ),
    "nothing": ("", {}, ["row 1, column -: found nothing, expected a header and rows"]),
}


def question(**asked: Any) -> Question:
    return Question("home", "work", **asked)


def laid(folder: Path, contents: Mapping[str, str | bytes]) -> list[Path]:
    """These files in this folder."""
    for name, body in contents.items():
        (folder / name).write_bytes(body if isinstance(body, bytes) else body.encode())
    return [folder / name for name in contents]


def summed_by(engine: adding.Engine, paths: Sequence[Path], asked: Question, keep: Path) -> pl.DataFrame:
    """What an engine makes of these files."""
    return adding.add_up(files.look(paths, asked), asked, engine, keep).sums
