# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from mainport.agenda.exports import FORMATS
from mainport.agenda.exports.jsonld import CONTEXT
from mainport.agenda.rules.elements import Agenda
from tests.integration.exports.conftest import EDITION

# rdflib uses a class of its own that it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

SCHEMA = Namespace("https://schema.org/")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
ORG = Namespace("http://www.w3.org/ns/org#")
DCT = Namespace("http://purl.org/dc/terms/")


def at(uid: str) -> URIRef:
    return URIRef(f"https://mainport.example/api/v1/elements/{uid}")


@pytest.fixture
def content(demo_agenda: Agenda) -> bytes:
    return FORMATS["jsonld"].write(demo_agenda, EDITION)


@pytest.fixture
def graph(content: bytes) -> Graph:
    return Graph().parse(data=content, format="json-ld")


def test_every_element_is_in_it_under_its_address(graph: Graph, demo_agenda: Agenda) -> None:
    for uid in demo_agenda.elements:
        assert (at(uid), DCT.identifier, Literal(uid)) in graph


def test_every_name_is_in_the_context(content: bytes) -> None:
    def names(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {name for inner in value.values() for name in names(inner)}
        if isinstance(value, list):
            return {name for inner in value for name in names(inner)}
        return set()

    unknown = names(json.loads(content)["@graph"]) - set(CONTEXT) - {"nl", "en", "@none"}
    assert not unknown, "a reader would drop these"


def test_the_tree_in_skos(graph: Graph) -> None:
    agenda = URIRef("https://mainport.example/api/v1/agenda")
    assert (at("task:E3"), SKOS.broader, at("sector:energy")) in graph
    assert (at("sector:energy"), SKOS.topConceptOf, agenda) in graph
    assert (agenda, RDF.type, SKOS.ConceptScheme) in graph


def test_texts_carry_their_language(graph: Graph) -> None:
    assert (at("sector:energy"), SCHEMA.name, Literal("Energie", lang="nl")) in graph
    assert (at("sector:energy"), SCHEMA.name, Literal("Energy", lang="en")) in graph
    assert (at("partner:noorderpoort"), SCHEMA.name, Literal("Noorderpoort")) in graph


def test_partners_money_and_plans(graph: Graph, demo_agenda: Agenda) -> None:
    assert (at("partner:hanze"), ORG.memberOf, at("alliance:akkoord-van-groningen")) in graph
    assert (at("partner:hanze"), RDF.type, SCHEMA.Organization) in graph
    assert (at("contribution:alfa-college-noorderpoort"), SCHEMA.funder, at("partner:noorderpoort")) in graph
    amount = graph.value(at("contribution:hanze"), SCHEMA.amount)
    assert graph.value(amount, SCHEMA.value) == Literal(500000)
    assert (at("plan:task-E3"), SCHEMA.object, at("task:E3")) in graph
    assert (at("plan:task-E3"), SCHEMA.agent, at("partner:hanze")) in graph


def test_nothing_is_fetched(content: bytes) -> None:
    assert isinstance(json.loads(content)["@context"], dict)
