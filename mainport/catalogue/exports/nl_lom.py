# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Courses as NL-LOM, by which Edurep and edusources harvest: in the spelling of IMS (imsmd 1.2), as they ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from mainport.catalogue.exports.about import About
from mainport.catalogue.exports.markup import element, text, wrapped
from mainport.catalogue.exports.vocabulary import in_order, lang
from mainport.catalogue.rules.courses import Competence, Course
from mainport.catalogue.rules.digcomp import framework
from mainport.catalogue.rules.texts import Texts, first
from mainport.catalogue.rules.works import Organisation

PREFIX: Final = "lom"
NAMESPACE: Final = "http://www.imsglobal.org/xsd/imsmd_v1p2"
SCHEMA: Final = "http://www.imsglobal.org/xsd/imsmd_v1p2p4.xsd"
_ROLES = "http://purl.edustandaard.nl/vdex_lifecycle_contribute_role_lomv1p0_20060628.xml"
#: What LOM writes for the language of what is in none, such as a number.
_NONE = "x-none"


def write(course: Course, about: About) -> str:
    """The course as a <lom>, its elements in the order of the schema."""
    parts = (
        wrapped("general", _general(course, about)),
        wrapped("lifecycle", _lifecycle(course)),
        wrapped("metametadata", [element("metadatascheme", "LOMv1.0"), element("metadatascheme", "nl_lom_v1p0")]),
        wrapped("technical", [element("location", course.url or about.address, type="URI")]),
        wrapped("educational", _educational(course)),
        wrapped("rights", _rights(course)),
        *_classifications(course),
    )
    return (
        f'<lom xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        f' xsi:schemaLocation="{NAMESPACE} {SCHEMA}">{"".join(parts)}</lom>'
    )


def _general(course: Course, about: About) -> Iterator[str]:
    yield wrapped("title", _strings(course.titles))
    numbers = [("URI", about.address), ("Mainport", about.identifier), ("provider", course.identifier)]
    for catalogue, number in numbers:
        if number:
            yield wrapped("catalogentry", [element("catalog", catalogue), wrapped("entry", [_string(number, _NONE)])])
    yield from (element("language", code) for code in course.languages if lang(code))
    yield wrapped("description", _strings(course.descriptions))
    yield wrapped("description", _strings(about.remark))
    yield from (wrapped("keyword", [_string(words, "")]) for words in course.subjects if words.strip())
    yield _term("aggregationlevel", "http://purl.edustandaard.nl/vdex_aggregationlevel_czp_20060628.xml", "3")


def _lifecycle(course: Course) -> Iterator[str]:
    if course.provider and course.provider.name.strip():
        yield wrapped(
            "contribute",
            [
                _term(
                    "role",
                    "http://purl.edustandaard.nl/vdex_lifecycle_contribute_role_lomv1p0_20060628.xml",
                    "publisher",
                ),
                wrapped("centity", [element("vcard", card(course.provider))]),
            ],
        )


def card(organisation: Organisation) -> str:
    """An organisation as a vCard (RFC 2426)."""
    name = organisation.name.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", " ")
    return f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nN:;;;;\nORG:{name}\nEND:VCARD"


def _educational(course: Course) -> Iterator[str]:
    yield _term("learningresourcetype", "https://schema.org/Course", "course")
    if course.hours is not None:
        yield wrapped("typicallearningtime", [element("datetime", _duration(course.hours))])
    yield from (wrapped("description", _strings(outcome)) for outcome in course.outcomes[:1])
    yield from (element("language", code) for code in course.languages if lang(code))


def _duration(hours: Decimal) -> str:
    """Hours as ISO 8601 writes a duration.

    >>> _duration(Decimal("6.5")), _duration(Decimal(40))
    ('PT6H30M', 'PT40H')
    """
    minutes = round(hours * 60)
    whole, rest = divmod(minutes, 60)
    return f"PT{whole}H{rest}M" if rest else f"PT{whole}H"


def _rights(course: Course) -> Iterator[str]:
    amounts = [price.amount for offering in course.offerings for price in offering.prices]
    if amounts:
        yield _term("cost", "LOMv1.0", "yes" if any(amounts) else "no")
    yield _term("copyrightandotherrestrictions", "LOMv1.0", "yes")


def _classifications(course: Course) -> Iterator[str]:
    if course.competences:
        source = f"DigComp 2.2 (https://doi.org/{framework().doi})"
        yield _classification("competency", (_taxonpath(source, *_competence(one)) for one in course.competences))
    if course.level:
        path = _taxonpath("level of the Open Education API", course.level, course.level, "")
        yield _classification("educational level", [path])


def _competence(one: Competence) -> tuple[str, str, str]:
    known = framework().competence(one.code)
    code = f"{one.code}/{one.level}" if one.level else one.code
    return code, first(known.label, "nl") if known else one.code, "nl" if known else ""


def _classification(purpose: str, paths: Iterable[str]) -> str:
    return wrapped("classification", [_term("purpose", "LOMv1.0", purpose), *paths])


def _taxonpath(source: str, code: str, label: str, language: str) -> str:
    entry = wrapped("entry", [_string(label, language)])
    taxon = wrapped("taxon", [element("id", code), entry])
    return wrapped("taxonpath", [wrapped("source", [_string(source, _NONE)]), taxon])


def _strings(texts: Texts) -> Iterator[str]:
    return (_string(words, code) for code, words in in_order(texts))


def _string(words: str, code: str) -> str:
    spoken = code if code == _NONE else lang(code)
    return f'<langstring xml:lang="{spoken}">{text(words)}</langstring>' if spoken else element("langstring", words)


def _term(name: str, source: str, value: str) -> str:
    """A term of a vocabulary."""
    return wrapped(name, [wrapped("source", [_string(source, _NONE)]), wrapped("value", [_string(value, _NONE)])])
