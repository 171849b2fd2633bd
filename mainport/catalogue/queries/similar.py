# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Records that are like another one."""

from __future__ import annotations

from mainport.catalogue.models import Record
from mainport.catalogue.queries.records import published


def more_like(record: Record, limit: int = 5) -> list[Record]:
    """Public records most like this one, of the same kind, the likest first; none where the index doesn't have it.

    Two queries.
    """
    # The index reads the queries of records.
    from mainport.catalogue.search import catalogue
    from mainport.catalogue.search.answers import Request

    kind = "work" if record.kind == Record.Kind.WORK else "course"
    request = Request(like=record.pk, filters={"kind": (kind,)}, limit=limit + 1, highlight=False)
    uids = [hit.uid for hit in catalogue.search(request).hits if hit.uid != record.pk][:limit]
    rows = published().in_bulk(uids)
    return [rows[uid] for uid in uids if uid in rows]
