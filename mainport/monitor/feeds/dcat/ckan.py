# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A dataset out of CKAN's answers, as data.overheid.nl gives them.

The actions `package_show` and `package_search` are CKAN's (https://docs.ckan.org/en/latest/api/); the fields that
data.overheid.nl adds are those of DCAT-AP-DONL (https://ckanext-dcatdonl.readthedocs.io/en/latest/schema.html):
licences, formats and organisations as addresses, `modified` of the data beside `metadata_modified` of the record,
`modification_date` and `download_url` of a resource.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from mainport.core.fetching.http import Visit
from mainport.core.fetching.problems import NotReached, NotTrusted
from mainport.monitor.feeds.answers import Json, json_object
from mainport.monitor.feeds.dcat.described import Described, Distribution

ACTIONS = "api/3/action"
#: So many datasets are named where the one that was asked for isn't there.
LIKE_IT = 5


def find(visit: Visit, base: str, dataset: str) -> Described:
    """The dataset with this name or id. Raises NotReached, and NotTrusted for what isn't an answer of CKAN."""
    root = base.rstrip("/")
    root = root if root.endswith("/api/3/action") else f"{root}/{ACTIONS}"
    url = f"{root}/package_show?id={quote(dataset, safe='')}"
    try:
        found = _result(visit, url)
    except NotReached as error:
        if error.status != 404:
            raise
        like = _like(visit, root, dataset)
        others = f"; its datasets that are like it: {', '.join(like)}" if like else ""
        raise NotReached(f"there is no dataset {dataset} at {base}{others}", status=404) from error
    if not isinstance(found.get("resources"), list):
        raise NotTrusted(f"{url} is a dataset without a list of resources")
    return described(found, url)


def _result(visit: Visit, url: str) -> Json:
    found = json_object(visit.get(url, accept="application/json"), url)
    result = found.get("result")
    if found.get("success") is not True or not isinstance(result, dict):
        raise NotTrusted(f"{url} isn't an answer of CKAN: it has no success with a result")
    return result


def _like(visit: Visit, root: str, dataset: str) -> list[str]:
    try:
        found = _result(visit, f"{root}/package_search?q={quote(dataset, safe='')}&rows={LIKE_IT}").get("results")
    except (NotReached, NotTrusted):
        return []  # It was a courtesy.
    return [_text(item, "name") for item in found or [] if isinstance(item, dict)] if isinstance(found, list) else []


def described(found: Json, url: str) -> Described:
    """The dataset of one answer."""
    resources = [item for item in found["resources"] if isinstance(item, dict)]
    organisation = found.get("organization")
    publisher = _text(found, "publisher") or _text(organisation if isinstance(organisation, dict) else {}, "title")
    return Described(
        key=_text(found, "name") or _text(found, "id"),
        title=_text(found, "title") or _text(found, "name"),
        url=url,
        distributions=tuple(_distribution(item, number) for number, item in enumerate(resources, 1)),
        description=_text(found, "notes"),
        licence=_text(found, "license_id") or _text(found, "license_url"),
        publisher=publisher or _text(found, "authority"),
        modified=_text(found, "modified") or _text(found, "metadata_modified"),
        language=_text(found, "language"),
        said={name: found[name] for name in ("id", "name", "identifier", "authority", "frequency") if name in found},
    )


def _distribution(item: Json, number: int) -> Distribution:
    downloads = item.get("download_url")
    first = downloads[0] if isinstance(downloads, list) and downloads else downloads
    return Distribution(
        key=_text(item, "id") or str(number),
        title=_text(item, "name"),
        url=first.strip() if isinstance(first, str) and first.strip() else _text(item, "url"),
        words=(_text(item, "format"), _text(item, "mimetype"), *_texts(item.get("linked_schemas"))),
        licence=_text(item, "license_id"),
        modified=_text(item, "modification_date") or _text(item, "last_modified"),
    )


def _text(item: Json, name: str) -> str:
    found: Any = item.get(name)
    found = found[0] if isinstance(found, list) and found else found
    return found.strip() if isinstance(found, str) else ""


def _texts(found: Any) -> list[str]:
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else []
