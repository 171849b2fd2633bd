# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Companies that came in from Dealroom before imports were kept: its terms allow totals only."""

from typing import Any

from django.db import migrations


def hide(apps: Any, _editor: Any) -> None:
    company = apps.get_model("region", "Company")
    told = [
        one.pk
        for one in company.objects.only("pk", "sources").iterator()
        if any(place.get("url") for place in one.sources)
    ]
    for start in range(0, len(told), 500):
        company.objects.filter(pk__in=told[start : start + 500]).update(public=False)


class Migration(migrations.Migration):
    dependencies = [("region", "0002_company_imports")]
    operations = [migrations.RunPython(hide, migrations.RunPython.noop)]
