# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The triggers that keep the ledger: see `models.guards`."""

from django.db import migrations

from mainport.cycle.models import guards


class Migration(migrations.Migration):
    dependencies = [("cycle", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, schema: guards.install(schema.connection),
            lambda apps, schema: guards.remove(schema.connection),
        )
    ]
