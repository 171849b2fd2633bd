# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MonitorConfig(AppConfig):
    name = "mainport.monitor"

    def ready(self) -> None:
        post_migrate.connect(_renew_summaries, sender=self)


def _renew_summaries(**_told: Any) -> None:
    """Another version may judge otherwise: what the last one kept of each indicator is made anew."""
    from django.db import connection

    from mainport.monitor.actions.summaries import renew_outdated
    from mainport.monitor.models import Summary

    # Going back to an older migration takes the table away.
    if Summary._meta.db_table in connection.introspection.table_names():
        renew_outdated()
