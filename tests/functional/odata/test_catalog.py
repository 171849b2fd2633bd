# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The catalogue says what there is, by the standard; what it names can be had."""

from __future__ import annotations

import json
import warnings
from datetime import date
from typing import Any

import pytest
from django.conf import settings

from mainport.catalogue.rules.works import Access, WorkType
from mainport.monitor.models import Dataset
from tests import works

pytestmark = [pytest.mark.django_db, pytest.mark.shared]
DCAT = "http://www.w3.org/ns/dcat#"
DCT = "http://purl.org/dc/terms/"


def body(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode()


def graph(text: str, form: str) -> Any:
    import rdflib

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return rdflib.Graph().parse(data=text, format=form)


@pytest.fixture
def awkward(bankruptcies) -> Dataset:
    """A table with all in its texts that could break a form, and without most of what it could say."""
    return Dataset.objects.create(
        key="Odd-1",
        feed=bankruptcies.feed,
        title='A "title"\\ with\nall \u2028 🙂',
        description="",
        language="fr",
        licence="Open, mind you",
        publisher="Nobody & <Sons>",
        dimensions=bankruptcies.dimensions,
        measures=bankruptcies.measures,
        extra={},
    )


def test_the_catalogue_passes_the_shapes_of_dcat_ap_nl(client, awkward, shared):
    pyshacl = pytest.importorskip("pyshacl")
    import rdflib

    shapes = rdflib.Graph()
    folder = shared / "standards" / "dcat-ap-nl-3"
    for file in sorted(folder.glob("dcat-ap*SHACL*.ttl")):
        shapes.parse(file)
    # The published file names two shapes of dcat:DataService that it doesn't describe; pyshacl refuses those.
    property_of = rdflib.URIRef("http://www.w3.org/ns/shacl#property")
    for shape, named in list(shapes.subject_objects(property_of)):
        if (named, None, None) not in shapes:
            shapes.remove((shape, property_of, named))
    research = works.work("cijfers", type=WorkType.DATASET)
    works.kept(research, "cijfers.csv", b"a,b", media_type="text/csv")
    data = graph(body(client.get("/catalog.ttl")), "turtle")

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        conforms, report, text = pyshacl.validate(data, shacl_graph=shapes, advanced=True, allow_warnings=True)

    assert conforms, text
    # Recommended, and not to be had: a file comes from no service, and a service has no file.
    source = rdflib.URIRef("http://www.w3.org/ns/shacl#sourceShape")
    assert {str(shape).rpartition("#")[2].partition("_")[2] for shape in report.objects(None, source)} == {
        "accessService_aanbevolen_minCount",
        "downloadURL_aanbevolen_minCount",
    }


def test_both_forms_say_the_same(client, awkward):
    import rdflib
    from rdflib.compare import isomorphic

    turtle = graph(body(client.get("/catalog.ttl")), "turtle")
    linked = graph(body(client.get("/catalog.jsonld")), "json-ld")

    assert isomorphic(turtle, linked)
    titles = {str(title) for title in turtle.objects(None, rdflib.URIRef(f"{DCT}title"))}
    assert awkward.title in titles
    tables = list(turtle.subjects(rdflib.RDF.type, rdflib.URIRef(f"{DCAT}Dataset")))
    assert len(tables) == 2
    links = list(turtle.objects(None, rdflib.URIRef(f"{DCAT}downloadURL")))
    for link in links:
        assert client.get(str(link).removeprefix(settings.SITE_URL)).status_code == 200
    assert len(links) == 8


def test_the_form_is_the_one_that_is_preferred(client, bankruptcies):
    def kind(accept: str) -> str:
        response = client.get("/catalog", headers={"Accept": accept})
        assert response["Vary"].startswith("Accept")
        return response["Content-Type"]

    assert kind("text/turtle").startswith("text/turtle")
    assert kind("application/ld+json").startswith("application/ld+json")
    assert kind("text/html,*/*;q=0.8").startswith("text/turtle")
    assert client.get("/catalog", headers={"Accept": "image/png"}).status_code == 406


def test_the_publisher_and_licence_are_those_of_the_source(client, bankruptcies):
    nodes = {node["@id"]: node for node in json.loads(body(client.get("/catalog.jsonld")))["@graph"]}
    table = nodes[f"{settings.SITE_URL}/datasets/82242NED"]
    maker = nodes[table["dct:publisher"]["@id"]]
    assert maker["foaf:name"] == ["Centraal Bureau voor de Statistiek"]
    form = nodes[table["dcat:distribution"][0]["@id"]]
    assert form["dct:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}


def test_a_table_can_be_had_in_each_form(client, bankruptcies, replay, tmp_path, monkeypatch):
    import csv
    from io import StringIO

    rows = list(csv.DictReader(StringIO(body(client.get("/datasets/82242NED.csv")))))
    recorded = replay.recorded("82242NED", "Observations")["value"]
    assert {(r["measure"], r["TypeGefailleerde"], r["period"], float(r["value"])) for r in rows} == {
        (r["Measure"], r["TypeGefailleerde"], r["Perioden"], r["Value"]) for r in recorded
    }
    metadata = json.loads(body(client.get("/datasets/82242NED.csv-metadata.json")))
    assert [one["url"] for one in metadata["tables"]] == ["82242NED.csv", "82242NED.codes.csv"]
    assert body(client.get("/datasets/82242NED.codes.csv")).startswith("column,code,")
    stat = json.loads(body(client.get("/datasets/82242NED.json")))
    assert (stat["version"], stat["class"]) == ("2.0", "dataset")
    assert sum(value is not None for value in stat["value"]) == len(recorded)
    assert json.loads(body(client.get("/datasets/82242NED.sdmx.json")))["data"]["dataSets"]
    for end in (".xml", ".structure.xml"):
        assert body(client.get(f"/datasets/82242NED{end}")).startswith("<?xml")


def test_what_isnt_there_and_what_one_has(client, bankruptcies):
    for name in ("82242NED", "82242NED.pdf", "None.csv", "82242NED.csv?edition=none"):
        assert client.get(f"/datasets/{name}").status_code == 404
    first = client.get("/datasets/82242NED.csv")
    assert 'rel="describedby"' in first["Link"]
    again = client.get("/datasets/82242NED.csv", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_data_sets_among_the_works_join_it(client, awkward):
    import rdflib

    data = works.work("cijfers", type=WorkType.DATASET, published=None)
    works.kept(data, "cijfers.csv", b"a,b", media_type="text/csv")
    works.work("later", type=WorkType.DATASET, access=Access.EMBARGOED, embargo_until=date(2099, 1, 1))
    works.work()
    found = graph(body(client.get("/catalog.ttl")), "turtle")

    sets = {str(one) for one in found.objects(None, rdflib.URIRef(f"{DCAT}dataset"))}
    assert {one.rpartition("/")[2] for one in sets} >= {"cijfers", "later"}
    assert not any(one.endswith("riool") for one in sets)
    own = rdflib.URIRef(f"{settings.SITE_URL}/record/cijfers")
    (file,) = found.objects(own, rdflib.URIRef(f"{DCAT}distribution"))
    (address,) = found.objects(file, rdflib.URIRef(f"{DCAT}downloadURL"))
    assert str(address) == f"{settings.SITE_URL}/record/cijfers/files/cijfers.csv"
    later = rdflib.URIRef(f"{settings.SITE_URL}/record/later")
    rights = next(found.objects(later, rdflib.URIRef(f"{DCT}accessRights")))
    assert str(rights).endswith("NON_PUBLIC")
