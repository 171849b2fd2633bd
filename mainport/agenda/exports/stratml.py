# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The agenda as a strategic plan in StratML (ISO 17469-1), in one language.

StratML knows goals and, one level below, objectives. So goals, sectors and chapters become Goals,
at whatever depth they stand; themes, tasks, flagships and projects become Objectives of the pillar
above them, in the order of the agenda. The sequence indicator (2.1.3) and a sentence keep the tree.
The ambition is the Vision. An agenda states no values, so there is no Value.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from mainport.agenda.exports.edition import Edition
from mainport.agenda.exports.texts import as_text
from mainport.agenda.exports.words import words
from mainport.agenda.rules.elements import PILLARS, PLANNED, Agenda, Element, Kind
from mainport.core.rules.dates import first_day, last_day
from mainport.core.rules.languages import say

NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:stratml_core"

#: What XML 1.0 has no place for (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(agenda: Agenda, edition: Edition) -> bytes:
    """One StrategicPlan, in the edition's language where a text has it."""
    root = _Plan(agenda, edition).strategic_plan()
    content: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return content


class _Plan:
    def __init__(self, agenda: Agenda, edition: Edition) -> None:
        self.agenda = agenda
        self.edition = edition
        self.words = words(edition.language)
        self.below: dict[str, list[Element]] = defaultdict(list)
        for element in agenda.elements.values():
            if element.parent:
                self.below[element.parent].append(element)

    def say(self, text: Mapping[str, str] | str | None) -> str:
        return say(as_text(text), self.edition.language) if text else ""

    def strategic_plan(self) -> etree._Element:
        alliance = self.agenda.alliance
        period = alliance.attributes["period"]
        prefixes: dict[Any, str] = {None: NAMESPACE}  # The default namespace has no prefix.
        root = etree.Element(_tag("StrategicPlan"), nsmap=prefixes)
        _add(root, "Name", f"{self.say(alliance.title)} {period['start'][:4]}-{period['end'][:4]}")
        _add(root, "Description", self.say(alliance.summary) or None)
        _add(root, "OtherInformation", self.about_the_plan())
        core = _add(root, "StrategicPlanCore")
        self.organization(core, alliance)
        _add(_add(core, "Vision"), "Description", self.say(alliance.attributes["ambition"]))
        if mission := alliance.attributes.get("mission"):
            _add(_add(core, "Mission"), "Description", self.say(mission))
        self.goals(core)
        self.administration(root, period)
        return root

    def about_the_plan(self) -> str:
        notes = [f"{self.words['language']}: {self.edition.language}"]
        for name in ("founded", "adopted"):
            if value := self.agenda.alliance.attributes.get(name):
                notes.append(f"{self.words[name]}: {value}")
        return _sentences(notes)

    def organization(self, core: etree._Element, alliance: Element) -> None:
        node = _add(core, "Organization")
        _add(node, "Name", self.say(alliance.title))
        _add(node, "Identifier", identifier(alliance))
        for partner in self.below[alliance.uid]:
            if partner.kind is Kind.PARTNER:
                self.stakeholder(node, partner, [self.words["member"]])

    def administration(self, root: etree._Element, period: dict[str, str]) -> None:
        node = _add(root, "AdministrativeInformation")
        _add(node, "StartDate", first_day(period["start"]).isoformat())
        _add(node, "EndDate", last_day(period["end"]).isoformat())
        _add(node, "PublicationDate", self.edition.day.isoformat())
        _add(node, "Source", f"{self.edition.site_url}/{self.edition.language}/")
        submitter = _add(node, "Submitter")
        # The schema asks for a person; what submits the plan is the alliance, by its own site.
        _add(submitter, "Surname", self.say(self.agenda.alliance.title))

    # --- Goals and objectives ---

    def goals(self, core: etree._Element) -> None:
        pillars = list(self.pillars(self.agenda.alliance, ""))
        for element, number in pillars:
            node = _add(core, "Goal")
            _add(node, "Name", self.say(element.title))
            _add(node, "Description", self.say(element.summary))
            self.common(node, element, number)
            for below, below_number in self.objectives(element, number):
                objective = _add(node, "Objective")
                _add(objective, "Name", self.say(below.title))
                _add(objective, "Description", self.say(below.summary) or None)
                self.common(objective, below, below_number)
        if not pillars:
            # A plan has a goal at the least, and of such an agenda the ambition is the only one.
            node = _add(core, "Goal")
            _add(node, "Name", self.say(self.agenda.alliance.title))
            _add(node, "Description", self.say(self.agenda.alliance.attributes["ambition"]))

    def pillars(self, above: Element, number: str) -> Iterator[tuple[Element, str]]:
        """Every pillar below, at any depth, with its number."""
        for index, element in enumerate(self.numbered(above), start=1):
            own = f"{number}.{index}" if number else str(index)
            if element.kind in PILLARS:
                yield element, own
                yield from self.pillars(element, own)

    def objectives(self, above: Element, number: str) -> Iterator[tuple[Element, str]]:
        """What is planned below a pillar, without what belongs to a pillar of its own."""
        for index, element in enumerate(self.numbered(above), start=1):
            if element.kind not in PILLARS:
                yield element, f"{number}.{index}"
                yield from self.objectives(element, f"{number}.{index}")

    def numbered(self, above: Element) -> list[Element]:
        return [element for element in self.below[above.uid] if element.kind in PLANNED]

    def common(self, node: etree._Element, element: Element, number: str) -> None:
        """What Goal and Objective both end with, in the schema's order."""
        _add(node, "Identifier", identifier(element))
        _add(node, "SequenceIndicator", number)
        for party, roles in self.parties(element).items():
            self.stakeholder(node, self.agenda.elements[party], roles)
        _add(node, "OtherInformation", _sentences(self.notes(element)) or None)

    def parties(self, element: Element) -> dict[str, list[str]]:
        """The uid of each party to an element or to its plan, with its roles in words."""
        found: dict[str, list[str]] = {}
        for one in (element, *self.plans(element)):
            for link in one.links:
                role = {"lead": "lead", "partners": "partner", "forums": "forum"}.get(link.role)
                if role and self.words[role] not in found.setdefault(link.target, []):
                    found[link.target].append(self.words[role])
        return found

    def plans(self, element: Element) -> list[Element]:
        return [below for below in self.below[element.uid] if below.kind is Kind.PLAN]

    def stakeholder(self, node: etree._Element, party: Element, roles: list[str]) -> None:
        sort = "Generic_Group" if party.kind is Kind.FORUM else "Organization"
        stakeholder = _add(node, "Stakeholder")
        stakeholder.set("StakeholderTypeType", sort)
        _add(stakeholder, "Name", self.say(party.title))
        _add(stakeholder, "Description", ", ".join(roles))

    def notes(self, element: Element) -> list[str]:
        """What StratML's core has no field for, in words."""
        above = self.agenda.elements.get(element.parent or "")
        notes = [self.words[element.kind.value]]
        if above and above.kind is not Kind.ALLIANCE:
            notes.append(f"{self.words['part of']}: {self.say(above.title)}")
        if element.demo:
            notes.append(self.words["demo"])
        for one in (element, *self.plans(element)):
            for name in ("start", "end", "horizon"):
                if value := one.attributes.get(name):
                    notes.append(f"{self.words[name]}: {value}")
            if result := one.attributes.get("result"):
                notes.append(f"{self.words['result']}: {self.say(result)}")
            notes += [
                f"{self.words['milestone']} {below.attributes['due']}: {self.say(below.title)}"
                for below in self.below[one.uid]
                if below.kind is Kind.MILESTONE
            ]
        return notes


def identifier(element: Element) -> str:
    """A uid as an xsd:ID, which has no colon; no kind has a hyphen, so that it stays unique."""
    return element.uid.replace(":", "-", 1)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(above: etree._Element, name: str, text: str | None = "") -> etree._Element:
    """A child with this text; None leaves the child out."""
    node = etree.Element(_tag(name))
    if text is None:
        return node
    above.append(node)
    if text:
        node.text = _NOT_XML.sub("", text)
    return node


def _sentences(notes: list[str]) -> str:
    return " ".join(note if note.endswith((".", "!", "?")) else f"{note}." for note in notes)
