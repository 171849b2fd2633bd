# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Two people filled in the same form."""

from mainport.agenda.rules.merging import merge

OPENED = {"title": ("Old",), "end": ("2026",), "partners": ("a", "b"), "risks-0-title": ("Late",), "demo": ()}


def test_what_only_one_changed_is_kept_of_both() -> None:
    theirs = OPENED | {"title": ("Theirs",)}
    mine = OPENED | {"end": ("2030",)}
    merged = merge(OPENED, theirs, mine)
    assert merged.filled == OPENED | {"title": ("Theirs",), "end": ("2030",)}
    assert (merged.taken, merged.conflicts) == (("title",), ())


def test_of_what_both_changed_mine_stays_and_is_named() -> None:
    merged = merge(OPENED, OPENED | {"title": ("Theirs",)}, OPENED | {"title": ("Mine",)})
    assert merged.filled["title"] == ("Mine",)
    assert merged.conflicts == ("title",)


def test_the_same_change_of_both_is_no_conflict() -> None:
    merged = merge(OPENED, OPENED | {"title": ("Same",)}, OPENED | {"title": ("Same",)})
    assert merged.conflicts == merged.taken == ()


def test_rows_are_one_list() -> None:
    theirs = OPENED | {"risks-1-title": ("Dear",)}
    mine = {name: values for name, values in OPENED.items() if not name.startswith("risks")}
    merged = merge(OPENED, theirs, mine)
    assert merged.conflicts == ("risks",)
    assert not [name for name in merged.filled if name.startswith("risks")]
    assert merge(OPENED, theirs, OPENED).filled["risks-1-title"] == ("Dear",)


def test_empty_inputs_order_and_line_ends_say_nothing() -> None:
    mine = OPENED | {"demo": ("",), "partners": ("b", "a"), "title": ("Old\r\n",), "risks-1-title": ("",)}
    merged = merge(OPENED, OPENED | {"demo": ("on",)}, mine)
    assert merged.filled["demo"] == ("on",)
    assert merged.taken == ("demo",)


def test_what_they_emptied_is_empty() -> None:
    merged = merge(OPENED, {name: v for name, v in OPENED.items() if name != "end"}, OPENED)
    assert "end" not in merged.filled
    assert merged.taken == ("end",)
