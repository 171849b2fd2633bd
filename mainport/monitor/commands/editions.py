# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport monitor freeze`."""

from __future__ import annotations

import click


@click.command("freeze")
@click.argument("key")
@click.option("--title", default="", help="Title of the edition; else it is its KEY.")
@click.option("--check", is_flag=True, help="Make nothing: say whether the edition KEY still reads as it was frozen.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def freeze(key: str, title: str, check: bool, as_json: bool) -> None:
    """Pin all values that are known now as the edition KEY, with a checksum, for a paper."""
    from django.core.exceptions import ValidationError

    from mainport.core.rules.permissions import system
    from mainport.core.terminal import emit, fail
    from mainport.monitor import queries
    from mainport.monitor.actions import editions

    if check:
        found = queries.edition(key)
        if not found:
            fail(f"there is no edition {key}", as_json=as_json)
            return
        if not queries.is_whole(found):
            fail(f"edition {key} no longer reads as it was frozen", as_json=as_json, sha256=found.sha256)
            return
    else:
        try:
            found = editions.freeze(by=system("mainport monitor freeze"), key=key, title={"mul": title or key})
        except ValidationError as error:
            fail(f"{key!r} can't be the name of an edition: {' '.join(error.messages)}", as_json=as_json)
            return
        except editions.EditionExists as error:
            fail(str(error), as_json=as_json)
            return
    data = {"key": found.key, "known_at": found.known_at.isoformat(), "sha256": found.sha256}
    emit(data, as_json=as_json, show=lambda: click.echo(f"{found.key}: {found.known_at.isoformat()} {found.sha256}"))
