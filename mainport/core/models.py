# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Organisations, people and what they may do, sources, audit events."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mainport.core.rules.permissions import ORGANISATION_ROLES, Actor, Grant, Permission, Role


class Organisation(models.Model):
    """A partner of the alliance or another organisation that people work for."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Finds people by e-mail address, in any case of letters."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who can log in."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10, default="nl")
    is_active = models.BooleanField(_("may log in"), default=True)
    demo = models.BooleanField(_("invented person"), default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        ordering: ClassVar = ["name", "email"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    @property
    def actor(self) -> Actor:
        """This person as rules and actions know them. One query, kept for the life of this object."""
        if "_actor" not in self.__dict__:
            self._actor = self._read_actor()
        return self._actor

    def forget_actor(self) -> None:
        """The roles have changed: read them anew when they are asked for."""
        # An underscore in front, since allauth writes every other attribute of a person into the session.
        self.__dict__.pop("_actor", None)

    def know_grants(self, grants: Iterable[Grant]) -> None:
        """For who has read the grants already, in the order of role and organisation."""
        self._actor = Actor(name=str(self), person_id=self.pk, grants=tuple(grants))

    def _read_actor(self) -> Actor:
        grants = tuple(
            Grant(role=Role(role), organisation=key)
            for role, key in self.memberships.order_by("role", "organisation__key").values_list(
                "role", "organisation__key"
            )
        )
        return Actor(name=str(self), person_id=self.pk, grants=grants)

    # What Django's admin asks: all or nothing, for administrators only.

    @property
    def is_staff(self) -> bool:
        return self.is_active and self.actor.may(Permission.USE_ADMIN)

    @property
    def is_superuser(self) -> bool:
        return self.is_staff

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


class Membership(models.Model):
    """A role that a person holds, for one organisation where the role asks for one."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=[(r.value, r.value) for r in Role if r != Role.VISITOR])
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )

    class Meta:
        ordering: ClassVar = ["person", "role"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "role", "organisation"], name="membership_once"),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(organisation__isnull=True),
                name="membership_once_without_organisation",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[r.value for r in ORGANISATION_ROLES], organisation__isnull=False)
                | (~Q(role__in=[r.value for r in ORGANISATION_ROLES]) & Q(organisation__isnull=True)),
                name="membership_organisation_where_role_asks",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}" + (f" ({self.organisation})" if self.organisation_id else "")


class Source(models.Model):
    """Where a fact stands: a document and the place in it."""

    key = models.SlugField(max_length=80, unique=True)
    title = models.JSONField()  # text in several languages
    document = models.CharField(max_length=300)
    url = models.URLField(max_length=500, blank=True)
    published = models.CharField(max_length=10, blank=True)  # reduced date

    class Meta:
        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        return self.key


class AuditEvent(models.Model):
    """Who did what to which thing, when and why. No foreign keys: it outlives what it describes."""

    at = models.DateTimeField(db_index=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, db_index=True)
    why = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    request_id = models.CharField(max_length=36, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by_name}: {self.action} {self.subject}"
