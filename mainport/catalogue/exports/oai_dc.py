# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Dublin Core as OAI-PMH asks of every repository (oai_dc), with the words that OpenAIRE reads in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mainport.catalogue.exports.about import About
from mainport.catalogue.exports.markup import element
from mainport.catalogue.exports.vocabulary import ACCESS, TYPES, in_order, lang, licence_address, uri
from mainport.catalogue.rules.contents import Value
from mainport.catalogue.rules.courses import Course, Programme
from mainport.catalogue.rules.texts import Texts
from mainport.catalogue.rules.works import Access, Author, Work

PREFIX = "oai_dc"
NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"

OPENING = (
    f'<oai_dc:dc xmlns:oai_dc="{NAMESPACE}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    f' xsi:schemaLocation="{NAMESPACE} {SCHEMA}">'
)
CLOSING = "</oai_dc:dc>"


def write(value: Value, about: About) -> str:
    """The value as an <oai_dc:dc>."""
    inner = _work(value, about) if isinstance(value, Work) else _education(value, about)
    remark = _texts("description", about.remark)
    return f"{OPENING}{''.join([*inner, *remark])}{CLOSING}"


def description(words: str) -> str:
    """An <oai_dc:dc> that says one thing, for the description of a set."""
    return f"{OPENING}{element('dc:description', words)}{CLOSING}"


def _work(work: Work, about: About) -> Iterator[str]:
    yield from _texts("title", work.titles, work.language)
    yield from _texts("title", work.subtitles, work.language)
    for author in work.authors:
        yield element("dc:creator" if author.role == "author" else "dc:contributor", catalogued(author))
    yield from _words("publisher", (one.name for one in work.organisations if one.role == "publisher"))
    yield from _words(
        "contributor", (one.name for one in work.organisations if one.role not in ("publisher", "funder"))
    )
    for subject in work.subjects:
        yield _in_language("subject", subject.language, subject.label)
    yield from _texts("description", work.abstracts, work.language)
    yield from _texts("description", work.summaries, work.language)
    if work.published:
        yield element("dc:date", str(work.published))
    if work.embargo_until:
        yield element("dc:date", f"info:eu-repo/date/embargoEnd/{work.embargo_until}")
    yield from _words("type", dict.fromkeys([work.source_type, *TYPES[work.type]]))
    yield from _words("format", dict.fromkeys(file.media_type for file in work.files))
    yield element("dc:identifier", about.address)
    yield from _words("identifier", dict.fromkeys(uri(one) for one in work.identifiers if uri(one) != about.address))
    if lang(work.language):
        yield element("dc:language", work.language)
    for grant in work.funding:
        # The funder, its programme and the award: info:eu-repo-Access-Terms, "grant agreements".
        if grant.funder and grant.award and "/" not in grant.funder:
            yield element("dc:relation", f"info:eu-repo/grantAgreement/{grant.funder}//{grant.award}")
    yield from _words("relation", dict.fromkeys(uri(one.identifier) for one in work.relations))
    if work.access is not Access.UNKNOWN:
        yield element("dc:rights", ACCESS[work.access][0])
    if work.licence:
        yield element("dc:rights", licence_address(work.licence) or work.licence)


def _education(item: Course | Programme, about: About) -> Iterator[str]:
    yield from _texts("title", item.titles, *item.languages)
    if item.provider:
        yield from _words("creator", [item.provider.name])
        yield from _words("publisher", [item.provider.name])
    yield from _texts("description", item.descriptions, *item.languages)
    if isinstance(item, Course):
        yield from _words("subject", item.subjects)
        yield from _words("subject", (f"DigComp 2.2: {one.code}" for one in item.competences))
        for outcome in item.outcomes:
            yield from _texts("description", outcome, *item.languages)
    yield element("dc:type", "Course" if isinstance(item, Course) else "EducationalOccupationalProgram")
    yield element("dc:identifier", about.address)
    yield from _words("identifier", dict.fromkeys(one for one in (item.url, item.identifier) if one != about.address))
    yield from _words("language", filter(lang, item.languages))
    towns = (place.town for offering in item.offerings for place in offering.places)
    yield from _words("coverage", dict.fromkeys(towns))
    days = sorted({str(offering.starts) for offering in item.offerings if offering.starts})
    # Who begins whenever they like still finds a day: that on which it could be found here.
    yield from _words("date", days or ([str(about.public)] if about.public else []))


def catalogued(author: Author) -> str:
    """A name as catalogues write it: family first, where both names are known."""
    if author.family and author.given and not author.is_organisation:
        return f"{author.family}, {author.given}"
    return author.name


def _words(name: str, all_words: Iterable[str]) -> Iterator[str]:
    return (element(f"dc:{name}", words) for words in all_words if words.strip())


def _texts(name: str, texts: Texts, *main: str) -> Iterator[str]:
    return (_in_language(name, code, words) for code, words in in_order(texts, *main))


def _in_language(name: str, code: str, words: str) -> str:
    return element(f"dc:{name}", words, xml_lang=lang(code))
