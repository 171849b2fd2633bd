# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A backup: one zip with a JSON-lines file a table, the uploaded files, and a manifest of hashes.

The same on every database, so that a backup of SQLite can be restored on PostgreSQL. Rows are written
in the order of their keys and values in one form, so that equal tables have equal hashes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from mainport import __version__
from mainport.cycle.models.guards import lifted

Manifest = Any  # {"version", "migrations", "tables": {name: {"rows", "sha256"}}, "files": {path: sha256}}

#: What is of the moment and not of the record.
_LEFT_OUT = {"django_session", "django_tasks_db_dbtaskresult"}
_BATCH = 1000


class ArchiveError(Exception):
    """The archive can't be restored."""


def _models() -> list[type[models.Model]]:
    """Every table, including those of many-to-many relations, by name."""
    found = {m._meta.db_table: m for m in apps.get_models(include_auto_created=True) if m._meta.managed}
    return [found[name] for name in sorted(found) if name not in _LEFT_OUT]


def write(out: Path) -> Manifest:
    """Write the archive and return its manifest; `out` appears only when it is complete."""
    out.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    os.close(handle)
    temporary = Path(name)
    try:
        # One transaction: all tables as they are at the same moment.
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive, transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            tables = {}
            for model in _models():
                with archive.open(f"tables/{model._meta.db_table}.jsonl", "w", force_zip64=True) as stream:
                    tables[model._meta.db_table] = _hash(_lines(model), stream)
            manifest = {"version": __version__, "migrations": _migrations(), "tables": tables, "files": _keep(archive)}
            archive.writestr("manifest.json", json.dumps(manifest, indent=1))
        temporary.replace(out)
    finally:
        temporary.unlink(missing_ok=True)
    return manifest


def _lines(model: type[models.Model]) -> Iterator[bytes]:
    fields = model._meta.concrete_fields
    rows = model._base_manager.order_by("pk").values_list(*(field.attname for field in fields))
    for row in rows.iterator(chunk_size=_BATCH):
        values = {field.attname: _out(field, value) for field, value in zip(fields, row, strict=True)}
        yield json.dumps(values, cls=_Encoder, ensure_ascii=False, sort_keys=True).encode() + b"\n"


class _Encoder(DjangoJSONEncoder):
    """Keeps the microseconds that Django's encoder cuts off."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)


def _out(field: Any, value: Any) -> Any:
    return value.hex() if isinstance(field, models.BinaryField) and value is not None else value


def _hash(lines: Iterable[bytes], stream: IO[bytes] | None = None) -> dict[str, Any]:
    digest, rows = hashlib.sha256(), 0
    for line in lines:
        digest.update(line)
        rows += 1
        if stream:
            stream.write(line)
    return {"rows": rows, "sha256": digest.hexdigest()}


def _migrations() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _keep(archive: zipfile.ZipFile) -> dict[str, str]:
    files = {}
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        name = path.relative_to(root).as_posix()
        archive.write(path, f"files/{name}")
        files[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return files


def read(file: Path) -> Manifest:
    """Replace every row and file by the archive's; all or nothing.

    Raises ArchiveError where the archive is damaged, of other migrations, or doesn't give back equal hashes.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            if manifest["migrations"] != _migrations():
                differing = sorted(set(manifest["migrations"]) ^ set(_migrations()))
                raise ArchiveError(
                    f"it was made by version {manifest['version']}, whose tables differ: {', '.join(differing)}"
                )
            with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
                files = _unpack(archive, manifest, Path(folder))
                with transaction.atomic(), lifted(connection):
                    _fill(archive, manifest)
                _exchange(files)
    except (zipfile.BadZipFile, KeyError, json.JSONDecodeError, DatabaseError) as error:
        raise ArchiveError(f"it is damaged: {error}") from error
    return manifest


def _fill(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Exchange the rows of every table; foreign keys are looked at when the transaction ends."""
    tables = _models()
    for model in tables:
        model._base_manager.all()._raw_delete(connection.alias)
    for model in tables:
        with archive.open(f"tables/{model._meta.db_table}.jsonl") as stream:
            _insert(model, stream)
    _reset_sequences(tables)
    for model in tables:
        name = model._meta.db_table
        if _hash(_lines(model)) != manifest["tables"][name]:
            raise ArchiveError(f"table {name} is not what it was")


def _insert(model: type[models.Model], lines: Iterable[bytes]) -> None:
    """Rows as they were: no field sets itself anew (`raw`), unlike in bulk_create."""
    fields = model._meta.concrete_fields
    rows = iter(lines)
    while batch := list(islice(rows, _BATCH)):
        objects = [model(**{f.attname: _in(f, values[f.attname]) for f in fields}) for values in map(json.loads, batch)]
        step = connection.ops.bulk_batch_size(list(fields), objects) or len(objects)
        for start in range(0, len(objects), step):
            model._base_manager.all()._insert(  # type: ignore[attr-defined]
                objects[start : start + step], fields=fields, using=connection.alias, raw=True
            )


def _in(field: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, models.BinaryField):
        return bytes.fromhex(value)
    return value if isinstance(field, models.JSONField) else field.to_python(value)


def _reset_sequences(tables: list[type[models.Model]]) -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)


def _unpack(archive: zipfile.ZipFile, manifest: Manifest, folder: Path) -> Path:
    """The uploaded files, in a folder of their own beside the ones in use."""
    files = folder / "files"
    files.mkdir()
    for name, expected in manifest["files"].items():
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise ArchiveError(f"file {name} lies outside the folder of files")
        target = files / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(f"files/{name}") as source, target.open("wb") as out:
            shutil.copyfileobj(source, out)
        if hashlib.sha256(target.read_bytes()).hexdigest() != expected:
            raise ArchiveError(f"file {name} is not what it was")
        target.chmod(settings.FILE_UPLOAD_PERMISSIONS)
    return files


def _exchange(files: Path) -> None:
    """Put the restored files where the old ones were."""
    root = Path(settings.MEDIA_ROOT)
    old = files.with_name("old")
    if root.exists():
        root.rename(old)
    files.rename(root)
