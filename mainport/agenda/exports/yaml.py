# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The agenda as the YAML file that `mainport agenda load` reads: nothing is lost."""

from __future__ import annotations

from typing import Any

import yaml

from mainport.agenda.exports.edition import Edition
from mainport.agenda.rules.elements import Agenda
from mainport.agenda.rules.nesting import nest
from mainport.core.rules.languages import say


class _Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        """Write every value out: an agenda file has no aliases (`rules.document`)."""
        return True


def write(agenda: Agenda, edition: Edition) -> bytes:
    """The whole agenda, section by section in the order of the file format."""
    sections = [
        yaml.dump(
            {name: value}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=120
        )
        for name, value in nest(agenda).items()
    ]
    return "\n".join([_heading(agenda, edition), *sections]).encode()


def _heading(agenda: Agenda, edition: Edition) -> str:
    title = "".join(character for character in say(agenda.alliance.title, "en") if character.isprintable())
    return (
        f"# The agenda of {title}, as it stood on {edition.day:%Y-%m-%d}.\n"
        f"# Source: {edition.site_url}\n"
        "# To load it again: mainport agenda load FILE\n"
    )
