# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""For who gives courses and who looks after the questionnaire; certificates as anybody sees them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import jsonschema
import jwt
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from mainport.catalogue import demo_courses
from mainport.catalogue.actions import academy, badges, enrolling
from mainport.catalogue.models import Badge, Following, Questionnaire, Record, Repository
from mainport.catalogue.queries import academy as queries
from mainport.catalogue.rules.courses import Course
from mainport.catalogue.rules.following import Learner, NotPossible
from mainport.catalogue.rules.questionnaire_file import embedded
from mainport.core.fetching.problems import NotReached, NotTrusted
from mainport.core.rules.permissions import system
from mainport.web.catalogue.academy.editing import text_of
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

BY = system("tests")
GIVEN = "/en/learn/courses-that-you-give/"
HERE = f"{GIVEN}demo-data-lezen/"
Log = Callable[..., Client]


@pytest.fixture(autouse=True)
def courses(groningen: object) -> None:
    demo_courses.load(by=BY)


def enrolled(cast: Cast, key: str = "demo-data-lezen") -> Following:
    return academy.enrol(by=cast.alice.actor, learner=Learner(cast.alice.pk), record=Record.objects.get(key=key))


def certified(cast: Cast) -> Badge:
    return badges.confirm(by=cast.judy.actor, following=enrolled(cast))


class TestCourses:
    FORM: ClassVar[dict[str, Any]] = {
        "organisation": "hanze",
        "title_nl": "Veilig mailen",
        "about_nl": "U leert veilig mailen.",
        "mode": "on-site",
        "languages": ["nl"],
        "level-2-1": "2",
        "level-4-2": "2",
    }

    def test_a_provider_sees_her_own(self, cast: Cast, as_person: Log) -> None:
        text = as_person(cast.judy).get(GIVEN).content.decode()
        assert "Reading figures and charts" in text
        assert "Click and tap" not in text
        assert "Click and tap" in as_person(cast.dave).get(GIVEN).content.decode()
        assert as_person(cast.judy).get(f"{GIVEN}demo-klik-en-tik/").status_code == 404
        assert as_person(cast.alice).get(GIVEN).status_code == 403
        assert Client().get(GIVEN).status_code == 302

    def test_add_change_and_withdraw(self, cast: Cast, as_person: Log) -> None:
        judy = as_person(cast.judy)
        at = judy.post(f"{GIVEN}add/", self.FORM).headers["location"]
        record = Record.objects.get(titles__nl="Veilig mailen")
        assert at == f"{GIVEN}{record.key}/"
        assert (record.organisation.key, record.provider) == ("hanze", "Hanzehogeschool Groningen")  # type: ignore[union-attr]
        start = timezone.localdate() + timedelta(days=20)
        dates = {
            "starts": start.isoformat(),
            "mode": "on-site",
            "town": "Winschoten",
            "price": "0",
            "phone": "050 000 00 99",
        }
        judy.post(f"{at}dates/add/", dates)
        one = next(one for one in queries.candidates() if one.key == record.key)
        assert one.course.offerings[0].places[0].town == "Winschoten"
        offering = record.offerings.get()
        judy.post(f"{at}dates/{offering.key}/change/", {**dates, "town": "Assen"})
        judy.post(f"{at}change/", {**self.FORM, "title_nl": "Veiliger mailen"})
        record.refresh_from_db()
        assert record.titles["nl"] == "Veiliger mailen"
        assert record.offerings.get().town == "Assen"
        judy.post(f"{at}dates/{offering.key}/call-off/", {"why": "Te weinig mensen"})
        assert record.offerings.get().cancelled
        judy.post(f"{at}withdraw/", {"why": "Komt niet terug"})
        record.refresh_from_db()
        assert record.state == "withdrawn"
        assert "withdrawn" in judy.get(at).content.decode()

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            ({"organisation": "rug"}, "Select a valid choice"),
            ({"level-2-1": "", "level-4-2": ""}, "Choose a level for at least one competence"),
            ({"title_nl": ""}, "required"),
        ],
    )
    def test_what_is_wrong_is_told(self, cast: Cast, as_person: Log, change: dict[str, str], told: str) -> None:
        page = as_person(cast.judy).post(f"{GIVEN}add/", {**self.FORM, **change})
        assert page.status_code == 200
        assert told in page.content.decode()

    def test_dates_that_are_none(self, cast: Cast, as_person: Log) -> None:
        judy = as_person(cast.judy)
        text = judy.post(f"{HERE}dates/add/", {"mode": "on-site"}).content.decode()
        assert "Give the first day" in text
        assert "Give the town." in text
        wrong = {"starts": "2027-02-02", "ends": "2027-01-01", "mode": "online", "phone": "bel maar"}
        text = judy.post(f"{HERE}dates/add/", wrong).content.decode()
        assert "a day from 2027-02-02 on" in text

    def test_what_was_harvested_is_changed_at_its_source(self, cast: Cast, as_person: Log) -> None:
        source = Repository.objects.create(key="hanze", title={"nl": "Hanze"}, format="ooapi")
        Record.objects.filter(key="demo-data-lezen").update(repository=source)
        judy = as_person(cast.judy)
        assert "change it at its source" in judy.get(HERE).content.decode()
        assert judy.post(f"{HERE}change/", self.FORM).status_code == 403


class TestCertificates:
    def test_confirmed_by_the_provider_checked_by_anybody(self, cast: Cast, as_person: Log, client: Client) -> None:
        followed = enrolled(cast)
        judy = as_person(cast.judy)
        assert "Alice" in judy.get(HERE).content.decode()
        judy.post(f"{HERE}completed/{followed.pk}/")
        found = Badge.objects.get()
        assert (
            f"/en/learn/certificates/{found.pk}/" in as_person(cast.alice).get("/en/learn/my-courses/").content.decode()
        )
        text = client.get(f"/en/learn/certificates/{found.pk}/").content.decode()
        assert "This certificate stands" in text
        assert "Alice" in text
        assert "alice@example.org" not in text
        judy.post(f"{HERE}completed/{followed.pk}/")
        assert Badge.objects.count() == 1

    def test_its_files_and_what_they_are_checked_by(self, cast: Cast, client: Client) -> None:
        found = certified(cast)
        document = json.loads(client.get(f"/badges/{found.pk}.json").content)
        assert document["id"].endswith(f"/badges/{found.pk}.json")
        keys = client.get("/badges/keys.json").json()["keys"]
        token = client.get(f"/badges/{found.pk}.jwt").content.decode()
        named = {key["kid"]: key for key in keys}
        header = jwt.get_unverified_header(token)
        claims = jwt.decode(token, jwt.PyJWK(named[header["kid"]]).key, algorithms=["ES256"])
        assert claims["credentialSubject"] == document["credentialSubject"]
        did = client.get("/.well-known/did.json").json()
        assert did["id"] == claims["iss"] == "did:web:localhost%3A8000"
        assert document["proof"]["verificationMethod"] in did["assertionMethod"]
        assert header["kid"] in did["assertionMethod"]
        listed = client.get(f"/badges/status/{found.following_id // 131072}.jwt").content.decode()
        of = jwt.decode(listed, jwt.PyJWK(named[header["kid"]]).key, algorithms=["ES256"])
        assert of["id"] == claims["credentialStatus"]["statusListCredential"]
        for form in ("json", "jwt"):
            assert client.get(f"/badges/status/99999999999999999999.{form}").status_code == 404
        states = json.loads(client.get("/badges/status/0.json").content)
        assert states["credentialSubject"]["statusPurpose"] == "revocation"
        assertion = client.get(f"/badges/{found.pk}/edubadge.json").json()
        assert assertion["badge"]["issuer"]["name"] == client.get("/badges/issuer.json").json()["name"]
        assert client.get(f"/badges/{found.pk}/class.json").json()["type"] == "BadgeClass"

    def test_taken_back(self, cast: Cast, as_person: Log, client: Client) -> None:
        found = certified(cast)
        at = f"/en/learn/certificates/{found.pk}/"
        assert as_person(cast.charlie).post(f"{at}take-back/", {"why": "Zomaar"}).status_code == 403
        as_person(cast.judy).post(f"{at}take-back/", {"why": "Verkeerde persoon"})
        text = client.get(at).content.decode()
        assert "can’t be relied on" in text
        assert "Verkeerde persoon" in text
        assert client.get(f"{at[:-1]}.json").json()["problems"] == ["revoked"]
        assert client.get(f"/badges/{found.pk}/edubadge.json").json()["revoked"] is True

    def test_check_whatever_badge(self, cast: Cast, client: Client) -> None:
        found = certified(cast)
        at = "/en/learn/certificates/check/"
        assert "This certificate stands" in client.post(at, {"text": json.dumps(found.credential)}).content.decode()
        picture = client.get(f"/badges/{found.pk}.svg")
        assert picture["Content-Type"] == "image/svg+xml"
        assert f"/badges/{found.pk}.svg" in client.get(f"/en/learn/certificates/{found.pk}/").content.decode()
        sent = SimpleUploadedFile("badge.svg", picture.content)
        said = client.post(at, {"file": sent}).content.decode()
        assert "This certificate stands" in said
        # Anybody may check one, and nobody may fill our disk.
        large = client.post(at, {"file": SimpleUploadedFile("badge.svg", b"<svg/>" * 500_000)}).content.decode()
        assert "A certificate is smaller than 600 kB." in large
        assert "100 MB" not in large
        false = json.dumps(found.credential).replace("Alice", "Mallory")
        assert "was changed after it was signed" in client.post(at, {"text": false}).content.decode()
        assert "can’t be read" in client.post(at, {"text": "hallo"}).content.decode()
        assert "Choose a file" in client.post(at, {}).content.decode()

    def test_a_key_inside_is_not_asked_for(self, cast: Cast, client: Client) -> None:
        found = certified(cast)
        text = json.dumps(found.credential).replace("did:web:localhost%3A8000", "did:web:169.254.169.254")
        assert "can’t be found" in client.post("/en/learn/certificates/check/", {"text": text}).content.decode()

    def test_only_what_a_provider_confirmed(self, cast: Cast) -> None:
        academy.save(by=cast.bob.actor, learner=Learner(cast.bob.pk), record=Record.objects.get(key="demo-data-lezen"))
        with pytest.raises(NotPossible):
            badges.confirm(by=cast.judy.actor, following=Following.objects.get())
        assert not Badge.objects.exists()

    def test_a_certificate_outlives_forgetting(self, cast: Cast) -> None:
        found = certified(cast)
        academy.forget(by=cast.alice.actor, learner=Learner(cast.alice.pk))
        assert Badge.objects.filter(pk=found.pk).exists()


class TestQuestionnaire:
    AT = "/en/learn/questionnaire/"

    def test_check_keep_and_use(self, cast: Cast, as_person: Log, client: Client) -> None:
        dave = as_person(cast.dave)
        text = text_of(None)
        assert text in dave.get(self.AT).context["form"]["text"].value()
        other = text.replace("Waar woont u?", "In welke plaats woont u?")
        page = dave.post(self.AT, {"text": other, "deed": "check"}).content.decode()
        assert "No faults" in page
        assert not Questionnaire.objects.exists()
        dave.post(self.AT, {"text": other, "deed": "keep", "why": "Duidelijker"})
        made = Questionnaire.objects.get()
        assert "In welke plaats" not in client.get("/nl/", follow=True).content.decode()
        dave.post(f"{self.AT}{made.pk}/use/")
        assert "Where do you live?" in client.get("/en/learn/questions/where/").content.decode()
        assert queries.asked().questionnaire.about("place").text["nl"] == "In welke plaats woont u?"  # type: ignore[union-attr]
        assert "In welke plaats woont u?" in dave.get(f"{self.AT}{made.pk}.yaml").content.decode()

    def test_faults_say_where_found_and_expected(self, cast: Cast, as_person: Log) -> None:
        text = text_of(None).replace("kind: place", "kind: map", 1).replace("key: digitale-academie", "key: other", 1)
        page = as_person(cast.dave).post(self.AT, {"text": text, "deed": "keep"}).content.decode()
        assert "steps[0].questions[1].kind" in page
        assert "map" in page
        assert not Questionnaire.objects.exists()
        page = as_person(cast.dave).post(self.AT, {"text": "a: [", "deed": "check"}).content.decode()
        assert "line 1" in page

    def test_only_for_the_programme_office(self, cast: Cast, as_person: Log) -> None:
        assert as_person(cast.judy).get(self.AT).status_code == 403
        assert Client().get(self.AT).status_code == 302


class Provider(BaseHTTPRequestHandler):
    """A provider's Open Education API: keeps what it was sent, answers as it was told."""

    asked: ClassVar[list[tuple[str, str, Any]]] = []
    answer: ClassVar[tuple[int, Any]] = (201, {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._reply(json.loads(body))

    def do_GET(self) -> None:
        self._reply(None)

    def _reply(self, body: Any) -> None:
        self.asked.append((self.path, self.headers.get("Authorization", ""), body))
        status, value = self.answer
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(json.dumps(value).encode())

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def provider(settings: Any) -> Iterator[type[Provider]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Provider.asked.clear()
    settings.FEEDS_ALLOW_LOOPBACK = True
    settings.ENROL_KEYS = {"127.0.0.1": "the-token"}
    source = Repository.objects.create(
        key="hanze",
        title={"nl": "Hanze"},
        format="ooapi",
        settings={"associations": f"http://127.0.0.1:{server.server_port}/v6"},
    )
    Record.objects.filter(key="demo-data-lezen").update(repository=source)
    yield Provider
    server.shutdown()
    server.server_close()


class TestEnrolling:
    def test_through_the_providers_api_until_the_certificate(
        self, cast: Cast, as_person: Log, provider: type[Provider]
    ) -> None:
        at = "/en/learn/my-courses/demo-data-lezen/enrol/"
        alice = as_person(cast.alice)
        assert "We send your name and e-mail address" in alice.get(at).content.decode()
        offering = Record.objects.get(key="demo-data-lezen").offerings.get()
        number = "123e4567-e89b-12d3-a456-426614174000"
        provider.answer = (201, {"associationId": number, "state": "pending", "message": []})
        alice.post(at, {"offering": offering.key})
        path, key, body = provider.asked[0]
        assert (path, key) == ("/v6/course-offering-associations/external/me", "Bearer the-token")
        assert body["courseOfferingId"] == offering.identifier
        assert body["person"]["email"] == "alice@example.org"
        followed = Following.objects.get()
        assert (followed.state, followed.association) == ("enrolled", number)
        provider.answer = (
            200,
            {"associationId": number, "state": "finished", "result": {"state": "completed", "pass": "passed"}},
        )
        assert "Ask the provider how it stands" in alice.get("/en/learn/my-courses/").content.decode()
        told = alice.post("/en/learn/my-courses/demo-data-lezen/ask/", follow=True).content.decode()
        assert "The provider says: Completed." in told
        assert provider.asked[1][0] == f"/v6/course-offering-associations/{number}"
        assert Badge.objects.get().following == followed

    def test_what_is_sent_is_valid_by_the_specification(
        self, cast: Cast, as_person: Log, provider: type[Provider], shared: Path
    ) -> None:
        offering = Record.objects.get(key="demo-data-lezen").offerings.get()
        provider.answer = (201, {"associationId": "x", "state": "pending"})
        as_person(cast.alice).post("/en/learn/my-courses/demo-data-lezen/enrol/", {"offering": offering.key})
        document = json.loads((shared / "standards" / "ooapi" / "oeapi-6.0.json").read_text())
        path = document["paths"]["/course-offering-associations/external/me"]["post"]
        schema = path["requestBody"]["content"]["application/json"]["schema"]
        jsonschema.validate(provider.asked[0][2], {**schema, "components": document["components"]})

    @pytest.mark.parametrize("answer", [(500, {}), (403, {}), (302, {}), (201, {"state": "denied"})])
    def test_where_the_provider_says_no_nobody_is_enrolled(
        self, cast: Cast, as_person: Log, provider: type[Provider], answer: tuple[int, Any]
    ) -> None:
        provider.answer = answer
        offering = Record.objects.get(key="demo-data-lezen").offerings.get()
        as_person(cast.alice).post("/en/learn/my-courses/demo-data-lezen/enrol/", {"offering": offering.key})
        assert Following.objects.get().state == "saved"
        assert len(provider.asked) == 1  # Nothing is asked twice, nor sent on.

    def test_a_result_that_isnt_a_pass_completes_nothing(self, cast: Cast, provider: type[Provider]) -> None:
        followed = enrolled(cast)
        followed.association = "x"
        followed.save()
        provider.answer = (200, {"state": "finished", "result": {"state": "completed", "pass": "failed"}})
        assert enrolling.refresh(following=followed).state == "enrolled"
        provider.answer = (200, {"state": "cancelled"})
        assert enrolling.refresh(following=followed).state == "stopped"

    def test_no_inside_address(self, cast: Cast, provider: type[Provider], settings: Any) -> None:
        settings.FEEDS_ALLOW_LOOPBACK = False
        followed = enrolled(cast)
        followed.association = "x"
        followed.save()
        with pytest.raises((NotTrusted, NotReached)):
            enrolling.refresh(following=followed)
        assert provider.asked == []


def test_embedded_questionnaire_is_the_file() -> None:
    assert embedded()["key"] == queries.KEY
    assert isinstance(queries.candidates()[0].course, Course)
