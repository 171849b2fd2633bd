# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport board meetings`, `decisions` and `follow-ups`."""

from __future__ import annotations

from typing import Any

import click

from mainport.core.rules.languages import say
from mainport.core.rules.permissions import VISITOR, system
from mainport.core.terminal import emit, json_option, table

BY = system("mainport board")

body_option = click.option("--body", default="", help="Only of this body, by its key, such as steering-group.")
year_option = click.option("--year", type=int, help="Only of this year.")


@click.command()
@body_option
@year_option
@click.option("--coming", is_flag=True, help="Only those that are to come, the first in front.")
@json_option
def meetings(body: str, year: int | None, coming: bool, as_json: bool) -> None:
    """List the meetings, with their state and what is on their agenda."""
    from mainport.board import queries

    found = queries.next_meetings(BY, body=body, limit=1000) if coming else queries.meetings(BY, body=body, year=year)
    data: list[dict[str, Any]] = [
        {
            "key": view.key,
            "body": view.body.key,
            "title": view.title,
            "start": view.start.isoformat(),
            "end": view.end.isoformat(),
            "place": view.place,
            "papers_due": view.papers_due.isoformat(),
            "state": view.state.value,
            "items": view.items,
            "decisions": view.decisions,
            "demo": view.demo,
        }
        for view in found
    ]
    rows = [[view.key, f"{view.start:%Y-%m-%d %H:%M}", view.state, view.items, view.decisions] for view in found]
    emit(data, as_json=as_json, show=lambda: table(["meeting", "start (UTC)", "state", "items", "decisions"], rows))


@click.command()
@body_option
@year_option
@click.option("--about", default="", help="Only about this element of the agenda and what lies below it, by its uid.")
@click.option("--public", is_flag=True, help="As everybody may read it: what is confidential is withheld.")
@json_option
def decisions(body: str, year: int | None, about: str, public: bool, as_json: bool) -> None:
    """List the register of decisions, the newest first."""
    from mainport.agenda.queries import UnknownElement, find
    from mainport.board import queries
    from mainport.core.terminal import fail

    try:
        element = find(about) if about else None
    except UnknownElement as error:
        fail(str(error), as_json=as_json)
        return
    found = queries.register(VISITOR if public else BY, body=body, year=year, element=element)
    data: list[dict[str, Any]] = [
        {
            "key": view.key,
            "date": view.day.isoformat(),
            "body": view.body.key,
            "meeting": view.meeting,
            "confidential": view.confidential,
            "title": view.title,
            "text": view.text,
            "manner": view.manner,
            "votes": {vote.organisation: vote.choice.value for vote in view.votes},
            "changes": view.changes,
            "elements": [named.uid for named in view.elements],
            "follow_ups": len(view.follow_ups),
            "replaced_by": view.replaced_by,
            "demo": view.demo,
        }
        for view in found
    ]
    rows = [
        [view.key, view.day, view.body.key, say(view.title, "en") or f"confidential: {view.confidential}"]
        for view in found
    ]
    emit(data, as_json=as_json, show=lambda: table(["decision", "date", "body", "title"], rows))


@click.command("follow-ups")
@body_option
@click.option("--organisation", default="", help="Only of this organisation, by its key.")
@click.option("--overdue", is_flag=True, help="Only what should have been done by now.")
@json_option
def follow_ups(body: str, organisation: str, overdue: bool, as_json: bool) -> None:
    """List what is to be done after decisions, what is due first in front."""
    from mainport.board import queries
    from mainport.board.rules.follow_ups import Standing

    standing = [Standing.OVERDUE] if overdue else []
    found = queries.follow_ups(BY, organisation=organisation, body=body, standing=standing)
    data: list[dict[str, Any]] = [
        {
            "id": view.id,
            "decision": view.decision,
            "organisation": view.organisation,
            "owner": view.owner,
            "words": view.words,
            "due": view.due.isoformat(),
            "standing": view.standing.value,
            "note": view.note,
            "closed_on": view.closed_on.isoformat() if view.closed_on else None,
            "demo": view.demo,
        }
        for view in found
    ]
    rows = [[view.decision, view.due, view.standing, view.organisation, say(view.words, "en")] for view in found]
    emit(data, as_json=as_json, show=lambda: table(["decision", "due", "standing", "organisation", "what"], rows))
