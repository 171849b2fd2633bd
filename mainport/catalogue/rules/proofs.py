# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Signing and checking credentials: Data Integrity (Ed25519; checked also by P-256) and as JWT (P-256).

Sources: W3C vc-di-eddsa (3.2, 3.3), W3C vc-di-ecdsa (3.2, 3.3), W3C vc-data-integrity, RFC 7515, RFC 7518, RFC 8037,
Open Badges 3.0 (8.2, 8.3).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mainport.catalogue.rules.canonical import Json, NotCanonical, jcs, rdfc

RDFC, JCS = "eddsa-rdfc-2022", "eddsa-jcs-2022"
#: Suites that others sign by with a P-256 key.
ECDSA_RDFC, ECDSA_JCS = "ecdsa-rdfc-2019", "ecdsa-jcs-2019"
_CANONICAL: dict[str, Callable[[Json], bytes]] = {RDFC: rdfc, JCS: jcs, ECDSA_RDFC: rdfc, ECDSA_JCS: jcs}

PublicKey = Ed25519PublicKey | rsa.RSAPublicKey | ec.EllipticCurvePublicKey
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
#: Multicodec's signs of an Ed25519 and of a P-256 public key.
_ED25519, _P256 = b"\xed\x01", b"\x80\x24"
#: How many numbers there are to choose a P-256 key from (FIPS 186-4, D.1.2.3).
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


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

    @cached_property
    def token_key(self) -> ec.EllipticCurvePrivateKey:
        """The key for JWT, which follows from the other: validators of Open Badges know no Ed25519 there."""
        digest = hashlib.sha512(b"mainport badge token key\0" + self.key.private_bytes_raw()).digest()
        return ec.derive_private_key(int.from_bytes(digest, "big") % (_ORDER - 1) + 1, ec.SECP256R1())

    @property
    def token_method(self) -> str:
        return f"{self.method.partition('#')[0]}#tokens"

    @property
    def token_jwk(self) -> dict[str, str]:
        """The public key for JWT as a JSON Web Key (RFC 7518, 6.2.1)."""
        at = self.token_key.public_key().public_numbers()
        x, y = (_b64(number.to_bytes(32, "big")) for number in (at.x, at.y))
        return {"kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": self.token_method, "alg": "ES256", "use": "sig"}

    def sign(self, document: Json, *, at: datetime, suite: str = RDFC) -> Json:
        """The document with a Data Integrity proof by Ed25519. Raises NotCanonical, and BadProof for another suite."""
        if suite not in (RDFC, JCS):
            raise BadProof(f"cryptosuite {suite}")
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
        header = {"alg": "ES256", "typ": "JWT", "kid": self.token_method}
        parts = ".".join(_b64(jcs(part)) for part in (header, {**credential, **claims}))
        # JWS has both numbers of the signature one after the other (RFC 7518, 3.4).
        numbers = decode_dss_signature(self.token_key.sign(parts.encode(), ec.ECDSA(hashes.SHA256())))
        return f"{parts}.{_b64(b''.join(number.to_bytes(32, 'big') for number in numbers))}"


def _to_sign(document: Json, proof: Json, suite: str) -> bytes:
    """The hash of the proof's own words, then that of the document."""
    canonical = _CANONICAL.get(suite)
    if canonical is None:
        raise BadProof(f"cryptosuite {suite}")
    options = {key: value for key, value in proof.items() if key != "proofValue"}
    if suite in (RDFC, ECDSA_RDFC) or "@context" not in options:
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
    raise BadProof(f"no proof by {', '.join(_CANONICAL)}")


def is_signed(document: Json, proof: Json, key: PublicKey) -> bool:
    """Whether this proof of the document was made with this key. Raises BadProof and NotCanonical."""
    value = proof.get("proofValue")
    if not isinstance(value, str) or not value.startswith("z"):
        raise BadProof("proofValue")
    suite = str(proof["cryptosuite"])
    unsigned = {name: part for name, part in document.items() if name != "proof"}
    signed = _to_sign(unsigned, proof, suite)
    try:
        if isinstance(key, Ed25519PublicKey) and suite in (RDFC, JCS):
            key.verify(unbase58(value[1:]), signed)
        elif isinstance(key, ec.EllipticCurvePublicKey) and suite in (ECDSA_RDFC, ECDSA_JCS):
            _verify_p256(key, unbase58(value[1:]), signed)
        else:
            raise BadProof(f"the key isn't one for {suite}")
    except InvalidSignature:
        return False
    return True


def _verify_p256(key: ec.EllipticCurvePublicKey, signature: bytes, signed: bytes) -> None:
    """Of a signature with its two numbers one after the other. Raises InvalidSignature."""
    if len(signature) != 64:
        raise InvalidSignature
    r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
    key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))


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
            elif algorithm == "ES256" and isinstance(key, ec.EllipticCurvePublicKey):
                _verify_p256(key, self.signature, self.signed)
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
                if jwk.get("kty") == "EC" and jwk.get("crv") == "P-256":
                    x, y = (int.from_bytes(_unb64(jwk[name]), "big") for name in ("x", "y"))
                    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
                if jwk.get("kty") == "RSA":
                    n, e = (int.from_bytes(_unb64(jwk[name]), "big") for name in ("n", "e"))
                    if not 2048 <= n.bit_length() <= 8192:
                        raise BadProof("an RSA key of fewer than 2048 bits, or of very many")
                    return rsa.RSAPublicNumbers(e, n).public_key()
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise BadProof("a key that can't be read") from error
    raise BadProof("no key of a kind that we know")


def jwk_of(did: str) -> PublicKey:
    """The key that a did:jwk is made of. Raises BadProof."""
    try:
        return read_key(json.loads(_unb64(did.removeprefix("did:jwk:"))))
    except (ValueError, RecursionError) as error:
        raise BadProof("no did:jwk") from error


def multikey(text: str) -> PublicKey:
    """An Ed25519 or P-256 key as a Multikey or did:key writes it. Raises BadProof.

    >>> type(multikey("z6Mkf5rGMoatrSj1f4CyvuHBeXJELe9RPdzo2PKGNCKVtZxP")).__name__
    'Ed25519PublicKey'
    """
    raw = unbase58(text[1:]) if text.startswith("z") else b""
    if raw[:2] == _P256 and len(raw) == 35:
        try:
            return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw[2:])
        except ValueError as error:
            raise BadProof("no point of P-256") from error
    if raw[:2] != _ED25519 or len(raw) != 34:
        raise BadProof("no Ed25519 or P-256 key")
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


__all__ = [
    "JCS",
    "RDFC",
    "BadProof",
    "NotCanonical",
    "Signer",
    "Token",
    "is_signed",
    "jwk_of",
    "proof_of",
    "read_key",
    "token",
]
