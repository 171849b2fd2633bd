# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Decisions, meetings and papers for an archive: files with their metadata as MDTO 1.0.2 (Nationaal Archief), zipped.

A body is a `Serie`, a meeting a `Dossier` in it, a decision, the minutes and each paper an `Archiefstuk` in that,
with the file that represents it and its checksum. What is confidential is among it for who may read it, with the
restriction stated. Whether something is kept for ever is "nader te bepalen": that is for the selection list of
whoever takes the archive in.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from mainport.agenda.models import Element
from mainport.board import queries
from mainport.board.actions.documents import record_opening
from mainport.board.models import Document
from mainport.board.queries import DecisionView, FullMeeting
from mainport.board.rules.meetings import MeetingState
from mainport.core.rules.languages import say
from mainport.core.rules.permissions import Actor

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "https://www.nationaalarchief.nl/mdto"
MEDIA_TYPE = "application/zip"
_NSMAP: Any = {None: NAMESPACE}  # Which the types of lxml don't know of.
_LANGUAGE = "nl"
#: Media type: name and code in the PRONOM register (https://www.nationalarchives.gov.uk/PRONOM), '' where the
#: version, which the code depends on, isn't known.
_FORMATS = {
    "application/pdf": ("Acrobat PDF - Portable Document Format", ""),
    "image/png": ("Portable Network Graphics", ""),
    "image/jpeg": ("JPEG File Interchange Format", ""),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (
        "Microsoft Word for Windows (2007 and later)",
        "fmt/412",
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (
        "Microsoft Excel for Windows (2007 and later)",
        "fmt/214",
    ),
    "application/vnd.oasis.opendocument.text": ("OpenDocument Text", ""),
    "application/vnd.oasis.opendocument.spreadsheet": ("OpenDocument Spreadsheet", ""),
    "text/csv": ("Comma Separated Values", "x-fmt/18"),
    "text/plain": ("Plain Text File", "x-fmt/111"),
}


@dataclass(frozen=True)
class _Record:
    """An information object: what it is, what it is part of, what is in it, and the file that shows it."""

    id: str
    name: str
    level: str  # Serie, Dossier, Archiefstuk
    day: date | None = None
    last: date | None = None
    part_of: tuple[str, str] | None = None  # id, name
    parts: tuple[tuple[str, str], ...] = ()
    description: str = ""
    confidential: str = ""
    public_from: date | None = None
    organisations: tuple[str, ...] = ()
    file: _File | None = None


@dataclass(frozen=True)
class _File:
    name: str
    media_type: str
    content: bytes


def write(*, by: Actor, maker: str, source: str, now: datetime) -> bytes:
    """The archive of all that this asker may read of meetings that were held, and of all decisions.

    `maker` is the name of who made the records (the alliance), `source` what their identifiers come from (the site).
    Opening confidential papers for it is written in the audit log. The same records give the same bytes.
    Raises queries.Damaged where a file is no longer what was handed in.
    """
    writer = _Writer(maker, source, now)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in writer.files(_records(by)):
            info = zipfile.ZipInfo(path, date_time=now.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


# --- What there is ---


def _records(by: Actor) -> Iterator[tuple[str, _Record]]:
    """(folder, record) of each information object: each after what it is part of."""
    held = [MeetingState.HELD, MeetingState.CLOSED]
    meetings = [queries.meeting(by, view.key) for view in queries.meetings(by, states=held, newest_first=False)]
    loose = [decision for decision in reversed(queries.register(by)) if not decision.meeting]
    for body in Element.objects.filter(kind="body").order_by("tree_key"):
        own = [full for full in meetings if full.meeting.body.uid == body.uid]
        alone = [decision for decision in loose if decision.body.uid == body.uid]
        if not own and not alone:
            continue
        series = (f"body-{body.key}", say(body.title, _LANGUAGE))
        parts = [_named(full) for full in own] + [_named_decision(decision) for decision in alone]
        yield (
            body.key,
            _Record(series[0], series[1], "Serie", parts=tuple(parts), description=say(body.summary, _LANGUAGE)),
        )
        for full in own:
            for record in _of_meeting(by, full, series):
                yield f"{body.key}/{full.meeting.key}", record
        for decision in alone:
            yield body.key, _decision(decision, series)


def _of_meeting(by: Actor, full: FullMeeting, series: tuple[str, str]) -> Iterator[_Record]:
    papers = queries.documents_of_meeting(by, full.meeting.key)
    dossier = _named(full)
    inside = [_decision(decision, dossier) for decision in full.decisions]
    if full.minutes:
        inside.append(_minutes(full, dossier))
    inside += [_paper(paper, dossier) for paper in papers]
    yield _Record(
        *dossier,
        "Dossier",
        day=full.meeting.day,
        last=full.meeting.day,
        part_of=series,
        parts=tuple((record.id, record.name) for record in inside),
        organisations=tuple(full.present),
        description="; ".join(_agenda(full)),
    )
    record_opening(by=by, documents=papers)
    yield from inside


def _agenda(full: FullMeeting) -> list[str]:
    return [f"{item.position}. {say(item.title, _LANGUAGE) or 'besloten'}" for item in full.items]


def _named(full: FullMeeting) -> tuple[str, str]:
    return f"meeting-{full.meeting.key}", f"{say(full.meeting.title, _LANGUAGE)}, {full.meeting.day:%d-%m-%Y}"


def _named_decision(decision: DecisionView) -> tuple[str, str]:
    title = say(decision.title, _LANGUAGE) or "vertrouwelijk"
    return f"decision-{decision.key}", f"Besluit {decision.key}: {title}"


def _decision(decision: DecisionView, part_of: tuple[str, str]) -> _Record:
    return _Record(
        *_named_decision(decision),
        "Archiefstuk",
        day=decision.day,
        part_of=part_of,
        confidential=decision.confidential,
        public_from=decision.public_from,
        organisations=tuple(sorted({one.organisation_name for one in decision.follow_ups})),
        file=_File(f"besluit-{decision.key}.txt", "text/plain", _text_of(decision).encode()),
    )


def _text_of(decision: DecisionView) -> str:
    """The decision as plain text: the form that asks least of whoever reads it in a hundred years."""
    lines = [f"Besluit {decision.key}", f"{decision.day:%d-%m-%Y}, {say(decision.body.title, _LANGUAGE)}", ""]
    if decision.withheld:
        lines += ["Dit besluit is vertrouwelijk.", f"Reden: {decision.confidential}"]
    else:
        lines += [say(decision.title, _LANGUAGE), "", say(decision.text, _LANGUAGE), ""]
        lines += [f"Wijze van besluiten: {'consensus' if decision.manner == 'consensus' else 'stemming'}"]
        lines += [
            f"- {vote.organisation_name}: {_CHOICES[vote.choice]} {vote.words}".rstrip() for vote in decision.votes
        ]
        lines += [f"Gewijzigd: {change['sort']} {_summary(change)}" for change in decision.changes]
        lines += [
            f"Opvolging: {one.organisation_name}, {say(one.words, _LANGUAGE)}, uiterlijk {one.due:%d-%m-%Y}"
            for one in decision.follow_ups
        ]
    return "\n".join(lines) + "\n"


_CHOICES = {"for": "voor", "against": "tegen", "abstained": "onthouden"}


def _summary(change: Mapping[str, object]) -> str:
    return ", ".join(f"{name}={value}" for name, value in change.items() if name not in ("sort", "before") and value)


def _minutes(full: FullMeeting, part_of: tuple[str, str]) -> _Record:
    words = say(full.minutes, _LANGUAGE)
    return _Record(
        f"minutes-{full.meeting.key}",
        f"Notulen {part_of[1]}",
        "Archiefstuk",
        day=full.meeting.day,
        part_of=part_of,
        file=_File(f"notulen-{full.meeting.key}.txt", "text/plain", (words + "\n").encode()),
    )


def _paper(paper: Document, part_of: tuple[str, str]) -> _Record:
    content = queries.content_of(paper)
    proposer = paper.item.proposed_by
    return _Record(
        f"document-{paper.pk}",
        paper.title,
        "Archiefstuk",
        day=paper.at.date(),
        part_of=part_of,
        confidential=paper.confidential or paper.item.confidential,
        organisations=(proposer.name,) if proposer else (),
        file=_File(f"{paper.pk}-{queries.file_name(paper)}", paper.media_type, content),
    )


# --- How it is written ---


class _Writer:
    def __init__(self, maker: str, source: str, now: datetime) -> None:
        self.maker = maker
        self.source = source
        self.now = now

    def files(self, records: Iterable[tuple[str, _Record]]) -> Iterator[tuple[str, bytes]]:
        """(path, content) of each file, and of its metadata beside it."""
        for folder, record in records:
            yield f"{folder}/{record.id}.mdto.xml", self._information_object(record)
            if record.file:
                yield f"{folder}/{record.file.name}", record.file.content
                yield f"{folder}/{record.file.name}.bestand.mdto.xml", self._file(record, record.file)

    def _information_object(self, record: _Record) -> bytes:
        root, node = self._begin("informatieobject", record.id, record.name)
        _concept(node, "aggregatieniveau", record.level, "Begrippenlijst Aggregatieniveaus MDTO")
        if record.description.strip():
            _add(node, "omschrijving", record.description)
        if record.day and record.level == "Dossier":
            time = _add(node, "dekkingInTijd")
            _concept(time, "dekkingInTijdType", "Looptijd van een dossier", self._own_list)
            _add(time, "dekkingInTijdBegindatum", record.day.isoformat())
            _add(time, "dekkingInTijdEinddatum", (record.last or record.day).isoformat())
        _add(node, "taal", _LANGUAGE)
        if record.day:
            event = _add(node, "event")
            _concept(event, "eventType", "Creatie", "Begrippenlijst EventTypeLijst MDTO")
            _add(event, "eventTijd", record.day.isoformat())
        _concept(node, "waardering", "Nader te bepalen", "Begrippenlijst Waarderingen MDTO", code="N")
        if record.part_of:
            self._reference(node, "isOnderdeelVan", *record.part_of)
        for part in record.parts:
            self._reference(node, "bevatOnderdeel", *part)
        if record.file:
            self._reference(node, "heeftRepresentatie", f"file-{record.id}", record.file.name)
        _add(_add(node, "archiefvormer"), "verwijzingNaam", self.maker)
        for organisation in record.organisations:
            involved = _add(node, "betrokkene")
            _concept(involved, "betrokkeneTypeRelatie", "Deelnemer", self._own_list)
            _add(_add(involved, "betrokkeneActor"), "verwijzingNaam", organisation)
        self._restriction(node, record)
        return _bytes(root)

    @property
    def _own_list(self) -> str:
        return f"Begrippenlijst {self.maker}"

    def _restriction(self, node: _Element, record: _Record) -> None:
        restriction = _add(node, "beperkingGebruik")
        label = "Vertrouwelijk" if record.confidential else "Openbaar"
        _concept(restriction, "beperkingGebruikType", label, self._own_list)
        if record.confidential:
            _add(restriction, "beperkingGebruikNadereBeschrijving", record.confidential)
            if record.public_from:
                _add(_add(restriction, "beperkingGebruikTermijn"), "termijnEinddatum", record.public_from.isoformat())

    def _file(self, record: _Record, file: _File) -> bytes:
        root, node = self._begin("bestand", f"file-{record.id}", file.name)
        _add(node, "omvang", str(len(file.content)))
        name, code = _FORMATS.get(file.media_type, (file.media_type, ""))
        _concept(node, "bestandsformaat", name, "PRONOM-register", code=code)
        checksum = _add(node, "checksum")
        _concept(checksum, "checksumAlgoritme", "SHA256", "Begrippenlijst ChecksumAlgoritme MDTO")
        _add(checksum, "checksumWaarde", hashlib.sha256(file.content).hexdigest())
        _add(checksum, "checksumDatum", self.now.astimezone(UTC).isoformat(timespec="seconds"))
        self._reference(node, "isRepresentatieVan", record.id, record.name)
        return _bytes(root)

    def _begin(self, kind: str, id: str, name: str) -> tuple[_Element, _Element]:
        from lxml import etree

        root = etree.Element(f"{{{NAMESPACE}}}MDTO", nsmap=_NSMAP)
        node = _add(root, kind)
        self._identify(_add(node, "identificatie"), id)
        _add(node, "naam", name)
        return root, node

    def _identify(self, node: _Element, id: str) -> None:
        _add(node, "identificatieKenmerk", id)
        _add(node, "identificatieBron", self.source)

    def _reference(self, node: _Element, field: str, id: str, name: str) -> None:
        reference = _add(node, field)
        _add(reference, "verwijzingNaam", name)
        self._identify(_add(reference, "verwijzingIdentificatie"), id)


def _add(node: _Element, name: str, words: str = "") -> _Element:
    from lxml import etree

    made = etree.SubElement(node, f"{{{NAMESPACE}}}{name}")
    if words:
        made.text = "".join(c for c in words if c in "\t\n\r" or c >= " ")
    return made


def _concept(node: _Element, field: str, label: str, in_list: str, *, code: str = "") -> None:
    made = _add(node, field)
    _add(made, "begripLabel", label)
    if code:
        _add(made, "begripCode", code)
    _add(_add(made, "begripBegrippenlijst"), "verwijzingNaam", in_list)


def _bytes(root: _Element) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
