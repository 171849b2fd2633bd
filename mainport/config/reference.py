# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The generated reference: pages written from the code, so that they can't disagree with it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from mainport.agenda.rules.reference import agenda_file
from mainport.config import settings as settings_module
from mainport.core.rules.permissions import ORGANISATION_ROLES, ROLES, STAFF_ROLES, Permission

HEAD = """<!--
SPDX-FileCopyrightText: 2026 The Mainport founders
SPDX-License-Identifier: EUPL-1.2
-->

<!-- Written by `mainport docs build`: change the code, not this page. -->

"""


def settings_page() -> str:
    """Every variable of the environment that settings.py reads, with the comment above it."""
    rows = [
        f"| `{name}` | {kind} | {default} | {comment} |"
        for name, kind, default, comment in _variables(Path(settings_module.__file__).read_text())
    ]
    return "\n".join(
        [
            "# Settings\n",
            "All settings come from the environment. With none set, Mainport runs on SQLite at http://localhost:8000.\n",
            "| Variable | Type | Default | Meaning |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def _variables(source: str) -> Iterator[tuple[str, str, str, str]]:
    """(name, type, default, comment) of each `env.type("NAME", default)` in the module."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "env"
            and isinstance(node.args[0], ast.Constant)
        ):
            default = ast.unparse(node.args[1]) if len(node.args) > 1 else "required where it is asked for"
            default = "" if default == "''" else f"`{default}`" if len(node.args) > 1 else default
            kind = node.func.attr.replace("dj_db_url", "URL").replace("dj_email_url", "URL")
            yield str(node.args[0].value), kind, default.replace("|", "\\|"), _comment(lines, node.lineno - 1)


def _comment(lines: list[str], index: int) -> str:
    """The comment that ends the line, or the ones right above it."""
    code, mark, after = lines[index].partition("  # ")
    if mark and code.strip():
        return after
    above: list[str] = []
    while index and lines[index - 1].lstrip().startswith("# ") and not lines[index - 1].startswith("# ---"):
        index -= 1
        above.insert(0, lines[index].strip().removeprefix("# "))
    return " ".join(above)


def permissions_page() -> str:
    """The one table of roles and permissions."""
    roles = list(ROLES)
    head = "| Permission | " + " | ".join(roles) + " |"

    def cell(role: object, permission: Permission) -> str:
        if permission in ROLES[role]:  # type: ignore[index]
            return "yes"
        return "own organisation" if permission in ORGANISATION_ROLES.get(role, ()) else ""  # type: ignore[call-overload]

    rows = [
        f"| {permission} | " + " | ".join(cell(role, permission) for role in roles) + " |" for permission in Permission
    ]
    staff = ", ".join(sorted(STAFF_ROLES))
    return "\n".join(
        [
            "# Roles and permissions\n",
            f"Written from `mainport/core/rules/permissions.py`. A second factor is required for: {staff}.\n",
            head,
            "|---" * (len(roles) + 1) + "|",
            *rows,
            "",
        ]
    )


def commands_page() -> str:
    """Every subcommand of `mainport` with its help."""
    from mainport.config.cli import main

    parts = ["# Commands\n", "Each subcommand takes `--json` and honours `DATABASE_URL` and `MAINPORT_DATA_DIR`.\n"]
    with click.Context(main, info_name="mainport") as context:
        for path, command, inner in _commands(main, context, "mainport"):
            parts += [f"## `{path}`\n", "```text", command.get_help(inner).strip(), "```\n"]
    return "\n".join(parts)


def _commands(
    command: click.Command, context: click.Context, path: str
) -> Iterator[tuple[str, click.Command, click.Context]]:
    context.max_content_width = 110
    context.terminal_width = 110
    yield path, command, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            # `mainport django` hands --help on.
            if inner and inner.context_settings.get("help_option_names") != []:
                with click.Context(inner, parent=context, info_name=name) as below:
                    yield from _commands(inner, below, f"{path} {name}")


def addresses_page() -> str:
    """Every page's address in Dutch and in English, by name."""
    found: dict[str, dict[str, str]] = {}
    for language in ("nl", "en"):
        with translation.override(language):
            for name, route in _routes(get_resolver().url_patterns, "/"):
                found.setdefault(name, {})[language] = route
    rows = [
        f"| {name} | `{routes['nl']}` | `{routes['en']}` |"
        for name, routes in sorted(found.items())
        if not name.endswith(("_json", "_csv"))
    ]
    return "\n".join(
        [
            "# Addresses\n",
            "A page that shows data has the same data as JSON and CSV: the address without its last slash and with "
            "`.json` or `.csv`. The API is described in [api.md](../api.md).\n",
            "| Name | Dutch | English |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _routes(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if pattern.app_name not in ("admin",) and "/api/" not in route:
                yield from _routes(pattern.url_patterns, route)
        elif pattern.name:
            yield pattern.name, route


def tables_page() -> str:
    """Every table of our own rooms with its columns."""
    parts = ["# Tables\n"]
    for config in apps.get_app_configs():
        if not config.name.startswith("mainport."):
            continue
        for model in config.get_models():
            parts += [
                f"## `{model._meta.db_table}`\n",
                (model.__doc__ or "").split("\n\n")[0].replace("\n    ", " "),
                "",
            ]
            parts += ["| Column | Type | Null |", "|---|---|---|"]
            parts += [f"| {f.column} | {_type(f)} | {'yes' if f.null else ''} |" for f in model._meta.concrete_fields]
            parts.append("")
    return "\n".join(parts)


def _type(field: models.Field[object, object]) -> str:
    if isinstance(field, models.ForeignKey):
        return f"reference to `{field.related_model._meta.db_table}`"
    return field.get_internal_type().removesuffix("Field")


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "permissions.md": permissions_page,
    "commands.md": commands_page,
    "addresses.md": addresses_page,
    "tables.md": tables_page,
    "agenda-file.md": agenda_file,
}


def page(name: str) -> str:
    """The text of one page of the reference, as it should stand in docs/reference."""
    text = PAGES[name]()
    return text if text.startswith("<!--") else HEAD + text
