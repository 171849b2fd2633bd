# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The papers that go with the code say what is there, and lead to what exists."""

import json
import os
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest
import yaml

REPO = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("MAINPORT_SHARED", REPO.parent / "shared"))
STANDARD = SHARED / "standards" / "publiccode"

PUBLICCODE = yaml.safe_load((REPO / "publiccode.yml").read_text("utf-8"))
VERSION = tomllib.loads((REPO / "pyproject.toml").read_text("utf-8"))["project"]["version"]
ADRS = sorted((REPO / "docs" / "adr").glob("[0-9]*.md"))

STATUS = r"^Status: (proposed|accepted|superseded by \[\d{4}\]\(.+\)), \d{4}-\d{2}-\d{2}$"

# Folders with what a machine made or others wrote.
NOT_OURS = {".venv", ".git", "node_modules", "data", "backups"}


def markdown_files() -> list[Path]:
    files = []
    for folder, subfolders, names in os.walk(REPO):
        subfolders[:] = [name for name in subfolders if name not in NOT_OURS]
        files += [Path(folder) / name for name in names if name.endswith(".md")]
    return sorted(files)


PAGES = markdown_files()


def standard(name: str) -> str:
    path = STANDARD / name
    if not path.exists():
        pytest.skip(f"no {path}: set MAINPORT_SHARED")
    return path.read_text("utf-8")


def controlled_list(name: str) -> set[str]:
    return set(re.findall(r"^- ([a-z-]+)$", standard(name), re.MULTILINE))


def mandatory_keys(core: str) -> list[tuple[str, str]]:
    """Every key of the standard's field list that says that it is mandatory, with the condition."""
    found = re.findall(r"^Key ``(\S+?)``.*?^-\s+Presence: (.*?)(?=^-\s|^\s*$)", core, re.MULTILINE | re.DOTALL)
    return [(key, " ".join(presence.split())) for key, presence in found if presence.startswith("mandatory")]


def values(tree: dict, key: str) -> list:
    """What stands at `key`, None where nothing does; `[lang]` in it stands for each language in turn."""
    branches = [tree]
    for step in key.split("/"):
        branches = [
            (branch or {}).get(name)
            for branch in branches
            for name in (branch or {"nothing": None} if step == "[lang]" else [step])
        ]
    return branches


def test_publiccode_follows_the_schema():
    text = standard("publiccode_schema_v0.5.0.json")
    # The schema names its parts by "$id", which our validator does not look up: point into it instead.
    text = re.sub(r'"\$id":\s*"#\w+",', "", text)
    schema = json.loads(re.sub(r'("\$ref":\s*"#)(\w+")', r"\1/definitions/\2", text))
    # It takes a list here; the field list, and the standard's own example, take one section.
    schema["properties"]["dependsOn"] = schema["properties"]["dependsOn"]["items"]
    checker = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in checker.iter_errors(PUBLICCODE)] == []


def test_publiccode_has_every_mandatory_key():
    keys = mandatory_keys(standard("schema.core.rst"))
    assert len(keys) > 12, "the field list was not read: has its layout changed?"
    missing = [
        key
        for key, presence in keys
        if "must not be present otherwise" not in presence and None in values(PUBLICCODE, key)
    ]
    assert missing == []
    assert PUBLICCODE["maintenance"]["type"] == "community"
    assert "contractors" not in PUBLICCODE["maintenance"]


def test_publiccode_uses_the_words_of_the_standard():
    assert set(PUBLICCODE["categories"]) <= controlled_list("categories-list.rst")
    assert set(PUBLICCODE["intendedAudience"]["scope"]) <= controlled_list("scope-list.rst")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_publiccode_describes_within_the_lengths(language):
    # The schema nests these rules where no validator looks; the field list states them.
    description = PUBLICCODE["description"][language]
    assert len(description["shortDescription"]) <= 150
    assert 150 <= len(description["longDescription"]) <= 10_000
    assert 5 <= len(description["features"]) <= 20
    assert [feature for feature in description["features"] if len(feature) > 100] == []


def test_both_languages_describe_the_same_features():
    features = [description["features"] for description in PUBLICCODE["description"].values()]
    assert len({len(listed) for listed in features}) == 1


def test_one_version_everywhere():
    assert PUBLICCODE["softwareVersion"] == VERSION
    headings = re.findall(r"^## \[(.+?)\]", (REPO / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert VERSION in headings or "Unreleased" in headings


@pytest.mark.parametrize("adr", ADRS, ids=lambda path: path.stem)
def test_each_decision_has_its_four_parts(adr):
    text = adr.read_text("utf-8")
    assert re.search(rf"^# {int(adr.stem[:4])}\. \S", text, re.MULTILINE)
    assert re.search(STATUS, text, re.MULTILINE)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_decisions_are_numbered_without_a_gap_and_listed():
    assert [int(adr.stem[:4]) for adr in ADRS] == list(range(1, len(ADRS) + 1))
    index = (REPO / "docs" / "adr" / "README.md").read_text("utf-8")
    assert [adr.name for adr in ADRS if f"({adr.name})" not in index] == []


def first_column(page: str) -> set[str]:
    """What stands in the first column of the page's tables, split at its commas."""
    rows = re.findall(r"^\| ([^|]+?) \|", (REPO / page).read_text("utf-8"), re.MULTILINE)
    return {part.strip("` ") for row in rows for part in row.split(", ")}


def test_every_setting_is_explained_to_operators():
    code = (REPO / "mainport" / "config" / "settings.py").read_text("utf-8")
    settings = set(re.findall(r"""\benv\.\w+\(\s*["']([A-Z_]+)""", code))
    explained = {name for name in first_column("docs/operations.md") if re.fullmatch("[A-Z_]{4,}", name)}
    assert settings == explained


def test_the_glossary_pairs_every_term_that_the_pages_explain():
    groups = yaml.safe_load((REPO / "mainport" / "web" / "glossary.yaml").read_text("utf-8"))
    terms = {term["term"]["nl"] for group in groups for term in group["terms"]}
    assert terms - first_column("docs/glossary.md") == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(REPO)))
def test_links_lead_somewhere(page):
    broken = []
    for link in relative_links(page):
        path, _, heading = link.partition("#")
        target = page.parent / path if path else page
        if not target.exists() or (heading and heading not in headings(target)):
            broken.append(link)
    assert broken == []


def relative_links(page: Path) -> list[str]:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    return [link for link in re.findall(r"\]\(<?([^)\s>]+)", text) if not re.match(r"[a-z][a-z+.-]*:", link)]


def headings(page: Path) -> set[str]:
    """The address that the usual renderers give to each heading."""
    found = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in found}
