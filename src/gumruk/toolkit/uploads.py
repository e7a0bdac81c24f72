"""Bounds what one request may send in files, before anything of it is read to memory or disk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class Bounded(FileUploadHandler):
    """The first of the upload handlers: refuses a form that is larger than the site takes. It keeps nothing itself."""

    def handle_raw_input(self, *said: Any, **_: Any) -> None:
        content_length = said[2]  # after the stream and the headers
        if content_length > settings.UPLOAD_MAX_BYTES:
            raise RequestDataTooBig("the form with its files is too large")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 - the handlers after it keep it
        return raw_data

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002 - same
        return None
