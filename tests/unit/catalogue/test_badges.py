# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Certificates: signed so that others' tools agree, and checked so that nothing false passes."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pyld import jsonld

from mainport.catalogue.exports import openbadge
from mainport.catalogue.exports.openbadge import Award, Issuer
from mainport.catalogue.rules.badges import Checked, Problem, check, check_document, did_address, packed, unpacked
from mainport.catalogue.rules.canonical import NotCanonical, jcs, rdfc
from mainport.catalogue.rules.courses import Competence, Course
from mainport.catalogue.rules.digcomp import framework
from mainport.catalogue.rules.proofs import (
    ECDSA_JCS,
    ECDSA_RDFC,
    JCS,
    RDFC,
    BadProof,
    Signer,
    base58,
    multikey,
    read_key,
    unbase58,
)
from mainport.catalogue.rules.works import Organisation

ISSUER = Issuer("https://academie.example.org:8443", "Digitale Academie", "academie@example.org")
SIGNER = Signer.of("of the tests", ISSUER.method)
AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
NOW = AT + timedelta(days=1)
AWARD = Award(
    identifier="0b6e4d4e-0000-4000-8000-000000000001",
    number=7,
    name="Alice de Vries",
    email="Alice@example.org",
    course=Course(
        "klik",
        {"nl": "Klik en tik", "en": "Click and tap"},
        descriptions={"nl": "Eerste stappen"},
        provider=Organisation("Biblionet"),
        languages=("nl",),
        competences=(Competence("1.1", 1), Competence("4.2", 2)),
    ),
    course_url="https://academie.example.org:8443/record/klik",
    on=date(2026, 11, 20),
    issued=AT,
    language="nl",
    salt="5a17",
)
BADGE = openbadge.signed(openbadge.credential(AWARD, ISSUER), AT, SIGNER)


def fetch(revoked: tuple[int, ...] = ()) -> Callable[[str], Any]:
    known = {
        "https://academie.example.org:8443/.well-known/did.json": openbadge.did_document(ISSUER, SIGNER),
        "https://academie.example.org:8443/badges/status/0.json": openbadge.states(ISSUER, 0, revoked, AT, SIGNER),
        "https://academie.example.org:8443/badges/status/0.jwt": openbadge.states_token(ISSUER, 0, revoked, AT, SIGNER),
    }

    def found(url: str) -> Any:
        return known[url]

    return found


def nowhere(url: str) -> Any:
    raise LookupError(url)


def checked(document: dict[str, Any], **more: Any) -> Checked:
    return check_document(document, more.pop("fetch", fetch()), now=more.pop("now", NOW))


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    document = copy.deepcopy(BADGE)
    change(document)
    return document


class TestOurs:
    def test_it_says_what_was_reached_and_hides_the_address(self) -> None:
        subject = BADGE["credentialSubject"]
        assert BADGE["@context"][0] == "https://www.w3.org/ns/credentials/v2"
        assert BADGE["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
        assert subject["achievement"]["name"] == "Klik en tik"
        assert subject["achievement"]["creator"]["name"] == "Biblionet"
        assert [one["targetCode"] for one in subject["achievement"]["alignment"]] == ["1.1/1", "4.2/2"]
        expected = hashlib.sha256(b"alice@example.org5a17").hexdigest()
        assert subject["identifier"][0]["identityHash"] == f"sha256${expected}"
        assert "alice@example.org" not in json.dumps(BADGE).lower()

    def test_it_has_what_the_published_schema_asks_for(self) -> None:
        # ob_v3p0_achievementcredential_schema.json: what is required, and what is written as a moment.
        subject = BADGE["credentialSubject"]
        achievement = subject["achievement"]
        assert {"@context", "id", "type", "name", "credentialSubject", "issuer", "validFrom"} <= set(BADGE)
        assert {"type", "achievement"} <= set(subject)
        assert {"id", "type", "criteria", "description", "name"} <= set(achievement)
        for one in (BADGE["issuer"], achievement["creator"], BADGE["credentialStatus"]):
            assert {"id", "type"} <= set(one)
        for one in subject["identifier"]:
            assert set(one) <= {"type", "hashed", "identityHash", "identityType", "salt"}
        assert all(one["targetType"] == "CFItem" and one["targetUrl"] for one in achievement["alignment"])
        for moment in (BADGE["validFrom"], subject["activityEndDate"], BADGE["proof"]["created"]):
            assert datetime.fromisoformat(moment).tzinfo is not None

    def test_it_stands(self) -> None:
        found = checked(BADGE)
        assert found.stands
        assert (found.form, found.issuer) == (RDFC, "Digitale Academie")

    def test_a_course_with_every_competence(self) -> None:
        every = tuple(Competence(one.code, 1) for area in framework().areas for one in area.competences)
        assert len(every) == 21
        award = replace(AWARD, course=replace(AWARD.course, competences=every))
        assert checked(openbadge.signed(openbadge.credential(award, ISSUER), AT, SIGNER)).stands

    @pytest.mark.parametrize("suite", [RDFC, JCS])
    def test_both_suites(self, suite: str) -> None:
        document = SIGNER.sign(openbadge.credential(AWARD, ISSUER), at=AT, suite=suite)
        assert checked(document).stands

    def test_as_token(self) -> None:
        written = openbadge.token(AWARD, BADGE, ISSUER, SIGNER)
        found = check(written, fetch(), now=NOW)
        assert (found.problems, found.form) == ((), "JWT")
        head, body, signature = written.split(".")
        assert check(f"{head}.{body}.{signature[:-4]}AAAA", fetch(), now=NOW).problems == (Problem.BAD_SIGNATURE,)

    def test_edubadge(self) -> None:
        said = openbadge.edubadge(AWARD, ISSUER, "https://academie.example.org/badge.svg")
        assert said["type"] == "Assertion"
        assert said["recipient"]["identity"].startswith("sha256$")
        assert said["badge"]["extensions:LanguageExtension"]["Language"] == "nl_NL"
        gone = openbadge.edubadge(AWARD, ISSUER, "x", revoked="Vergissing")
        assert gone["revoked"] is True
        assert "recipient" not in gone


class TestByOthersMeans:
    """Checks that use nothing of ours but the documents: cryptography, PyJWT, and the algorithms written out anew."""

    def key(self) -> Ed25519PublicKey:
        text = openbadge.did_document(ISSUER, SIGNER)["verificationMethod"][1]["publicKeyMultibase"]
        alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
        number = 0
        for letter in text[1:]:
            number = number * 58 + alphabet.index(letter)
        raw = number.to_bytes(34, "big")
        assert raw[:2] == bytes.fromhex("ed01")
        return Ed25519PublicKey.from_public_bytes(raw[2:])

    def signature(self, value: str) -> bytes:
        alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
        number = 0
        for letter in value[1:]:
            number = number * 58 + alphabet.index(letter)
        return number.to_bytes(64, "big")

    def test_token_by_pyjwt(self) -> None:
        written = openbadge.token(AWARD, BADGE, ISSUER, SIGNER)
        # ES256: the validator of 1EdTech takes that and RS256 alone, by the key that the DID document has.
        method = openbadge.did_document(ISSUER, SIGNER)["verificationMethod"][0]
        header = jwt.get_unverified_header(written)
        assert header == {"alg": "ES256", "typ": "JWT", "kid": method["id"]}
        claims = jwt.decode(written, jwt.PyJWK(method["publicKeyJwk"]).key, algorithms=["ES256"])
        assert claims["iss"] == "did:web:academie.example.org%3A8443"
        assert claims["sub"] == claims["credentialSubject"]["id"]
        assert claims["credentialSubject"]["achievement"]["name"] == "Klik en tik"

    def test_the_keys_follow_from_the_secret_for_ever(self) -> None:
        # Another derivation would make every certificate that was given out untrue.
        assert SIGNER.multibase == "z6MkqeDzAjV2oXSBb4Pnc6ppvo6JuCeiAnwcm5wkgKhkpyDH"
        assert SIGNER.token_jwk["x"] == "6eTizfxyIYohVudcDxakm7Aauaq43afTftaRUxeNFKA"

    def test_list_of_states_by_pyjwt(self) -> None:
        written = openbadge.states_token(ISSUER, 0, (7,), AT, SIGNER)
        claims = jwt.decode(written, jwt.PyJWK(SIGNER.token_jwk).key, algorithms=["ES256"])
        badge = jwt.decode(openbadge.token(AWARD, BADGE, ISSUER, SIGNER), options={"verify_signature": False})
        assert claims["id"] == claims["jti"] == badge["credentialStatus"]["statusListCredential"]
        assert unpacked(claims["credentialSubject"]["encodedList"])[0] == 1

    def test_proof_by_json(self) -> None:
        document = SIGNER.sign(openbadge.credential(AWARD, ISSUER), at=AT, suite=JCS)
        proof = document.pop("proof")
        signature = self.signature(proof.pop("proofValue"))
        options = {"@context": document["@context"], **proof}

        def plain(value: Any) -> bytes:
            # The keys are ASCII and there are no fractions: sorted keys are RFC 8785 then.
            return hashlib.sha256(
                json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
            ).digest()

        self.key().verify(signature, plain(options) + plain(document))

    def test_proof_by_rdf(self) -> None:
        # The contexts themselves belong to others; the terms that this badge uses are written out as they have them.
        cred, ob, schema = (
            "https://www.w3.org/2018/credentials#",
            "https://purl.imsglobal.org/spec/vc/ob/vocab.html#",
            "https://schema.org/",
        )
        sec, xsd = "https://w3id.org/security#", "http://www.w3.org/2001/XMLSchema#"
        status, xsds = "https://www.w3.org/ns/credentials/status#", "https://www.w3.org/2001/XMLSchema#"
        context: dict[str, Any] = {"id": "@id", "type": "@type"}
        context |= {
            name: f"{ob}{name}"
            for name in (
                "OpenBadgeCredential",
                "AchievementSubject",
                "Achievement",
                "Profile",
                "IdentityObject",
                "achievement",
                "achievementType",
                "creator",
                "identityHash",
                "identityType",
                "salt",
                "narrative",
                "targetCode",
                "targetType",
                "alignment",
                "identifier",
            )
        }
        context |= {
            name: f"{schema}{name}" for name in ("name", "description", "inLanguage", "targetName", "targetFramework")
        }
        context |= {"VerifiableCredential": f"{cred}VerifiableCredential", "Alignment": f"{schema}AlignmentObject"}
        context |= {
            name: {"@id": f"{cred}{name}", "@type": "@id"}
            for name in ("issuer", "credentialSubject", "credentialStatus")
        }
        context |= {
            "validFrom": {"@id": f"{cred}validFrom", "@type": f"{xsd}dateTime"},
            "image": {"@id": f"{ob}image", "@type": "@id"},
            "Image": f"{ob}Image",
            "criteria": {"@id": f"{ob}Criteria", "@type": "@id"},
            "hashed": {"@id": f"{ob}hashed", "@type": f"{xsds}boolean"},
            "activityEndDate": {"@id": f"{ob}activityEndDate", "@type": f"{xsds}date"},
            "url": {"@id": f"{schema}url", "@type": f"{xsds}anyURI"},
            "targetUrl": {"@id": f"{schema}targetUrl", "@type": f"{xsds}anyURI"},
            "BitstringStatusListEntry": f"{status}BitstringStatusListEntry",
            "statusPurpose": f"{status}statusPurpose",
            "statusListIndex": f"{status}statusListIndex",
            "statusListCredential": {"@id": f"{status}statusListCredential", "@type": "@id"},
            "DataIntegrityProof": f"{sec}DataIntegrityProof",
            "created": {"@id": "http://purl.org/dc/terms/created", "@type": f"{xsd}dateTime"},
            "cryptosuite": {"@id": f"{sec}cryptosuite", "@type": f"{sec}cryptosuiteString"},
            "verificationMethod": {"@id": f"{sec}verificationMethod", "@type": "@id"},
            "proofPurpose": {"@id": f"{sec}proofPurpose", "@type": "@vocab"},
            "assertionMethod": f"{sec}assertionMethod",
        }

        def digest(value: dict[str, Any]) -> bytes:
            options = {"algorithm": "URDNA2015", "format": "application/n-quads"}
            return hashlib.sha256(jsonld.normalize({**value, "@context": context}, options).encode()).digest()

        document = copy.deepcopy(BADGE)
        proof = document.pop("proof")
        signature = self.signature(proof.pop("proofValue"))
        self.key().verify(signature, digest(proof) + digest(document))


class TestFalse:
    @pytest.mark.parametrize(
        "change",
        [
            lambda d: d["credentialSubject"]["achievement"].update(name="Doctoraat"),
            lambda d: d["credentialSubject"]["identifier"][1].update(identityHash="Bob"),
            lambda d: d.update(validFrom="2020-01-01T00:00:00Z"),
            lambda d: d["proof"].update(created="2020-01-01T00:00:00Z"),
            lambda d: d.pop("credentialStatus"),
            lambda d: d["credentialSubject"]["achievement"]["alignment"].pop(),
        ],
    )
    def test_whatever_is_changed(self, change: Callable[[dict[str, Any]], object]) -> None:
        assert checked(changed(change)).problems == (Problem.BAD_SIGNATURE,)

    def test_a_term_that_would_not_be_signed(self) -> None:
        found = checked(changed(lambda d: d["credentialSubject"].update(grade="10")))
        assert found.problems == (Problem.CANT_CHECK,)
        assert found.detail == "term grade"

    def test_a_context_that_gives_terms_another_sense(self) -> None:
        def change(document: dict[str, Any]) -> None:
            document["@context"].append({"name": "https://example.org/nickname"})

        assert checked(changed(change)).problems == (Problem.CANT_CHECK,)

    def test_another_key_under_the_issuers_name(self) -> None:
        other = Signer.of("somebody else's", ISSUER.method)
        document = openbadge.signed(openbadge.credential(AWARD, ISSUER), AT, other)
        assert checked(document).problems == (Problem.BAD_SIGNATURE,)

    def test_a_good_signature_by_somebody_else(self) -> None:
        key = Signer.of("somebody else's", "")
        method = f"did:key:{key.multibase}"
        other = Signer(key.key, f"{method}#{key.multibase}")
        document = openbadge.signed(openbadge.credential(AWARD, ISSUER), AT, other)
        assert checked(document).problems == (Problem.NOT_OF_ISSUER,)

    def test_the_purpose_is_to_assert(self) -> None:
        document = changed(lambda d: d["proof"].update(proofPurpose="authentication"))
        assert checked(document).problems == (Problem.CANT_CHECK,)

    def test_token_without_algorithm(self) -> None:
        written = openbadge.token(AWARD, BADGE, ISSUER, SIGNER).split(".")
        head = base64.urlsafe_b64encode(json.dumps({"alg": "none", "kid": ISSUER.method}).encode()).rstrip(b"=")
        assert check(f"{head.decode()}.{written[1]}.AAAA", fetch(), now=NOW).problems == (Problem.CANT_CHECK,)

    def test_what_is_none(self) -> None:
        for written in (b"", b"\xff\xfe", b"[]", b"{" * 5000, "x" * 600_000):
            assert check(written, fetch(), now=NOW).problems == (Problem.NOT_READ,)
        assert check('{"type": "Assertion"}', fetch(), now=NOW).problems == (Problem.NOT_A_BADGE,)
        assert checked(changed(lambda d: d.pop("proof"))).problems == (Problem.NO_PROOF,)

    def test_key_not_found(self) -> None:
        def nothing(url: str) -> Any:
            raise LookupError(url)

        assert checked(BADGE, fetch=nothing).problems == (Problem.NO_KEY,)


class TestTermsOfOthers:
    """Badges that another implementation made and signed, by the published contexts."""

    @pytest.mark.parametrize("suite", ["eddsa", "ecdsa"])
    def test_every_term(self, suite: str) -> None:
        path = Path(__file__).parents[2] / "data" / "badges" / f"every-term-{suite}.json"
        document = json.loads(path.read_bytes())
        found = checked(document)
        assert (found.problems, found.detail) == ((), "")
        document["credentialSubject"]["result"][0]["value"] = "9.5"
        assert checked(document).problems == (Problem.BAD_SIGNATURE,)

    def test_a_term_that_a_context_has_not_yet(self) -> None:
        document = changed(lambda d: d.update(awardedDate="2026-11-24T00:00:00Z"))
        assert checked(document).problems == (Problem.BAD_SIGNATURE,)
        document["@context"][1] = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"
        # There it would be left out, and nobody would have signed it.
        assert checked(document).detail == "term awardedDate"


class TestKeysOfOthers:
    """Badges as JWT by RSA, whose key is at an address of its own (Open Badges 3.0, 8.2.4.1)."""

    ISSUER = "https://college.example/issuers/1"

    def written(self, kid: str | None, issuer: str = ISSUER) -> tuple[str, dict[str, Any]]:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        document = openbadge.credential(AWARD, ISSUER)
        del document["credentialStatus"]
        document["issuer"] = {"id": issuer, "type": ["Profile"], "name": "College"}
        public = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
        said = jwt.encode({**document, "iss": issuer}, key, algorithm="RS256", headers={"kid": kid} if kid else None)
        return said, public

    def test_below_the_issuers_address(self) -> None:
        where = f"{self.ISSUER}/keys/1"
        said, public = self.written(where)
        assert check(said, {where: public}.__getitem__, now=NOW).stands
        several = {"keys": [{"kty": "oct", "kid": "0"}, {**public, "kid": "k"}]}
        said, public = self.written(f"{where}#k")
        several["keys"][1] = {**public, "kid": "k"}
        assert check(said, {where: several}.__getitem__, now=NOW).stands
        assert check(said, {where: {"keys": []}}.__getitem__, now=NOW).problems == (Problem.NO_KEY,)

    def test_on_the_site_of_a_did(self) -> None:
        where = "https://college.example/keys/1"
        said, public = self.written(where, "did:web:college.example")
        assert check(said, {where: public}.__getitem__, now=NOW).stands

    def test_beside_the_issuers_address(self) -> None:
        # On this site there may be somebody else's keys.
        for issuer in (self.ISSUER, "did:web:college.example:issuers:1"):
            where = "https://college.example/issuers/2/key"
            said, public = self.written(where, issuer)
            assert check(said, {where: public}.__getitem__, now=NOW).problems == (Problem.NO_KEY,)
        where = "https://evil.example/key"
        said, public = self.written(where)
        assert check(said, {where: public}.__getitem__, now=NOW).problems == (Problem.NOT_OF_ISSUER,)

    def test_without_a_name(self) -> None:
        said, _ = self.written(None)
        assert check(said, nowhere, now=NOW).problems == (Problem.NO_KEY,)

    def test_with_the_key_in_the_token(self) -> None:
        key = ec.derive_private_key(7, ec.SECP256R1())
        public = jwt.algorithms.ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
        point = key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        made = base64.urlsafe_b64encode(json.dumps(public).encode()).rstrip(b"=").decode()
        document = openbadge.credential(AWARD, ISSUER)
        del document["credentialStatus"]

        def written(issuer: str, signing: Any = key) -> str:
            claims = {**document, "issuer": {"id": issuer, "type": ["Profile"], "name": "X"}, "iss": issuer}
            return jwt.encode(claims, signing, algorithm="ES256", headers={"jwk": public})

        # The issuer's name is the key …
        for issuer in (f"did:key:z{base58(bytes([0x80, 0x24]) + point)}", f"did:jwk:{made}"):
            assert check(written(issuer), nowhere, now=NOW).stands
            other = ec.derive_private_key(8, ec.SECP256R1())
            assert check(written(issuer, other), nowhere, now=NOW).problems == (Problem.BAD_SIGNATURE,)
        # … or the issuer's document has it, among those that may sign.
        did = "did:web:college.example"
        whole: dict[str, Any] = {
            "id": did,
            "verificationMethod": [{"id": "#k", "type": "JsonWebKey", "controller": did, "publicKeyJwk": public}],
            "assertionMethod": ["#k"],
        }
        for allowed, expected in ((["#k"], ()), ([f"{did}#k"], ()), ([], (Problem.NO_KEY,))):
            found = {"https://college.example/.well-known/did.json": {**whole, "assertionMethod": allowed}}
            assert check(written(did), found.__getitem__, now=NOW).problems == expected
        assert check(written("did:jwk:e30"), nowhere, now=NOW).problems == (Problem.NO_KEY,)

    @pytest.mark.parametrize("suite", [ECDSA_RDFC, ECDSA_JCS])
    def test_data_integrity_by_p256(self, suite: str) -> None:
        key = ec.derive_private_key(7, ec.SECP256R1())
        point = key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        name = "z" + base58(b"\x80\x24" + point)
        document = openbadge.credential(AWARD, ISSUER)
        del document["credentialStatus"]
        document["issuer"]["id"] = f"did:key:{name}"
        proof = {
            "type": "DataIntegrityProof",
            "cryptosuite": suite,
            "created": "2026-11-24T12:00:00Z",
            "verificationMethod": f"did:key:{name}#{name}",
            "proofPurpose": "assertionMethod",
        }
        canonical = rdfc if suite == ECDSA_RDFC else jcs
        options = {"@context": document["@context"], **proof}
        signed = b"".join(hashlib.sha256(canonical(part)).digest() for part in (options, document))
        r, s = decode_dss_signature(key.sign(signed, ec.ECDSA(SHA256())))
        document["proof"] = {**proof, "proofValue": "z" + base58(r.to_bytes(32, "big") + s.to_bytes(32, "big"))}
        assert checked(document).stands
        document["name"] = "Doctoraat"
        assert checked(document).problems == (Problem.BAD_SIGNATURE,)
        document["proof"]["cryptosuite"] = RDFC
        assert checked(document).problems == (Problem.CANT_CHECK,)


class TestToday:
    def test_revoked(self) -> None:
        assert checked(BADGE, fetch=fetch((7,))).problems == (Problem.REVOKED,)
        assert checked(BADGE, fetch=fetch((6, 8))).stands

    def test_a_list_of_states_that_somebody_else_signed(self) -> None:
        good = fetch((7,))

        def false(url: str) -> Any:
            if "status" not in url:
                return good(url)
            return openbadge.states(ISSUER, 0, (), AT, Signer.of("somebody else's", ISSUER.method))

        assert checked(BADGE, fetch=false).problems == (Problem.STATUS_UNKNOWN,)

    def test_before_and_after_its_days(self) -> None:
        assert checked(BADGE, now=AT - timedelta(days=1)).problems == (Problem.NOT_YET,)
        document = openbadge.credential(AWARD, ISSUER) | {"validUntil": "2026-12-31T00:00:00Z"}
        signed = openbadge.signed(document, AT, SIGNER)
        assert checked(signed, now=datetime(2027, 1, 1, tzinfo=UTC)).problems == (Problem.EXPIRED,)

    def test_revoked_as_token(self) -> None:
        written = openbadge.token(AWARD, BADGE, ISSUER, SIGNER)
        assert check(written, fetch((7,)), now=NOW).problems == (Problem.REVOKED,)
        other = openbadge.states_token(ISSUER, 0, (), AT, Signer.of("somebody else's", ISSUER.method))
        found = check(written, lambda url: other if "status" in url else fetch()(url), now=NOW)
        assert found.problems == (Problem.STATUS_UNKNOWN,)

    @pytest.mark.parametrize(
        ("entry", "expected"),
        [
            ({"statusPurpose": "message"}, ()),  # The same bit, which says something else.
            ({"statusPurpose": "suspension"}, (Problem.STATUS_UNKNOWN,)),
            ({"statusSize": 2}, (Problem.STATUS_UNKNOWN,)),
            ({"statusListIndex": "131072"}, (Problem.STATUS_UNKNOWN,)),
            ({"statusListIndex": "-1"}, (Problem.STATUS_UNKNOWN,)),
            ({"type": "StatusList2021Entry"}, (Problem.STATUS_UNKNOWN,)),
        ],
    )
    def test_entries_of_others(self, entry: dict[str, Any], expected: tuple[Problem, ...]) -> None:
        document = openbadge.credential(AWARD, ISSUER)
        document["credentialStatus"].update(entry)
        written = SIGNER.jwt(document, {"iss": ISSUER.did})
        assert check(written, fetch((7,)), now=NOW).problems == expected

    def test_a_list_of_names(self) -> None:
        where = "https://academie.example.org:8443/revoked.json"
        document = openbadge.credential(AWARD, ISSUER)
        document["credentialStatus"] = {"id": where, "type": "1EdTechRevocationList"}
        written = SIGNER.jwt(document, {"iss": ISSUER.did})

        def problems(listed: Any) -> tuple[Problem, ...]:
            return check(written, lambda url: listed if url == where else fetch()(url), now=NOW).problems

        assert problems({"revokedCredentials": [{"id": document["id"]}]}) == (Problem.REVOKED,)
        assert problems({"revokedCredentials": [{"id": document["id"], "revoked": False}, {"id": "x"}]}) == ()
        assert problems({}) == (Problem.STATUS_UNKNOWN,)

    def test_the_names_that_days_had_before(self) -> None:
        document = openbadge.credential(AWARD, ISSUER)
        document["issuanceDate"] = document.pop("validFrom")
        document["expirationDate"] = "2026-11-24T12:30:00Z"
        written = SIGNER.jwt({"vc": document}, {"iss": ISSUER.did})
        assert check(written, fetch(), now=AT + timedelta(minutes=1)).stands
        assert check(written, fetch(), now=NOW).problems == (Problem.EXPIRED,)
        document["expirationDate"] = "next year"
        assert check(SIGNER.jwt({"vc": document}, {}), fetch(), now=NOW).problems == (Problem.EXPIRED,)

    def test_list_of_states(self) -> None:
        bits = unpacked(packed([0, 7, 8, 131_071]))
        assert len(bits) == 16_384
        assert (bits[0], bits[1], bits[-1]) == (0b10000001, 0b10000000, 1)
        for text in ("", "u", "zabc", "u" + "A" * 40):
            with pytest.raises(ValueError, match=r"list|multibase"):
                unpacked(text)


class TestPieces:
    def test_did_web(self) -> None:
        assert did_address(ISSUER.did) == "https://academie.example.org:8443/.well-known/did.json"
        for did in ("did:web:evil.example%2F..", "did:web:", "did:web:a b"):
            with pytest.raises(ValueError, match="did"):
                did_address(did)

    def test_rfc_8785(self) -> None:
        # The example of RFC 8785, 3.2.2.
        value = json.loads(
            r'{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],'
            r'"string":"\u20ac$\u000F\u000aA\u0027\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}'
        )
        expected = (
            '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
            '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
        )
        assert jcs(value).decode() == expected
        for wrong in (float("nan"), {1, 2}, "\ud800"):
            with pytest.raises(NotCanonical):
                jcs(wrong)

    def test_what_takes_forever_is_refused(self) -> None:
        for alike in ([{"name": "x"}] * 7, [{"evidence": [{"name": str(number)}]} for number in range(7)]):
            with pytest.raises(NotCanonical, match="look alike"):
                rdfc({"@context": BADGE["@context"], "evidence": alike})
        with pytest.raises(NotCanonical, match="too many"):
            rdfc({"@context": BADGE["@context"], "evidence": [{"name": str(number)} for number in range(300)]})
        deep: dict[str, Any] = {"evidence": {}}
        for number in range(40):
            deep = {"name": str(number), "evidence": deep}
        with pytest.raises(NotCanonical, match="too deep"):
            rdfc({"@context": BADGE["@context"], **deep})
        with pytest.raises(NotCanonical, match="id _:b0"):
            rdfc({"@context": BADGE["@context"], "id": "_:b0"})

    def test_keys(self) -> None:
        assert multikey(SIGNER.multibase) == SIGNER.key.public_key()
        assert read_key({"publicKeyJwk": SIGNER.jwk}) == SIGNER.key.public_key()
        assert unbase58(base58(b"\0\0abc")) == b"\0\0abc"
        for wrong in (
            {},
            {"publicKeyMultibase": "zabc"},
            {"kty": "RSA", "n": "AQAB", "e": "AQAB"},
            {"kty": "EC"},
            None,
        ):
            with pytest.raises(BadProof):
                read_key(wrong)

    def test_rsa_token_of_another_issuer(self) -> None:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
        document = openbadge.credential(AWARD, ISSUER) | {"issuer": {"id": "https://other.example/issuer"}}
        document.pop("credentialStatus")
        written = jwt.encode(document, key, algorithm="RS256", headers={"kid": "https://other.example/issuer#1"})
        profile = {
            "id": "https://other.example/issuer",
            "verificationMethod": [{"id": "https://other.example/issuer#1", "publicKeyJwk": public}],
            "assertionMethod": ["https://other.example/issuer#1"],
        }
        assert check(written, {"https://other.example/issuer": profile}.__getitem__, now=NOW).stands
        profile["assertionMethod"] = []
        assert check(written, {"https://other.example/issuer": profile}.__getitem__, now=NOW).problems == (
            Problem.NO_KEY,
        )
