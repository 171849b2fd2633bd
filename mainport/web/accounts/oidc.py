# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The way to an OpenID Connect provider."""

from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """allauth's log-in by a provider, with a page of our own in between.

    A form that redirects elsewhere is stopped by `form-action 'self'` in Chromium, at each further
    step of the redirect too (https://github.com/w3c/webappsec-csp/issues/8), and the steps of a
    federation such as SURFconext aren't known beforehand. A page that leads on is not a form.
    """
    response: HttpResponse = views.login(request, provider_id)
    if request.method == "POST" and response.status_code == 302 and not response["Location"].startswith("/"):
        return render(request, "accounts/to_provider.html", {"redirect_to": response["Location"]})
    return response
