# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Measures what mainport/catalogue/search/centres.py takes away: the mean vector of each language, and chance.

The texts are this product's own sentences and their translations, short ones as questions and long ones, joined by
fives, as passages. Run it when a model changes; it writes mainport/catalogue/data/centres.npz.

    python bench/search_centres.py
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from babel.messages.pofile import read_po

from mainport.catalogue.search.embedding import SHORT, Role, as_question, encoders

ROOT = Path(__file__).resolve().parents[1]
SHORT_TEXTS, LONG_TEXTS = 800, 150
#: A passage is so many sentences of so many words and more.
JOINED, LONG = 5, 9


def main() -> None:
    pairs = sentences()
    questions = [pair for pair in pairs if all(3 <= len(text.split()) <= SHORT for text in pair)]
    long = [pair for pair in pairs if len(pair[0].split()) >= LONG]
    chance = random.Random(0)
    chance.shuffle(questions)
    chance.shuffle(long)
    passages = [
        tuple(" ".join(part) for part in zip(*long[at : at + JOINED], strict=True))
        for at in range(0, len(long), JOINED)
    ]
    found: dict[str, np.ndarray] = {}
    for encoder in encoders():
        vectors = {}
        for number, language in enumerate(("en", "nl")):
            texts = [as_question(pair[number]) for pair in questions[:SHORT_TEXTS]]
            vectors[Role.QUERY, language] = encoder.encode(texts, Role.QUERY)
            vectors[Role.PASSAGE, language] = encoder.encode([p[number] for p in passages[:LONG_TEXTS]], Role.PASSAGE)
        for (role, language), rows in vectors.items():
            found[f"{encoder.name}/{role}/{language}"] = rows.mean(axis=0).astype(np.float32)
        moved = {key: unit(rows - rows.mean(axis=0)) for key, rows in vectors.items()}
        for role in Role:
            values = []
            for language in ("en", "nl"):
                similar = moved[Role.QUERY, language] @ moved[role, language].T
                values.append(similar[~np.eye(*similar.shape, dtype=bool)] if role is Role.QUERY else similar.ravel())
            found[f"{encoder.name}/{role}/spread"] = np.float32(np.std(np.concatenate(values)))
            print(encoder.name, role, len(vectors[role, "nl"]), found[f"{encoder.name}/{role}/spread"])
    np.savez_compressed(ROOT / "mainport" / "catalogue" / "data" / "centres.npz", **found)


def sentences() -> list[tuple[str, str]]:
    """English and Dutch of each of the product's texts that has no gaps to fill."""
    with (ROOT / "mainport" / "locale" / "nl" / "LC_MESSAGES" / "django.po").open("rb") as file:
        messages = list(read_po(file))
    pairs = [
        (" ".join(message.id.split()), " ".join(message.string.split()))
        for message in messages
        if isinstance(message.id, str) and message.id and isinstance(message.string, str) and message.string
    ]
    return sorted({pair for pair in pairs if not set("%{<") & set(pair[0])})


def unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


if __name__ == "__main__":
    main()
