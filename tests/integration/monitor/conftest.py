# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mainport.core.fetching import http
from tests.replay import Replay


@pytest.fixture
def replay(shared: Path, settings, tmp_path, monkeypatch) -> Iterator[Replay]:
    """CBS on this machine, with what it answered in July 2026; raw answers go to a folder of this test."""
    settings.FEEDS_ALLOW_LOOPBACK = True
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(http, "PAUSES", (0.0, 0.0))
    with Replay(shared / "data" / "cbs") as server:
        yield server
