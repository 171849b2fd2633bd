# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The room as Django knows it."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Works and courses."""

    name = "mainport.catalogue"
    label = "catalogue"
