# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The embedded engine, from records to answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from mainport.catalogue.search import (
    Answer,
    Document,
    EmbeddedEngine,
    Mode,
    Request,
    Sort,
    Text,
    lexical,
    storage,
    vectors,
)
from mainport.catalogue.search.answers import Passage
from mainport.catalogue.search.embedding import E5, Matrix, Role, SentenceEncoder, WeightsDiffer, encoders, passages

#: What the texts below are about: a model for tests, that knows words of both languages.
SUBJECTS = (
    ("schade", "damage", "aardbeving", "earthquake", "huis", "houses"),
    ("waterstof", "hydrogen", "energie", "energy", "elektrolyse", "electrolysis"),
    ("computer", "internet", "bibliotheek", "library", "leren", "learn"),
)


class Subjects:
    """Vectors by subject, under the name of the real model so that its centres are found."""

    name = E5.name
    size = E5.size

    def __init__(self) -> None:
        self.asked = 0

    def encode(self, texts: Sequence[str], role: Role) -> Matrix:
        self.asked += len(texts)
        rows = np.full((len(texts), self.size), 1e-3, np.float32)
        for row, text in enumerate(texts):
            for number, words in enumerate(SUBJECTS):
                rows[row, number] += sum(word in text.lower() for word in words)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


RECORDS = (
    Document(
        1,
        "w1",
        {"nl": Text("Aardbevingsschade in Loppersum", "Hoe bewoners de schade aan hun huis ervaren. Eén loket helpt.")},
        people=("Anna de Vries",),
        organisations=("Rijksuniversiteit Groningen",),
        identifiers=("10.1234/AB",),
        facets={"kind": ("work",), "type": ("thesis",), "year": ("2021",)},
        numbers={"day": 18_700},
        stamp=1,
    ),
    Document(
        2,
        "w2",
        {"en": Text("Hydrogen in the northern Netherlands", "Electrolysis at the Eemshaven: costs and jobs.")},
        people=("John Vries",),
        facets={"kind": ("work",), "type": ("article",), "year": ("2023",)},
        numbers={"day": 19_400},
        stamp=2,
    ),
    Document(
        3,
        "w3",
        {"nl": Text("Schade door waterstof?", "Een verkenning van de schade aan leidingen.")},
        facets={"kind": ("work",), "type": ("thesis",), "year": ("2023",)},
        numbers={"day": 19_500},
        stamp=3,
    ),
    Document(
        4,
        "c1",
        {"nl": Text("Klik & Tik: internetten voor beginners", "Leer in de bibliotheek omgaan met de computer.")},
        facets={"kind": ("course",), "type": ("course",), "town": ("Groningen",)},
        numbers={"day": 19_600, "cents": 0},
        stamp=4,
    ),
)


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    made = EmbeddedEngine(tmp_path / "index", [Subjects()])
    assert made.build(RECORDS) == 4
    return made


@pytest.fixture
def embedded(engine: EmbeddedEngine) -> EmbeddedEngine:
    assert engine.embed(RECORDS) == 4
    return engine


def keys(answer: Answer) -> list[str]:
    return [hit.key for hit in answer.hits]


def found(engine: EmbeddedEngine, words: str, **more: object) -> list[str]:
    return keys(engine.search(Request(words, mode=Mode.WORDS, **more)))  # type: ignore[arg-type]


def plain(passage: Passage | None) -> str:
    assert passage
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in passage.pieces)


class TestWords:
    def test_a_part_of_a_compound_and_the_whole(self, engine: EmbeddedEngine) -> None:
        assert set(found(engine, "schade")) == {"w1", "w3"}
        assert found(engine, "aardbeving") == ["w1"]
        assert found(engine, "aardbevingsschade") == ["w1"]
        # A compound that nothing holds is found by its parts.
        assert found(engine, "waterstofschade") == ["w3"]

    def test_forms_and_accents(self, engine: EmbeddedEngine) -> None:
        assert found(engine, "BEWONER") == ["w1"]
        assert found(engine, "een loket") == ["w1"]

    def test_names_of_the_region_in_the_other_language(self, engine: EmbeddedEngine) -> None:
        assert set(found(engine, "hydrogen")) == {"w2", "w3"}

    def test_every_word_goes_before_some(self, engine: EmbeddedEngine) -> None:
        answer = engine.search(Request("schade leidingen", mode=Mode.WORDS))
        assert keys(answer) == ["w3"]
        assert answer.every_word
        answer = engine.search(Request("loket leidingen", mode=Mode.WORDS))
        assert set(keys(answer)) == {"w1", "w3"}
        assert not answer.every_word

    def test_all_words_but_one_where_nothing_holds_all(self, engine: EmbeddedEngine) -> None:
        assert found(engine, "bewoners huis loket elektrolyse") == ["w1"]
        assert found(engine, "bewoners loket elektrolyse") == ["w1"]
        assert set(found(engine, "bewoners bibliotheek elektrolyse")) == {"w1", "c1"}

    def test_a_long_question_needs_most_of_its_words(self, engine: EmbeddedEngine) -> None:
        answer = engine.search(Request("hoe ervaren bewoners de schade aan hun huis in Appingedam", mode=Mode.WORDS))
        assert keys(answer) == ["w1"]
        assert answer.dropped == ("appingedam",)

    def test_phrases_fields_and_what_is_left_out(self, engine: EmbeddedEngine) -> None:
        assert found(engine, '"schade aan hun huis"') == ["w1"]
        assert found(engine, '"huis schade"') == []
        assert set(found(engine, "author:vries")) == {"w1", "w2"}
        assert found(engine, 'auteur:"anna de vries"') == ["w1"]
        assert found(engine, "schade -loppersum") == ["w3"]
        assert set(found(engine, "-schade")) == {"w2", "c1"}
        assert found(engine, "title:waterstof") == ["w3"]
        assert found(engine, "doi:10.1234/ab") == ["w1"]

    def test_nothing_is_refused(self, engine: EmbeddedEngine) -> None:
        for words in ('"', "-", "title:", "a:b:c", "((", "*", "\0", "x" * 5_000, "de het een", "日本語", "\ud800"):
            assert engine.search(Request(words)).total >= 0

    def test_no_words_are_all_records_the_newest_first(self, engine: EmbeddedEngine) -> None:
        assert found(engine, "") == ["c1", "w3", "w2", "w1"]
        assert found(engine, "", sort=Sort.OLDEST)[0] == "w1"
        assert found(engine, "", limit=2, offset=1) == ["w3", "w2"]


class TestCompounds:
    """Whoever asks for a compound wants it first, then its parts apart, and rather one part than nothing."""

    WHOLE = Text("Energietransitie in Groningen")
    APART = Text("Naar schone energie", "De transitie vraagt jaren.")
    ENERGY = Text("Energie besparen in huis")
    CHANGE = Text("De transitie van de landbouw")
    NEITHER = Text("Fietsen langs het Reitdiep")

    def asked(self, folder: Path, words: str, *texts: Text, language: str = "nl") -> Answer:
        engine = EmbeddedEngine(folder / "index", [])
        engine.build([Document(number, text.title, {language: text}) for number, text in enumerate(texts)])
        return engine.search(Request(words, mode=Mode.WORDS, facets=("kind",)))

    def test_as_one_word_before_both_parts_apart(self, tmp_path: Path) -> None:
        every = (self.APART, self.ENERGY, self.CHANGE, self.NEITHER, self.WHOLE)
        answer = self.asked(tmp_path, "energietransitie", *every)
        assert keys(answer) == [self.WHOLE.title, self.APART.title]
        assert answer.every_word

    def test_one_part_where_no_record_holds_both(self, tmp_path: Path) -> None:
        answer = self.asked(tmp_path, "energietransitie", self.ENERGY, self.CHANGE, self.NEITHER)
        assert set(keys(answer)) == {self.ENERGY.title, self.CHANGE.title}
        assert answer.total == 2
        assert not answer.every_word
        assert answer.dropped == ()

    def test_one_part_where_the_other_is_nowhere(self, tmp_path: Path) -> None:
        answer = self.asked(tmp_path, "energietransitie", self.ENERGY, self.NEITHER)
        assert keys(answer) == [self.ENERGY.title]
        assert not answer.every_word

    def test_one_part_beside_another_word(self, tmp_path: Path) -> None:
        answer = self.asked(tmp_path, "energietransitie landbouw", self.ENERGY, self.CHANGE, self.NEITHER)
        assert keys(answer) == [self.CHANGE.title]

    def test_half_of_many_parts(self, tmp_path: Path) -> None:
        # Cut in "waterstof", "voertuig" and "techniek".
        two = Text("De techniek van een voertuig")
        answer = self.asked(tmp_path, "waterstofvoertuigtechniek", two, Text("Techniek in de klas"), Text("Waterstof"))
        assert keys(answer) == [two.title]

    def test_a_word_that_stands_whole_is_not_asked_for_in_parts(self, tmp_path: Path) -> None:
        answer = self.asked(tmp_path, "energietransitie zeehond", self.WHOLE, self.ENERGY, self.NEITHER)
        assert keys(answer) == [self.WHOLE.title]
        assert answer.dropped == ("zeehond",)

    def test_what_many_records_hold_is_found_as_one_word(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(lexical, "ENOUGH", 1)
        assert keys(self.asked(tmp_path, "energietransitie", self.WHOLE, self.APART)) == [self.WHOLE.title]


class TestSpellings:
    TEXTS = (
        Text("E-health in de wijk", "Zorg met beeldbellen, ook per e-mail."),
        Text("Ehealth voor ouderen", "Een cursus."),
        Text("ICT-onderwijs op het mbo", "Duurzaamheid en co-creatie met A.I. in 2.000 klassen."),
        Text("Auto's in de stad", "Coöperatie van geïnteresseerde bewoners."),
        Text("Plannen voor 2024", "C++ en R."),
    )

    @pytest.fixture
    def spelled(self, tmp_path: Path) -> EmbeddedEngine:
        engine = EmbeddedEngine(tmp_path / "index", [])
        engine.build([Document(at, f"{at}", {"nl": text}) for at, text in enumerate(self.TEXTS)])
        return engine

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            *((words, "01") for words in ("e-health", "ehealth", "eHealth")),
            *((words, "0") for words in ("email", "e-mail", "e mail")),
            *((words, "2") for words in ("ICT-onderwijs", "ictonderwijs", "ict onderwijs", "cocreatie", "a.i.")),
            *((words, "3") for words in ("auto's", "auto’s", "autos", "auto", "co-operatie", "Geinteresseerd")),
            *((words, "4") for words in ("2024", "R", "c++", "plannen NOT ouderen", "😀 2024")),
            *((words, "") for words in ("de het een", "2030", "qqqqqq")),
        ],
    )  # fmt: skip
    def test_one_thing_is_found_however_it_is_written(self, spelled: EmbeddedEngine, words: str, expected: str) -> None:
        assert sorted(found(spelled, words)) == list(expected)

    def test_a_word_of_texts_is_mended_too(self, spelled: EmbeddedEngine) -> None:
        for wrong, right in (("duurzaamheit", "duurzaamheid"), ("berwoners", "bewoners")):
            mended = spelled.search(Request(wrong, mode=Mode.WORDS)).did_you_mean
            assert mended is not None
            assert found(spelled, mended) == found(spelled, right)
        for fine in ("cocreatie", "co-creatie", "ictonderwijs", "xqzptw"):
            assert spelled.search(Request(fine, mode=Mode.WORDS)).did_you_mean is None


class TestFilters:
    def test_facets_count_as_if_their_own_filter_were_off(self, engine: EmbeddedEngine) -> None:
        request = Request("schade", filters={"year": ("2021",)}, facets=("year", "type", "kind"), mode=Mode.WORDS)
        answer = engine.search(request)
        assert keys(answer) == ["w1"]
        year, type_, kind = answer.facets
        assert [(one.value, one.count, one.chosen) for one in year.values] == [("2021", 1, True), ("2023", 1, False)]
        assert [(one.value, one.count) for one in type_.values] == [("thesis", 1)]
        assert [(one.value, one.count) for one in kind.values] == [("work", 1)]

    def test_values_of_a_facet_are_any_of(self, engine: EmbeddedEngine) -> None:
        assert set(found(engine, "", filters={"type": ("thesis", "article")})) == {"w1", "w2", "w3"}
        assert found(engine, "", filters={"type": ("thesis",), "year": ("2023",)}) == ["w3"]

    def test_a_choice_that_gives_nothing_stays_to_be_seen(self, engine: EmbeddedEngine) -> None:
        answer = engine.search(Request("schade", filters={"type": ("book",)}, facets=("type",), mode=Mode.WORDS))
        assert answer.total == 0
        assert [(one.value, one.count, one.chosen) for one in answer.facets[0].values] == [
            ("thesis", 2, False),
            ("book", 0, True),
        ]

    def test_most_values_of_a_facet(self, tmp_path: Path) -> None:
        """Where it is less work, records with another value are left out: the same ones are found and counted."""
        types = (*["thesis"] * 5, *["article"] * 4, "report", "dataset")
        records = [
            Document(number, f"{number}", {"nl": Text("Schade")}, facets={"type": (one,), "kind": ("work",)})
            for number, one in enumerate(types)
        ]
        engine = EmbeddedEngine(tmp_path / "index", [])
        engine.build(records)

        def told(*values: str) -> tuple[int, set[str], list[tuple[str, int]]]:
            request = Request("schade", filters={"type": values}, facets=("type", "kind"), limit=50, mode=Mode.WORDS)
            answer = engine.search(request)
            return answer.total, set(keys(answer)), [(one.value, one.count) for one in answer.facets[1].values]

        assert told("thesis", "article") == (9, {str(number) for number in range(9)}, [("work", 9)])
        assert told("report", "dataset") == (2, {"9", "10"}, [("work", 2)])
        assert told("thesis", "article", "report", "dataset")[0] == 11
        assert told("article", "book")[0] == 4
        # One with two values is found by either; one with none by neither.
        engine.apply(
            [
                Document(20, "20", {"nl": Text("Schade")}, facets={"type": ("thesis", "report"), "kind": ("work",)}),
                Document(21, "21", {"nl": Text("Schade")}),
            ]
        )
        assert told("thesis", "article") == (10, {*(str(number) for number in range(9)), "20"}, [("work", 10)])
        engine.apply([], [20])
        assert told("thesis", "article")[0] == 9

    def test_ranges(self, engine: EmbeddedEngine) -> None:
        assert set(found(engine, "", ranges={"day": (19_400, 19_500)})) == {"w2", "w3"}
        assert found(engine, "", ranges={"day": (None, 18_700)}) == ["w1"]
        assert found(engine, "", ranges={"cents": (None, 0)}) == ["c1"]


class TestMeaning:
    def test_words_of_the_other_language(self, embedded: EmbeddedEngine) -> None:
        answer = embedded.search(Request("learn to use the internet", language="en", facets=("kind",)))
        assert keys(answer)[0] == "c1"
        assert answer.mode is Mode.BOTH

    def test_total_and_facets_count_what_is_given(self, embedded: EmbeddedEngine) -> None:
        for words in ("schade", "damage to houses", "hydrogen energy", "learn"):
            answer = embedded.search(Request(words, facets=("kind",), limit=50))
            assert answer.total == len(answer.hits) == sum(one.count for one in answer.facets[0].values)

    def test_filters_hold_for_meaning_too(self, embedded: EmbeddedEngine) -> None:
        answer = embedded.search(Request("damage to houses", filters={"kind": ("course",)}, distant=True))
        assert keys(answer) == ["c1"]
        answer = embedded.search(Request("damage -loppersum", distant=True))
        assert "w1" not in keys(answer)

    def test_every_hit_is_explained(self, embedded: EmbeddedEngine) -> None:
        (hit, *_others) = embedded.search(Request("schade aan huis")).hits
        assert hit.explanation
        assert hit.explanation.words_rank == 1
        assert hit.explanation.meaning_rank is not None
        assert hit.explanation.words_weight + hit.explanation.meaning_weight == pytest.approx(1)

    def test_a_record_that_is_not_embedded_is_found_by_its_words(self, embedded: EmbeddedEngine) -> None:
        new = Document(9, "w9", {"nl": Text("Schade aan dijken")}, stamp=9)
        embedded.apply([new])
        assert "w9" in keys(embedded.search(Request("schade")))
        assert embedded.lacking_vectors() == (9,)

    def test_a_record_that_is_gone_is_not_found_by_its_meaning(self, embedded: EmbeddedEngine) -> None:
        embedded.apply([], [4])
        assert "c1" not in keys(embedded.search(Request("computer", distant=True)))

    def test_more_like_this(self, embedded: EmbeddedEngine) -> None:
        answer = embedded.search(Request(like=1))
        assert "w1" not in keys(answer)
        assert keys(answer)[0] == "w3"
        assert keys(embedded.search(Request(like=1, filters={"kind": ("course",)}))) in ([], ["c1"])
        assert embedded.search(Request(like=77)) == Answer()


class TestPassages:
    def test_words_are_marked_where_they_stand(self, engine: EmbeddedEngine) -> None:
        (hit,) = engine.search(Request("loppersum schade", mode=Mode.WORDS)).hits
        assert plain(hit.title) == "[Aardbevingsschade] in [Loppersum]"
        assert plain(hit.passage) == "Hoe bewoners de [schade] aan hun huis ervaren. Eén loket helpt."

    def test_the_best_piece_of_a_long_text(self, tmp_path: Path) -> None:
        filler = "Dit gaat ergens anders over. " * 60
        text = f"{filler}Pas hier staat wat de zeehond eet: vis. {filler}"
        engine = EmbeddedEngine(tmp_path / "index", [])
        engine.build([Document(1, "x", {"nl": Text("Zeehonden", "", text)})])
        (hit,) = engine.search(Request("zeehond vis")).hits
        shown = plain(hit.passage)
        assert shown.startswith("… Pas hier staat wat de [zeehond] eet: [vis].")
        assert shown.endswith(" …")
        assert hit.passage
        assert hit.passage.field == "fulltext"

    def test_the_readers_language_goes_first(self, tmp_path: Path) -> None:
        engine = EmbeddedEngine(tmp_path / "index", [])
        both = {"nl": Text("Veen", "Het veen van Groningen."), "en": Text("Peat", "The peat of Groningen.")}
        engine.build([Document(1, "x", both)])
        assert plain(engine.search(Request("groningen", language="en")).hits[0].title) == "Peat"
        assert plain(engine.search(Request("groningen", language="nl")).hits[0].passage) == "Het veen van [Groningen]."


class TestSuggestions:
    def test_a_word_is_completed_as_it_is_written(self, engine: EmbeddedEngine) -> None:
        assert engine.suggest("aardb") == ("aardbevingsschade",)
        assert engine.suggest("Hydrogen in the nor") == ("Hydrogen in the northern",)
        assert engine.suggest("hydrogen lop") == ()
        assert engine.suggest("") == engine.suggest("   ") == ()

    def test_a_misspelled_word_is_mended(self, engine: EmbeddedEngine) -> None:
        assert engine.search(Request("hydrogne", mode=Mode.WORDS)).did_you_mean == "hydrogen"
        assert engine.search(Request("Lopersum", mode=Mode.WORDS)).did_you_mean == "loppersum"
        assert engine.search(Request("schade", mode=Mode.WORDS)).did_you_mean is None
        assert engine.search(Request("qqqqqq", mode=Mode.WORDS)).did_you_mean is None

    def test_a_common_word_that_no_text_holds_is_mended_too(self, engine: EmbeddedEngine) -> None:
        """Meaning may find some for it."""
        assert found(engine, "vakantie") == []
        assert engine.search(Request("vakanite", mode=Mode.WORDS)).did_you_mean == "vakantie"
        assert engine.search(Request("vakantie", mode=Mode.WORDS)).did_you_mean is None


class TestKeeping:
    def test_records_are_changed_and_taken_out(self, engine: EmbeddedEngine) -> None:
        changed = Document(1, "w1", {"nl": Text("Iets anders")}, stamp=10)
        assert engine.apply([changed], [4]) == 2
        assert engine.stamps() == {1: 10, 2: 2, 3: 3}
        assert found(engine, "loppersum") == []
        assert found(engine, "anders") == ["w1"]

    def test_a_change_that_fails_half_way_changes_nothing(self, engine: EmbeddedEngine) -> None:
        def breaking() -> object:
            yield Document(7, "w7", {"nl": Text("Zeven")})
            raise OSError("the database went away")

        with pytest.raises(OSError, match="went away"):
            engine.apply(breaking(), [1])  # type: ignore[arg-type]
        assert engine.stamps() == {1: 1, 2: 2, 3: 3, 4: 4}

    def test_a_new_index_takes_the_place_of_the_old_one_at_once(self, embedded: EmbeddedEngine) -> None:
        def reading() -> object:
            for record in RECORDS[:2]:
                # While the new one is written, the old one answers.
                assert len(embedded.stamps()) == 4
                yield record

        reader = EmbeddedEngine(embedded.folder, [Subjects()])
        assert len(reader.stamps()) == 4
        assert embedded.build(reading()) == 2  # type: ignore[arg-type]
        assert set(reader.stamps()) == set(embedded.stamps()) == {1, 2}
        # Vectors are taken along.
        assert embedded.lacking_vectors() == ()

    def test_a_building_that_fails_leaves_the_old_one(self, engine: EmbeddedEngine) -> None:
        def breaking() -> object:
            yield RECORDS[0]
            raise OSError("the disk is full")

        with pytest.raises(OSError, match="full"):
            engine.build(breaking())  # type: ignore[arg-type]
        assert len(engine.stamps()) == 4

    def test_another_process_sees_what_was_committed(self, engine: EmbeddedEngine) -> None:
        reader = EmbeddedEngine(engine.folder, [])
        assert found(reader, "vijf") == []
        engine.apply([Document(5, "w5", {"nl": Text("Vijf")})])
        assert found(reader, "vijf") == ["w5"]

    def test_no_index_and_one_of_another_release(self, tmp_path: Path) -> None:
        engine = EmbeddedEngine(tmp_path / "none", [])
        assert engine.search(Request("schade")) == Answer()
        assert engine.stamps() == {}
        assert engine.suggest("s") == ()
        assert engine.apply([RECORDS[0]]) == 1
        (tmp_path / "none" / "current").write_text(json.dumps({"folder": "x", "format": storage.FORMAT + 1}))
        assert EmbeddedEngine(tmp_path / "none", []).search(Request("schade")) == Answer()

    def test_vectors_are_kept_with_their_stamp(self, embedded: EmbeddedEngine) -> None:
        assert embedded.lacking_vectors() == ()
        embedded.apply([Document(1, "w1", {"nl": Text("Iets anders")}, stamp=10)])
        assert embedded.lacking_vectors() == (1,)


class TestVectors:
    def rows(self, *uids: int, value: int = 1) -> vectors.Rows:
        numbers = np.zeros((len(uids), 4), np.int8)
        numbers[:, 0] = value
        return vectors.Rows(np.array(uids, np.int64), {"m": numbers}, {"m": np.full(len(uids), 1 / 127, np.float32)})

    def test_a_later_part_takes_the_place_of_an_earlier_one(self, tmp_path: Path) -> None:
        vectors.add(tmp_path, self.rows(1, 1, 2, value=10), {1: 1, 2: 1})
        vectors.add(tmp_path, self.rows(1, value=100), {1: 2})
        store = vectors.VectorStore(tmp_path)
        similar = store.similar({"m": np.array([1, 0, 0, 0], np.float32)})
        assert store.best(similar, 5) == pytest.approx({1: 100 / 127, 2: 10 / 127}, abs=1e-3)
        assert store.of(similar, [2, 3]) == pytest.approx({2: 10 / 127}, abs=1e-3)
        assert store.stamps == {1: 2, 2: 1}

    def test_small_parts_are_joined_and_none_is_lost(self, tmp_path: Path) -> None:
        vectors.add(tmp_path, self.rows(*range(1000, 1200)), dict.fromkeys(range(1000, 1200), 1))
        for uid in range(60):
            vectors.add(tmp_path, self.rows(uid, value=uid + 1), {uid: uid})
        store = vectors.VectorStore(tmp_path)
        assert len(store.parts) <= vectors.MOST_PARTS
        assert sorted(set(store.uids.tolist())) == [*range(60), *range(1000, 1200)]
        assert len(store.stamps) == 260
        # Nothing is left over of parts that were joined.
        assert len(list(tmp_path.glob("*.uids.npy"))) == len(store.parts)

    def test_records_that_one_model_has_not_met_yet(self, tmp_path: Path) -> None:
        """They stand lower than what both models say of others, and are not lost when parts are joined."""
        question = {"m": np.array([1, 0, 0, 0], np.float32), "n": np.array([1, 0, 0, 0], np.float32)}
        for uid in range(40):
            one = self.rows(uid, value=100)
            vectors.add(tmp_path, vectors.Rows(one.uids, {"n": one.numbers["m"]}, {"n": one.scales["m"]}), {uid: 1})
        for uid in range(40, 80):
            one = self.rows(uid, value=100)
            both = {"m": one.numbers["m"], "n": one.numbers["m"]}
            vectors.add(tmp_path, vectors.Rows(one.uids, both, dict.fromkeys(both, one.scales["m"])), {uid: 1})
        store = vectors.VectorStore(tmp_path)
        found = store.of(store.similar(question, (0.9, 0.1)), range(80))
        assert found[79] == found[40] == pytest.approx(100 / 127, abs=1e-3)
        assert found[0] == found[39] == pytest.approx((0.1 + 0.9 * vectors.ALIKE) * 100 / 127, abs=1e-3)
        # Where there is one model only, it says all.
        alone = store.of(store.similar({"n": question["n"]}, (0.9, 0.1)), [0])
        assert alone[0] == pytest.approx(100 / 127, abs=1e-3)

    def test_texts_are_cut_in_passages_of_whole_sentences(self) -> None:
        text = " ".join(f"Dit is zin nummer {number} van deze tekst." for number in range(70))
        cut = passages("Titel", text)
        assert 2 <= len(cut) <= 3
        assert all(one.startswith("Titel Dit is zin") and one.endswith("tekst.") for one in cut)
        assert passages("Titel", "") == ["Titel"]
        assert passages("", "") == []
        assert max(map(len, passages("", "x" * 100_000))) < 4_000


class TestModels:
    def test_other_weights_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(E5, "WEIGHTS", (*E5.WEIGHTS[:2], "0" * 64))
        with pytest.raises(WeightsDiffer, match="sha256"):
            E5()

    def test_the_models_know_what_means_the_same(self) -> None:
        texts = ["er is geen rode draad", "there is no red thread", "de kolen gloeiden in het vuur"]
        for model in encoders():
            found = model.encode(texts, Role.QUERY)
            assert found.shape == (3, model.size)
            assert found[0] @ found[1] > found[0] @ found[2]
            assert np.isfinite(model.encode(["", "\0", "\ud800"], Role.PASSAGE)).all()
        assert {model.name for model in encoders()} <= {E5.name, SentenceEncoder.name}
