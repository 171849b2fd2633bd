# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Handing out a file that is not public yet, kept from doing anything inside our pages."""

from __future__ import annotations

from django.http import FileResponse, Http404

from mainport.catalogue.models import KeptFile


def handed_out(file: KeptFile) -> FileResponse:
    """The file under its own name. Raises Http404 where it isn't in store."""
    name = file.file.name
    if not name or not file.file.storage.exists(name):
        raise Http404
    kind = f"{file.media_type}; charset=utf-8" if file.media_type.startswith("text/") else file.media_type
    response = FileResponse(file.file.open("rb"), as_attachment=True, filename=file.name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
