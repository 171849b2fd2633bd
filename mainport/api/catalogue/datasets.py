# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Works that are data sets, beside the tables of the monitor in the one catalogue of open data."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from mainport.api.catalogue.addresses import file_address, page_address
from mainport.catalogue.exports import dcat
from mainport.catalogue.exports.shown import Shown, ShownFile
from mainport.catalogue.models import KeptFile, Record
from mainport.catalogue.queries.records import published, value
from mainport.catalogue.rules.reading import is_open
from mainport.catalogue.rules.works import Work, WorkType


def joined(nodes: list[dcat.Node], catalogue: str, name: str) -> list[dcat.Node]:
    """The statements of the catalogue with those of the data sets among the works. Two queries."""
    added = dcat.nodes(_datasets(name), catalogue)
    by_address = {node["@id"]: node for node in nodes}
    sets = [{"@id": node["@id"]} for node in added if node["@type"] == ["dcat:Dataset"]]
    own = by_address[catalogue]
    own["dcat:dataset"] = [*own["dcat:dataset"], *sets]
    return [*nodes, *(node for node in added if node["@id"] not in by_address)]


def _datasets(name: str) -> Iterator[tuple[Work, Shown]]:
    files = KeptFile.objects.filter(current=True).defer("text").order_by("name")
    rows = published().filter(kind=Record.Kind.WORK, type=WorkType.DATASET).order_by("key")
    day = timezone.localdate()
    for record in rows.prefetch_related(Prefetch("files", queryset=files)):
        said = value(record)
        assert isinstance(said, Work)
        own = [
            ShownFile(
                name=row.name,
                url=file_address(record.key, row.name),
                media_type=row.media_type,
                size=row.size,
                sha256=row.sha256,
                licence=row.licence,
                open=is_open(row.access, row.embargo_until, day),
                embargo_until=row.embargo_until,
            )
            for row in record.files.all()
        ]
        outside = [
            ShownFile(file.name, file.url, file.media_type, file.size, file.sha256, file.licence, open=True)
            for file in said.files
            if file.url and is_open(file.access, file.embargo_until, day)
        ]
        yield (
            said,
            Shown(
                key=record.key,
                address=page_address(record.key),
                page=f"{settings.SITE_URL}{reverse('work', kwargs={'key': record.key})}",
                site_name=name,
                site_url=settings.SITE_URL,
                language=settings.LANGUAGE_CODE,
                changed=record.changed_at,
                files=(*own, *outside),
                demo=record.demo,
            ),
        )
