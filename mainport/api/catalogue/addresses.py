# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of records that last: they send on to the page as it is now, whatever that is called."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings

from mainport.catalogue.exports.about import with_file_addresses
from mainport.catalogue.rules.contents import Value


def page_address(key: str) -> str:
    """Where a record can be read, in whatever language."""
    return f"{settings.SITE_URL}/record/{key}"


def file_address(key: str, name: str) -> str:
    """Where a file of a work can be fetched by those who may."""
    return f"{settings.SITE_URL}/record/{key}/files/{quote(name, safe='')}"


def schema_address() -> str:
    """Where the schema of our own format is."""
    return f"{settings.SITE_URL}/schemas/mainport-record-1.xsd"


def with_addresses(key: str, value: Value) -> Value:
    """The value of a record, with an address for each file that we keep."""
    return with_file_addresses(value, lambda name: file_address(key, name))
