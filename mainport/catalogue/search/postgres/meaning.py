# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Meanings in PostgreSQL by pgvector, where it is present; without it this engine searches by words.

The vectors of all models of a row stand one after the other in one vector, and those of a question too, each times
what its model counts: their inner product is what search/vectors.py adds up. It is compared with every row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection

from mainport.catalogue.search import fusion
from mainport.catalogue.search.embedding import Encoder, Matrix
from mainport.catalogue.search.postgres.lookup import Condition, where
from mainport.catalogue.search.postgres.tables import TABLE, VECTORS, obtain
from mainport.catalogue.search.postgres.tables import there as table_there
from mainport.catalogue.search.vectors import Rows

Models = Callable[[], Sequence[Encoder]]


def there() -> bool:
    """Whether there are meanings to ask."""
    if not table_there(VECTORS):
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {VECTORS})")  # noqa: S608
        return bool(cursor.fetchone()[0])


def create() -> bool:
    """Make the table, if this database knows vectors; whether it does."""
    if not obtain("vector"):
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE IF NOT EXISTS {VECTORS} (uid bigint NOT NULL, models text NOT NULL, meaning vector NOT NULL)"
        )
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {VECTORS}_uid ON {VECTORS} (uid)")
    return True


def forget() -> None:
    if table_there(VECTORS):
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {VECTORS}")  # noqa: S608


def put(rows: Rows) -> None:
    """The vectors of these records, in place of earlier ones."""
    if not create():
        return
    names = sorted(rows.numbers)
    whole = np.concatenate([rows.numbers[name] * rows.scales[name][:, None] for name in names], axis=1)
    values = [(uid, "+".join(names), _written(row)) for uid, row in zip(rows.uids.tolist(), whole, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {VECTORS} WHERE uid = ANY(%s)", [list(set(rows.uids.tolist()))])  # noqa: S608
        cursor.executemany(f"INSERT INTO {VECTORS} VALUES (%s, %s, %s::vector)", values)  # noqa: S608


@dataclass(frozen=True)
class Wanted:
    """A question as one vector of these models."""

    models: str
    vector: str

    @classmethod
    def of(cls, question: Mapping[str, Matrix], counting: Sequence[float]) -> Wanted:
        """`counting` says how much each model counts."""
        weights = dict(zip(question, counting, strict=False))
        total = sum(weights.values())
        names = sorted(question)
        whole = np.concatenate([question[name] * (weights[name] / total) for name in names])
        return cls("+".join(names), _written(whole))


def nearest(wanted: Wanted, held: Sequence[Condition], most: int) -> dict[int, float]:
    """The records nearest in meaning that satisfy the conditions, with how much more alike they are than chance."""
    return _nearest(wanted.models, wanted.vector, held, most)


def bar(wanted: Wanted) -> float:
    """How alike a record must be to be shown for its meaning alone (fusion.bar)."""
    sql = (
        "SELECT count(*), avg(alike), coalesce(stddev_pop(alike), 0) "  # noqa: S608
        f"FROM (SELECT -(meaning <#> %s::vector) AS alike FROM {VECTORS} WHERE models = %s) compared"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [wanted.vector, wanted.models])
        number, mean, spread = cursor.fetchone()
    return fusion.bar_of(number, mean, spread) if number else fusion.STANDS_OUT


def _nearest(names: str, vector: str, held: Sequence[Condition], most: int) -> dict[int, float]:
    it = where(held)
    sql = (
        f"SELECT v.uid, max(-(v.meaning <#> %s::vector)) FROM {VECTORS} v JOIN {TABLE} USING (uid) "  # noqa: S608
        f"WHERE v.models = %s AND {it.sql} GROUP BY v.uid ORDER BY 2 DESC LIMIT %s"
    )
    return _asked(sql, [vector, names, *it.values, most])


def of(wanted: Wanted, uids: Sequence[int]) -> dict[int, float]:
    """How much alike these records are."""
    if not uids:
        return {}
    sql = f"SELECT uid, max(-(meaning <#> %s::vector)) FROM {VECTORS} WHERE models = %s AND uid = ANY(%s) GROUP BY uid"  # noqa: S608
    return _asked(sql, [wanted.vector, wanted.models, list(uids)])


def like(uid: int, held: Sequence[Condition], most: int) -> dict[int, float]:
    """The records nearest to this one, by the mean of its rows at length 1."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT models, meaning::text FROM {VECTORS} WHERE uid = %s", [uid])  # noqa: S608
        rows = cursor.fetchall()
    if not rows:
        return {}
    mean = np.mean([np.fromstring(text.strip("[]"), np.float32, sep=",") for _models, text in rows], axis=0)
    length = max(float(np.linalg.norm(mean)), 1e-9)
    return _nearest(rows[0][0], _written(mean / length), held, most)


def _written(vector: Matrix) -> str:
    return "[" + ",".join(f"{number:.6g}" for number in vector.tolist()) + "]"


def _asked(sql: str, values: Sequence[Any]) -> dict[int, float]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return {uid: float(points) for uid, points in cursor.fetchall()}
