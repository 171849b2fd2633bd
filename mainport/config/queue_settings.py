# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Settings of commands that read and write data and may queue a job: of what they take in, subscribers are told."""

from mainport.config.data_settings import *  # noqa: F403 -- settings build on settings
from mainport.config.data_settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django_tasks_db"]
