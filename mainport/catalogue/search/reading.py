# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the index holds of each public record, read from the database in portions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from django.db.models import Prefetch, Q, QuerySet

from mainport.catalogue.models import KeptFile, Offering, Record
from mainport.catalogue.queries.records import published
from mainport.catalogue.queries.terms import Terms, terms
from mainport.catalogue.rules import contents, digcomp
from mainport.catalogue.rules.courses import Course, Programme
from mainport.catalogue.rules.texts import UNKNOWN as UNSTATED
from mainport.catalogue.rules.texts import Texts
from mainport.catalogue.rules.works import Access, Organisation, Work
from mainport.catalogue.search.documents import LANGUAGES, UNKNOWN, Document, Text, day_number

#: Records read from the database at once; each may carry the text of a thesis.
PORTION = 200
#: Characters of the text of one file, and of all files of a record: a long book.
LONGEST_TEXT = 2_000_000
#: Values of one facet of one record: an article of a particle collider has three thousand authors.
MOST_VALUES = 50
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def stamp_of(changed_at: datetime) -> int:
    """The moment of a change in microseconds, as Document.stamp holds it."""
    passed = changed_at - _EPOCH
    return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds


def documents(today: date, found: QuerySet[Record] | None = None) -> Iterator[Document]:
    """Every public record, or those of them in `found`, by their number in the database."""
    rows, called = _whole(published() if found is None else found), terms()
    last = 0
    while portion := list(rows.filter(pk__gt=last)[:PORTION]):
        for record in portion:
            yield document_of(record, today, called)
        last = portion[-1].pk


def documents_of(uids: Collection[int], today: date) -> Iterator[Document]:
    """Those of these records that are public."""
    wanted, called = sorted(uids), terms()
    for start in range(0, len(wanted), PORTION):
        for record in _whole(published().filter(pk__in=wanted[start : start + PORTION])):
            yield document_of(record, today, called)


def turned_by(since: date, today: date) -> QuerySet[Record]:
    """Public records of which these days changed what the index says: an embargo ended, or a course began."""
    files = Q(files__current=True, files__embargo_until__gt=since, files__embargo_until__lte=today)
    begun = Q(offerings__starts__gte=since, offerings__starts__lt=today)
    return published().filter(files | begun).distinct()


def _whole(rows: QuerySet[Record]) -> QuerySet[Record]:
    """With all that a document is made of, so that a portion costs a handful of queries."""
    return (
        rows.order_by("pk")
        .defer("own")
        .select_related("repository")
        .prefetch_related(
            Prefetch("files", KeptFile.objects.filter(current=True).order_by("name"), to_attr="shown_files"),
            Prefetch("offerings", Offering.objects.defer("content"), to_attr="given"),
        )
    )


def document_of(record: Record, today: date, called: Terms) -> Document:
    """One record, read by `_whole`; `called` tells what its sector, goal and task are called."""
    value = contents.read(record.kind, record.content)
    found = _work(record, value, today) if isinstance(value, Work) else _course(record, value, today)
    levels = (("sector", record.sector), ("goal", record.goal), ("task", record.task))
    names = [title for level in levels for title in called.get(level, {}).values()]
    return replace(found, keywords=tuple(_once([*found.keywords, *names]))) if names else found


# --- Works ---


def _work(record: Record, work: Work, today: date) -> Document:
    people = _once(author.name for author in work.authors if not author.is_organisation)
    organisations = _organisations(work)
    facets: dict[str, Iterable[str]] = {
        "kind": ["work"],
        "type": [record.type],
        "year": [str(work.published.year)] if work.published else [],
        "language": [work.language] if work.language != UNSTATED else [],
        "provider": [record.provider],
        "organisation": organisations,
        "source": [record.repository.key if record.repository else "own"],
        "sector": [work.sector],
        "goal": [work.goal],
        "task": [work.task],
        "access": [_access(work, today)],
        "licence": [work.licence],
        "subject": [subject.label for subject in work.subjects],
        "author": people,
    }
    numbers = {"changed": day_number(record.changed_at.date())}
    if record.published:
        numbers["day"] = day_number(record.published)
    return Document(
        uid=record.pk,
        key=record.key,
        texts=_texts_of_work(record, work, today),
        people=tuple(people),
        organisations=tuple(organisations),
        keywords=tuple(_once(subject.label for subject in work.subjects)),
        identifiers=tuple(_once([record.key, *(one.value for one in work.identifiers)])),
        facets=_facets(facets),
        numbers=numbers,
        stamp=stamp_of(record.changed_at),
    )


def _texts_of_work(record: Record, work: Work, today: date) -> dict[str, Text]:
    parts = [work.summaries, work.abstracts, *(advice.text for advice in work.recommendations), *work.questions]
    own = work.language if work.language in LANGUAGES else UNKNOWN
    fulltext = "\n\n".join(file.text[:LONGEST_TEXT] for file in _readable(record, today) if file.text)[:LONGEST_TEXT]
    return _texts([work.titles, work.subtitles], parts, {own: fulltext} if fulltext else {})


def _readable(record: Record, today: date) -> list[KeptFile]:
    """The files that everybody may read today."""
    ended = (Access.EMBARGOED.value,)
    return [
        file
        for file in record.shown_files  # type: ignore[attr-defined]
        if file.access == Access.OPEN
        or (file.access in ended and file.embargo_until is not None and file.embargo_until <= today)
    ]


def _access(work: Work, today: date) -> str:
    """Who may read it, today."""
    if work.access is Access.EMBARGOED and work.embargo_until and work.embargo_until <= today:
        return Access.OPEN.value
    return work.access.value


def _organisations(work: Work) -> list[str]:
    named: list[Organisation] = [*work.organisations, *(one for a in work.authors for one in a.organisations)]
    authors = [author.name for author in work.authors if author.is_organisation]
    return _once([*(one.name for one in named), *authors, *(grant.funder for grant in work.funding)])


# --- What can be learnt ---


def _course(record: Record, course: Course | Programme, today: date) -> Document:
    given = [one for one in record.given if not one.cancelled and not (one.ends and one.ends < today)]  # type: ignore[attr-defined]
    competences = course.competences if isinstance(course, Course) else ()
    modes = [one.mode for one in given]
    provider = [course.provider.name] if course.provider and course.provider.name else []
    facets: dict[str, Iterable[str]] = {
        "kind": ["course"],
        "type": [record.kind],
        "language": [*course.languages, *(code for one in course.offerings for code in one.languages)],
        "provider": [record.provider],
        "organisation": provider,
        "source": [record.repository.key if record.repository else "own"],
        "sector": [record.sector],
        "goal": [record.goal],
        "task": [record.task],
        "level": [course.level],
        "mode": [mode for mode in [*modes, course.mode if isinstance(course, Course) else ""] if mode != "unknown"],
        "town": [one.town for one in given],
        "price": _price_words(given),
        "competence": [one.code for one in competences],
        "subject": course.subjects if isinstance(course, Course) else (),
    }
    return Document(
        uid=record.pk,
        key=record.key,
        texts=_texts_of_course(course),
        organisations=tuple(provider),
        keywords=_keywords(course),
        identifiers=tuple(_once([record.key, course.identifier, course.code])),
        facets=_facets(facets),
        numbers=_numbers_of_course(record, given, today),
        stamp=stamp_of(record.changed_at),
    )


def _texts_of_course(course: Course | Programme) -> dict[str, Text]:
    parts: list[Texts] = [course.descriptions]
    if isinstance(course, Course):
        parts += [*course.outcomes, course.admission]
    return _texts([course.titles], parts, {})


def _keywords(course: Course | Programme) -> tuple[str, ...]:
    """Subjects, and what the framework calls the competences, in every language that it has."""
    if not isinstance(course, Course):
        return ()
    known = [digcomp.framework().competence(one.code) for one in course.competences]
    return tuple(_once([*course.subjects, *(label for one in known if one for label in one.label.values())]))


def _price_words(given: list[Offering]) -> list[str]:
    words = {"unknown" if one.price is None else "paid" if one.price else "free" for one in given}
    return sorted(words) or ["unknown"]


def _numbers_of_course(record: Record, given: list[Offering], today: date) -> dict[str, int]:
    numbers = {"changed": day_number(record.changed_at.date())}
    if record.published_at:
        numbers["day"] = day_number(record.published_at.date())
    if starts := [one.starts for one in given if one.starts and one.starts >= today]:
        numbers["start"] = day_number(min(starts))
    if prices := [one.price for one in given if one.price is not None]:
        numbers["cents"] = int(min(prices) * 100)
    return numbers


# --- Both ---


def _texts(titles: list[Texts], parts: list[Texts], fulltexts: dict[str, str]) -> dict[str, Text]:
    codes = dict.fromkeys([code for texts in [*titles, *parts] for code in texts] + list(fulltexts))
    found: dict[str, tuple[list[str], list[str], list[str]]] = {}
    for code in codes:
        # A text in a language without an analyser of its own joins the others of those.
        kept = found.setdefault(code if code in LANGUAGES else UNKNOWN, ([], [], []))
        kept[0].extend(texts[code] for texts in titles if texts.get(code))
        kept[1].extend(texts[code] for texts in parts if texts.get(code))
        kept[2].extend([fulltexts[code]] if code in fulltexts else [])
    return {
        code: Text(title=": ".join(title), body="\n\n".join(body), fulltext="\n\n".join(whole))
        for code, (title, body, whole) in found.items()
    }


def _facets(values: dict[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    kept = {name: tuple(_once(some)[:MOST_VALUES]) for name, some in values.items()}
    return {name: some for name, some in kept.items() if some}


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value.strip() for value in values if value and value.strip()))
