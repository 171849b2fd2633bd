# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A record that is stored slowly, while a harvester asks: on PostgreSQL, which shows it when all of it is there."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from lxml import etree

from mainport.api.catalogue.oai import records as oai
from mainport.catalogue.actions import records
from mainport.catalogue.rules.works import Work
from tests.functional.oai.conftest import BY, OAI, keys

pytestmark = pytest.mark.django_db(transaction=True)


def _ask(**arguments: str) -> etree._Element:
    return etree.fromstring(Client().get("/oai", {name.rstrip("_"): said for name, said in arguments.items()}).content)


def test_what_is_stored_while_a_harvester_asks_comes_the_next_time() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite tells nobody of a transaction that is under way")
    records.put(by=BY, value=Work({"nl": "Eerst"}), key="eerst")
    written, asked = threading.Event(), threading.Event()

    def slowly() -> None:
        try:
            with transaction.atomic():
                records.put(by=BY, value=Work({"nl": "Langzaam"}), key="langzaam")
                written.set()
                assert asked.wait(20)
        finally:
            connection.close()

    writer = threading.Thread(target=slowly)
    writer.start()
    assert written.wait(20)
    # The harvester asks a second after the record got its datestamp, which it can't see yet.
    threading.Event().wait(1.2)
    first = _ask(verb="ListRecords", metadataPrefix="oai_dc")
    asked.set()
    writer.join(20)
    assert keys(first) == ["eerst"]
    since = str(first.findtext(f"{OAI}responseDate"))
    assert "langzaam" in keys(_ask(verb="ListRecords", metadataPrefix="oai_dc", from_=since))


def test_the_clock_stands_a_little_back_where_nobody_tells() -> None:
    now = timezone.now()
    known: datetime = oai.as_of()
    assert known <= timezone.now()
    assert now - known <= timedelta(seconds=6)
