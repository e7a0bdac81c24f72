"""Why a signature, a statement or a bundle is refused: a closed list of names, each with words in `wording`."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """The name of a refusal. It never changes: others keep it."""

    STATEMENT_TOO_LARGE = "statement_too_large"
    STATEMENT_NOT_JSON = "statement_not_json"
    STATEMENT_KEY_TWICE = "statement_key_twice"
    STATEMENT_NUMBER = "statement_number"
    STATEMENT_NOT_CANONICAL = "statement_not_canonical"
    STATEMENT_FIELD = "statement_field"
    STATEMENT_DIFFERS = "statement_differs"
    PAYLOAD_DIFFERS = "payload_differs"
    ATTACHMENTS_DIFFER = "attachments_differ"
    CHAIN_BROKEN = "chain_broken"
    CMS_TOO_LARGE = "cms_too_large"
    CMS_MALFORMED = "cms_malformed"
    CMS_NOT_DETACHED = "cms_not_detached"
    CMS_SIGNERS = "cms_signers"
    ATTRIBUTES_MISSING = "attributes_missing"
    ATTRIBUTE_TWICE = "attribute_twice"
    ALGORITHM_NOT_ALLOWED = "algorithm_not_allowed"
    KEY_NOT_ALLOWED = "key_not_allowed"
    DIGEST_DIFFERS = "digest_differs"
    SIGNATURE_WRONG = "signature_wrong"
    CERTIFICATE_SWAPPED = "certificate_swapped"
    CERTIFICATE_USAGE = "certificate_usage"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_NOT_YET = "certificate_not_yet"
    CERTIFICATE_UNTRUSTED = "certificate_untrusted"
    CERTIFICATE_REVOKED = "certificate_revoked"
    CERTIFICATE_UNKNOWN = "certificate_unknown"
    REVOCATION_UNKNOWN = "revocation_unknown"
    SOURCE_REFUSED = "source_refused"
    SOURCE_SILENT = "source_silent"
    TIMESTAMP_MISSING = "timestamp_missing"
    TIMESTAMP_TWICE = "timestamp_twice"
    TIMESTAMP_WRONG = "timestamp_wrong"
    TIMESTAMP_UNTRUSTED = "timestamp_untrusted"
    TIMESTAMP_FAR = "timestamp_far"
    REPLAYED = "replayed"
    POLICY_UNKNOWN = "policy_unknown"
    PROVIDER_UNKNOWN = "provider_unknown"
    KEY_FILE = "key_file"
    BUNDLE_UNREADABLE = "bundle_unreadable"
    BUNDLE_TOO_LARGE = "bundle_too_large"
    BUNDLE_NAME = "bundle_name"
    BUNDLE_FILE_MISSING = "bundle_file_missing"
    BUNDLE_FILE_EXTRA = "bundle_file_extra"
    MANIFEST_WRONG = "manifest_wrong"
    SIGNER_MISSING = "signer_missing"
    ARCHIVE_MISSING = "archive_missing"
    ARCHIVE_WRONG = "archive_wrong"


class SignatureRefused(Exception):
    """A signature or what belongs to it was refused. `code` names the reason; nothing was changed."""

    def __init__(self, code: Reason, **values: str) -> None:
        super().__init__(f"{code.value} {values}" if values else code.value)
        self.code = code
        self.values = values
