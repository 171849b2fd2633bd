# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Meetings, items, papers and decisions as Open Raadsinformatie 2.0 (VNG, beta 4), as the asker sees them.

The standard is made for councils, so some of it is bent: an organisation with a vote is a `fractie` (its people are
left out, and so are votes of persons), and every meeting is a `commissievergadering`, the nearest of the types that
it knows. Each list is what its address in the API would answer on one page (`PaginatedVergaderingList` …).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from mainport.board import queries
from mainport.board.queries import DecisionView, DocumentView, FullMeeting, ItemView, Named
from mainport.board.rules.meetings import ItemState, MeetingState
from mainport.board.rules.voting import Choice
from mainport.core.rules.languages import Text, say
from mainport.core.rules.permissions import VISITOR, Actor

MEDIA_TYPE = "application/json"
_LANGUAGE = "nl"  # That of the standard's readers.
_STATUS = {
    MeetingState.PLANNED: "gepland",
    MeetingState.CONVENED: "gepland",
    MeetingState.HELD: "gehouden",
    MeetingState.CLOSED: "gehouden",
    MeetingState.CANCELLED: "geannuleerd",
}
_RESULT = {Choice.FOR: "aangenomen", Choice.AGAINST: "verworpen"}

Row = dict[str, Any]


def write(*, by: Actor = VISITOR, site: str, link: Callable[[int], str] | None = None) -> bytes:
    """Everything that this asker may read, as JSON. `link` gives the address of a paper's file, by its id."""
    made = _Lists(f"{site.rstrip('/')}/api/v1/ori", link)
    for view in queries.meetings(by, newest_first=False):
        made.meeting(queries.meeting(by, view.key))
    for decision in reversed(queries.register(by)):
        if not decision.meeting:
            made.decision(decision, None)
    return made.to_bytes()


@dataclass
class _Lists:
    """The lists of the export, by the names of their addresses."""

    base: str
    link: Callable[[int], str] | None
    lists: dict[str, list[Row]] = field(
        default_factory=lambda: {
            name: []
            for name in (
                "vergaderingen",
                "agendapunten",
                "informatieobjecten",
                "stemmingen",
                "besluiten",
                "fracties",
                "stemresultatenperfractie",
            )
        }
    )

    def to_bytes(self) -> bytes:
        data = {name: {"results": rows} for name, rows in self.lists.items()}
        return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()

    def url(self, name: str, id: object) -> str:
        return f"{self.base}/{name}/{id}"

    def row(self, name: str, id: object, **fields: Any) -> Row:
        """A row with its address; what is empty is left out."""
        made = {"url": self.url(name, id), "id": str(id)}
        made |= {key: value for key, value in fields.items() if value not in (None, "", [])}
        self.lists[name].append(made)
        return made

    def reference(self, name: str, id: object) -> Row:
        return {"url": self.url(name, id), "id": str(id)}

    def meeting(self, full: FullMeeting) -> None:
        view = full.meeting
        was = _STATUS[view.state] == "gehouden"
        minutes = self._minutes(full) if full.minutes and view.state is MeetingState.CLOSED else None
        self.row(
            "vergaderingen",
            view.id,
            naam=_short(view.title, 100),
            vergaderingstype="commissievergadering",
            georganiseerdDoorGremium=_gremium(view.body),
            status=_STATUS[view.state],
            geplandeVergaderdatum=view.day.isoformat(),
            geplandeAanvangVergadering=_moment(view.start),
            geplandeEindeVergadering=_moment(view.end),
            vergaderdatum=view.day.isoformat() if was else None,
            aanvangVergadering=_moment(view.start) if was else None,
            eindeVergadering=_moment(view.end) if was else None,
            locatie=view.place[:100],
            agendapunten=[self.url("agendapunten", item.id) for item in full.items],
            informatieobject=minutes,
        )
        for item in full.items:
            self._item(full, item)
        for decision in full.decisions:
            self.decision(decision, full)

    def _minutes(self, full: FullMeeting) -> Row:
        own = f"notulen-{full.meeting.id}"
        self.row(
            "informatieobjecten",
            own,
            titel=f"Notulen {say(full.meeting.title, _LANGUAGE)}"[:200],
            inhoud=say(full.minutes, _LANGUAGE),
            taal=_LANGUAGE,
            genotuleerdeVergadering=self.url("vergaderingen", full.meeting.id),
            vergaderingen=[self.reference("vergaderingen", full.meeting.id)],
        )
        return self.reference("informatieobjecten", own)

    def _item(self, full: FullMeeting, item: ItemView) -> None:
        end = item.begins + timedelta(minutes=item.minutes) if item.begins else None
        self.row(
            "agendapunten",
            item.id,
            vergadering=self.reference("vergaderingen", full.meeting.id),
            agendapuntvolgnummer=str(item.position),
            agendapuntKenmerk=str(item.position),
            agendapuntTitel=_short(item.title, 100) or "Besloten agendapunt",
            agendapuntOmschrijving=say(item.summary, _LANGUAGE) or (item.confidential if item.withheld else ""),
            geplandeStarttijd=_moment(item.begins) if item.begins else None,
            geplandeEindtijd=_moment(end) if end else None,
            indicatorBehandeld=item.state is ItemState.HANDLED,
            indicatorBesloten=bool(item.confidential),
            informatieobjecten=[self.url("informatieobjecten", document.id) for document in item.documents],
            stemmingen=[self.url("stemmingen", decision.key) for decision in item.decisions],
        )
        for document in item.documents:
            self._document(item, document)

    def _document(self, item: ItemView, document: DocumentView) -> None:
        self.row(
            "informatieobjecten",
            document.id,
            titel=document.title[:200],
            informatieobjecttype="besluitvormingsstuk" if item.purpose == "decide" else "mededeling",
            creatiedatum=timezone.localdate(document.at).isoformat(),
            auteur=item.proposed_by_name[:200],
            vertrouwelijkheidsaanduiding="vertrouwelijk" if document.confidential else "openbaar",
            agendapunten=[self.reference("agendapunten", item.id)],
            link=self.link(document.id) if self.link else None,
        )

    def decision(self, view: DecisionView, full: FullMeeting | None) -> None:
        """A decision; the vote (or consensus) that led to it ties it to its item."""
        self.row(
            "besluiten",
            view.key,
            besluitresultaat=_short(view.title, 200) or f"Vertrouwelijk besluit {view.key}",
            besluittoelichting=_short(view.text, 200) or view.confidential[:200],
            toezegging=_follow_ups(view)[:500],
            stemmingen=[self.url("stemmingen", view.key)] if full else None,
        )
        if view.text:
            self.row(
                "informatieobjecten",
                f"besluit-{view.key}",
                titel=f"Besluit {view.key}: {say(view.title, _LANGUAGE)}"[:200],
                inhoud=say(view.text, _LANGUAGE),
                creatiedatum=view.day.isoformat(),
                taal=_LANGUAGE,
                agendapunten=[self.reference("agendapunten", view.item)] if view.item and full else None,
            )
        if full and view.item:
            self._vote(view)

    def _vote(self, view: DecisionView) -> None:
        document = self.reference("informatieobjecten", f"besluit-{view.key}") if view.text else None
        self.row(
            "stemmingen",
            view.key,
            agendapunt=self.reference("agendapunten", view.item),
            besluit=self.reference("besluiten", view.key),
            informatieobject=document,
            stemmingstype="regulier",
            resultaatMondelingeStemming="voor",
        )
        for vote in view.votes:
            if not any(row["id"] == vote.organisation for row in self.lists["fracties"]):
                self.row("fracties", vote.organisation, fractienaam=vote.organisation_name[:100])
            self.row(
                "stemresultatenperfractie",
                f"{view.key}-{vote.organisation}"[:40],
                fractie=self.reference("fracties", vote.organisation),
                stemming=self.reference("stemmingen", view.key),
                fractiestemresultaat=_RESULT.get(vote.choice),  # It has no word for who abstained.
            )


def _gremium(body: Named) -> Row:
    return {"gremiumidentificatie": body.key[:10], "gremiumnaam": _short(body.title, 100)}


def _moment(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")


def _short(text: Text | None, limit: int) -> str:
    """The words in Dutch, cut where the standard allows no more."""
    words = say(text, _LANGUAGE)
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


def _follow_ups(view: DecisionView) -> str:
    return "; ".join(
        f"{one.organisation_name}: {say(one.words, _LANGUAGE)} (uiterlijk {one.due:%d-%m-%Y})"
        for one in view.follow_ups
    )
