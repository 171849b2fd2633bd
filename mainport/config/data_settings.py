# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Settings of commands that only read and write data: without the applications that serve pages and people.

Those take longer to load than many a command to run. A command that renders a page, sends a message or touches
people's accounts needs `settings`; so does one that touches rooms that aren't here. One that queues a job
needs `queue_settings`.
"""

from mainport.config.settings import *  # noqa: F403 -- settings build on settings

INSTALLED_APPS = [
    "mainport.core",
    "mainport.catalogue",
    "mainport.agenda",
    "mainport.monitor",
    # Of these two only the tables: the models of people refer to theirs.
    "django.contrib.auth",
    "django.contrib.contenttypes",
]
MIDDLEWARE = []
TEMPLATES = []
AUTHENTICATION_BACKENDS = []
# Python's own, on standard error: nothing here answers requests.
LOGGING_CONFIG: str | None = None  # type: ignore[no-redef]
