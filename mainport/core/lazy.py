# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Modules that are loaded when somebody asks for what is in them: starting is what a command costs most."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """`found` gives for each name of a command the module and the attribute, as `module:attribute`."""

    def __init__(self, *args: Any, found: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self.found})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.found:
            return super().get_command(ctx, cmd_name)
        module, attribute = self.found[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


def lazily(package: str, names: Sequence[str], *modules: str) -> Callable[[str], Any]:
    """The `__getattr__` of a package that offers `names` out of its modules, looking in them in this order.

    A module that costs much to load comes last. For the type checker the package imports the names as usual,
    under TYPE_CHECKING.
    """

    def find(name: str) -> Any:
        if name in names:
            for module in modules:
                found = import_module(f"{package}.{module}")
                if hasattr(found, name):
                    return getattr(found, name)
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return find
