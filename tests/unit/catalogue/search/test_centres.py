# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What a text's language adds to its vector is taken away."""

from __future__ import annotations

import numpy as np
import pytest

from mainport.catalogue.search.centres import _measured, centred, spread
from mainport.catalogue.search.documents import Document, Text
from mainport.catalogue.search.embedding import E5, Encoder, Role, SentenceEncoder, as_question, encoders, role_of
from mainport.catalogue.search.vectors import embed, question_vectors

MODELS = (E5.name, SentenceEncoder.name)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("model", MODELS)
def test_a_step_from_one_language_to_another_makes_no_difference(model: str, role: Role) -> None:
    directions = _measured()[f"{model}/{role}/languages"]
    assert directions @ directions.T == pytest.approx(np.eye(len(directions)), abs=1e-4)
    chance = np.random.default_rng(1)
    texts = chance.normal(size=(5, directions.shape[1])).astype(np.float32)
    steps = chance.normal(size=(5, len(directions))).astype(np.float32) @ directions
    assert centred(texts + steps, model, role) == pytest.approx(centred(texts, model, role), abs=1e-4)
    assert np.linalg.norm(centred(texts, model, role), axis=1) == pytest.approx(1.0, abs=1e-5)
    assert 0.05 < spread(model, role) < 0.2


def test_a_third_language_is_served_as_our_own() -> None:
    """Texts in two languages, questions in a third: its own words draw it to neither."""
    models: tuple[Encoder, ...] = encoders()
    same = {
        "de": ("Sichere Passwörter", "Computerkurs für Anfänger", "Wohnungen für Studenten"),
        "fr": ("mots de passe sûrs", "cours d'informatique pour débutants", "logements pour étudiants"),
        "pl": ("bezpieczne hasła", "kurs komputerowy dla początkujących", "mieszkania dla studentów"),
    }
    texts = ("Veilige wachtwoorden", "Computer course for beginners", "Woningen voor studenten")
    rows = embed([Document(number, str(number), {"nl": Text(text)}) for number, text in enumerate(texts)], models[:1])
    numbers = rows.numbers[models[0].name].astype(np.float32) * rows.scales[models[0].name][:, None]
    for asked in same.values():
        for number, question in enumerate(asked):
            similar = numbers @ question_vectors(question, models[:1])[models[0].name]
            assert similar.argmax() == number
            assert similar[number] > 3.0


def test_capitals_tell_something_and_not_too_much() -> None:
    assert as_question(" Das  Haus ") == ("Das Haus", "das haus")
    assert as_question("het huis") == ("het huis",)
    model = encoders()[-1]
    (mixed,) = (question_vectors("Das Haus", [model])[model.name],)
    written, lower = (
        centred(model.encode([text], Role.QUERY), model.name, Role.QUERY)[0] for text in ("Das Haus", "das haus")
    )
    assert min(mixed @ written, mixed @ lower) > written @ lower


def test_texts_of_a_collection_have_one_role() -> None:
    """Else a short text among long ones stands too high or too low."""
    long = " ".join(["woord"] * 30)
    assert role_of(["een titel"] * 9 + [long]) is Role.QUERY
    assert role_of(["een titel"] * 5 + [long] * 5) is Role.PASSAGE
    assert role_of([]) is Role.PASSAGE
