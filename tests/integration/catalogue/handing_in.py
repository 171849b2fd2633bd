# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A thesis of Heidi, a student, in every state; Ivan of the research office judges it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from mainport.catalogue.actions import handing_in as actions
from mainport.catalogue.models import Record
from mainport.catalogue.rules.texts import Texts
from mainport.catalogue.rules.works import Recommendation, WorkType
from mainport.core.rules.permissions import Actor
from tests.conftest import Cast

#: Passes the eleven-test, and was never given to anybody: the number that government examples use.
BSN = "111222333"


def pdf(*pages: str) -> bytes:
    """A PDF with these words, a page each."""
    made = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    for words in pages:
        page = made.add_blank_page()
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        lines = "".join(f"({line}) Tj 0 -16 Td " for line in words.splitlines())
        page.Contents = pikepdf.Stream(made, f"BT /F1 11 Tf 50 700 Td {lines}ET".encode("cp1252"))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def upload(content: bytes | None = None, name: str = "scriptie.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf("Waterstof in de haven") if content is None else content)


#: With an appendix that names somebody.
WITH_BSN = ("Waterstof in de haven van Delfzijl", "Bijlage", f"Respondent 3, BSN {BSN}, sprak met ons.")

TITLE: Texts = {"nl": "Waterstof in de haven", "en": "Hydrogen in the port"}
SUMMARY: Texts = {"nl": "Wij vroegen tien bedrijven wat zij nodig hebben.", "en": "We asked ten companies."}
ADVICE = Recommendation(1, {"nl": "Leg een leiding aan.", "en": "Build a pipeline."}, "E3")


@dataclass(frozen=True)
class Desk:
    """Who hands in and who judges."""

    author: Actor
    office: Actor

    def draft(self, **work: Any) -> Record:
        """A draft with all that is asked, but its file."""
        record = actions.start(by=self.author, titles=TITLE, type=WorkType.THESIS, language="nl")
        given = {"summaries": SUMMARY, "recommendations": (ADVICE,), "licence": "CC-BY-4.0", "task": "E3", **work}
        beside = {"supervisor_name": "Dr. S. de Vries", "consent": "nobody", "programme": "Bedrijfskunde"}
        actions.save(by=self.author, record=record, work=given, beside=beside)
        return fresh(record)

    def ready(self, pages: Sequence[str] = ("Waterstof in de haven",), **work: Any) -> Record:
        """A draft that was checked; with findings where the pages give them."""
        record = self.draft(**work)
        actions.add_file(by=self.author, record=record, file=upload(pdf(*pages)))
        actions.check(by=self.author, record=record)
        return fresh(record)

    def sent(self, pages: Sequence[str] = ("Waterstof in de haven",), **work: Any) -> Record:
        record = self.ready(pages, **work)
        actions.send(by=self.author, record=record)
        return fresh(record)

    def public(self, **work: Any) -> Record:
        record = self.sent(**work)
        actions.approve(by=self.office, record=record)
        return fresh(record)

    def returned(self) -> Record:
        record = self.sent()
        actions.return_(by=self.office, record=record, reasons="De bijlage noemt iemand.")
        return fresh(record)


def make_desk(cast: Cast) -> Desk:
    return Desk(cast.heidi.actor, cast.ivan.actor)


def fresh(record: Record) -> Record:
    return Record.objects.get(pk=record.pk)
