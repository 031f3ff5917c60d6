"""No view takes files, so a file in a request ends it before anything is stored.

A view that will take files names its own limits: it sets `request.upload_handlers` to a handler
that counts bytes, before anything reads `request.POST`. The check of the CSRF token reads it, so
such a view is `csrf_exempt`, sets the handlers, and calls a part that is `csrf_protect`.
"""

from typing import Any, NoReturn

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler


class FileRefused(SuspiciousOperation):
    """Answered with 400."""


class RefuseFiles(FileUploadHandler):
    def new_file(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FileRefused("A file was sent, and no view takes files.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return None

    def file_complete(self, file_size: int) -> None:
        return None
