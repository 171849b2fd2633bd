# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of certificates for machines, without a language: they stand in badges and mustn't change."""

from django.urls import path

from mainport.web.catalogue.academy import badges

urlpatterns = [
    path(".well-known/did.json", badges.did_document, name="did_document"),
    path("badges/issuer.json", badges.badge_issuer, name="badge_issuer"),
    path("badges/keys.json", badges.badge_keys, name="badge_keys"),
    path("badges/status/<int:number>.json", badges.badge_states, name="badge_states"),
    path("badges/status/<int:number>.jwt", badges.badge_states_token, name="badge_states_token"),
    path("badges/<uuid:pk>.json", badges.badge_credential, name="badge_credential"),
    path("badges/<uuid:pk>.svg", badges.badge_image, name="badge_image"),
    path("badges/<uuid:pk>.jwt", badges.badge_jwt, name="badge_jwt"),
    path("badges/<uuid:pk>/edubadge.json", badges.badge_edubadge, name="badge_edubadge"),
    path("badges/<uuid:pk>/class.json", badges.badge_class, name="badge_class"),
]
