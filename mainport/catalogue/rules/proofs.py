# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Signing and checking credentials with Ed25519: Data Integrity (eddsa-rdfc-2022, eddsa-jcs-2022) and as JWT.

Sources: W3C vc-di-eddsa (3.2, 3.3), W3C vc-data-integrity, RFC 7515, RFC 8037, Open Badges 3.0 (8.2, 8.3).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mainport.catalogue.rules.canonical import Json, NotCanonical, jcs, rdfc

RDFC, JCS = "eddsa-rdfc-2022", "eddsa-jcs-2022"
_CANONICAL: dict[str, Callable[[Json], bytes]] = {RDFC: rdfc, JCS: jcs}

PublicKey = Ed25519PublicKey | rsa.RSAPublicKey
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
#: Multicodec's sign of an Ed25519 public key.
_ED25519 = b"\xed\x01"


class BadProof(ValueError):
    """The proof can't be read, or isn't of a kind that we know."""


@dataclass(frozen=True)
class Signer:
    """A key and under which names others find it: `method` is a DID URL such as did:web:example.org#badges."""

    key: Ed25519PrivateKey
    method: str

    @classmethod
    def of(cls, secret: str, method: str) -> Signer:
        """The key that follows from a secret of any length."""
        seed = hashlib.sha256(b"mainport badge key\0" + secret.encode()).digest()
        return cls(Ed25519PrivateKey.from_private_bytes(seed), method)

    @property
    def multibase(self) -> str:
        """The public key as a Multikey writes it."""
        return "z" + base58(_ED25519 + _raw(self.key.public_key()))

    @property
    def jwk(self) -> dict[str, str]:
        """The public key as a JSON Web Key (RFC 8037)."""
        x = _b64(_raw(self.key.public_key()))
        return {"kty": "OKP", "crv": "Ed25519", "x": x, "kid": self.method, "alg": "EdDSA", "use": "sig"}

    def sign(self, document: Json, *, at: datetime, suite: str = RDFC) -> Json:
        """The document with a Data Integrity proof. Raises NotCanonical."""
        proof = {
            "type": "DataIntegrityProof",
            "cryptosuite": suite,
            "created": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "verificationMethod": self.method,
            "proofPurpose": "assertionMethod",
        }
        signature = self.key.sign(_to_sign(document, proof, suite))
        return {**document, "proof": {**proof, "proofValue": "z" + base58(signature)}}

    def jwt(self, credential: Json, claims: Mapping[str, Any]) -> str:
        """The credential as a compact JWS, with the claims that go with it."""
        header = {"alg": "EdDSA", "typ": "JWT", "kid": self.method}
        parts = ".".join(_b64(jcs(part)) for part in (header, {**credential, **claims}))
        return f"{parts}.{_b64(self.key.sign(parts.encode()))}"


def _to_sign(document: Json, proof: Json, suite: str) -> bytes:
    """The hash of the proof's own words, then that of the document."""
    canonical = _CANONICAL.get(suite)
    if canonical is None:
        raise BadProof(f"cryptosuite {suite}")
    options = {key: value for key, value in proof.items() if key != "proofValue"}
    if suite == RDFC or "@context" not in options:
        options = {"@context": document.get("@context"), **options}
    return hashlib.sha256(canonical(options)).digest() + hashlib.sha256(canonical(document)).digest()


def proof_of(document: Json) -> Json:
    """The Data Integrity proof of a document that we can check. Raises BadProof."""
    said = document.get("proof")
    proofs = said if isinstance(said, list) else [said]
    for proof in proofs:
        if (
            isinstance(proof, dict)
            and proof.get("type") == "DataIntegrityProof"
            and proof.get("cryptosuite") in _CANONICAL
        ):
            if proof.get("proofPurpose") != "assertionMethod":
                raise BadProof(f"proofPurpose {proof.get('proofPurpose')}")
            return proof
    raise BadProof("no proof by eddsa-rdfc-2022 or eddsa-jcs-2022")


def is_signed(document: Json, proof: Json, key: PublicKey) -> bool:
    """Whether this proof of the document was made with this key. Raises BadProof and NotCanonical."""
    value = proof.get("proofValue")
    if not isinstance(value, str) or not value.startswith("z"):
        raise BadProof("proofValue")
    if not isinstance(key, Ed25519PublicKey):
        raise BadProof("the key isn't an Ed25519 key")
    unsigned = {name: part for name, part in document.items() if name != "proof"}
    try:
        key.verify(unbase58(value[1:]), _to_sign(unsigned, proof, str(proof["cryptosuite"])))
    except InvalidSignature:
        return False
    return True


@dataclass(frozen=True)
class Token:
    """A JWT in its parts, of which nothing is checked yet."""

    header: Json
    claims: Json
    signed: bytes
    signature: bytes

    def is_signed(self, key: PublicKey) -> bool:
        """Whether it was signed with this key. Raises BadProof for an algorithm that isn't the key's."""
        algorithm = self.header.get("alg")
        try:
            if algorithm in ("EdDSA", "Ed25519") and isinstance(key, Ed25519PublicKey):
                key.verify(self.signature, self.signed)
            elif algorithm == "RS256" and isinstance(key, rsa.RSAPublicKey):
                key.verify(self.signature, self.signed, padding.PKCS1v15(), hashes.SHA256())
            else:
                raise BadProof(f"alg {algorithm}")
        except InvalidSignature:
            return False
        return True


def token(text: str) -> Token:
    """Reads a compact JWS. Raises BadProof."""
    parts = text.strip().split(".")
    try:
        header, claims = (json.loads(_unb64(part)) for part in parts[:2])
        signature = _unb64(parts[2])
    except (ValueError, IndexError, RecursionError) as error:
        raise BadProof("no JSON Web Token") from error
    if len(parts) != 3 or not isinstance(header, dict) or not isinstance(claims, dict):
        raise BadProof("no JSON Web Token")
    return Token(header, claims, ".".join(parts[:2]).encode(), signature)


# --- Keys as others write them ---


def read_key(value: Any) -> PublicKey:
    """A public key out of a Multikey, a verification method with publicKeyJwk, or a JWK. Raises BadProof."""
    if isinstance(value, dict):
        if isinstance(multibase := value.get("publicKeyMultibase"), str):
            return multikey(multibase)
        jwk = value.get("publicKeyJwk", value)
        if isinstance(jwk, dict):
            try:
                if jwk.get("kty") == "OKP" and jwk.get("crv") == "Ed25519":
                    return Ed25519PublicKey.from_public_bytes(_unb64(jwk["x"]))
                if jwk.get("kty") == "RSA":
                    n, e = (int.from_bytes(_unb64(jwk[name]), "big") for name in ("n", "e"))
                    if not 2048 <= n.bit_length() <= 8192:
                        raise BadProof("an RSA key of fewer than 2048 bits, or of very many")
                    return rsa.RSAPublicNumbers(e, n).public_key()
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise BadProof("a key that can't be read") from error
    raise BadProof("no key of a kind that we know")


def multikey(text: str) -> Ed25519PublicKey:
    """An Ed25519 key as a Multikey or did:key writes it. Raises BadProof.

    >>> multikey("z6Mkf5rGMoatrSj1f4CyvuHBeXJELe9RPdzo2PKGNCKVtZxP").public_bytes_raw().hex()[:8]
    '095f9a1a'
    """
    raw = unbase58(text[1:]) if text.startswith("z") else b""
    if raw[:2] != _ED25519 or len(raw) != 34:
        raise BadProof("no Ed25519 key")
    return Ed25519PublicKey.from_public_bytes(raw[2:])


def base58(data: bytes) -> str:
    """Bitcoin's alphabet, as multibase's z.

    >>> base58(b"\\x00hello"), unbase58(base58(b"\\x00hello"))
    ('1Cn8eVZg', b'\\x00hello')
    """
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = _BASE58[digit] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def unbase58(text: str) -> bytes:
    """Raises BadProof."""
    if len(text) > 200:
        raise BadProof("base58 of this length")
    number = 0
    for letter in text:
        digit = _BASE58.find(letter)
        if digit < 0:
            raise BadProof(f"{letter!r} isn't base58")
        number = number * 58 + digit
    ones = len(text) - len(text.lstrip("1"))
    return b"\0" * ones + number.to_bytes((number.bit_length() + 7) // 8, "big")


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _unb64(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError, TypeError) as error:
        raise BadProof("no base64url") from error


__all__ = ["JCS", "RDFC", "BadProof", "NotCanonical", "Signer", "Token", "is_signed", "proof_of", "read_key", "token"]
