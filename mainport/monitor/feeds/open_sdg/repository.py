# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The files of a repository, out of a folder, a tar archive or a zip archive; nothing is unpacked to disk."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

#: No file of a repository, nor a repository as a whole, comes near this; a decompression bomb does.
MAX_FILE = 64 * 2**20
MAX_TOTAL = 2**30
MAX_FILES = 20_000
#: What a repository keeps beside pictures, code and maps.
_WANTED = (".csv", ".md", ".yml", ".yaml")


class Refused(ValueError):
    """The folder or archive can't be trusted, or isn't a repository of Open SDG."""


def files(path: Path) -> dict[str, bytes]:
    """The files that matter, by their path below the folder that holds `data`. Raises Refused."""
    try:
        if path.is_dir():
            found = _bounded(_folder(path))
        elif zipfile.is_zipfile(path):
            found = _bounded(_zip(path))
        elif path.is_file():
            found = _bounded(_tar(path))
        else:
            raise Refused(f"{path} doesn't exist")
    except (tarfile.TarError, zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        # zipfile raises the last two for what it can't decompress or decrypt.
        raise Refused(f"{path} can't be read as a folder, tar or zip: {error}") from error
    return _below_root(path, found)


def _bounded(entries: Iterator[tuple[str, bytes]]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    total = 0
    for name, content in entries:
        total += len(content)
        if total > MAX_TOTAL:
            raise Refused(f"it holds more than {MAX_TOTAL:,} bytes")
        found[name] = content
    return found


def _is_wanted(name: str, number: int) -> bool:
    """Whether this entry matters. Raises Refused where its name would lead out of the folder."""
    if number > MAX_FILES:
        raise Refused(f"it holds more than {MAX_FILES:,} files")
    parts = PurePosixPath(name.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or name[1:2] == ":":
        raise Refused(f"the name {name!r} leads out of the archive")
    return name.endswith(_WANTED) and not any(part.startswith(".") and part != "." for part in parts.parts)


def _checked(name: str, content: bytes) -> tuple[str, bytes]:
    if len(content) > MAX_FILE:
        raise Refused(f"{name} is larger than {MAX_FILE:,} bytes")
    return name.removeprefix("./"), content


def _folder(path: Path) -> Iterator[tuple[str, bytes]]:
    number = 0
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder, name)
            number += 1
            # A link could lead to any file of the machine.
            if file.is_symlink() or not _is_wanted(name, number):
                continue
            with file.open("rb") as stream:
                yield _checked(file.relative_to(path).as_posix(), stream.read(MAX_FILE + 1))


def _tar(path: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(path) as archive:
        passed = 0
        for number, entry in enumerate(archive, 1):
            # Also what is skipped has to be decompressed.
            passed += entry.size
            if passed > MAX_TOTAL:
                raise Refused(f"it holds more than {MAX_TOTAL:,} bytes")
            if not _is_wanted(entry.name, number) or not entry.isreg():
                continue
            if entry.size > MAX_FILE:
                raise Refused(f"{entry.name} is larger than {MAX_FILE:,} bytes")
            stream = archive.extractfile(entry)
            if stream:
                yield _checked(entry.name, stream.read())


def _zip(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        for number, entry in enumerate(archive.infolist(), 1):
            if not _is_wanted(entry.filename, number) or entry.is_dir():
                continue
            with archive.open(entry) as stream:  # The size that an entry claims may be a lie.
                yield _checked(entry.filename, stream.read(MAX_FILE + 1))


def _below_root(path: Path, found: dict[str, bytes]) -> dict[str, bytes]:
    """Without the folders above that of the repository: an archive made by a forge has one."""
    roots = {
        name[: -len("/".join(parts[-2:]))]
        for name in found
        if len(parts := name.split("/")) >= 2 and parts[-2] == "data" and name.endswith(".csv")
    }
    if not roots:
        raise Refused(f"{path} holds no data/*.csv: it is no data repository of Open SDG")
    root = min(roots, key=len)
    return {name[len(root) :]: content for name, content in found.items() if name.startswith(root)}


def pack(found: Mapping[str, bytes]) -> bytes:
    """The files as an archive: what is kept of a folder, and the same for the same files."""
    packed = io.BytesIO()
    # No time of making, so that the hash tells whether anything differs; little compression, since it is quick.
    with (
        gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1, mtime=0) as stream,
        tarfile.open(fileobj=stream, mode="w") as archive,
    ):
        for name, content in sorted(found.items()):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()
