# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Checking a badge of Open Badges 3.0, ours or somebody else's: who made it, whether it stands, what it says."""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import unquote, urlsplit

from mainport.catalogue.rules.canonical import Json, NotCanonical
from mainport.catalogue.rules.proofs import (
    BadProof,
    PublicKey,
    Token,
    is_signed,
    jwk_of,
    multikey,
    proof_of,
    read_key,
    token,
)

#: A badge is a page of text; with pictures inside it a few of them.
LARGEST = 512 * 1024
#: A list of states holds at least this many bits (Bitstring Status List 1.0, 3.1), and ours exactly.
BITS = 131_072
#: Lists of states that we number; a record's number in the database ends before that.
MOST_LISTS = 10**8
LARGEST_LIST = 8 * 1024 * 1024

#: Gives the JSON at an https address, or its text where that isn't JSON; raises LookupError where there is none.
Fetch = Callable[[str], Any]


class Problem(StrEnum):
    """Why a badge can't be relied on."""

    NOT_READ = "not-read"
    NOT_A_BADGE = "not-a-badge"
    NO_PROOF = "no-proof"
    CANT_CHECK = "cant-check"
    NO_KEY = "no-key"
    NOT_OF_ISSUER = "not-of-issuer"
    BAD_SIGNATURE = "bad-signature"
    NOT_YET = "not-yet"
    EXPIRED = "expired"
    REVOKED = "revoked"
    STATUS_UNKNOWN = "status-unknown"


@dataclass(frozen=True)
class Checked:
    """What came out. Without problems it stands; `detail` says more of each to who knows the matter."""

    problems: tuple[Problem, ...] = ()
    credential: Json = field(default_factory=dict)
    detail: str = ""
    form: str = ""  # The cryptosuite, or JWT.

    @property
    def stands(self) -> bool:
        return not self.problems

    def text(self, *path: str) -> str:
        """A text in the credential, '' where there is none: text("credentialSubject", "achievement", "name")."""
        found: Any = self.credential
        for name in path:
            found = found.get(name) if isinstance(found, dict) else None
        return found if isinstance(found, str) else ""

    @property
    def issuer(self) -> str:
        return self.text("issuer", "name") or _identifier(self.credential.get("issuer"))


class _Stop(Exception):
    def __init__(self, problem: Problem, detail: str = "") -> None:
        super().__init__(detail)
        self.problem, self.detail = problem, detail


def check(written: bytes | str, fetch: Fetch, *, now: datetime) -> Checked:
    """Checks a badge as JSON or as JWT. `fetch` is asked for the issuer's keys and the list of states alone."""
    try:
        text = written if isinstance(written, str) else written.decode("utf-8-sig")
        if len(text) > LARGEST:
            raise _Stop(Problem.NOT_READ, f"more than {LARGEST // 1024} KiB")
        text = text.strip()
        if re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+", text):
            return _checked_token(text, fetch, now)
        document = json.loads(text)
        if not isinstance(document, dict):
            raise _Stop(Problem.NOT_READ, "no JSON object")
    except (UnicodeError, ValueError, RecursionError) as error:
        return Checked((Problem.NOT_READ,), detail=str(error)[:200])
    except _Stop as stop:
        return Checked((stop.problem,), detail=stop.detail)
    return check_document(document, fetch, now=now)


def check_document(document: Json, fetch: Fetch, *, now: datetime) -> Checked:
    """The same for a badge with a Data Integrity proof that is read already."""
    form = ""
    try:
        _is_badge(document)
        proof = _proof(document)
        form = str(proof["cryptosuite"])
        key = _key(str(proof.get("verificationMethod", "")), _identifier(document.get("issuer")), fetch)
        if not _signed(document, proof, key):
            raise _Stop(Problem.BAD_SIGNATURE)
    except _Stop as stop:
        return Checked((stop.problem,), document, stop.detail, form)
    return Checked(tuple(_standing(document, fetch, now)), document, form=form)


def _checked_token(text: str, fetch: Fetch, now: datetime) -> Checked:
    credential: Json = {}
    try:
        try:
            read = token(text)
            credential = _inside(read)
            _is_badge(credential)
            key = _token_key(read.header, _identifier(credential.get("issuer")), fetch)
            if not read.is_signed(key):
                raise _Stop(Problem.BAD_SIGNATURE)
        except BadProof as error:
            raise _Stop(Problem.CANT_CHECK, str(error)) from error
        if (said := read.claims.get("iss")) and said != _identifier(credential.get("issuer")):
            raise _Stop(Problem.NOT_OF_ISSUER, f"iss is {said}")
        expires = read.claims.get("exp")
        if isinstance(expires, int | float) and now.timestamp() > expires:
            raise _Stop(Problem.EXPIRED)
    except _Stop as stop:
        return Checked((stop.problem,), credential, stop.detail, "JWT")
    return Checked(tuple(_standing(credential, fetch, now)), credential, form="JWT")


def _inside(read: Token) -> Json:
    """The credential in a token: version 1.1 of the data model put it under a claim of its own."""
    inner = read.claims.get("vc")
    return inner if isinstance(inner, dict) else read.claims


def _is_badge(document: Json) -> None:
    said = document.get("type")
    types = set(said) if isinstance(said, list) else {said}
    if "VerifiableCredential" not in types or not types & {"OpenBadgeCredential", "AchievementCredential"}:
        raise _Stop(Problem.NOT_A_BADGE, f"type {said}")
    if not isinstance(document.get("credentialSubject"), dict) or not _identifier(document.get("issuer")):
        raise _Stop(Problem.NOT_A_BADGE, "credentialSubject and issuer")


def _proof(document: Json) -> Json:
    if "proof" not in document:
        raise _Stop(Problem.NO_PROOF)
    try:
        return proof_of(document)
    except BadProof as error:
        raise _Stop(Problem.CANT_CHECK, str(error)) from error


def _signed(document: Json, proof: Json, key: PublicKey) -> bool:
    try:
        return is_signed(document, proof, key)
    except (BadProof, NotCanonical) as error:
        raise _Stop(Problem.CANT_CHECK, str(error)) from error


def _identifier(value: Any) -> str:
    found = value.get("id") if isinstance(value, dict) else value
    return found if isinstance(found, str) else ""


# --- Whose key ---


def did_address(did: str) -> str:
    """Where the document of a did:web stands (W3C CCG, did:web 3.2).

    >>> did_address("did:web:example.org%3A3000:user:alice")
    'https://example.org:3000/user/alice/did.json'
    """
    host, *path = did.removeprefix("did:web:").split(":")
    if not re.fullmatch(r"[A-Za-z0-9.-]+(:\d+)?", unquote(host)) or any("/" in unquote(part) for part in path):
        raise ValueError(did)
    return f"https://{unquote(host)}/{'/'.join(path) if path else '.well-known'}/did.json"


def _key(method: str, issuer: str, fetch: Fetch) -> PublicKey:
    """The key of this name. It must be the issuer's own: a good signature by somebody else's key says nothing."""
    owner = method.partition("#")[0]
    if owner != issuer and _site(owner) != _site(issuer):
        raise _Stop(Problem.NOT_OF_ISSUER, f"{method} isn't of {issuer}")
    try:
        if owner != issuer and _is_below(owner, issuer):
            return _of_address(fetch(owner), method, issuer)
        if owner == issuer and owner.startswith("did:key:"):
            return multikey(owner.removeprefix("did:key:"))
        if owner == issuer and owner.startswith("did:jwk:"):
            return jwk_of(owner)
        if owner == issuer and owner.startswith(("did:web:", "https://")):
            return _of_document(_document(owner, fetch), method, owner)
    except (BadProof, LookupError, ValueError) as error:
        raise _Stop(Problem.NO_KEY, str(error)[:200]) from error
    raise _Stop(Problem.NO_KEY, method)


def _token_key(header: Json, issuer: str, fetch: Fetch) -> PublicKey:
    """The key of a token: by its name, or as it stands in the token, if the issuer says elsewhere that it is theirs."""
    name = header.get("kid")
    if isinstance(name, str) and name:
        return _key(issuer + name if name.startswith("#") else name, issuer, fetch)
    if issuer.startswith(("did:key:", "did:jwk:")):
        return _key(issuer, issuer, fetch)
    try:
        key = read_key(header.get("jwk"))
        if issuer.startswith(("did:web:", "https://")):
            for one in _allowed(_document(issuer, fetch), issuer):
                if read_key(one) == key:
                    return key
    except (BadProof, LookupError, ValueError) as error:
        raise _Stop(Problem.NO_KEY, str(error)[:200]) from error
    raise _Stop(Problem.NO_KEY, "nothing ties the key to the issuer")


def _document(owner: str, fetch: Fetch) -> Any:
    return fetch(did_address(owner) if owner.startswith("did:web:") else owner)


def _site(identifier: str) -> str:
    """The host that an address or a did:web is on; what is neither is a site by itself."""
    try:
        address = did_address(identifier) if identifier.startswith("did:web:") else identifier
        parts = urlsplit(address)
    except ValueError:
        return identifier
    return parts.netloc if parts.scheme == "https" else identifier


def _is_below(address: str, issuer: str) -> bool:
    """Whether nobody but the issuer can have put something at an address: a site may hold other issuers beside it."""
    begin = did_address(issuer).removesuffix("did.json") if issuer.startswith("did:web:") else issuer.rstrip("/") + "/"
    return address.startswith(begin.removesuffix(".well-known/"))


def _of_address(found: Any, method: str, issuer: str) -> PublicKey:
    """Of what is at a key's own address: a JWK, as Open Badges 3.0 has it (8.2.4.1), a set of them, or a Multikey."""
    if isinstance(found, dict) and isinstance(keys := found.get("keys"), list):
        names = {method, method.partition("#")[2]}
        named = [one for one in keys if isinstance(one, dict) and (one.get("kid") in names or len(keys) == 1)]
        found = named[0] if named else None
    if isinstance(found, dict) and ("kty" in found or found.get("controller") == issuer):
        return read_key(found)
    raise BadProof(f"no {method}")


def _of_document(document: Any, method: str, owner: str) -> PublicKey:
    for one in _allowed(document, owner):
        if method in (one.get("id"), f"{owner}{one.get('id')}"):
            return read_key(one)
    raise BadProof(f"no {method} that may sign credentials")


def _allowed(document: Any, owner: str) -> Iterator[Json]:
    """The keys of a DID document, or one like it, that may sign credentials. Raises BadProof for another's."""
    if not isinstance(document, dict) or document.get("id") != owner:
        raise BadProof(f"the document isn't of {owner}")
    methods, allowed = (document.get(name) for name in ("verificationMethod", "assertionMethod"))
    names = {_identifier(each) for each in allowed} if isinstance(allowed, list) else set()
    for one in methods if isinstance(methods, list) else ():
        if isinstance(one, dict) and isinstance(one.get("id"), str) and {one["id"], f"{owner}{one['id']}"} & names:
            yield one


# --- Whether it stands today ---


def _standing(credential: Json, fetch: Fetch, now: datetime) -> list[Problem]:
    problems = []
    # Version 1.1 of the data model had other names for both.
    begins, ends = (
        credential.get(name, credential.get(old))
        for name, old in (("validFrom", "issuanceDate"), ("validUntil", "expirationDate"))
    )
    if begins is not None and not _before(begins, now):
        problems.append(Problem.NOT_YET)
    if ends is not None and not _before(now, ends):
        problems.append(Problem.EXPIRED)
    said = credential.get("credentialStatus")
    for entry in said if isinstance(said, list) else [said] if said else []:
        try:
            if _is_taken_back(entry, credential, fetch, now):
                problems.append(Problem.REVOKED)
        except (_Stop, BadProof, LookupError, ValueError):
            problems.append(Problem.STATUS_UNKNOWN)
    return problems


def _before(first: Any, second: Any) -> bool:
    """Whether one moment, as others write it, isn't after the other; False for what is none."""
    try:
        one, other = (each if isinstance(each, datetime) else datetime.fromisoformat(each) for each in (first, second))
        return one <= other
    except (TypeError, ValueError):
        return False


def _is_taken_back(entry: Any, credential: Json, fetch: Fetch, now: datetime) -> bool:
    """By a bit in a list that the same issuer signed, or a list of names. Raises what says that nobody knows."""
    kind = entry.get("type") if isinstance(entry, dict) else None
    if kind == "1EdTechRevocationList":
        return _is_listed(fetch(str(entry.get("id"))), credential.get("id"))
    if kind != "BitstringStatusListEntry":
        raise ValueError(f"states of type {kind}")
    purpose = entry.get("statusPurpose")
    if purpose not in ("revocation", "suspension"):
        return False  # Of a message or a renewal, which leave the badge standing.
    issuer = _identifier(credential.get("issuer"))
    states = _signed_list(fetch(str(entry.get("statusListCredential"))), issuer, fetch)
    if "validUntil" in states and not _before(now, states["validUntil"]):
        raise ValueError("a list of states that is over")
    subject = states.get("credentialSubject")
    if not isinstance(subject, dict) or str(entry.get("statusSize", 1)) != "1":
        raise ValueError("no list of states with one bit for each")
    purposes = subject.get("statusPurpose")
    if purpose not in (purposes if isinstance(purposes, list) else [purposes]):
        raise ValueError("a list of states for another purpose")
    position, bits = int(str(entry.get("statusListIndex"))), unpacked(str(subject.get("encodedList")))
    if not 0 <= position < len(bits) * 8:
        raise ValueError(f"no state {position}")
    return bool(bits[position // 8] >> (7 - position % 8) & 1)


def _signed_list(found: Any, issuer: str, fetch: Fetch) -> Json:
    """A list of states, as JSON or as JWT, of which the issuer's signature is checked."""
    if isinstance(found, str):
        read = token(found)
        states = _inside(read)
        good = read.is_signed(_token_key(read.header, issuer, fetch))
    else:
        states = found if isinstance(found, dict) else {}
        proof = _proof(states)
        good = _signed(states, proof, _key(str(proof.get("verificationMethod", "")), issuer, fetch))
    if not good or _identifier(states.get("issuer")) != issuer:
        raise ValueError("a list of states that isn't the issuer's")
    return states


def _is_listed(found: Any, identifier: Any) -> bool:
    """Whether a list of names (Open Badges 3.0, 1EdTechRevocationList) has this badge among those taken back."""
    listed = found.get("revokedCredentials", found.get("revokedCredential")) if isinstance(found, dict) else None
    if not isinstance(listed, list) or not isinstance(identifier, str):
        raise ValueError("no list of badges that were taken back")
    return any(
        isinstance(one, dict) and one.get("id") == identifier and one.get("revoked", True) is not False
        for one in listed
    )


def packed(positions: list[int]) -> str:
    """A list of states with these bits set, as Bitstring Status List writes it (3.4): multibase of gzip."""
    bits = bytearray(BITS // 8)
    for position in positions:
        bits[position // 8] |= 1 << (7 - position % 8)
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).rstrip(b"=").decode()


def unpacked(text: str) -> bytes:
    """The bits again. Raises ValueError for what isn't such a list, or would become too large."""
    if not text.startswith("u"):
        raise ValueError("no multibase of base64url")
    try:
        data = base64.b64decode(text[1:] + "=" * (-len(text[1:]) % 4), altchars=b"-_", validate=True)
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            bits = file.read(LARGEST_LIST + 1)
    except (binascii.Error, OSError, EOFError) as error:
        raise ValueError("no list of states") from error
    if not BITS // 8 <= len(bits) <= LARGEST_LIST:
        raise ValueError("a list of states of this size")
    return bits
