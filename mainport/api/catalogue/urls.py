# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the catalogue for machines."""

from django.urls import path

from mainport.api.catalogue import records
from mainport.api.catalogue.oai.views import oai
from mainport.api.catalogue.oeapi.views import oeapi

urlpatterns = [
    path("oai", oai, name="oai"),
    path("api/oeapi/v6", oeapi, name="oeapi_service"),
    path("api/oeapi/v6/", oeapi, name="oeapi_front"),
    path("api/oeapi/v6/<path:path>", oeapi, name="oeapi"),
    path("record/<slug:key>/files/<path:name>", records.file, name="record_file"),
    path("schemas/mainport-record-1.xsd", records.schema, name="record_schema"),
]
