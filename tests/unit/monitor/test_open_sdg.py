# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from mainport.monitor.feeds import open_sdg
from mainport.monitor.feeds.open_sdg import repository
from mainport.monitor.rules.open_sdg import headlines, indicator_progress, progress_of
from mainport.monitor.rules.tables import Finality, Lines, Missing, Role

HEADER = "Year,Series,Sex,Country,Observation status,Unit multiplier,Units,GeoCode,Value\n"
ROWS = (
    HEADER + "2015,Jobs,,,Normal value,Units,Number,K02000001,100\n"
    "2016,Jobs,,,Provisional value,Units,Number,K02000001,110.5\n"
    "2016,Jobs,Female,England,Estimated value,Units,Number,E92000001,50\n"
    "2017,Jobs,,,Missing value; suppressed,Units,Number,K02000001,\n"
    "2018,Jobs,,,Normal value,Units,Number,K02000001,\n"
    "2019,Jobs,,,Normal value,Units,Number,K02000001,0\n"
    "2019,Pay,,,Normal value,Thousands,GBP (£),K02000001,7\n"
)
META = (
    "---\nindicator_name: global_indicators.1-1-1-title\ngraph_title: Jobs and pay\nsource_organisation_1: ONS\n---\n"
)


def files(**changes: str | bytes) -> dict[str, bytes]:
    """A small repository; a keyword is a path with __ for / and the content."""
    found: dict[str, str | bytes] = {"data/indicator_1-1-1.csv": ROWS, "meta/1-1-1.md": META, **changes}
    return {name: text if isinstance(text, bytes) else text.encode() for name, text in found.items()}


def read(content: str | bytes = ROWS, **changes: str | bytes) -> open_sdg.Repository:
    return open_sdg.read(files(**{"data/indicator_1-1-1.csv": content, **changes}), "uk")


def only(found: open_sdg.Repository) -> Lines:
    (table,) = found.tables
    return table


def test_columns_become_measures_dimensions_and_attributes() -> None:
    table = only(read())
    assert (table.key, table.title, table.publisher) == ("uk-1-1-1", "Jobs and pay", "ONS")
    assert [(d.key, d.title, d.role) for d in table.dimensions] == [
        ("SEX", "Sex", Role.OTHER),
        ("COUNTRY", "Country", Role.GEO),
        ("TIME_PERIOD", "Year", Role.TIME),
    ]
    assert [(m.key, m.title, m.unit, m.decimals) for m in table.measures] == [
        ("Jobs_Number", "Jobs", "Number", 1),
        ("Pay_GBP_Thousands", "Pay", "GBP (£) (thousands)", 1),
    ]
    country = table.dimensions[1]
    assert [(code.key, code.title, code.description) for code in country.codes] == [
        ("_T", "Total", ""),
        ("England", "England", "E92000001"),
    ]
    assert table.lines["Jobs_Number", "Female|England"] == {"2016": (50.0, None, 0, Finality.ESTIMATED)}


def test_a_blank_is_missing_and_not_zero() -> None:
    line = only(read()).lines["Jobs_Number", "_T|_T"]
    assert line == {
        "2015": (100.0, None, 0, 0),
        "2016": (110.5, None, 0, Finality.PROVISIONAL),
        "2017": (None, None, Missing.CONFIDENTIAL, 0),
        "2018": (None, None, Missing.NOT_AVAILABLE, 0),
        "2019": (0.0, None, 0, 0),
    }


def test_rows_that_cannot_be_read_are_told_by_row_and_field() -> None:
    found = read(
        HEADER + "2015,Jobs,,,,,Number,,1\n"
        "soon,Jobs,,,,,Number,,2\n"
        "2017,Jobs,,,,,Number,,<5\n"
        "2018,Jobs,,,,,Number\n"
        "2019,Jobs,,,,,Number,,inf\n"
        ",,,,,,,,\n"
        "2020,Jobs,,,,,Number,,6\n"
    )
    assert [(f.file, f.row, f.field, f.found) for f in found.faults] == [
        ("data/indicator_1-1-1.csv", 3, "Year", "soon"),
        ("data/indicator_1-1-1.csv", 4, "Value", "<5"),
        ("data/indicator_1-1-1.csv", 5, "row", "7 fields"),
        ("data/indicator_1-1-1.csv", 6, "Value", "inf"),
    ]
    assert list(only(found).lines["Jobs_Number", "_T|_T"]) == ["2015", "2020"]


def test_contradicting_cells_are_told_with_their_rows_and_none_is_picked() -> None:
    found = read(ROWS + "2016,Jobs,,,Normal value,Units,Number,K02000001,99\n2015,Jobs,,,,Units,Number,,100.0\n")
    (conflict,) = only(found).contradictions
    assert (conflict.measure, conflict.coordinates, conflict.period) == ("Jobs_Number", "_T|_T", "2016")
    assert conflict.values == (
        {"value": 110.5, "row": 3, "file": "data/indicator_1-1-1.csv"},
        {"value": 99.0, "row": 9, "file": "data/indicator_1-1-1.csv"},
    )
    line = only(found).lines["Jobs_Number", "_T|_T"]
    assert "2016" not in line
    assert line["2015"][0] == 100


def test_a_value_beside_a_blank_is_a_contradiction_too() -> None:
    found = read(HEADER + "2016,Jobs,,,,,Number,,\n2016,Jobs,,,,,Number,,5\n")
    (conflict,) = only(found).contradictions
    assert [value["value"] for value in conflict.values] == [None, 5.0]


@pytest.mark.parametrize(
    ("written", "period"),
    [("2016.0", "2016"), ("2016/17", "2016/17"), ("2016 Q1", "2016 Q1"), ("2010-12", "2010-12")],
)
def test_periods_as_repositories_write_them(written: str, period: str) -> None:
    assert list(only(read(f"Year,Value\n{written},1\n")).lines["VALUE", ""]) == [period]


def test_two_years_with_a_hyphen_are_no_month_where_the_file_has_more_of_them() -> None:
    line = only(read("Year,Value\n2010-12,1\n2011-13,2\n")).lines["VALUE", ""]
    assert list(line) == ["2010/12", "2011/13"]


def test_texts_are_mapped_to_sdmx_where_the_repository_says_how() -> None:
    table = only(
        read(
            **{
                "config_data.yml": "sdmx_output_global: {column_map: columns.csv, code_map: codes.csv}\n",
                "columns.csv": "Text,Value\nSex,GENDER\nCountry,REF_AREA\n",
                "codes.csv": "Text,Dimension,Value\nFemale,GENDER,F\n",
            }
        )
    )
    assert [d.key for d in table.dimensions] == ["GENDER", "REF_AREA", "TIME_PERIOD"]
    assert ("Jobs_Number", "F|England") in table.lines


def test_configuration_says_what_tells_nothing_apart() -> None:
    config = "indicator_options: {series_column: Reeks, non_disaggregation_columns: [Year, Value, Footnote]}\n"
    table = only(read("Year,Reeks,Footnote,Value\n2015,A,x,1\n2016,A,y,2\n", **{"config_data.yml": config}))
    assert [d.key for d in table.dimensions] == ["TIME_PERIOD"]
    assert list(table.lines) == [("A", "")]


def test_labels_that_would_share_a_code_do_not() -> None:
    table = only(read("Year,Age,Value\n2015,0-4,1\n2015,0 4,2\n2015,<5,3\n2015,5,4\n2015,€,5\n"))
    codes = table.dimensions[0].codes
    assert [code.title for code in codes] == ["0-4", "0 4", "<5", "5", "€"]
    assert len({code.key for code in codes}) == 5


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "it is empty"),
        ("\n\n", "it is empty"),
        ("Year,Sex\n2015,Male\n", "there is no column 'Value'"),
        ("Year,Sex,Sex,Value\n2015,,,1\n", "the column 'Sex' is there twice"),
        ("Year,Value\nThere is no data for this indicator yet,\n", "no row holds a year and a value"),
        ("<!DOCTYPE html><html><body>Not found</body></html>", "there is no column 'Year'"),
    ],
)
def test_a_file_that_is_no_data_is_told(content: str, why: str) -> None:
    found = read(content)
    assert found.tables == []
    assert why in found.without_data["1-1-1"]


def test_encodings_and_line_ends_of_spreadsheets() -> None:
    content = b'\xef\xbb\xbfYear,Sex,Value\r\n2015,"Men, and ""others""",1\r\n2016,,2\r\n'
    assert [code.title for code in only(read(content)).dimensions[0].codes] == ["Total", 'Men, and "others"']
    found = read("Year,Sex,Value\n2015,Mädchen,1\n".encode("cp1252"))
    assert only(found).dimensions[0].codes[0].title == "Mädchen"
    assert found.faults[0].why == "isn't UTF-8; read as Windows-1252"


def test_metadata_in_every_form() -> None:
    for name, content in [
        ("meta/1-1-1.yml", "graph_title: Jobs\n"),
        ("meta/1-1-1.csv", "graph_title,Jobs\n"),
        ("meta/1-1-1.md", "---\ngraph_title: Jobs\ndate: 2020-01-01\n---\nA page.\n"),
    ]:
        found = open_sdg.read({"data/indicator_1-1-1.csv": ROWS.encode(), name: content.encode()}, "uk")
        assert only(found).title == "Jobs"
        assert found.faults == []


@pytest.mark.parametrize(
    "content",
    ["---\n- a\n---\n", "---\na: [\n---\n", "---\na: &x [1]\nb: *x\n---\n", "---\na: !!python/name:os.system\n---\n"],
)
def test_metadata_that_cannot_be_read_is_a_fault_and_the_data_come_in(content: str) -> None:
    found = read(**{"meta/1-1-1.md": content})
    assert [fault.file for fault in found.faults] == ["meta/1-1-1.md"]
    assert only(found).title == "Indicator 1.1.1"


def test_indicators_without_data_are_told_and_languages_kept() -> None:
    found = read(
        **{
            "config_data.yml": "languages: [en, nl]\n",
            "meta/2-1-1.md": META,
            "meta/nl/1-1-1.md": "---\ngraph_title: Banen\n---\n",
        }
    )
    assert found.indicators == 2
    assert found.without_data == {"2-1-1": "there is no file with data"}
    assert only(found).extra["meta"]["translated_titles"] == {"nl": "Banen"}


def test_only_what_differs_is_read_again() -> None:
    first = only(read())
    known = {first.key: first.extra["digest"]}
    assert open_sdg.read(files(), "uk", known).unchanged == ["uk-1-1-1"]
    for name in ("data/indicator_1-1-1.csv", "meta/1-1-1.md"):
        changed = files()
        changed[name] += b" "
        assert len(open_sdg.read(changed, "uk", known).tables) == 1
    assert only(read(ROWS + "soon,Jobs,,,,,Number,,2\n")).extra["digest"] == ""


# --- folders and archives ---


def archive(path: Path, entries: dict[str, bytes], kind: str) -> Path:
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            for name, content in entries.items():
                made.writestr(name, content)
        return path
    with tarfile.open(path, "w:gz") as tar:
        for name, content in entries.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return path


@pytest.mark.parametrize("kind", ["folder", "tar", "zip"])
@pytest.mark.parametrize("above", ["", "sdg-data-abc123/"])
def test_folder_and_archives_give_the_same(tmp_path: Path, kind: str, above: str) -> None:
    entries = {above + name: content for name, content in files().items()} | {above + "logo.png": b"x"}
    if kind == "folder":
        for name, content in entries.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(content)
        (tmp_path / above / "data" / "link.csv").symlink_to("/etc/passwd")
        path = tmp_path
    else:
        path = archive(tmp_path / "archive", entries, kind)
    assert open_sdg.files(path) == files()


@pytest.mark.parametrize("kind", ["tar", "zip"])
@pytest.mark.parametrize(
    "name", ["../data/x.csv", "/data/x.csv", "data/../../x.csv", "data\\..\\..\\x.csv", "C:/data/x.csv"]
)
def test_names_that_lead_out_of_an_archive_are_refused(tmp_path: Path, kind: str, name: str) -> None:
    with pytest.raises(open_sdg.Refused, match="leads out"):
        open_sdg.files(archive(tmp_path / "a", {**files(), name: b"x"}, kind))


@pytest.mark.parametrize("kind", ["tar", "zip"])
def test_bombs_are_refused(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repository, "MAX_FILE", 10_000)
    monkeypatch.setattr(repository, "MAX_TOTAL", 50_000)
    big = archive(tmp_path / "big", {**files(), "data/big.csv": b"0" * 20_000}, kind)
    with pytest.raises(open_sdg.Refused, match="is larger than"):
        open_sdg.files(big)
    many = archive(tmp_path / "many", {**files(), **{f"data/{n}.csv": b"0" * 9_000 for n in range(9)}}, kind)
    with pytest.raises(open_sdg.Refused, match="more than 50,000 bytes"):
        open_sdg.files(many)
    monkeypatch.setattr(repository, "MAX_FILES", 3)
    with pytest.raises(open_sdg.Refused, match="more than 3 files"):
        open_sdg.files(many)


def test_links_in_an_archive_are_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as tar:
        for name, content in files().items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
        link = tarfile.TarInfo("data/evil.csv")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    assert open_sdg.files(path) == files()


@pytest.mark.parametrize("content", [b"", b"not an archive", b"\x1f\x8b\x08\x00broken", b"PK\x03\x04broken"])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(open_sdg.Refused):
        open_sdg.files(tmp_path / "a")


def test_an_archive_cut_off_half_way_is_refused(tmp_path: Path) -> None:
    whole = archive(tmp_path / "whole", {**files(), "data/x.csv": bytes(range(256)) * 400}, "tar").read_bytes()
    (tmp_path / "half").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(open_sdg.Refused):
        open_sdg.files(tmp_path / "half")


def test_an_archive_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(open_sdg.Refused, match="no data repository"):
        open_sdg.files(archive(tmp_path / "a", {"readme.md": b"x"}, "zip"))


def test_the_source_folder_stays_inside() -> None:
    with pytest.raises(open_sdg.Refused, match="outside"):
        open_sdg.read(files(**{"config_data.yml": "src_dir: ../other\n"}), "uk")


def test_packing_the_same_files_gives_the_same_bytes() -> None:
    assert open_sdg.pack(files()) == open_sdg.pack(dict(reversed(files().items())))


# --- progress, by the published method ---


def judged(options: str, rows: str = "2015,,100\n2020,,120\n2020,Female,50\n") -> list[dict[str, Any]]:
    meta = f"---\nauto_progress_calculation: true\nprogress_calculation_options:\n{options}\n---\n"
    return progress_of(only(read("Year,Sex,Value\n" + rows, **{"meta/1-1-1.md": meta})))


def test_progress_towards_a_target() -> None:
    # From 100 to 120 in 5 years is 3.714 % a year; to 150 in 15 years needs 2.740 %: a ratio of 1.355.
    (found,) = judged("- {direction: positive, target: 150}")
    assert found["status"] == "substantial_progress"
    assert found["value"] == pytest.approx((1.2**0.2 - 1) / (1.5 ** (1 / 15) - 1))
    assert found["value"] == pytest.approx(1.3553, abs=1e-4)


def test_progress_without_a_target_is_negative_unless_said_otherwise() -> None:
    (found,) = judged("- {}")
    assert (found["status"], found["value"]) == ("deterioration", pytest.approx(-(1.2**0.2 - 1)))


@pytest.mark.parametrize(
    ("limit", "rows", "status", "score"),
    [
        # Growth of 3.714 % a year, far above 1.5 %.
        (1000, "2015,,100\n2020,,120\n", "substantial_progress", 5.0),
        # 95 of at most 100: the thresholds shrink to 1 - 0.95^4.44 = 0.2037 of themselves, so 0.306 % is enough.
        # Growth of (97/95)^(1/5) - 1 = 0.4176 % a year: 500 x 0.4176 % / 0.2037 - 5 = 5.25, at most 5.
        (100, "2015,,95\n2020,,97\n", "substantial_progress", 5.0),
        # (95.5/95)^(1/5) - 1 = 0.1050 %; / 0.2037 = 0.5157 %: 250 x that - 1.25 = 0.0391.
        (100, "2015,,95\n2020,,95.5\n", "moderate_progress", 0.0391),
        # At its limit, and it stays there.
        (100, "2015,,100\n2020,,100\n", "substantial_progress", 5.0),
        # (99/100)^(1/5) - 1 = -0.2008 %: 125 x that - 2.5.
        (100, "2015,,100\n2020,,99\n", "deterioration", -2.7510),
    ],
)
def test_near_its_limit_less_growth_is_asked(limit: float, rows: str, status: str, score: float) -> None:
    (found,) = judged(f"- {{direction: positive, limit: {limit}}}", rows)
    assert (found["status"], found["score"]) == (status, pytest.approx(score, abs=1e-3))


def whole(options: str, rows: str, more: str = "") -> dict[str, Any] | None:
    meta = f"---\nauto_progress_calculation: true\nprogress_calculation_options:\n{options}\n---\n"
    return indicator_progress(only(read("Year,Sex,Value\n" + rows, **{"meta/1-1-1.md": meta})))


def test_an_indicator_of_several_series_has_the_mean_of_their_scores() -> None:
    rows = "2015,,100\n2020,,120\n2015,Female,100\n2020,Female,99\n2015,Male,100\n2020,Male,101\n"
    women = "{direction: positive, disaggregation: [{field: Sex, value: Female}]}"
    men = "{direction: positive, disaggregation: [{field: Sex, value: Male}]}"
    # All: 3.71 %, which scores 5. Women: -0.2008 % scores -2.7510. Men: 0.1992 % scores 500 x 0.1992 % - 2.5 = -1.5040.
    found = whole(f"- {{direction: positive}}\n- {women}\n- {men}", rows)
    assert found == {
        "status": "moderate_progress",
        "score": pytest.approx((5 - 2.7510 - 1.5040) / 3, abs=1e-3),
        "series": 3,
        "stated": False,
    }
    # Women and men as a group count as one: (5 + (-2.7510 - 1.5040) / 2) / 2 = 1.4362.
    grouped = whole(f"- {{direction: positive}}\n- group: [{women}, {men}]", rows)
    assert grouped is not None
    assert grouped["score"] == pytest.approx(1.4362, abs=1e-3)


def test_a_target_is_achieved_when_every_series_achieves_its_own() -> None:
    rows = "2015,,100\n2020,,120\n2015,Female,100\n2020,Female,105\n"
    women = "- {direction: positive, target: %d, disaggregation: [{field: Sex, value: Female}]}"
    options = "- {direction: positive, target: 120}\n" + women
    reached, not_all = whole(options % 105, rows), whole(options % 106, rows)
    assert reached is not None
    assert (reached["status"], reached["score"]) == ("target_achieved", 5.0)
    assert not_all is not None
    assert not_all["status"] == "substantial_progress"


def test_a_series_that_can_not_be_judged_takes_no_part_in_the_mean() -> None:
    rows = "2015,,100\n2020,,120\n2020,Female,40\n"
    found = whole("- {direction: positive}\n- {disaggregation: [{field: Sex, value: Female}]}", rows)
    assert found is not None
    assert (found["score"], found["series"]) == (5.0, 1)
    assert whole("- {}", "2020,,1\n") is None


def test_a_status_that_the_repository_states_is_given_as_stated() -> None:
    table = only(read(**{"meta/1-1-1.md": "---\nprogress_status: moderate_progress\n---\n"}))
    assert indicator_progress(table) == {"status": "moderate_progress", "score": None, "stated": True}


def test_a_column_of_progress_is_judged_and_is_no_dimension() -> None:
    # What is shown is 0 at first, from which no growth leads; the column of progress says what to reckon with.
    rows = "Year,Sex,Progress,Value\n2015,,100,0\n2016,,,7\n2020,,120,20\n2020,Female,,5\n"
    meta = "---\nauto_progress_calculation: true\nprogress_calculation_options:\n- {direction: positive}\n---\n"
    table = only(read(rows, **{"meta/1-1-1.md": meta}))
    assert [side.key for side in table.sides] == ["SEX"]
    assert table.lines["VALUE", "_T"]["2015"][0] == 0
    assert table.extra["progress"] == [["VALUE", "_T", {"2015": 100.0, "2020": 120.0}]]
    (found,) = progress_of(table)
    assert found["value"] == pytest.approx(1.2**0.2 - 1)


def test_a_column_of_progress_under_another_name_and_with_faults() -> None:
    config = "indicator_options: {progress_column: Voortgang}\n"
    rows = "Year,Voortgang,Value\n2015,100,1\n2016,veel,2\n2017,1,3\n2017,2,3\n"
    found = read(rows, **{"config_data.yml": config})
    assert only(found).extra["progress"] == [["VALUE", "", {"2015": 100.0}]]
    assert [(fault.row, fault.field, fault.found) for fault in found.faults] == [(3, "Voortgang", "veel")]


def test_a_named_series_is_judged_and_an_unknown_one_is_not() -> None:
    rows = "2015,,100\n2015,Female,50\n2020,Female,40\n"
    (found,) = judged("- {disaggregation: [{field: Sex, value: Female}]}", rows)
    assert (found["coordinates"], found["status"]) == ("Female", "substantial_progress")
    assert judged("- {disaggregation: [{field: Sex, value: Other}]}", rows) == []
    assert judged("- {disaggregation: [{field: Age, value: Female}]}", rows) == []
    assert len(judged("- group: [{direction: positive}, {disaggregation: [{field: Sex, value: Female}]}]", rows)) == 2


def test_without_options_growth_is_given_and_no_verdict() -> None:
    table = only(read("Year,Sex,Value\n2014,,1\n2015,,100\n2020,,121\n2020,Female,5\n"))
    assert headlines(table) == [("VALUE", "_T")]
    assert progress_of(table) == [
        {"measure": "VALUE", "growth": pytest.approx(1.21**0.2 - 1), "from": 2015, "until": 2020, "declared": False}
    ]


@pytest.mark.shared
def test_the_united_kingdom(shared: Path) -> None:
    """Counts that were made by hand on the files: rows with a year and a value field, and cells with several values."""
    found = open_sdg.read(open_sdg.files(shared / "data/open-sdg/ons-uk-sdg-data.tar.gz"), "uk")
    assert found.indicators == 277
    assert len(found.tables) == 195
    assert sum(len(table.contradictions) for table in found.tables) == 57
    assert [(fault.file, fault.row, fault.found) for fault in found.faults] == [
        ("data/indicator_5-5-1.csv", 17, "1974a"),
        ("data/indicator_5-5-1.csv", 18, "1974b"),
    ]
    cells = sum(len(line) for table in found.tables for line in table.lines.values())
    doubles = sum(len(c.values) for table in found.tables for c in table.contradictions)
    repeated = found.rows - cells - doubles
    assert (found.rows, cells, doubles, repeated) == (170_739, 170_605, 132, 2)
