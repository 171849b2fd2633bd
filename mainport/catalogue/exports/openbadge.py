# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Certificates as Open Badges 3.0 (1EdTech, AchievementCredential in Verifiable Credentials 2.0) and as edubadges
shows them (Open Badges 2.0), with what others need to check them: DID document, key set, list of states.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from mainport.catalogue.rules.badges import BITS, packed
from mainport.catalogue.rules.canonical import Json
from mainport.catalogue.rules.courses import Course
from mainport.catalogue.rules.digcomp import framework
from mainport.catalogue.rules.proofs import Signer
from mainport.catalogue.rules.texts import Texts, first

CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
#: Where the framework of digital competence is kept.
FRAMEWORK = "https://doi.org/{doi}"


@dataclass(frozen=True)
class Issuer:
    """Who issues: this installation, on behalf of who gives the course."""

    site: str
    name: str
    email: str = ""

    @property
    def did(self) -> str:
        """did:web of the site; a port is written as %3A (did:web 3.1)."""
        return f"did:web:{quote(urlsplit(self.site).netloc, safe='')}"

    @property
    def method(self) -> str:
        return f"{self.did}#badges"

    @property
    def profile(self) -> Json:
        return {"id": self.did, "type": ["Profile"], "name": self.name, "url": self.site}


@dataclass(frozen=True)
class Award:
    """What is certified: who completed which course, on which day. `number` is its place in the list of states."""

    identifier: str
    number: int
    name: str
    email: str
    course: Course
    course_url: str
    on: date
    issued: datetime
    language: str
    salt: str


def credential(award: Award, issuer: Issuer) -> Json:
    """The badge, not signed yet. Of the person it says the name, and the e-mail address as a salted hash only."""
    address = f"{issuer.site}/badges/{award.identifier}.json"
    return {
        "@context": list(CONTEXTS),
        "id": address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": _title(award),
        "image": {"id": f"{issuer.site}/badges/{award.identifier}.svg", "type": "Image"},
        "issuer": issuer.profile,
        "validFrom": _moment(award.issued),
        "credentialSubject": {
            "id": subject(award),
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "identityHash": identity_hash(award.email, award.salt),
                    "identityType": "emailAddress",
                    "hashed": True,
                    "salt": award.salt,
                },
                {"type": "IdentityObject", "identityHash": award.name, "identityType": "name", "hashed": False},
            ],
            # A day, which the schema of Open Badges 3.0 wants written as a moment.
            "activityEndDate": f"{award.on.isoformat()}T00:00:00Z",
            "achievement": achievement(award, issuer),
        },
        "credentialStatus": {
            "id": f"{list_address(issuer, award.number)}#{award.number % BITS}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(award.number % BITS),
            "statusListCredential": list_address(issuer, award.number),
        },
    }


def subject(award: Award) -> str:
    """A name for the person in this certificate alone, by which no two certificates can be tied to each other."""
    return uuid.uuid5(uuid.UUID(award.identifier), "subject").urn


def achievement(award: Award, issuer: Issuer) -> Json:
    """The course, and the competences of DigComp that it brings."""
    course, language = award.course, award.language
    said: Json = {
        "id": award.course_url,
        "type": ["Achievement"],
        "achievementType": "Course",
        "name": _title(award),
        "description": _first(course.descriptions, language) or _title(award),
        "criteria": {"narrative": _criteria(award)},
        "inLanguage": language,
    }
    if course.provider:
        said["creator"] = {
            "id": course.provider.ror or uuid.uuid5(uuid.NAMESPACE_URL, f"{issuer.site}/{course.provider.name}").urn,
            "type": ["Profile"],
            "name": course.provider.name,
        }
    if alignment := [_alignment(one.code, one.level, language) for one in course.competences]:
        said["alignment"] = alignment
    return said


def _alignment(code: str, level: int, language: str) -> Json:
    whole = framework()
    found = whole.competence(code)
    said: Json = {
        "type": ["Alignment"],
        "targetName": _first(found.label, language) if found else code,
        "targetUrl": FRAMEWORK.format(doi=whole.doi),
        "targetFramework": "DigComp 2.2",
        "targetCode": f"{code}/{level}" if level else code,
        "targetType": "CFItem",
    }
    return said


def _criteria(award: Award) -> str:
    provider = award.course.provider.name if award.course.provider else ""
    if award.language == "nl":
        return f"{provider or 'De aanbieder'} heeft bevestigd dat de cursus is afgerond."
    return f"{provider or 'The provider'} confirmed that the course was completed."


def identity_hash(email: str, salt: str) -> str:
    """As Open Badges 3.0 hashes an identity (IdentityHash): sha256$ of the address and the salt."""
    return f"sha256${hashlib.sha256((email.lower() + salt).encode()).hexdigest()}"


def token(award: Award, said: Json, issuer: Issuer, signer: Signer) -> str:
    """The same badge as JWT (Open Badges 3.0, 8.2.4), with its state in a list that is a JWT too."""
    moment = int(award.issued.timestamp())
    claims = {"iss": issuer.did, "jti": said["id"], "nbf": moment, "sub": subject(award)}
    inside = {key: value for key, value in said.items() if key != "proof"}
    address = list_address(issuer, award.number, "jwt")
    inside["credentialStatus"] = {
        **said["credentialStatus"],
        "id": f"{address}#{award.number % BITS}",
        "statusListCredential": address,
    }
    return signer.jwt(inside, claims)


# --- What others check by ---


def list_address(issuer: Issuer, number: int, form: str = "json") -> str:
    return f"{issuer.site}/badges/status/{number // BITS}.{form}"


def states(issuer: Issuer, number: int, revoked: Iterable[int], at: datetime, signer: Signer) -> Json:
    """The list of states in which these badges (their numbers) are revoked (Bitstring Status List 1.0)."""
    return signer.sign(_states(f"{issuer.site}/badges/status/{number}.json", issuer, number, revoked, at), at=at)


def states_token(issuer: Issuer, number: int, revoked: Iterable[int], at: datetime, signer: Signer) -> str:
    """The same list as JWT: there are checkers of such badges that take a list in the badge's own form alone."""
    said = _states(f"{issuer.site}/badges/status/{number}.jwt", issuer, number, revoked, at)
    return signer.jwt(
        said, {"iss": issuer.did, "jti": said["id"], "nbf": int(at.timestamp()), "sub": f"{said['id']}#list"}
    )


def _states(address: str, issuer: Issuer, number: int, revoked: Iterable[int], at: datetime) -> Json:
    return {
        "@context": CONTEXTS[:1],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.did,
        "validFrom": _moment(at),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": packed([each % BITS for each in revoked if each // BITS == number]),
        },
    }


def did_document(issuer: Issuer, signer: Signer) -> Json:
    """Who we are to who checks a badge (DID 1.0, did:web)."""
    return {
        "@context": [
            "https://www.w3.org/ns/did/v1",
            "https://w3id.org/security/multikey/v1",
            "https://w3id.org/security/jwk/v1",
        ],
        "id": issuer.did,
        "verificationMethod": [
            # First the key for tokens: some checkers of tokens look no further (a proof names its key).
            {
                "id": signer.token_method,
                "type": "JsonWebKey",
                "controller": issuer.did,
                "publicKeyJwk": {key: value for key, value in signer.token_jwk.items() if key != "kid"},
            },
            {
                "id": issuer.method,
                "type": "Multikey",
                "controller": issuer.did,
                "publicKeyMultibase": signer.multibase,
            },
        ],
        "assertionMethod": [issuer.method, signer.token_method],
    }


# --- As edubadges shows it ---


def edubadge(award: Award, issuer: Issuer, image: str, *, revoked: str = "") -> Json:
    """A hosted assertion of Open Badges 2.0 with the extensions of edubadges.nl that a course has an answer to."""
    here = f"{issuer.site}/badges/{award.identifier}"
    course = award.course
    badge: Json = {
        "type": "BadgeClass",
        "id": f"{here}/class.json",
        "name": _title(award),
        "description": _first(course.descriptions, award.language) or _title(award),
        "image": image,
        "criteria": {"narrative": _criteria(award)},
        "issuer": {
            "type": "Issuer",
            "id": f"{issuer.site}/badges/issuer.json",
            "name": issuer.name,
            "url": issuer.site,
            "email": issuer.email,
        },
        "alignment": [
            {
                "targetName": one["targetName"],
                "targetUrl": one["targetUrl"],
                "targetFramework": one["targetFramework"],
                "targetCode": one["targetCode"],
            }
            for one in (_alignment(each.code, each.level, award.language) for each in course.competences)
        ],
        "extensions:LanguageExtension": {
            "@context": "https://openbadgespec.org/extensions/languageExtension/context.json",
            "type": ["Extension", "extensions:LanguageExtension"],
            "Language": {"nl": "nl_NL", "en": "en_EN"}.get(next(iter(course.languages), ""), "nl_NL"),
        },
    }
    if course.hours:
        badge["extensions:StudyLoadExtension"] = {
            "@context": "https://openbadgespec.org/extensions/studyLoadExtension/context.json",
            "type": ["Extension", "extensions:StudyLoadExtension"],
            "StudyLoad": float(course.hours),
        }
    said: Json = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": f"{here}/edubadge.json",
        "recipient": {
            "type": "email",
            "hashed": True,
            "salt": award.salt,
            "identity": identity_hash(award.email, award.salt),
        },
        "badge": badge,
        "verification": {"type": "HostedBadge"},
        "issuedOn": _moment(award.issued),
    }
    if revoked:
        # A hosted assertion that was revoked says so, and no more (Open Badges 2.0, 4.7).
        return {
            "@context": said["@context"],
            "type": "Assertion",
            "id": said["id"],
            "revoked": True,
            "revocationReason": revoked,
        }
    return said


def _title(award: Award) -> str:
    return _first(award.course.titles, award.language)


def _first(texts: Texts, language: str) -> str:
    return first(texts, language, "nl", "en")


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def signed(document: Json, at: datetime, signer: Signer) -> Json:
    """With the proof of Open Badges 3.0 (8.3): Data Integrity, eddsa-rdfc-2022."""
    found: dict[str, Any] = signer.sign(document, at=at)
    return found
