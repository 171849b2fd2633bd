# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""An agenda file is read whole or refused whole, with every fault, where it stands and what should."""

from __future__ import annotations

import pytest

from mainport.agenda.rules.document import AgendaError, Fault, read
from mainport.agenda.rules.elements import Kind, Link
from mainport.agenda.rules.tree import DEPTH_LIMIT, SIZE_LIMIT
from tests.unit.agenda.files import GOOD, changed


def faults(content: str | bytes) -> list[Fault]:
    with pytest.raises(AgendaError) as refusal:
        read(content)
    return refusal.value.faults


def the_fault(content: str | bytes) -> Fault:
    found = faults(content)
    assert len(found) == 1, f"one fault, not {[str(fault) for fault in found]}"
    return found[0]


PILLAR_FIELDS = "id, title, summary, source, demo"
LANGUAGE = "a language code of two or three letters"
IN_QUOTES = "text; a number, or a word such as no, stands in quotes"
DATE = "a date as YYYY, YYYY-MM or YYYY-MM-DD"
NEEDED = "a value: the field is required"
TEXT_NEEDED = "text, or a text for each language"
PRINTABLE = "text that isn't empty, without control characters"
PARTY = "the id of a partner or organisation"
PLANNED = "kind:id of a goal, sector, chapter, theme, task, flagship or project"
LONG = "x" * 79 + "…"

#: (what is changed, to what, what stands in the line at fault, path, found, expected); where nothing is
#: said of the line, it is the one that was changed.
BROKEN = [
    # The file as a whole
    ("format: 1", "format: 2", "format: 2", "format", "2", "1, the format that this version reads"),
    ("format: 1", "format: true", "format: true", "format", "true", "1, the format that this version reads"),
    ("format: 1", "format: '1'", "format: '1'", "format", "'1'", "1, the format that this version reads"),
    ("format: 1\n", "", "alliance:", "format", "nothing", "format: 1"),
    (
        "goals:",
        "gaols:",
        "gaols:",
        "gaols",
        "'gaols'",
        "one of format, alliance, sources, partners, organisations, contributions, funds, bodies, forums, papers, "
        "goals, sectors, chapters, instruments, monitors, figures, places; did you mean goals?",
    ),
    ("papers:\n  - id", "papers:\n    id", "papers:", "papers", "a mapping", "a list"),
    # Names of fields
    (
        "horizon: 2030",
        "horizont: 2030",
        "horizont: 2030",
        "goals[0].tasks[0].horizont",
        "'horizont'",
        f"one of {PILLAR_FIELDS}, horizon, plan, tasks, flagships, projects, milestones; did you mean horizon?",
    ),
    (
        "horizon: 2030",
        "int: 2030",
        "int: 2030",
        "goals[0].tasks[0].int",
        "'int'",
        f"one of {PILLAR_FIELDS}, horizon, plan, tasks, flagships, projects, milestones",
    ),
    ("size: large", "sise: large", "sise: large", "goals[0].tasks[0].plan.risks[0].sise", "'sise'", "no such field"),
    ("period: {start: 2022", "period: {mid: 2024, start: 2022", "", "alliance.period.mid", "'mid'", "no such field"),
    (
        "  languages:",
        "  goals: []\n  languages:",
        "goals: []",
        "alliance.goals",
        "'goals'",
        f"one of {PILLAR_FIELDS}, languages, founded, period, adopted, mission, ambition, towns",
    ),
    (
        "lead: north",
        "id: sowing",
        "id: sowing",
        "goals[0].tasks[0].plan.id",
        "'id'",
        "one of title, summary, source, demo, lead, partners, forums, start, end, result, risks, depends_on, "
        "milestones",
    ),
    # What is missing
    ("  id: small\n", "", "alliance:", "alliance.id", "nothing", NEEDED),
    ("    document: The Charter\n", "", "- id: charter", "sources[0].document", "nothing", NEEDED),
    ("title: Barn", "demo: true", "- id: barn", "places[0].title", "nothing", TEXT_NEEDED),
    ("title: Barn", "title:", "title:", "places[0].title", "nothing", TEXT_NEEDED),
    ("{start: 2022, end: 2026}", "{start: 2022}", "", "alliance.period.end", "nothing", NEEDED),
    (
        "              due: 2022-06-01\n",
        "",
        "- id: sown",
        "goals[0].tasks[0].plan.milestones[0].due",
        "nothing",
        NEEDED,
    ),
    # Texts
    ("{en: Grow, nl: Groeien}", "{en: Grow}", "", "alliance.ambition", "no nl", "the text in en, nl"),
    (
        "{en: Grow, nl: Groeien}",
        "{en: Grow, nl: Groeien, fr: Grandir}",
        "",
        "alliance.ambition.fr",
        "'fr'",
        "a language of the alliance: en, nl",
    ),
    ("{en: Grow, nl: Groeien}", "{en: Grow, nl: ''}", "", "alliance.ambition.nl", "nothing", PRINTABLE),
    ("{en: Grow, nl: Groeien}", "{en: Grow, nl: '  '}", "", "alliance.ambition.nl", "'  '", PRINTABLE),
    ("{en: Grow, nl: Groeien}", "{en: Grow, nl: no}", "", "alliance.ambition.nl", "false", IN_QUOTES),
    ("{en: Grow, nl: Groeien}", "{}", "ambition: {}", "alliance.ambition", "an empty mapping", "at least one"),
    ("{en: Grow, nl: Groeien}", "[Grow]", "ambition: [Grow]", "alliance.ambition", "a list", TEXT_NEEDED),
    (
        "{en: Sow, nl: Zaaien}",
        "{en: Sow, nl: Zaaien, niet maaien}",
        "",
        "goals[0].tasks[0].title.niet maaien",
        "'niet maaien'",
        f"{LANGUAGE}; between {{ and }} a text with a comma stands in quotes",
    ),
    ("title: Charter", "title: {en: Charter}", "", "sources[0].title", "no nl", "the text in en, nl"),
    ("title: Drought", "title: {en: Dry}", "", "goals[0].tasks[0].plan.risks[0].title", "no nl", "the text in en, nl"),
    ("unit: trees", 'unit: "tr\\0ees"', "", "figures[0].unit", "'tr\\x00ees'", PRINTABLE),
    ("title: Barn", f"title: {'x' * 5001}", "", "places[0].title", f"'{LONG}'", "at most 5000 characters"),
    ("title: Guest", f"title: {'x' * 201}", "", "organisations[0].title", f"'{LONG}'", "at most 200 characters"),
    (
        "document: The Charter",
        f"document: {'x' * 301}",
        "",
        "sources[0].document",
        f"'{LONG}'",
        "at most 300 characters",
    ),
    # Ids
    ("id: barn", "id: the barn", "- id: the barn", "places[0].id", "'the barn'", "letters, digits and hyphens"),
    ("id: barn", "id: 7", "- id: 7", "places[0].id", "7", IN_QUOTES),
    ("id: barn", "id:", "- id:", "places[0].id", "nothing", "text"),
    ("id: barn", f"id: {'x' * 81}", "", "places[0].id", f"'{LONG}'", "at most 80 characters"),
    ("id: A2", "id: A1", "- id: A1", "goals[0].tasks[1].id", "'A1'", "an id that no other task has; line 42 has it"),
    (
        "- id: guest\n    title: Guest",
        "- {id: guest, title: Guest}\n  - {id: north, title: Other}",
        "- {id: north, title: Other}",
        "organisations[1].id",
        "'north'",
        "an id that no partner has",
    ),
    (
        "    document: The Charter\n",
        "    document: The Charter\n  - {id: charter, title: Other, document: Other}\n",
        "- {id: charter, title: Other, document: Other}",
        "sources[1].id",
        "'charter'",
        "an id that no other source has",
    ),
    # Dates
    ("joined: 2018-05", "joined: 2018-13", "joined: 2018-13", "partners[0].joined", "'2018-13'", DATE),
    ("joined: 2018-05", "joined: 2018-02-30", "joined: 2018-02-30", "partners[0].joined", "'2018-02-30'", DATE),
    ("joined: 2018-05", "joined: 18", "joined: 18", "partners[0].joined", "18", DATE),
    ("joined: 2018-05", "joined: [2018]", "joined: [2018]", "partners[0].joined", "a list", "text"),
    (
        "end: 2023-12-31",
        "end: 2021",
        "end: 2021",
        "goals[0].tasks[0].plan.end",
        "'2021'",
        "a date not before the start, 2022-01",
    ),
    (
        "{start: 2022, end: 2026}",
        "{start: 2022, end: 2021-12}",
        "",
        "alliance.period.end",
        "'2021-12'",
        "a date not before the start, 2022",
    ),
    # Numbers, choices, addresses
    ("per_year: 1000", "per_year: 1000.5", "per_year: 1000.5", "contributions[0].per_year", "1000.5", "a whole number"),
    ("per_year: 1000", "per_year: '1000'", "per_year: '1000'", "contributions[0].per_year", "'1000'", "a whole number"),
    ("amount: 50", "amount: -50", "amount: -50", "funds[0].amount", "-50", "at least 0"),
    ("amount: 50", f"amount: {'9' * 5000}", "", "funds[0].amount", f"'{'9' * 79}…'", "a number"),
    ("years: 4", "years: 5", "total: 4000", "contributions[0].total", "4000", "5 years of 1000: 5000"),
    ("value: 12.5", "value: twelve", "value: twelve", "figures[0].value", "'twelve'", "a number"),
    ("value: 12.5", "value: true", "value: true", "figures[0].value", "true", "a number"),
    ("value: 12.5", "value: .nan", "value: .nan", "figures[0].value", "'.nan'", "a number"),
    ("value: 12.5", "value: -.inf", "value: -.inf", "figures[0].value", "'-.inf'", "a number"),
    ("latitude: 53.1", "latitude: 531", "latitude: 531", "places[0].latitude", "531", "at most 90.0"),
    ("    latitude: 53.1\n", "", "- id: barn", "places[0].latitude", "nothing", "latitude and longitude together"),
    ("    precision: roof\n", "", "- id: barn", "places[0].precision", "nothing", "how exact the coordinates are"),
    ("core: true", "core: perhaps", "core: perhaps", "sectors[0].core", "'perhaps'", "true or false"),
    ("when: yearly", "when: daily", "when: daily", "papers[0].when", "'daily'", "'yearly' or 'first-year'"),
    (
        "https://south.example.org",
        "javascript:alert(1)",
        "website: javascript:alert(1)",
        "partners[1].website",
        "'javascript:alert(1)'",
        "an address that begins with https:// or http://",
    ),
    ("languages: [en, nl]", "languages: [en, nl, Deutsch]", "", "alliance.languages[2]", "'Deutsch'", LANGUAGE),
    # Relations
    (
        "source: charter",
        "source: chatrer",
        "source: chatrer",
        "goals[0].source",
        "'chatrer'",
        "the id of a source; did you mean charter?",
    ),
    (
        "[north, south]",
        "[north, souht]",
        "partners: [north, souht]",
        "contributions[0].partners[1]",
        "'souht'",
        "the id of a partner; did you mean south?",
    ),
    ("[north, south]", "[north, guest]", "", "contributions[0].partners[1]", "'guest'", "the id of a partner"),
    ("[north, south]", "[north, north]", "", "contributions[0].partners[1]", "'north' twice", "each once"),
    ("[north, south]", "[]", "partners: []", "contributions[0].partners", "an empty list", "at least one"),
    ("[north, south]", "north", "partners: north", "contributions[0].partners", "'north'", "a list"),
    ("lead: north", "lead: wood", "lead: wood", "goals[0].tasks[0].plan.lead", "'wood'", PARTY),
    ("sector: wood", "sector: iron", "sector: iron", "places[0].sector", "'iron'", "the id of a sector"),
    (
        "[task:A1]",
        "[A1]",
        "depends_on: [A1]",
        "goals[0].tasks[1].plan.depends_on[0]",
        "'A1'",
        "kind:id, such as task:E3",
    ),
    (
        "[task:A1]",
        "[place:barn]",
        "depends_on: [place:barn]",
        "goals[0].tasks[1].plan.depends_on[0]",
        "'place:barn'",
        PLANNED,
    ),
    (
        "lead: north",
        "depends_on: [task:A2]",
        "depends_on: [task:A1]",
        "goals[0].tasks[1].plan.depends_on",
        "task:A1 > task:A2 > task:A1",
        "plans that don't wait for each other",
    ),
    # YAML
    ("title: Barn", "title: Old\n    title: Barn", "title: Barn", "places[0].title", "'title' twice", "each name once"),
    ("title: Barn", "? [title]\n    : Barn\n    title: B", "", "places[0]", "a mapping or list as a name", "a name"),
    ("horizon: 2030", "horizon: !!int 2030", "", "goals[0].tasks[0].horizon", "the YAML tag !!int", "none"),
    ("title: Barn", "title: !name Barn", "title: !name Barn", "places[0].title", "the YAML tag !name", "none"),
    ("title: Wood", "title: !!map {en: Wood, nl: Hout}", "", "sectors[0].title", "the YAML tag !!map", "none"),
    (
        "title: Barn",
        "\ttitle: Barn",
        "title: Barn",
        "file",
        "broken YAML (found a tab character that violates indentation)",
        "valid YAML",
    ),
    (
        "title: Barn",
        "title: Barn: red",
        "title: Barn: red",
        "file",
        "broken YAML (mapping values are not allowed in this context)",
        "valid YAML",
    ),
    (
        "title: Barn",
        "title: 'Barn",
        "",
        "file",
        "broken YAML (found unexpected end of stream)",
        "valid YAML",
    ),
    (
        "precision: roof\n",
        "precision: roof\n---\nformat: 1\n",
        "---",
        "file",
        "a second document (---)",
        "one document",
    ),
    ("title: Barn", "title: Ba\0rn", "title: Ba\0rn", "file", "the character U+0000", "text"),
]


@pytest.mark.parametrize(
    ("old", "new", "line", "path", "found", "expected"),
    BROKEN,
    ids=[f"{number}-{case[3]}" for number, case in enumerate(BROKEN)],
)
def test_a_broken_file_is_refused_with_line_path_found_and_expected(
    old: str, new: str, line: str, path: str, found: str, expected: str
) -> None:
    content = changed(old, new)
    fault = the_fault(content)
    assert (fault.path, fault.found, fault.expected) == (path, found, expected)
    assert (line or new.splitlines()[0]) in content.splitlines()[fault.line - 1]


def test_the_good_file_is_read() -> None:
    agenda = read(GOOD)
    assert list(agenda.elements)[:3] == ["alliance:small", "partner:north", "partner:south"]
    task = agenda.elements["task:A1"]
    assert (task.parent, task.position, task.title) == ("goal:green", 0, {"en": "Sow", "nl": "Zaaien"})
    assert task.attributes == {"horizon": "2030"}, "a year is kept as the word that it was written as"
    assert agenda.elements["plan:task-A2"].links == (Link("depends_on", "task:A1"),)
    assert agenda.elements["milestone:sown"].links == (Link("owner", "organisation:guest"),)
    assert agenda.sources["charter"].document == "The Charter"


def test_the_file_says_what_it_speaks_of() -> None:
    stated = read(GOOD).stated
    assert stated is not None
    assert ("alliance:small", Kind.GOAL) in stated
    assert ("alliance:small", Kind.CHAPTER) not in stated, "a section that isn't there says nothing"
    assert ("task:A1", Kind.PLAN) in stated
    assert ("task:A1", Kind.PROJECT) not in stated


@pytest.mark.parametrize("name", ["Groeien", "Größer", "成長", "🌱"])
def test_a_file_may_be_text_or_bytes_in_utf_8_with_a_byte_order_mark_and_any_line_ends(name: str) -> None:
    content = changed("Groeien", name)
    wanted = read(content).elements
    assert wanted["alliance:small"].attributes["ambition"]["nl"] == name
    assert read(content.encode()).elements == wanted
    assert read(b"\xef\xbb\xbf" + content.encode()).elements == wanted
    assert read("\ufeff" + content).elements == wanted
    assert read(content.replace("\n", "\r\n")).elements == wanted


def test_several_faults_are_all_reported_in_the_order_of_the_file() -> None:
    content = changed("format: 1", "format: 3")
    content = changed("per_year: 1000", "per_year: lots", content)
    content = changed("horizon: 2030", "horizont: 2030", content)
    content = changed("lead: north", "lead: nroth", content)
    content = changed("title: Wood", "title: {en: Wood}", content)
    content = changed("unit: trees", "unit: !!str trees", content)
    content = changed("sector: wood", "sector: iron", content)
    found = faults(content)
    assert [fault.path for fault in found] == [
        "format",
        "contributions[0].per_year",
        "goals[0].tasks[0].horizont",
        "goals[0].tasks[0].plan.lead",
        "sectors[0].title",
        "figures[0].unit",
        "places[0].sector",
    ]
    assert [fault.line for fault in found] == sorted(fault.line for fault in found)
    assert str(found[3]).startswith("line 46, goals[0].tasks[0].plan.lead: found 'nroth', expected the id of a partner")


def test_the_message_of_the_refusal_has_a_line_a_fault() -> None:
    with pytest.raises(AgendaError) as refusal:
        read(changed("lead: north", "lead: nroth", changed("core: true", "core: 3")))
    assert str(refusal.value).splitlines() == [str(fault) for fault in refusal.value.faults]
    assert len(refusal.value.faults) == 2


def test_who_names_something_that_could_not_be_read_is_not_to_blame() -> None:
    found = faults(changed("    title: North\n", ""))
    assert [fault.path for fault in found] == ["partners[0].title"], "not the plan that North leads, nor what it pays"
    found = faults(changed("    document: The Charter\n", ""))
    assert [fault.path for fault in found] == ["sources[0].document"], "not the goal that names the source"


def test_a_field_that_is_wrong_is_reported_once() -> None:
    fault = the_fault(changed("latitude: 53.1", "latitude: north"))
    assert (fault.path, fault.expected) == ("places[0].latitude", "a number"), "and not as missing too"


def test_without_an_alliance_the_rest_is_still_read() -> None:
    content = "format: 1\ngoals:\n  - id: a b\n    title: T\n"
    assert [fault.path for fault in faults(content)] == ["alliance", "goals[0].id"]


# --- What may come from anywhere ---


@pytest.mark.parametrize("content", ["", "\n\n", "# nothing but a comment\n", "---\n", "~"])
def test_an_empty_file_is_refused(content: str) -> None:
    assert the_fault(content) == Fault(1, 1, "file", "an empty file", "an agenda")


@pytest.mark.parametrize(
    ("content", "found"), [("- a\n- b", "a list"), ("hello", "'hello'"), ("42", "42"), ("[]", "an empty list")]
)
def test_a_file_that_is_no_mapping_is_refused(content: str, found: str) -> None:
    assert the_fault(content).found == found


def test_a_bomb_of_aliases_is_refused_at_the_first_alias() -> None:
    rows = [f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 10)}]" for n in range(1, 12)]
    fault = the_fault("\n".join(["x0: &x0 lol", *rows]))
    assert (fault.line, fault.path, fault.found) == (2, "x1[0]", "an alias (*)")


def test_an_alias_is_refused_where_it_stands() -> None:
    content = changed("horizon: 2030", "horizon: &year 2030", changed("value: 12.5", "value: *year"))
    fault = the_fault(content)
    assert content.splitlines()[fault.line - 1].strip() == "value: *year"
    assert fault.path == "figures[0].value"


def test_a_value_that_holds_itself_is_refused() -> None:
    assert the_fault("goals: &goals [*goals]").found == "an alias (*)"


@pytest.mark.parametrize(
    "content",
    ["[" * 100_000, "a: " + "{a: " * 100_000, "\n".join(" " * depth + "a:" for depth in range(1000))],
    ids=["lists", "mappings", "indents"],
)
def test_endless_nesting_is_refused(content: str) -> None:
    assert the_fault(content).found == f"more than {DEPTH_LIMIT} levels"


def test_sixteen_levels_of_elements_are_read_and_a_seventeenth_is_not() -> None:
    def rows(levels: int) -> str:
        lines = ["chapters:", "  - id: c", "    title: C"]
        for n in range(levels - 1):
            pad = "    " * (n + 1)
            lines += [f"{pad}tasks:", f"{pad}  - id: T{n}", f"{pad}    title: T"]
        return GOOD.partition("goals:")[0] + "\n".join(lines)

    assert "task:T13" in read(rows(15)).elements
    assert the_fault(rows(17)).found == f"more than {DEPTH_LIMIT} levels"


def test_a_huge_file_is_refused_unread() -> None:
    assert the_fault(b" " * (SIZE_LIMIT + 1)).expected == f"at most {SIZE_LIMIT}"


def test_a_huge_name_does_not_fill_the_report() -> None:
    found = faults("? " + "k" * 1_000_000 + "\n: 1\n")
    assert all(len(str(fault)) < 500 for fault in found)


def test_bytes_that_are_not_utf_8_are_refused_where_they_stand() -> None:
    content = GOOD.encode().replace(b"Groeien", b"Gro\xe9ien")
    assert the_fault(content) == Fault(7, 31, "file", "the byte 0xE9", "text in UTF-8")


def test_utf_16_is_refused() -> None:
    assert the_fault(GOOD.encode("utf-16")).expected == "text in UTF-8"


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\ufffe"])
def test_characters_that_no_text_has_are_refused_where_they_stand(character: str) -> None:
    fault = the_fault(changed("title: Barn", f"title: Ba{character}rn"))
    assert (fault.line, fault.column, fault.found) == (72, 14, f"the character U+{ord(character):04X}")


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system", "!!python/name:os.system", "!Ref", "!!binary", "!!set"]
)
def test_no_tag_makes_anything(tag: str) -> None:
    found = faults(changed("title: Barn", f"title: {tag} [id]"))
    assert f"the YAML tag {tag}" in [fault.found for fault in found]


def test_a_merge_key_is_a_name_like_others() -> None:
    assert "'<<'" in [fault.found for fault in faults(changed("title: Barn", "<<: {title: Barn}"))]


def test_thousands_of_wrong_ids_cost_no_thousand_searches() -> None:
    tasks = "".join(
        f"      - {{id: B{n}, title: B, plan: {{lead: nobody{n}, depends_on: ['task:C{n}']}}}}\n" for n in range(2000)
    )
    found = faults(changed("sectors:", tasks + "sectors:"))
    assert len(found) == 4000, "every one is reported"
    assert 0 < sum("did you mean" in fault.expected for fault in found) <= 50


def test_a_long_chain_of_plans_is_read() -> None:
    tasks = "".join(
        f"      - {{id: B{n}, title: B, plan: {{depends_on: ['task:{f'B{n + 1}' if n < 2999 else 'A1'}']}}}}\n"
        for n in range(3000)
    )
    assert "plan:task-B2999" in read(changed("sectors:", tasks + "sectors:")).elements
