# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What we depend on may be combined with EUPL-1.2, and the lock files name no host."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

#: Words of licences that allow use in a work under EUPL-1.2 (its appendix, and permissive licences).
COMPATIBLE = re.compile(
    r"\b(MIT|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|LGPL|Unlicense|Public Domain|"
    r"Zlib|CC0|EUPL|HPND|W3C)\b",
    re.IGNORECASE,
)
#: Read by hand, since their metadata don't say it or name the GPL (of tools of the checks alone, never shipped).
READ_BY_HAND = {
    "locate": "MIT, by the LICENSE in the package; its metadata say 'other'",
    "beancount": "GPL-2.0-only, one of the licences that the appendix of EUPL-1.2 names; the peer of a measurement",
    "axe-playwright-python": "MIT, with axe-core under MPL 2.0",
    "python-debian": "GPL-2.0-or-later; a part of reuse, which we only run",
}


def _licences() -> dict[str, str]:
    shown = subprocess.run(
        [Path(sys.executable).with_name("pip-licenses"), "--format=json", "--from=mixed"],
        check=True,
        capture_output=True,
        text=True,
    )
    return {package["Name"]: package["License"] for package in json.loads(shown.stdout)}


def test_licences_are_compatible() -> None:
    licences = _licences()
    assert "Django" in licences or "django" in licences
    strange = {
        name: text for name, text in licences.items() if not COMPATIBLE.search(text) and name not in READ_BY_HAND
    }
    assert strange == {}


@pytest.mark.parametrize(
    "name", ["requirements.lock", "requirements-dev.lock", "requirements-spark.lock", "package-lock.json"]
)
def test_lock_files_have_hashes_and_no_host(name: str) -> None:
    text = (ROOT / name).read_text()
    assert '"integrity"' in text if name.endswith(".json") else "--hash=sha256:" in text
    assert '"resolved"' not in text
    assert "--index-url" not in text
    assert "--find-links" not in text


def test_each_dependency_has_a_reason() -> None:
    """One line of reason stands above each dependency in pyproject.toml."""
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    inside = False
    for number, line in enumerate(lines):
        if re.match(r"(dependencies|spark|build|dev) = \[$", line):
            inside = True
        elif line == "]":
            inside = False
        elif inside and line.strip().startswith('"'):
            assert lines[number - 1].strip().startswith("# "), f"no reason above {line.strip()}"
