# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What every answer carries, and Django's own check of a site on the open internet."""

import os
import subprocess
import sys

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

PAGES = [
    "home",
    "account_login",
    "account_reset_password",
    "mfa_index",
    "mfa_add_webauthn",
    "people",
    "audit",
    "account",
]


@pytest.mark.parametrize("name", PAGES)
def test_the_content_security_policy_allows_nothing_unsafe(cast, as_person, name):
    for person in (None, cast.alice, cast.grace):
        policy = as_person(person).get(reverse(name))["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_anything_that_the_policy_stops(cast, as_person, name):
    html = as_person(cast.alice).get(reverse(name), follow=True).content.decode()
    assert " style=" not in html
    assert "<style" not in html
    assert not any(f" on{event}=" in html for event in ("click", "load", "submit", "change", "input"))
    scripts = html.split("<script")[1:]
    assert all(' src="' in s.split(">")[0] or 'type="application/json"' in s.split(">")[0] for s in scripts)


def test_ready_for_the_open_internet(tmp_path):
    settings = {
        "MAINPORT_URL": "https://mainport.example",
        "SECRET_KEY": "k" * 20 + "of-the-tests-and-long-enough-for-djangos-check-0123456789",
        "MAINPORT_DATA_DIR": str(tmp_path),
        "PATH": os.environ["PATH"],
    }
    command = [sys.executable, "-m", "mainport", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


def test_each_answer_has_an_id_that_the_caller_may_give(client):
    assert client.get("/healthz", headers={"X-Request-ID": "0123456789ab"})["X-Request-ID"] == "0123456789ab"
    assert client.get("/healthz", headers={"X-Request-ID": "<script>"})["X-Request-ID"] != "<script>"
