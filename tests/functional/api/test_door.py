# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What holds for every request of the API, whatever it asks."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from mainport.agenda.rules.elements import Agenda
from mainport.api import door
from mainport.api.door import VERSION
from tests.conftest import Cast
from tests.functional.api.conftest import Ask

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_count() -> None:
    door._asked.clear()


def test_every_answer_carries_its_headers(groningen: Agenda, fetch: Ask) -> None:
    for path in ("agenda", "elements/none", "elements?page=0", "nothing", "openapi.json", "agenda/exports/xlsx"):
        response = fetch(path)
        assert response["API-Version"] == VERSION, path
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
        assert response["Vary"] == "Accept"
        assert not response.cookies
        assert "Content-Language" not in response


@pytest.mark.parametrize(
    "path",
    [
        "/api/nothing",
        "/api/v1/",
        "/api/v1/nothing",
        "/api/v1/agenda/",
        "/api/v1/elements/",
        "/api/v2/agenda",
        "/api/v1//agenda",
        "/api/v1/elements/a/b",
    ],
)
def test_unknown_addresses(groningen: Agenda, path: str) -> None:
    for method in ("get", "head", "post", "options"):
        response = getattr(Client(), method)(path)
        assert response.status_code == 404
        assert response["Content-Type"] == "application/problem+json"
        assert response["API-Version"] == VERSION
    assert Client().get(path).json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at this address.",
    }


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["/api/v1", "/api/v1/openapi.json", "/api/v1/agenda", "/api/v1/elements/task:E3"])
def test_there_is_nothing_to_write(groningen: Agenda, method: str, path: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)(path)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json()["title"] == "Method Not Allowed"


def test_head(groningen: Agenda, fetch: Ask) -> None:
    whole = fetch("elements/task:E3")
    response = Client().head("/api/v1/elements/task:E3")
    assert response.status_code == 200
    assert response.content == b""
    assert response["Content-Length"] == str(len(whole.content))
    assert response["ETag"] == whole["ETag"]
    assert Client().head("/api/v1/elements/none").status_code == 404


def test_options_and_other_sites(groningen: Agenda) -> None:
    response = Client().options(
        "/api/v1/elements/task:E3",
        headers={"Origin": "https://other.example", "Access-Control-Request-Method": "GET"},
    )
    assert response.status_code == 204
    assert response.content == b""
    assert response["Allow"] == response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Content-Type" not in response


def test_an_answer_that_did_not_change(groningen: Agenda, fetch: Ask) -> None:
    etag = fetch("agenda")["ETag"]
    for sent in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        response = fetch("agenda", **{"If-None-Match": sent})
        assert response.status_code == 304
        assert response.content == b""
        assert response["ETag"] == etag
        assert response["API-Version"] == VERSION
    assert fetch("agenda", **{"If-None-Match": '"other"'}).status_code == 200
    assert fetch("agenda", **{"If-None-Match": "nonsense"}).status_code == 200
    assert fetch("agenda/exports/xlsx", **{"If-None-Match": fetch("agenda/exports/xlsx")["ETag"]}).status_code == 304


def test_pages_of_a_list(groningen: Agenda, ask: Ask, fetch: Ask) -> None:
    url: str | None = "elements?kind=task&fields=title&pageSize=10"
    seen: list[str] = []
    while url:
        response = fetch(url)
        data = response.json()
        assert data["count"] == 33
        seen += [item["id"] for item in data["items"]]
        links = response.get("Link", "")
        assert ('rel="next"' in links) == bool(data["next"])
        assert ('rel="prev"' in links) == bool(data["previous"])
        url = data["next"] and data["next"].removeprefix("http://localhost:8000/api/v1/")
    assert len(seen) == len(set(seen)) == 33
    beyond = ask("elements?kind=task&page=1000000&pageSize=500")
    assert beyond["items"] == []
    assert beyond["next"] is None
    assert beyond["previous"].endswith("page=1&pageSize=500")


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ("page=0", [("page", "0", "greater than or equal to 1")]),
        ("page=1000001", [("page", "1000001", "less than or equal to 1000000")]),
        ("page=99999999999999999999", [("page", "99999999999999999999", "a whole number")]),
        ("page=1.0", [("page", "1.0", "a whole number")]),
        ("page=", [("page", "", "a whole number")]),
        ("pageSize=501", [("pageSize", "501", "less than or equal to 500")]),
        ("page_size=5", [("page_size", "5", None)]),
        ("page=1&page=2", [("page", "1, 2", "it once")]),
        ("demo=maybe", [("demo", "maybe", "true or false")]),
        ("kind=colour", [("kind", "colour", None)]),
        ("parent=%20", [("parent", " ", None)]),
        ("colour=red&page=zero&demo=1", [("colour", "red", None), ("demo", "1", None), ("page", "zero", None)]),
        (f"q={'x' * 201}", [("q", "x" * 80, None)]),
    ],
)
def test_parameters_that_cannot_be_used(
    groningen: Agenda, ask: Ask, query: str, errors: list[tuple[str, str, str | None]]
) -> None:
    problem = ask(f"elements?{query}", 400)
    assert problem["title"] == "Bad Request"
    found = [(error["field"], error["found"], error["expected"]) for error in problem["errors"]]
    assert [(field, given) for field, given, _ in found] == [(field, given) for field, given, _ in errors]
    for (_, _, expected), (_, _, wanted) in zip(found, errors, strict=True):
        assert wanted is None or wanted == expected


@pytest.mark.parametrize(
    "day", ["2026-02-30", "2026-2-3", "20260203", "0", "1700000000", "today", "2026-01-01T00:00:00Z", "٢٠٢٦-٠١-٠١"]
)
def test_days_that_do_not_exist(groningen: Agenda, ask: Ask, day: str) -> None:
    assert ask(f"changes?from={day}", 400)["errors"][0]["expected"] == "a day as YYYY-MM-DD"
    assert ask(f"agenda/versions/{day}", 400)["errors"][0]["field"] == "day"


@pytest.mark.parametrize(
    "path",
    [
        "elements/a%00b",
        "elements?q=a%00b",
        "elements?a%00b=1",
        "changes?from=%00",
        "nothing%00",
        "reports?organisation=%00",
    ],
)
def test_nul(groningen: Agenda, ask: Ask, path: str) -> None:
    assert ask(path, 400)["status"] == 400


def test_too_many_parameters(groningen: Agenda, ask: Ask) -> None:
    assert ask("elements?" + "&".join(["kind=task"] * 3000), 400)["detail"] == "There are too many parameters."


@pytest.mark.parametrize("path", ["openapi.json?a=1", "agenda?lang=nl", "elements/task:E3?page=1"])
def test_parameters_where_there_are_none(groningen: Agenda, ask: Ask, path: str) -> None:
    assert len(ask(path, 400)["errors"]) == 1


def test_media_types(groningen: Agenda, fetch: Ask) -> None:
    for accept in (
        "*/*",
        "application/*",
        "application/json",
        "text/html, application/json;q=0.5",
        "application/json; q=x",
    ):
        assert fetch("agenda", Accept=accept).status_code == 200, accept
    for accept in ("text/html", "application/xml", "nonsense"):
        response = fetch("agenda", Accept=accept)
        assert response.status_code == 406
        assert response["Content-Type"] == "application/problem+json"
    assert fetch("openapi.json", Accept="text/html").status_code == 406


def test_too_many_requests(groningen: Agenda, fetch: Ask, settings: Any) -> None:
    settings.API_RATE = 2
    assert fetch("agenda").status_code == 200
    assert fetch("nothing").status_code == 404
    response = fetch("agenda")
    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= 60
    assert response.json()["title"] == "Too Many Requests"
    assert Client().get("/api/v1/agenda", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_behind_a_proxy_its_visitors_are_counted(groningen: Agenda, fetch: Ask, settings: Any) -> None:
    settings.API_RATE = 1
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert fetch("agenda", **{"X-Forwarded-For": "192.0.2.1"}).status_code == 200
    assert fetch("agenda", **{"X-Forwarded-For": "192.0.2.2"}).status_code == 200
    assert fetch("agenda", **{"X-Forwarded-For": "made up, 192.0.2.2"}).status_code == 429


def test_our_own_mistake_is_a_problem_too(groningen: Agenda, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Any:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("mainport.agenda.queries.agenda", broken)
    response = Client(raise_request_exception=False).get("/api/v1/agenda")
    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert b"secret" not in response.content


def test_a_session_changes_nothing(groningen: Agenda, cast: Cast, as_person: Ask, fetch: Ask) -> None:
    cast.dave.authenticator_set.all().delete()  # Pages send him to set up a second factor first.
    response = as_person(cast.dave).get("/api/v1/agenda")
    assert response.status_code == 200
    assert response.content == fetch("agenda").content


def test_the_front(groningen: Agenda, ask: Ask) -> None:
    data = Client().get("/api/v1").json()
    assert data["version"] == VERSION
    for name, url in data["resources"].items():
        ask(url.removeprefix("http://localhost:8000/api/v1/") + ("?from=2026-01-01" if name == "changes" else ""))
    browser = Client().get("/api/v1", headers={"Accept": "text/html,*/*;q=0.8", "Accept-Language": "en"})
    assert browser.status_code == 302
    assert browser["Location"] == "/en/api/"
    assert Client().get("/api/v1", headers={"Accept": "image/png"}).status_code == 406
