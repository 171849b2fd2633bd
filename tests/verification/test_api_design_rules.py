# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The committed document against the Dutch API Design Rules, by Spectral."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

import mainport.api

ROOT = Path(__file__).resolve().parents[2]
RULES = "standards/nl-api-design-rules/linter.yaml"


def spectral() -> str:
    """The program: MAINPORT_SPECTRAL, or what `npm ci` put into the repository."""
    found = os.environ.get("MAINPORT_SPECTRAL") or shutil.which("spectral", path=ROOT / "node_modules/.bin")
    if not found:
        pytest.skip("no Spectral: npm ci, or set MAINPORT_SPECTRAL")
    return found


@pytest.mark.shared
def test_no_error_by_the_design_rules(shared: Path) -> None:
    document = Path(mainport.api.__file__).parent / "openapi.json"
    done = subprocess.run(
        [spectral(), "lint", "--ruleset", str(shared / RULES), "--format", "json", "--quiet", str(document)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    found = [f"{one['code']}: {'.'.join(map(str, one['path']))}: {one['message']}" for one in json.loads(done.stdout)]
    assert found == []
