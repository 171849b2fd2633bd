# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The terms of the agenda, as `glossary.yaml` explains them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml
from django.urls import reverse


@dataclass(frozen=True)
class Term:
    key: str
    term: Mapping[str, str]
    meaning: Mapping[str, str]


@dataclass(frozen=True)
class Group:
    title: Mapping[str, str]
    terms: tuple[Term, ...]


@cache
def groups() -> tuple[Group, ...]:
    """All terms, in the groups and the order in which the page shows them."""
    written = yaml.safe_load((resources.files("mainport.web") / "glossary.yaml").read_text(encoding="utf-8"))
    return tuple(Group(group["group"], tuple(Term(**term) for term in group["terms"])) for group in written)


@cache
def terms() -> Mapping[str, Term]:
    return {term.key: term for group in groups() for term in group.terms}


def anchor_of(key: str) -> str:
    """Where a term is explained. Raises KeyError for one that isn't."""
    return f"{reverse('glossary')}#{terms()[key].key}"
