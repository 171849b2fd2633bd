# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The door for uploads: a file that is too large, or comes from nobody, is never written to disk.

Django writes the files of a request to disk before any view is asked, for whoever sends it; this handler stands in
front of those that write. What is refused is read and dropped, so that the form can come back with a message.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

View = TypeVar("View", bound=Callable[..., Any])

#: For the other fields of a form.
_REST = 4 * 1024 * 1024


class Door(FileUploadHandler):
    """The first of settings.FILE_UPLOAD_HANDLERS."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 -- as in the class that this one extends
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        user = getattr(self.request, "user", None)
        known = user is not None and user.is_authenticated
        self.refuses = not known or content_length > settings.FILE_LIMIT + _REST
        match = self.request.resolver_match if self.request else None
        if match and getattr(match.func, "takes_small_files", False):
            # So small that the next handler keeps it in memory.
            self.refuses = content_length > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        self.received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0
        if self.refuses:
            self._refuse()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > settings.FILE_LIMIT:
            self._refuse()
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers behind this one keep it."""

    def _refuse(self) -> None:
        request = self.request
        assert request is not None
        refused_files(request)[str(self.field_name)] = str(self.file_name)
        match = request.resolver_match
        if hasattr(request, "_messages") and not getattr(match and match.func, "tells_refused_files", False):
            messages.error(request, too_large(str(self.file_name)))
        raise SkipFile


def refused_files(request: HttpRequest) -> dict[str, str]:
    """The names of the files that the door refused, by the field in which they came."""
    if not hasattr(request, "_refused_files"):
        request._refused_files = {}  # type: ignore[attr-defined]
    found: dict[str, str] = request._refused_files  # type: ignore[attr-defined]
    return found


def tells_refused_files(view: View) -> View:
    """For a view that says itself what the door refused, at the field where it came."""
    view.tells_refused_files = True  # type: ignore[attr-defined]
    return view


def takes_small_files(view: View) -> View:
    """For a view to which anybody may send files, as long as all that is sent fits in memory."""
    view.takes_small_files = True  # type: ignore[attr-defined]
    return view


def too_large(name: str) -> str:
    return _("“%(name)s” is larger than %(limit)s MB and was not taken. Send a smaller file, or split it.") % {
        "name": name[:80],
        "limit": settings.FILE_LIMIT // 1024 // 1024,
    }
