"""ASiC-E with CAdES: a manifest of every file of a bundle, sealed by whoever exports it. Any reader of ASiC-E opens it.

The statements inside keep their own signatures, which OpenSSL checks alone; the seal says that the collection is whole.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime

from lxml import etree

from gumruk.trust.signing.bundle import Files
from gumruk.trust.signing.keys import Key
from gumruk.trust.signing.policy import Policy
from gumruk.trust.signing.provider import SignatureProvider
from gumruk.trust.signing.refusing import Reason, SignatureRefused
from gumruk.trust.signing.verifier import Evidence, Proof, Trust, proof

MANIFEST, SEAL = "META-INF/ASiCManifest001.xml", "META-INF/signature001.p7s"
ASIC, SIGNED = "http://uri.etsi.org/02918/v1.2.1#", "http://www.w3.org/2000/09/xmldsig#"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
LARGEST = 1024 * 1024


def sealed(files: Files, key: Key, provider: SignatureProvider, *, at: datetime) -> dict[str, bytes]:
    """The bundle with a manifest of everything in it and the exporter's time-stamped seal over the manifest."""
    kept = {name: data for name, data in files.items() if not name.startswith("META-INF/")}
    written = _written(kept)
    seal = provider.stamped(key.sign(written, at=at, approval=True), at=at)
    return kept | {MANIFEST: written, SEAL: seal}


def require_sealed(files: Files, *, trust: Trust, evidence: Evidence, policy: Policy) -> Proof:
    """The manifest names exactly the files that are there, and its seal holds. Raises SignatureRefused."""
    for name in (MANIFEST, SEAL):
        if name not in files:
            raise SignatureRefused(Reason.BUNDLE_FILE_MISSING, name=name)
    said = _read(files[MANIFEST])
    held = {name for name in files if not name.startswith("META-INF/")}
    if said.keys() != held or any(hashlib.sha256(files[name]).digest() != said[name] for name in held):
        raise SignatureRefused(Reason.MANIFEST_WRONG)
    return proof(raw=files[MANIFEST], signature=files[SEAL], trust=trust, evidence=evidence, policy=policy)


def _written(files: Files) -> bytes:
    root = etree.Element(f"{{{ASIC}}}ASiCManifest", nsmap={"asic": ASIC, "ds": SIGNED})
    etree.SubElement(root, f"{{{ASIC}}}SigReference", URI=SEAL, MimeType="application/pkcs7-signature")
    for name in sorted(files):
        one = etree.SubElement(root, f"{{{ASIC}}}DataObjectReference", URI=name)
        etree.SubElement(one, f"{{{SIGNED}}}DigestMethod", Algorithm=SHA256)
        digest = base64.b64encode(hashlib.sha256(files[name]).digest()).decode()
        etree.SubElement(one, f"{{{SIGNED}}}DigestValue").text = digest
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _read(data: bytes) -> dict[str, bytes]:
    """The digest of each file that a manifest names. No document type, no entities, nothing that we do not write."""
    wrong = SignatureRefused(Reason.MANIFEST_WRONG)
    if len(data) > LARGEST or b"<!" in data:
        raise wrong
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (etree.XMLSyntaxError, ValueError):
        raise wrong from None
    if root.tag != f"{{{ASIC}}}ASiCManifest" or not len(root):
        raise wrong
    if root[0].tag != f"{{{ASIC}}}SigReference" or root[0].get("URI") != SEAL:
        raise wrong
    found: dict[str, bytes] = {}
    for one in list(root)[1:]:
        name, digest = _reference(one)
        if name in found:
            raise wrong
        found[name] = digest
    return found


def _reference(one: etree._Element) -> tuple[str, bytes]:
    parts = list(one)
    right = one.tag == f"{{{ASIC}}}DataObjectReference" and [part.tag for part in parts] == [
        f"{{{SIGNED}}}DigestMethod",
        f"{{{SIGNED}}}DigestValue",
    ]
    if not right or parts[0].get("Algorithm") != SHA256:
        raise SignatureRefused(Reason.MANIFEST_WRONG)
    try:
        return str(one.get("URI") or ""), base64.b64decode(parts[1].text or "", validate=True)
    except ValueError:
        raise SignatureRefused(Reason.MANIFEST_WRONG) from None
