# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport catalogue questionnaire` and `sign`: the questionnaire of the Digitale Academie, and its certificates."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from mainport.catalogue.actions import academy as actions
from mainport.catalogue.queries import badges
from mainport.catalogue.rules import questionnaire_file
from mainport.catalogue.rules.canonical import NotCanonical
from mainport.catalogue.rules.faults import Refused
from mainport.catalogue.rules.proofs import JCS, RDFC
from mainport.core.rules.permissions import system
from mainport.core.terminal import console, emit, fail, json_option

BY = system("mainport catalogue questionnaire")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=_FILE)
@click.option("--load", is_flag=True, help="Keep it as a new version.")
@click.option("--use", is_flag=True, help="Keep it, and ask it from now on.")
@click.option("--why", default="", help="What changes, and why; kept in the history.")
@json_option
def questionnaire(file: Path, load: bool, use: bool, why: str, as_json: bool) -> None:
    """Check a questionnaire in YAML. Without options nothing is kept."""
    try:
        content = questionnaire_file.parse(file.read_bytes())
        read = questionnaire_file.read(content)
    except Refused as refused:
        faults = [{"where": one.field, "found": one.found, "expected": one.expected} for one in refused.faults]
        for fault in refused.faults if not as_json else ():
            console.print(f"{file}: {fault}", markup=False, soft_wrap=True)
        fail(f"{file} has {len(faults)} fault{'s' if len(faults) > 1 else ''}.", as_json=as_json, faults=faults)
        return
    found: dict[str, Any] = {
        "key": read.key,
        "steps": len(read.steps),
        "questions": sum(1 for _question in read.questions()),
        "version": None,
        "active": False,
    }
    if load or use:
        kept = actions.put_questionnaire(by=BY, content=content, why=why)
        if use:
            actions.activate(by=BY, version=kept, why=why)
        found |= {"version": kept.version, "active": kept.active}
    emit(found, as_json=as_json, show=lambda: _show(found))


def _show(found: dict[str, Any]) -> None:
    console.print(f"{found['key']}: {found['steps']} steps, {found['questions']} questions, no faults.")
    if found["version"]:
        state = "asked from now on" if found["active"] else "kept; put it in use with --use"
        console.print(f"Version {found['version']}: {state}.")


@click.command()
@click.argument("file", type=_FILE)
@click.option("--check", is_flag=True, help="Check a certificate that somebody signed, as JSON or JWT.")
@click.option("--suite", type=click.Choice([RDFC, JCS]), default=RDFC, show_default=True, help="How to sign.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where the signed certificate goes.")
@json_option
def sign(file: Path, check: bool, suite: str, out: Path | None, as_json: bool) -> None:
    """Sign a certificate (Open Badges 3.0, as JSON) with this installation's key, or check one.

    To check one, its issuer is asked for the key, and for whether it was taken back.
    """
    if check:
        _check(file, as_json=as_json)
        return
    try:
        document = json.loads(file.read_bytes())
    except ValueError as error:
        fail(f"{file} isn't JSON: {error}", as_json=as_json)
    if not isinstance(document, dict) or "proof" in document:
        fail(f"{file} holds no certificate, or one that is signed already.", as_json=as_json)
    issuer = badges.issuer()
    said = document.get("issuer")
    named = said.get("id") if isinstance(said, dict) else said
    if named != issuer.did:
        fail(f"{file}: found issuer {named}, expected {issuer.did}, whose key this is.", as_json=as_json)
    try:
        signed = badges.signer().sign(document, at=timezone.now(), suite=suite)
    except NotCanonical as error:
        fail(f"{file} can't be signed by {suite}: {error}.", as_json=as_json)
        return
    text = json.dumps(signed, ensure_ascii=False, indent=1) + "\n"
    if out:
        out.write_text(text, "utf-8")
        emit({"signed": str(out)}, as_json=as_json, show=lambda: console.print(f"Signed: {out}"))
    else:
        click.echo(text, nl=False)


def _check(file: Path, *, as_json: bool) -> None:
    found = badges.checked_file(file.read_bytes())
    problems = [problem.value for problem in found.problems]
    data = {
        "stands": found.stands,
        "problems": problems,
        "detail": found.detail,
        "signature": found.form,
        "issuer": found.issuer,
        "achievement": found.text("credentialSubject", "achievement", "name"),
    }
    if not found.stands:
        fail(f"{file} can't be relied on: {', '.join(problems)} {found.detail}".rstrip(), as_json=as_json, **data)
    emit(data, as_json=as_json, show=lambda: console.print(f"It stands: {data['achievement']}, by {found.issuer}."))
