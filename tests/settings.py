# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Settings of the tests: those of the site, with what must not leave the machine or take long."""

import os
import tempfile

os.environ.setdefault("MAINPORT_DATA_DIR", tempfile.mkdtemp(prefix="mainport-tests-"))
os.environ.setdefault("SECRET_KEY", "of-the-tests")

from mainport.config.settings import *  # noqa: F403
from mainport.config.settings import DATABASES

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Argon2 is slow on purpose; here nobody guesses.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
DATABASES["default"]["CONN_MAX_AGE"] = 0
LOGGING = "ERROR"
