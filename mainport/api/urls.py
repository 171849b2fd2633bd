# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the API, and of its reference among the pages of the site."""

from django.urls import path

from mainport.api import pages
from mainport.api.answers import OPENAPI_PATH
from mainport.api.catalog import catalog, dataset_file, editions
from mainport.api.catalogue.urls import urlpatterns as catalogue
from mainport.api.odata.views import odata
from mainport.api.open_data import open_data
from mainport.api.v1 import api

urlpatterns = [
    path("api/v1", pages.front, name="api_front"),
    path(f"api/v1{OPENAPI_PATH}", pages.openapi, name="api_openapi"),
    path("api/v1/", api.urls),
    path("catalog", catalog, name="catalog"),
    path("catalog.ttl", catalog, {"form": "ttl"}, name="catalog_ttl"),
    path("catalog.jsonld", catalog, {"form": "jsonld"}, name="catalog_jsonld"),
    path("datasets/<str:name>", dataset_file, name="dataset_file"),
    path("editions.json", editions, name="editions"),
    path("odata/v1", odata, name="odata_root"),
    path("odata/v1/", odata, name="odata_front"),
    path("odata/v1/<path:path>", odata, name="odata"),
    *catalogue,
]

#: Under the reader's language.
page_patterns = [
    path("api/", pages.reference, name="api_reference"),
    path("open-data/", open_data, name="open_data"),
]
