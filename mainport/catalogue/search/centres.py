# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What texts share because of their language, and not because of what they say.

A model knows in which language a text is, and puts texts of one language nearer to each other than what they say
deserves. The mean of all texts is taken away, and so are the directions in which the means of languages differ: 26 of
them, so that a question in German or Polish is served as one in Dutch, without having to know what it is in.
Similarities are then told in standard deviations above chance, so that those of two models, and of short and long
texts, can be added. All is measured on this product's own sentences and on the same sentences of its framework in every
language (bench/search_centres.py), never on a judged collection.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import numpy as np

from mainport.catalogue.search.embedding import Matrix, Role

#: Rises with each change of what is taken away: vectors of before can't be compared with those of after.
EDITION = 2


@cache
def _measured() -> dict[str, np.ndarray]:
    with resources.files("mainport.catalogue").joinpath("data", "centres.npz").open("rb") as file:
        return {name: values.astype(np.float32) for name, values in np.load(file).items()}


@cache
def spread(encoder: str, role: Role) -> float:
    """The standard deviation of the similarity of a question and an arbitrary text that was embedded in this role."""
    return float(_measured()[f"{encoder}/{role}/spread"])


def centred(vectors: Matrix, encoder: str, role: Role) -> Matrix:
    """The vectors without what is common to all texts, and without their language; at length 1."""
    measured = _measured()
    return without(vectors, measured[f"{encoder}/{role}/centre"], measured[f"{encoder}/{role}/languages"])


def without(vectors: Matrix, centre: Matrix, directions: Matrix) -> Matrix:
    """The vectors from this centre, without what lies in these (orthonormal) directions; at length 1."""
    moved = vectors - centre
    moved = moved - (moved @ directions.T) @ directions
    length = np.linalg.norm(moved, axis=1, keepdims=True)
    found: Matrix = (moved / np.maximum(length, 1e-9)).astype(np.float32)
    return found
