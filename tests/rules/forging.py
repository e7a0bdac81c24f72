"""Forged signatures: real ones taken apart and put together wrongly, for the verifier to refuse."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from asn1crypto import cms, core
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from gumruk.trust.pki.authority import Authority
from gumruk.trust.pki.issuing import Entity, Wish, issue
from gumruk.trust.pki.providing import provider
from tests.rules.signing import NOON, START, Signed, authority, person, signed, stated

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def wish(name: str, **changed: object) -> Wish:
    return replace(Wish(name, START, START + timedelta(days=365)), **changed)  # type: ignore[arg-type]


def rebuilt(one: Signed, change: Callable[[Any], None]) -> Signed:
    """The same with its CMS changed in place."""
    info = cms.ContentInfo.load(one.signature)
    change(info["content"])
    return replace(one, signature=info.dump())


def twin(one: Signed) -> Signed:
    """The other signature that the same curve arithmetic accepts: (r, n - s), freshly stamped."""

    def change(content: Any) -> None:
        signer = content["signer_infos"][0]
        r, s = decode_dss_signature(signer["signature"].native)
        signer["signature"] = encode_dss_signature(r, ORDER - s)
        signer["unsigned_attrs"] = cms.CMSAttributes([])

    changed = rebuilt(one, change)
    source = provider(authority())
    return replace(changed, signature=source.stamped(_without_stamps(changed.signature), at=NOON))


def _without_stamps(signature: bytes) -> bytes:
    info = cms.ContentInfo.load(signature)
    signer = info["content"]["signer_infos"][0]
    plain = cms.SignerInfo({name: signer[name] for name in signer if name != "unsigned_attrs"})
    info["content"]["signer_infos"] = cms.SignerInfos([plain])
    return bytes(info.dump())


def without_stamp(one: Signed) -> Signed:
    return replace(one, signature=_without_stamps(one.signature))


def stamp_of_another(one: Signed) -> Signed:
    other = cms.ContentInfo.load(signed().signature)["content"]["signer_infos"][0]["unsigned_attrs"]

    def change(content: Any) -> None:
        content["signer_infos"][0]["unsigned_attrs"] = other

    return rebuilt(one, change)


def stamp_twice(one: Signed) -> Signed:
    def change(content: Any) -> None:
        signer = content["signer_infos"][0]
        held = list(signer["unsigned_attrs"])
        signer["unsigned_attrs"] = cms.CMSAttributes(held + held)

    return rebuilt(one, change)


def stamped_by(one: Signed, stamper: Entity) -> Signed:
    """Stamped with another certificate than the stamper's."""
    forger = Authority({**authority().entities, "stamper": stamper})
    return replace(one, signature=provider(forger).stamped(_without_stamps(one.signature), at=NOON))


def attributes_as_content(one: Signed) -> Signed:
    """The signed attributes shown as the content, and the signature without any: the arithmetic is right."""
    signer = cms.ContentInfo.load(one.signature)["content"]["signer_infos"][0]
    content = signer["signed_attrs"].untag().dump()
    return replace(without_attributes(one), statement=content)


def without_attributes(one: Signed) -> Signed:
    def change(content: Any) -> None:
        signer = content["signer_infos"][0]
        kept = {name: signer[name] for name in signer if name != "signed_attrs"}
        content["signer_infos"] = cms.SignerInfos([cms.SignerInfo(kept)])

    return rebuilt(one, change)


def second_signer(one: Signed) -> Signed:
    attacker = signed(authority().person("Demo attacker", since=START), raw=one.statement)

    def change(content: Any) -> None:
        other = cms.ContentInfo.load(attacker.signature)["content"]
        content["signer_infos"] = cms.SignerInfos([content["signer_infos"][0], other["signer_infos"][0]])
        content["certificates"] = cms.CertificateSet([*content["certificates"], *other["certificates"]])

    return rebuilt(one, change)


def other_content_inside(one: Signed) -> Signed:
    def change(content: Any) -> None:
        content["encap_content_info"] = {"content_type": "data", "content": stated(version=7).to_bytes()}

    return rebuilt(one, change)


def swapped_certificate(one: Signed) -> Signed:
    """Another certificate of the same key takes the place of the one that signed."""
    mine = person()
    other = authority().issue(wish("Demo somebody else"), key=mine.key)
    held = asn1_x509.Certificate.load(other.der)

    def change(content: Any) -> None:
        kept = [one for one in content["certificates"] if one.chosen.dump() != mine.der]
        content["certificates"] = cms.CertificateSet([*kept, cms.CertificateChoices({"certificate": held})])
        content["signer_infos"][0]["sid"] = cms.SignerIdentifier(
            {"issuer_and_serial_number": {"issuer": held.issuer, "serial_number": held.serial_number}}
        )

    return rebuilt(one, change)


def resigned(one: Signed, change: Callable[[list[Any]], list[Any]], digest: str = "sha256") -> Signed:
    """Signed attributes changed and signed again by the owner of the key: a careless or hostile program."""
    entity = person()
    hashed = {"sha256": hashes.SHA256(), "sha1": hashes.SHA1()}[digest]  # noqa: S303

    def rebuild(content: Any) -> None:
        signer = content["signer_infos"][0]
        attributes = cms.CMSAttributes(sorted(change(list(signer["signed_attrs"])), key=lambda part: part.dump()))
        kept = {name: signer[name] for name in signer if name not in ("signed_attrs", "signature", "unsigned_attrs")}
        kept["digest_algorithm"] = {"algorithm": digest}
        kept["signature_algorithm"] = {"algorithm": f"{digest}_ecdsa"}
        kept["signature"] = entity.key.sign(attributes.dump(), ec.ECDSA(hashed))  # type: ignore[call-arg, arg-type]
        kept["signed_attrs"] = attributes
        content["signer_infos"] = cms.SignerInfos([cms.SignerInfo(kept)])

    changed = rebuilt(one, rebuild)
    return replace(changed, signature=provider(authority()).stamped(changed.signature, at=NOON))


def sha1(one: Signed) -> Signed:
    def change(attributes: list[Any]) -> list[Any]:
        digest = hashlib.sha1(one.statement).digest()  # noqa: S324
        kept = [part for part in attributes if part["type"].native != "message_digest"]
        return [*kept, cms.CMSAttribute({"type": "message_digest", "values": [core.OctetString(digest)]})]

    return resigned(one, change, "sha1")


def doubled_attribute(one: Signed) -> Signed:
    return resigned(one, lambda held: [*held, next(part for part in held if part["type"].native == "message_digest")])


def lacking(name: str) -> Callable[[Signed], Signed]:
    return lambda one: resigned(one, lambda held: [part for part in held if part["type"].native != name])


def weak_key() -> Entity:
    return authority().issue(wish("Demo weak"), key=rsa.generate_private_key(65537, 1024))  # noqa: S505


def by_a_leaf() -> tuple[Entity, Entity]:
    leaf = authority().person("Demo leaf", since=START)
    return issue(wish("Demo child of a leaf"), leaf), leaf


def by_a_namesake() -> tuple[Entity, Entity]:
    """From authorities with the same names and other keys."""
    other = Authority.make(START)
    return other.person("Demo broker", since=START), other["issuing"]


def with_signer(entity: Entity, *chain: Entity, at: Any = NOON) -> Signed:
    return signed(entity, chain=chain, at=at)
