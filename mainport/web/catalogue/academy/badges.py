# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Certificates: the page on which anybody sees whether one stands, its files, and a check of whatever badge."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mainport.catalogue.actions import badges as actions
from mainport.catalogue.exports import badge_image as picture
from mainport.catalogue.exports import openbadge
from mainport.catalogue.models import Badge
from mainport.catalogue.queries import academy as queries
from mainport.catalogue.queries import badges as checks
from mainport.catalogue.rules.badges import MOST_LISTS, Checked, Problem
from mainport.core.queries import actor_of
from mainport.core.rules.permissions import NotAllowed, Permission
from mainport.web.access import logged_in
from mainport.web.agenda.addresses import url_or_nothing
from mainport.web.agenda.views.parts import Crumb
from mainport.web.catalogue.academy.visits import way
from mainport.web.limits import limited
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import words
from mainport.web.uploads import refused_files, takes_small_files, tells_refused_files

PROBLEMS = {
    Problem.NOT_READ: gettext_lazy("This can’t be read as a certificate. Is it the whole file?"),
    Problem.NOT_A_BADGE: gettext_lazy("This isn’t a certificate by Open Badges 3.0."),
    Problem.NO_PROOF: gettext_lazy("Nobody signed this certificate."),
    Problem.CANT_CHECK: gettext_lazy("This certificate is signed in a way that we can’t check."),
    Problem.NO_KEY: gettext_lazy("The key of who signed it can’t be found."),
    Problem.NOT_OF_ISSUER: gettext_lazy("It isn’t signed by who says to have issued it."),
    Problem.BAD_SIGNATURE: gettext_lazy("It was changed after it was signed, or somebody else signed it."),
    Problem.NOT_YET: gettext_lazy("It isn’t valid yet."),
    Problem.EXPIRED: gettext_lazy("It is no longer valid."),
    Problem.REVOKED: gettext_lazy("Who issued it has taken it back."),
    Problem.STATUS_UNKNOWN: gettext_lazy("We couldn’t find out whether it was taken back."),
}


def _found(pk: UUID) -> Badge:
    found = queries.badge(pk)
    if found is None:
        raise Http404(str(pk))
    return found


@require_safe
def badge(request: HttpRequest, pk: UUID) -> Page:
    """Whether this certificate stands, and what it says."""
    found = _found(pk)
    checked = checks.checked(found)
    by = actor_of(request.user)
    record = found.following.record
    title = _("Certificate: %(course)s") % {"course": checked.text("credentialSubject", "achievement", "name")}
    context = {
        "page_title": title,
        "breadcrumbs": way(Crumb(_("Certificate"))),
        "found": found,
        "is_mine": by.person_id is not None and by.person_id == found.following.person_id,
        "may_revoke": found.revoked_at is None and queries.provided(by).filter(pk=record.pk).exists(),
        "course_url": url_or_nothing("course", key=record.key),
        **_shown(checked),
    }
    data = {
        "id": str(found.pk),
        "stands": checked.stands,
        "problems": [problem.value for problem in checked.problems],
        "name": context["holder"],
        "course": checked.text("credentialSubject", "achievement", "name"),
        "issuer": checked.issuer,
        "issued": found.issued_at,
        "completed_on": found.following.completed_on,
        "revoked_at": found.revoked_at,
        "revoked_why": found.revoked_why,
    }
    return Page("catalogue/academy/badge.html", context, data, [data], headers={"X-Robots-Tag": "noindex"})


def _shown(checked: Checked) -> dict[str, Any]:
    subject = checked.credential.get("credentialSubject")
    said = subject if isinstance(subject, dict) else {}
    achievement = said.get("achievement") if isinstance(said.get("achievement"), dict) else {}
    identities = said.get("identifier")
    names = [
        one.get("identityHash")
        for one in (identities if isinstance(identities, list) else [])
        if isinstance(one, dict) and one.get("identityType") == "name" and one.get("hashed") is False
    ]
    alignment = achievement.get("alignment") if isinstance(achievement, dict) else None
    return {
        "checked": checked,
        "problems": [PROBLEMS[problem] for problem in checked.problems],
        "holder": next((name for name in names if isinstance(name, str)), ""),
        "achievement": checked.text("credentialSubject", "achievement", "name"),
        "criteria": checked.text("credentialSubject", "achievement", "criteria", "narrative"),
        "creator": checked.text("credentialSubject", "achievement", "creator", "name"),
        "ended": _day(checked.text("credentialSubject", "activityEndDate")),
        "spoken": checked.text("credentialSubject", "achievement", "inLanguage")[:2],
        "competences": [
            f"{one.get('targetCode', '')} {one['targetName']}".strip()
            for one in (alignment if isinstance(alignment, list) else [])
            if isinstance(one, dict) and isinstance(one.get("targetName"), str)
        ],
    }


def _day(moment: str) -> date | None:
    """The day in a moment as others write it."""
    try:
        return date.fromisoformat(moment[:10])
    except ValueError:
        return None


class CheckForm(forms.Form):
    """Somebody's certificate, as a file or as text."""

    file = forms.FileField(
        label=gettext_lazy("The file"), help_text=gettext_lazy("It ends in .json, .jwt, .svg or .png."), required=False
    )
    text = forms.CharField(
        label=gettext_lazy("Or its text"), widget=forms.Textarea(attrs={"rows": 6}), max_length=600_000, required=False
    )

    #: Whether a file came that the door wouldn't let in.
    refused = False

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.refused:
            self.add_error("file", _("A certificate is smaller than 600 kB."))
        elif not said.get("file") and not said.get("text"):
            self.add_error("file", _("Choose a file, or paste the text."))
        elif said.get("file") and said["file"].size > 600_000:
            self.add_error("file", _("A certificate is smaller than 600 kB."))
        return said

    @property
    def written(self) -> bytes | str:
        file = self.cleaned_data.get("file")
        text: str = self.cleaned_data["text"]
        return bytes(file.read()) if file else text


@takes_small_files
@tells_refused_files
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited("badge-check", "60/h/ip")
def badge_check(request: HttpRequest) -> HttpResponse:
    """Check a certificate of whomever, by Open Badges 3.0."""
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    form.refused = bool(refused_files(request))
    title = _("Check a certificate")
    context: dict[str, Any] = {"page_title": title, "breadcrumbs": way(Crumb(title)), "form": form}
    if form.is_bound and form.is_valid():
        context |= _shown(checks.checked_file(form.written))
    return render(request, "catalogue/academy/badge_check.html", context)


class RevokeForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why it is taken back"),
        help_text=gettext_lazy("Whoever checks the certificate reads this. Name no people."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@logged_in
def badge_revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a certificate back."""
    by = actor_of(request.user)
    if not (by.may(Permission.MANAGE_COURSES) or by.organisations(Permission.MANAGE_COURSES)):
        raise PermissionDenied
    found = _found(pk)
    if queries.provided_course(by, found.following.record.key) is None:
        raise Http404(str(pk))
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.revoke(by=by, badge=found, why=form.cleaned_data["why"])
        except NotAllowed as error:
            raise PermissionDenied from error
        messages.success(request, _("The certificate is taken back."))
        return redirect("badge", pk=found.pk)
    title = _("Take a certificate back")
    context = {
        "title": title,
        "breadcrumbs": way(Crumb(title)),
        "lead": words(found.following.record.titles),
        "form": form,
        "button": title,
    }
    return render(request, "board/form.html", context)


# --- For machines: addresses without a language ---


def _json(value: Any, media_type: str) -> JsonResponse:
    found = JsonResponse(value, content_type=media_type, json_dumps_params={"ensure_ascii": False, "indent": 1})
    found["Access-Control-Allow-Origin"] = "*"
    found["X-Robots-Tag"] = "noindex"
    return found


@require_safe
def badge_credential(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _json(_found(pk).credential, "application/vc")


@require_safe
def badge_jwt(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _found(pk)
    award = actions.award_of(found)
    written = openbadge.token(award, found.credential, checks.issuer(), checks.signer())
    response = HttpResponse(written, content_type="application/vc+jwt")
    response["Content-Disposition"] = f'attachment; filename="{found.pk}.jwt"'
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def badge_image(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The certificate as a picture that carries it."""
    found = _found(pk)
    response = HttpResponse(picture.svg(found.credential), content_type=picture.MEDIA_TYPE)
    response["Content-Disposition"] = f'inline; filename="{found.pk}.svg"'
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def badge_edubadge(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _json(_edubadge(request, _found(pk)), "application/ld+json")


@require_safe
def badge_class(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _found(pk)
    image = request.build_absolute_uri(static("mainport/img/favicon.svg"))
    said = openbadge.edubadge(actions.award_of(found), checks.issuer(), image)
    return _json({"@context": said["@context"], **said["badge"]}, "application/ld+json")


def _edubadge(request: HttpRequest, found: Badge) -> dict[str, Any]:
    image = request.build_absolute_uri(static("mainport/img/favicon.svg"))
    revoked = (found.revoked_why or _("Taken back.")) if found.revoked_at else ""
    return openbadge.edubadge(actions.award_of(found), checks.issuer(), image, revoked=revoked)


def _listed(number: int) -> int:
    """The number of a list that there can be: no database counts as far as an address can."""
    if number >= MOST_LISTS:
        raise Http404(f"list {number}")
    return number


@require_safe
def badge_states(request: HttpRequest, number: int) -> HttpResponse:
    """Which of our certificates were taken back."""
    return _json(checks.states(_listed(number), timezone.now()), "application/vc")


@require_safe
def badge_states_token(request: HttpRequest, number: int) -> HttpResponse:
    """The same as JWT, for certificates that are one."""
    response = HttpResponse(checks.states_token(_listed(number), timezone.now()), content_type="application/vc+jwt")
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def badge_issuer(request: HttpRequest) -> HttpResponse:
    """Who issues, by Open Badges 2.0."""
    issuer = checks.issuer()
    said = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Issuer",
        "id": f"{issuer.site}/badges/issuer.json",
        "name": issuer.name,
        "url": issuer.site,
        "email": issuer.email,
    }
    return _json(said, "application/ld+json")


@require_safe
def badge_keys(request: HttpRequest) -> HttpResponse:
    """Our public keys as JSON Web Key Set (RFC 7517)."""
    signer = checks.signer()
    return _json({"keys": [signer.jwk, signer.token_jwk]}, "application/jwk-set+json")


@require_safe
def did_document(request: HttpRequest) -> HttpResponse:
    return _json(openbadge.did_document(checks.issuer(), checks.signer()), "application/did+json")
