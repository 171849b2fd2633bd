# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Answers to harvesters: an envelope, and what each verb puts in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from email.utils import parseaddr
from itertools import chain

from django.conf import settings
from django.db.models import Q

from mainport.agenda import queries as agenda
from mainport.api.catalogue.oai import records, sets, tokens
from mainport.api.catalogue.oai.formats import Format, formats, metadata
from mainport.api.catalogue.oai.protocol import Question, Refused, parse, stamp
from mainport.api.catalogue.oai.records import Row
from mainport.api.catalogue.oai.tokens import Place
from mainport.catalogue.exports.markup import attributes_of, element
from mainport.catalogue.rules.texts import first

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
_IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
#: Records of one answer (100 to 500, by DRIVER's guidelines), and the characters after which it ends sooner.
PAGE = {"ListRecords": 200, "ListIdentifiers": 500}
FULL = 2 * 1024 * 1024
_EMAIL = re.compile(r"\S+@(\S+\.)+\S+")


def envelope(base: str, echoed: dict[str, str], body: str) -> str:
    """A whole answer, of which `body` is all but what every answer has."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="{NAMESPACE}"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        f' xsi:schemaLocation="{NAMESPACE} {NAMESPACE}OAI-PMH.xsd">'
        f"<responseDate>{stamp(records.as_of())}</responseDate>{element('request', base, **echoed)}{body}</OAI-PMH>"
    )


def answer(question: Question, base: str) -> str:
    """What the verb asks for. Raises Refused."""
    match question.verb:
        case "Identify":
            inner: Iterable[str] = _identify(base)
        case "ListMetadataFormats":
            inner = _formats(question)
        case "ListSets":
            inner = _sets(question)
        case "GetRecord":
            inner = _record(question)
        case _:
            inner = _list(question)
    return f"<{question.verb}>{''.join(inner)}</{question.verb}>"


def _identify(base: str) -> Iterator[str]:
    yield element("repositoryName", f"{keeper()}: Mainport" if keeper() else "Mainport")
    yield element("baseURL", base)
    yield element("protocolVersion", "2.0")
    yield element("adminEmail", email())
    yield element("earliestDatestamp", stamp(records.earliest()))
    yield element("deletedRecord", "persistent")
    yield element("granularity", "YYYY-MM-DDThh:mm:ssZ")
    yield element("compression", "gzip")
    key = records.harvested().order_by("id").values_list("key", flat=True).first() or "a-work-1a2b3c4d"
    # Only what the protocol's own schemas describe: a harvester that validates has no others at hand.
    yield (
        f'<description><oai-identifier xmlns="{_IDENTIFIER}"'
        f' xsi:schemaLocation="{_IDENTIFIER} {_IDENTIFIER}.xsd"><scheme>oai</scheme>'
        f"{element('repositoryIdentifier', settings.OAI_DOMAIN)}<delimiter>:</delimiter>"
        f"{element('sampleIdentifier', f'oai:{settings.OAI_DOMAIN}:{key}')}"
        "</oai-identifier></description>"
    )


def keeper() -> str:
    """The alliance, whose catalogue it is."""
    found = agenda.alliance()
    return first(found.title, "en", "mul", "nl") if found else ""


def email() -> str:
    """An address that the schema takes: localhost isn't part of one."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return address if _EMAIL.fullmatch(address) else f"mainport@{settings.OAI_DOMAIN}"


def _formats(question: Question) -> Iterator[str]:
    known = list(formats().values())
    if identifier := question.get("identifier"):
        row = _found(identifier)
        known = [form for form in known if row.kind in form.kinds]
    for form in known:
        yield (
            f"<metadataFormat>{element('metadataPrefix', form.prefix)}{element('schema', form.schema)}"
            f"{element('metadataNamespace', form.namespace)}</metadataFormat>"
        )


def _sets(question: Question) -> Iterable[str]:
    if question.get("resumptionToken"):
        raise Refused.because("badResumptionToken", "The sets come all at once; no token was given for them.")
    found = list(sets.listed())
    if not found:
        # The schema knows no empty list.
        return sets.expected()
    return found


def _record(question: Question) -> Iterator[str]:
    form = _format(question)
    row = _found(question.get("identifier"))
    if row.kind not in form.kinds:
        raise Refused.because("cannotDisseminateFormat", f"A {row.kind} can't be told in {form.prefix}.")
    yield _shown(row, form, keeper())


def _found(identifier: str) -> Row:
    row = records.by_identifier(identifier)
    if row is None:
        raise Refused.because("idDoesNotExist", "No record here has this identifier.")
    return row


def _format(question: Question) -> Format:
    known = formats()
    prefix = question.get("metadataPrefix")
    if prefix not in known:
        raise Refused.because("cannotDisseminateFormat", f"There is no {prefix[:80]}; there are: {', '.join(known)}.")
    return known[prefix]


# --- Lists ---


@dataclass(frozen=True)
class _Part:
    """What is asked for, and from where on."""

    question: Question
    form: Format
    place: Place | None


def _part(question: Question) -> _Part:
    token = question.get("resumptionToken")
    if not token:
        return _Part(question, _format(question), None)
    arguments, place = tokens.read(question.verb, token)
    begun = parse([("verb", question.verb), *arguments.items()])
    return _Part(begun, _format(begun), place)


def _list(question: Question) -> Iterable[str]:
    part = _part(question)
    spec = part.question.get("set")
    inside = sets.condition(spec) if spec else Q()
    if inside is None:
        raise Refused.because("noRecordsMatch", f"There is no set {spec[:80]}.")
    whole = records.chosen(part.form.kinds, inside, part.question.since, part.question.before)
    found = records.after(whole, part.place) if part.place else whole
    size = PAGE[question.verb]
    with_content = question.verb == "ListRecords"
    rows = list(records.rows(found, size + 1, with_content=with_content))
    if not rows and part.place:
        # All that was left has changed since, and a list can't be empty: the last record is given again.
        rows = list(records.rows(records.harvested().filter(pk=part.place.id), 1, with_content=with_content))
    if not rows:
        raise Refused.because("noRecordsMatch", "There are no such records.")
    shown, last = _page(rows[:size], part.form, with_content=with_content)
    count = len(shown)
    if count == len(rows):
        return chain(shown, _end(part.place))
    cursor = part.place.cursor if part.place else 0
    total = part.place.size if part.place else whole.count()
    return chain(shown, [_token(part.question, Place(last.changed_at, last.id, cursor + count, total), cursor)])


def _page(rows: list[Row], form: Format, *, with_content: bool) -> tuple[list[str], Row]:
    """As many as fit, one at least, and the last of them."""
    name = keeper() if with_content else ""
    shown: list[str] = []
    full = 0
    for row in rows:
        shown.append(_shown(row, form, name) if with_content else _header(row))
        full += len(shown[-1])
        if full > FULL:
            break
    return shown, rows[len(shown) - 1]


def _token(question: Question, place: Place, cursor: int) -> str:
    # More may have come since the list was begun.
    size = max(place.size, place.cursor + 1)
    said = {"expirationDate": stamp(tokens.expires()), "completeListSize": str(size), "cursor": str(cursor)}
    return element("resumptionToken", tokens.write(question, replace(place, size=size)), **said)


def _end(place: Place | None) -> Iterator[str]:
    """An empty token after the last part of a list that came in parts."""
    if place:
        said = {"completeListSize": str(place.size), "cursor": str(place.cursor)}
        yield f"<resumptionToken{attributes_of(said)}/>"


def _shown(row: Row, form: Format, name: str) -> str:
    if row.deleted:
        return f"<record>{_header(row)}</record>"
    return f"<record>{_header(row)}<metadata>{metadata(row, form, name)}</metadata></record>"


def _header(row: Row) -> str:
    status = ' status="deleted"' if row.deleted else ""
    specs = "".join(f"<setSpec>{spec}</setSpec>" for spec in sets.of(row))
    return (
        f"<header{status}><identifier>{row.identifier}</identifier>"
        f"<datestamp>{stamp(row.changed_at)}</datestamp>{specs}</header>"
    )
