# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""One element of the agenda as an activity of IATI, in the order of the schema."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lxml import etree

from mainport.agenda.rules.elements import Element, Kind
from mainport.core.rules.dates import first_day, last_day
from mainport.cycle.exports.iati.money import INCOMING_COMMITMENT, INCOMING_FUNDS, Money, Planned, Transaction
from mainport.cycle.exports.iati.names import COUNTRY, Names, Org, every
from mainport.cycle.exports.iati.results import Results
from mainport.cycle.exports.iati.tree import Tree
from mainport.cycle.exports.iati.writing import (
    DEMO,
    document,
    language_of,
    narrate,
    node,
    now,
    org,
    period,
    told,
    value,
)

#: OrganisationRole.
_FUNDING, _ACCOUNTABLE, _IMPLEMENTING = "1", "2", "4"
#: ActivityStatus.
_COMING, _RUNNING, _FINISHED = "1", "2", "3"
_STATUSES = {"in-development": _COMING, "running": _RUNNING, "ended": _FINISHED}


class Writer:
    """Makes activities out of elements."""

    def __init__(self, names: Names, tree: Tree, money: Money, results: Results, today: date) -> None:
        self.names = names
        self.tree = tree
        self.money = money
        self.results = results
        self.today = today

    def activity(self, element: Element) -> etree._Element:
        root = etree.Element("iati-activity")
        language_of(root, self.names.languages[0])
        root.set("default-currency", "EUR")
        root.set("last-updated-datetime", now())
        root.set("hierarchy", str(self.tree.depth(element.uid)))
        node(root, "iati-identifier").text = self.names.activity(element.uid)
        org(root, "reporting-org", self.names.us)
        self.title(root, element)
        self.participants(root, element)
        self.dates(root, element)
        self.where_and_what(root, element)
        self.plans(root, element)
        for transaction in self.money.transactions(element.uid):
            self.transaction(root, transaction)
        for language in self.names.languages:
            document(root, self.names.page(element, language), element.title, "A12", language)
        self.relations(root, element)
        self.results.write(root, element.uid)
        return root

    def is_demo(self, element: Element) -> bool:
        return element.demo or element.uid in self.money.invented

    def title(self, root: etree._Element, element: Element) -> None:
        narrate(node(root, "title"), element.title, DEMO if self.is_demo(element) else None)
        told(root, "description", element.summary or element.title, type="1")
        if aim := element.attributes.get("ambition") or element.attributes.get("result"):
            told(root, "description", aim if isinstance(aim, dict) else every(aim), type="2")

    # --- Who and when ---

    def participants(self, root: etree._Element, element: Element) -> None:
        funders = self.money.funders(element.uid)
        if element.kind is not Kind.ALLIANCE and not funders:
            funders = [self.names.us]  # Out of the base financing.
        for who in funders:
            org(root, "participating-org", who, role=_FUNDING)
        org(root, "participating-org", self.names.us, role=_ACCOUNTABLE)
        for who in self.doers(element):
            org(root, "participating-org", who, role=_IMPLEMENTING)

    def doers(self, element: Element) -> list[Org]:
        """Who carries it out: its lead and partners, or those of its plan; else the alliance."""
        links = [*element.links, *(plan.links if (plan := self.tree.plan(element.uid)) else ())]
        uids = dict.fromkeys(link.target for link in links if link.role in ("lead", "partners"))
        return [self.names.org(uid) for uid in uids if uid in self.names.agenda.elements] or [self.names.us]

    def dates(self, root: etree._Element, element: Element) -> None:
        start, end = self.period(element)
        written = element.attributes.get("status", "")
        by_dates = _COMING if start > self.today else _FINISHED if end < self.today else _RUNNING
        status = _STATUSES.get(written, by_dates)
        node(root, "activity-status", code=status)
        node(root, "activity-date", type="1", iso_date=start)
        if status != _COMING and start <= self.today:
            node(root, "activity-date", type="2", iso_date=start)
        node(root, "activity-date", type="3", iso_date=end)
        if status == _FINISHED and start < end <= self.today:
            node(root, "activity-date", type="4", iso_date=end)

    def period(self, element: Element) -> tuple[date, date]:
        """Its own or its plan's first and last day, or those of the alliance's period."""
        whole = self.names.alliance.attributes["period"]
        plan = self.tree.plan(element.uid)
        own = [element.attributes, *([plan.attributes] if plan else [])]
        start = next((first_day(of["start"]) for of in own if of.get("start")), first_day(whole["start"]))
        end = next((last_day(of["end"]) for of in own if of.get("end")), last_day(whole["end"]))
        return start, max(start, end)

    # --- Where and what ---

    def where_and_what(self, root: etree._Element, element: Element) -> None:
        node_of = self.names.codes
        if scope := node_of.get("scope"):
            node(root, "activity-scope", code=scope)
        node(root, "recipient-country", code=COUNTRY)
        node(root, "sector", vocabulary="1", code=self.names.sector(element.uid))
        if pillar := self.names.pillar(element.uid):
            uri = self.names.page(pillar, self.names.languages[0])
            code = pillar.uid.replace(":", "-", 1)
            told(root, "sector", pillar.title, vocabulary="99", vocabulary_uri=uri, code=code)
        node(root, "default-flow-type", code="50")  # Other flows: no development aid.
        node(root, "default-finance-type", code="110")  # Grants.
        node(root, "default-aid-type", vocabulary="1", code="C01")  # Project-type interventions.
        node(root, "default-tied-status", code="5")  # Untied.

    # --- Money ---

    def plans(self, root: etree._Element, element: Element) -> None:
        for planned in self.money.budgets(element.uid):
            budget = node(root, "budget", type=planned.type, status="2")  # Committed: a body decided it.
            self.planned(budget, planned)
        for planned in self.money.to_pay(element.uid):
            payment = node(root, "planned-disbursement", type="1")
            self.planned(payment, planned)
            org(payment, "provider-org", self.names.us)
            if planned.party:
                org(payment, "receiver-org", planned.party)

    @staticmethod
    def planned(above: etree._Element, planned: Planned) -> None:
        first = date(planned.year, 1, 1)
        period(above, first, date(planned.year, 12, 31))
        value(above, planned.amount, first)

    def transaction(self, root: etree._Element, one: Transaction) -> None:
        found = node(root, "transaction", ref=one.number)
        node(found, "transaction-type", code=one.type)
        node(found, "transaction-date", iso_date=one.date)
        value(found, one.amount, one.date)
        narrate(node(found, "description"), every(one.words), DEMO if one.demo else None)
        comes_in = one.type in (INCOMING_FUNDS, INCOMING_COMMITMENT)
        for name, who in zip(
            ("provider-org", "receiver-org"),
            (one.party, self.names.us) if comes_in else (self.names.us, one.party),
            strict=True,
        ):
            if who.name:
                org(found, name, who)

    # --- What hangs together ---

    def relations(self, root: etree._Element, element: Element) -> None:
        for type_, uid in self.related(element.uid):
            node(root, "related-activity", ref=self.names.activity(uid), type=type_)

    def related(self, uid: str) -> Iterator[tuple[str, str]]:
        if above := self.tree.parents.get(uid):
            yield "1", above
        for below in self.tree.children.get(uid, ()):
            yield "2", below
