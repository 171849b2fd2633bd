# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A page as a reader sees it: parsed, with its words and its links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.test import Client
from lxml import html


@dataclass(frozen=True)
class Seen:
    """An answer with its parsed page. Parts are named as in CSS: tag, .class, #id, one inside the other."""

    response: Any
    tree: Any

    @property
    def words(self) -> str:
        """All words of the page's main part, with single spaces."""
        return " ".join(self.all("main"))

    def all(self, selector: str) -> list[str]:
        """The words of each part that fits."""
        return [_words(part) for part in self.tree.xpath(_xpath(selector))]

    def links(self, selector: str = "main a") -> dict[str, str]:
        """Addresses by the words of their links."""
        return {_words(a): a.get("href") for a in self.tree.xpath(_xpath(selector))}


def _words(part: Any) -> str:
    words = " ".join(" ".join(part.itertext()).split())
    return re.sub(r" (?=[.,:;)])", "", words)


def _xpath(selector: str) -> str:
    steps = []
    for step in selector.split():
        found = re.fullmatch(r"([a-z0-9]*)((?:[.#][\w-]+)*)", step)
        assert found, selector
        conditions = [
            f"[@id='{name[1:]}']" if name[0] == "#" else f"[contains(concat(' ', @class, ' '), ' {name[1:]} ')]"
            for name in re.findall(r"[.#][\w-]+", found[2])
        ]
        steps.append(f"//{found[1] or '*'}{''.join(conditions)}")
    return "".join(steps)


def see(address: str, client: Client | None = None, status: int = 200) -> Seen:
    response = (client or Client()).get(address)
    assert response.status_code == status, f"{address}: {response.status_code}"
    return Seen(response, html.fromstring(response.content))
