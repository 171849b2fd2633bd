# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0004_registration'),
        ('core', '0002_roles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['task', 'kind', 'state', 'merged_into', '-published', '-id'], name='record_of_task'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['sector', 'kind', 'state', 'merged_into', '-published', '-id'], name='record_of_sector'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['goal', 'kind', 'state', 'merged_into', '-published', '-id'], name='record_of_goal'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['kind', 'state', '-published_at', '-id'], name='record_newest'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['kind', 'state', 'merged_into', 'type', 'task', 'sector', 'goal'], name='record_counted'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['kind', 'state', 'merged_into', 'provider'], name='record_by_provider'),
        ),
    ]
