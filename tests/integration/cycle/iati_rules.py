# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""IATI's ruleset, read from its own JSON and held against a file, as its validator does.

The words of the ruleset: https://github.com/IATI/IATI-Rulesets/blob/version-2.03/SPEC.rst.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

Case = Mapping[str, Any]


def complaints(root: etree._Element, standards: Path) -> list[str]:
    """What the standard ruleset says of this file, as severity, rule and where."""
    rules = json.loads((standards / "rulesets" / "rulesets" / "standard.json").read_text())
    found = []
    for path, sorts in rules.items():
        for alternative in path.split(" | "):
            for node in root.xpath(alternative):
                found += [f"{told} at {root.getroottree().getpath(node)}" for told in _of(node, sorts, standards)]
    return found


def _of(node: etree._Element, sorts: Mapping[str, Any], standards: Path) -> Iterator[str]:
    for sort, body in sorts.items():
        for case in body["cases"]:
            if sort == "loop":
                yield from _loop(node, case, standards)
            elif (not case.get("condition") or node.xpath(f"boolean({case['condition']})")) and not _CHECKS[sort](
                node, case, standards
            ):
                info = case["ruleInfo"]
                yield f"{info['severity']} {info['id']} {info['message']}"


def _loop(node: etree._Element, case: Case, standards: Path) -> Iterator[str]:
    for text in sorted(set(map(str, node.xpath(case["foreach"])))):
        filled = json.loads(json.dumps(case["do"]).replace("$1", text))
        yield from _of(node, filled, standards)


def _all(node: etree._Element, case: Case) -> list[Any]:
    return [found for path in case["paths"] for found in node.xpath(path)]


def _words(found: Any) -> str:
    return str(found.text or "") if isinstance(found, etree._Element) else str(found)


def _day(node: etree._Element, path: str) -> date | None:
    if path == "NOW":
        return datetime.now(UTC).date()
    found = node.xpath(path)
    return date.fromisoformat(_words(found[0])[:10]) if found else None


def _days(node: etree._Element, path: str) -> list[date]:
    return [date.fromisoformat(_words(found)[:10]) for found in node.xpath(path)]


def _date_order(node: etree._Element, case: Case, _standards: Path) -> bool:
    more = _day(node, case["more"])
    return more is None or all(less <= more for less in _days(node, case["less"]))


def _between(node: etree._Element, case: Case, _standards: Path) -> bool:
    start, end = _day(node, case["start"]), _day(node, case["end"])
    return start is None or end is None or all(start <= day <= end for day in _days(node, case["date"]))


def _time_limit(node: etree._Element, case: Case, _standards: Path) -> bool:
    start, end = _day(node, case["start"]), _day(node, case["end"])
    return start is None or end is None or end - start <= timedelta(days=366)


def _one_or_all(node: etree._Element, case: Case, _standards: Path) -> bool:
    if node.xpath(case["one"]):
        return True
    if case["all"] == "lang":
        return not node.xpath(".//narrative[not(@xml:lang)]")
    if case["all"] == "sector":
        return not node.xpath("transaction[not(sector)]")
    return not node.xpath(".//value[not(@currency)]")


def _startswith(node: etree._Element, case: Case, standards: Path) -> bool:
    if case["prefix"] == ["ORG-ID-PREFIX"]:
        prefixes = list(codes(standards, "nonembedded/OrganisationRegistrationAgency"))
    else:
        prefixes = [_words(found) for path in case["prefix"] for found in node.xpath(path)]
    between = case.get("separator", "")
    return all(any(_words(found).startswith(prefix + between) for prefix in prefixes) for found in _all(node, case))


def _sums(node: etree._Element, case: Case, _standards: Path) -> bool:
    return sum((Decimal(_words(found)) for found in _all(node, case)), Decimal(0)) == case["sum"]


def _range(node: etree._Element, case: Case, _standards: Path) -> bool:
    return all(case["min"] <= float(_words(found)) <= case["max"] for found in _all(node, case))


def _unique(node: etree._Element, case: Case, _standards: Path) -> bool:
    values = [_words(found) for found in _all(node, case)]
    return len(values) == len(set(values))


def _if_then(node: etree._Element, case: Case, _standards: Path) -> bool:
    return not node.xpath(f"boolean({case['if']})") or bool(node.xpath(f"boolean({case['then']})"))


def _date_now(node: etree._Element, case: Case, _standards: Path) -> bool:
    return all(datetime.fromisoformat(_words(found)) <= datetime.now(UTC) for found in node.xpath(case["date"]))


def _matches(node: etree._Element, case: Case, _standards: Path) -> bool:
    return all(re.search(case["regex"], _words(found)) for found in _all(node, case))


_CHECKS = {
    "atleast_one": lambda node, case, _s: bool(_all(node, case)),
    "no_more_than_one": lambda node, case, _s: len(_all(node, case)) <= 1,
    "no_spaces": lambda node, case, _s: all(_words(found) == _words(found).strip() for found in _all(node, case)),
    "one_or_all": _one_or_all,
    "startswith": _startswith,
    "unique": _unique,
    "date_order": _date_order,
    "date_now": _date_now,
    "between_dates": _between,
    "time_limit": _time_limit,
    "regex_matches": _matches,
    "strict_sum": _sums,
    "range": _range,
    "if_then": _if_then,
}


@cache
def codes(standards: Path, codelist: str) -> frozenset[str]:
    tree = etree.parse(str(standards / "codelists" / f"{codelist}.xml"))
    return frozenset(item.findtext("code") or "" for item in tree.iter("codelist-item"))


#: Where a code stands, and its list.
CODED = {
    "//@xml:lang": "nonembedded/Language",
    "//@default-currency | //@currency": "nonembedded/Currency",
    "//reporting-org/@type | //participating-org/@type | //provider-org/@type": "nonembedded/OrganisationType",
    "//participating-org/@role": "OrganisationRole",
    "//activity-status/@code": "ActivityStatus",
    "//activity-date/@type": "ActivityDateType",
    "//activity-scope/@code": "nonembedded/ActivityScope",
    "//recipient-country/@code": "nonembedded/Country",
    "//sector/@vocabulary": "nonembedded/SectorVocabulary",
    "//sector[@vocabulary='1']/@code": "nonembedded/Sector",
    "//default-flow-type/@code": "nonembedded/FlowType",
    "//default-finance-type/@code": "nonembedded/FinanceType",
    "//default-aid-type/@vocabulary": "nonembedded/AidTypeVocabulary",
    "//default-aid-type/@code": "nonembedded/AidType",
    "//default-tied-status/@code": "nonembedded/TiedStatus",
    "//budget/@type | //planned-disbursement/@type": "BudgetType",
    "//budget/@status | //total-budget/@status": "BudgetStatus",
    "//transaction-type/@code": "TransactionType",
    "//document-link/@format": "nonembedded/FileFormat",
    "//document-link/category/@code": "DocumentCategory",
    "//document-link/language/@code": "nonembedded/Language",
    "//related-activity/@type": "RelatedActivityType",
    "//description/@type": "nonembedded/DescriptionType",
    "//result/@type": "nonembedded/ResultType",
    "//indicator/@measure": "nonembedded/IndicatorMeasure",
    "//indicator/reference/@vocabulary": "nonembedded/IndicatorVocabulary",
}


def unknown_codes(root: etree._Element, standards: Path) -> list[str]:
    return [
        f"{path}: {found} is not in {codelist}"
        for path, codelist in CODED.items()
        for found in sorted(set(map(str, root.xpath(path))) - codes(standards, codelist))
    ]
