# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Measures what mainport/catalogue/search/centres.py takes away: the centre of texts, languages, and chance.

The texts are this product's own sentences and their translations, and those of Django and of its log-in in 26
languages; short ones as questions, long ones, joined by fives, as passages. Run it when a model changes; it writes
mainport/catalogue/data/centres.npz.

    python bench/search_centres.py [--vectors FOLDER]
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from babel.messages.pofile import read_po

from mainport.catalogue.search.centres import without
from mainport.catalogue.search.embedding import SHORT, Encoder, Matrix, Role, SentenceEncoder, encoders
from mainport.catalogue.search.vector_cache import CachedEncoder
from mainport.catalogue.search.vectors import questions

ROOT = Path(__file__).resolve().parents[1]
VECTORS = Path(os.environ.get("MAINPORT_DATA_DIR", Path.home() / ".cache" / "mainport")) / "vectors"
SHORT_TEXTS, LONG_TEXTS = 800, 100
#: A passage is so many sentences of so many words and more.
JOINED, LONG = 5, 9
#: Languages of Europe of which Django's translations are nearly complete, and texts of each.
LANGUAGES = "bg ca cs da de el es et fi fr hr hu it lt lv nb nl pl ro ru sk sl sv tr uk"
SHORT_OF_EACH, LONG_OF_EACH = 120, 6
#: So much of the differences between languages is taken away: what is left of them is as much what the texts say.
SHARE = 0.9

Text = tuple[str, ...]


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--vectors", type=Path, default=VECTORS)
    options = reader.parse_args()
    own = {role: chosen(sentences(), role, SHORT_TEXTS, LONG_TEXTS) for role in Role}
    theirs = {role: chosen(everywhere(), role, SHORT_OF_EACH, LONG_OF_EACH) for role in Role}
    found: dict[str, np.ndarray] = {}
    for encoder in [CachedEncoder(model, options.vectors) for model in encoders()]:
        vectors = {role: [encoded(encoder, role, column) for column in zip(*own[role], strict=True)] for role in Role}
        moved: dict[Role, list[Matrix]] = {}
        for role in Role:
            columns = zip(*theirs[role], strict=True)
            means = np.array([encoded(encoder, role, column).mean(axis=0) for column in columns])
            centre = np.mean([rows.mean(axis=0) for rows in vectors[role]], axis=0)
            directions = languages(means, vectors[role][1].mean(axis=0) - vectors[role][0].mean(axis=0))
            if encoder.name == SentenceEncoder.name and role is Role.PASSAGE:
                # It knows no roles: what differs between a short text and a long one is what they say.
                centre, directions = (found[f"{encoder.name}/{Role.QUERY}/{one}"] for one in ("centre", "languages"))
            moved[role] = [without(rows, centre, directions) for rows in vectors[role]]
            found[f"{encoder.name}/{role}/centre"] = centre.astype(np.float32)
            found[f"{encoder.name}/{role}/languages"] = directions.astype(np.float32)
        for role in Role:
            values = []
            for asked, texts in zip(moved[Role.QUERY], moved[role], strict=True):
                similar = asked @ texts.T
                values.append(similar[~np.eye(*similar.shape, dtype=bool)] if role is Role.QUERY else similar.ravel())
            found[f"{encoder.name}/{role}/spread"] = np.float32(np.std(np.concatenate(values)))
            number = len(found[f"{encoder.name}/{role}/languages"])
            print(encoder.name, role, len(own[role]), number, found[f"{encoder.name}/{role}/spread"])
    np.savez_compressed(ROOT / "mainport" / "catalogue" / "data" / "centres.npz", **found)


def languages(means: Matrix, dutch: Matrix) -> Matrix:
    """The directions in which the means of languages differ most, and that from English to Dutch; orthonormal."""
    _left, sizes, directions = np.linalg.svd(means - means.mean(axis=0), full_matrices=False)
    number = int(np.searchsorted(np.cumsum(sizes**2) / (sizes**2).sum(), SHARE)) + 1
    rest = dutch - (dutch @ directions[:number].T) @ directions[:number]
    return np.vstack([directions[:number], rest / np.linalg.norm(rest)])


def encoded(encoder: Encoder, role: Role, texts: Sequence[str]) -> Matrix:
    return questions(texts, encoder) if role is Role.QUERY else encoder.encode(texts, role)


def chosen(rows: Sequence[Text], role: Role, short: int, long: int) -> list[Text]:
    """Some of the texts, each in every language: short ones, or passages made of long ones."""
    chance = random.Random(0)
    if role is Role.QUERY:
        found = [row for row in rows if all(3 <= len(text.split()) <= SHORT for text in row)]
        chance.shuffle(found)
        return found[:short]
    found = [row for row in rows if len(row[0].split()) >= LONG]
    chance.shuffle(found)
    joined = [found[at : at + JOINED] for at in range(0, len(found), JOINED)]
    return [tuple(" ".join(texts) for texts in zip(*part, strict=True)) for part in joined[:long]]


def sentences() -> list[Text]:
    """English and Dutch of each of the product's texts that has no gaps to fill."""
    own = translations([ROOT / "mainport" / "locale" / "nl" / "LC_MESSAGES" / "django.po"])
    return sorted(own.items())


def everywhere() -> list[Text]:
    """English and each of LANGUAGES of the texts that Django and allauth have in nearly all of them."""
    held = [translations(files(code)) for code in LANGUAGES.split()]
    known = sorted({text for one in held for text in one if sum(text in other for other in held) >= len(held) - 3})
    return [(text, *(one.get(text, text) for one in held)) for text in known]


def files(code: str) -> list[Path]:
    found: list[Path] = []
    for package in ("django", "allauth"):
        spec = find_spec(package)
        assert spec
        assert spec.submodule_search_locations
        found += sorted(
            Path(next(iter(spec.submodule_search_locations))).glob(f"**/locale/{code}/LC_MESSAGES/django.po")
        )
    return found


def translations(paths: Sequence[Path]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for path in paths:
        with path.open("rb") as file:
            for message in read_po(file, ignore_obsolete=True):
                text, said = message.id, message.string
                if isinstance(text, str) and text and isinstance(said, str) and said and not message.fuzzy:
                    found[" ".join(text.split())] = " ".join(said.split())
    return {text: said for text, said in found.items() if not set("%{<") & set(text)}


if __name__ == "__main__":
    main()
