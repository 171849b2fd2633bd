# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The search of the catalogue: what it is asked, what it answers, and the engines that do so."""

from mainport.catalogue.search.answers import Answer, Engine, Facet, Hit, Mode, Request, Sort, Value
from mainport.catalogue.search.documents import Document, Text
from mainport.catalogue.search.engine import EmbeddedEngine

__all__ = [
    "Answer",
    "Document",
    "EmbeddedEngine",
    "Engine",
    "Facet",
    "Hit",
    "Mode",
    "Request",
    "Sort",
    "Text",
    "Value",
]
