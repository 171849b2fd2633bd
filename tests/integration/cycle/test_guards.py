# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The ledger's guards stand after all migrations, of themselves: a migration that copies a table would lose them."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from mainport.cycle.models.guards import TABLES, lifted


def test_a_new_installation_has_them(tmp_path: Path) -> None:
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    command = [sys.executable, "-m", "mainport", "migrate"]
    subprocess.run(command, env=environment | {"MAINPORT_DATA_DIR": str(tmp_path)}, check=True, capture_output=True)
    [file] = tmp_path.glob("*.sqlite3")
    with sqlite3.connect(file) as database:
        found = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    database.close()
    assert found >= {f"{table}_no_{deed}" for table in TABLES for deed in ("update", "delete")}


@pytest.mark.django_db
def test_they_are_lifted_in_a_transaction_only() -> None:
    connection.in_atomic_block = False
    try:
        with pytest.raises(RuntimeError, match="outside a transaction"), lifted(connection):
            pass
    finally:
        connection.in_atomic_block = True
