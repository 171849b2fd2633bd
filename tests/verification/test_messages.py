# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Every text that the code shows has a Dutch one."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "mainport"
DUTCH = PACKAGE / "locale" / "nl" / "LC_MESSAGES" / "django.po"
_TRANSLATING = ("_", "gettext", "ngettext", "pgettext", "npgettext", "gettext_lazy", "pgettext_lazy", "ngettext_lazy")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")


def _catalog(file: Path) -> Catalog:
    with file.open("rb") as stream:
        return read_po(stream, locale="nl", abort_invalid=True)


def _texts(catalog: Catalog) -> dict[tuple[str, str | None], Message]:
    return {
        (message.id if isinstance(message.id, str) else message.id[0], message.context): message
        for message in catalog
        if message.id
    }


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def test_every_text_is_translated() -> None:
    missing = [key for key, message in _texts(_catalog(DUTCH)).items() if not all(_strings(message)) or message.fuzzy]
    assert missing == []


def test_placeholders_stay() -> None:
    differing = [
        key
        for key, message in _texts(_catalog(DUTCH)).items()
        for string in _strings(message)
        if set(_PLACEHOLDER.findall(key[0])) != set(_PLACEHOLDER.findall(string)) and isinstance(message.id, str)
    ]
    assert differing == []


def test_no_text_stands_within_an_f_string() -> None:
    """xgettext doesn't look into those, so that nobody would be asked to translate it."""
    found = [
        f"{file.relative_to(ROOT)}:{call.lineno}"
        for file in PACKAGE.rglob("*.py")
        for string in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _TRANSLATING
    ]
    assert found == []


def test_catalogue_has_every_text_of_the_code(tmp_path: Path) -> None:
    if not shutil.which("xgettext"):
        pytest.skip("no xgettext: install Debian's package gettext")
    copy = tmp_path / "mainport"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("*.mo", "static"))
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--locale", "nl", "--no-wrap", "--add-location", "file"],
        cwd=copy,
        check=True,
        capture_output=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": ""},
    )
    found = _texts(_catalog(copy / "locale" / "nl" / "LC_MESSAGES" / "django.po"))
    known = _texts(_catalog(DUTCH))
    assert sorted(map(str, found.keys() - known.keys())) == [], "run `make messages` and translate"
    assert sorted(map(str, known.keys() - found.keys())) == [], "no longer in the code: run `make messages`"
