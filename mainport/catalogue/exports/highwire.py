# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A work as meta elements of its page: what Google Scholar asks for, and reference managers read out of any page.

The names are those of Highwire Press, as Google Scholar's guidelines for webmasters list them.
"""

from __future__ import annotations

from collections.abc import Iterator

from mainport.catalogue.exports.shown import Shown, own_language, persistent, publisher_of, title_of
from mainport.catalogue.rules.works import Author, Scheme, Work, WorkType

#: The name under which who brought it out stands.
_HOUSES = {
    WorkType.THESIS: "citation_dissertation_institution",
    WorkType.DOCTORAL_THESIS: "citation_dissertation_institution",
    WorkType.INTERNSHIP_REPORT: "citation_technical_report_institution",
    WorkType.TRAINEE_REPORT: "citation_technical_report_institution",
    WorkType.REPORT: "citation_technical_report_institution",
}


def tags(work: Work, shown: Shown) -> Iterator[tuple[str, str]]:
    """Name and content of each, in the order that matters: of an author follows where they work."""
    for name, content in _tags(work, shown):
        if content:
            yield name, content


def _tags(work: Work, shown: Shown) -> Iterator[tuple[str, str]]:
    yield "citation_title", f"{title_of(work)} ({shown.remark})" if shown.demo else title_of(work)
    for author in work.authors:
        if author.role == "author":
            yield "citation_author", _name(author)
            yield from (("citation_author_institution", one.name) for one in author.organisations)
            yield "citation_author_orcid", author.orcid
    if work.published:
        yield "citation_publication_date", str(work.published).replace("-", "/")
    yield _HOUSES.get(work.type, "citation_publisher"), publisher_of(work)
    yield "citation_doi", work.doi
    yield "citation_isbn", next((one.value for one in work.identifiers if one.scheme is Scheme.ISBN), "")
    yield "citation_language", own_language(work)
    yield "citation_keywords", "; ".join(subject.label for subject in work.subjects if subject.label)
    yield "citation_public_url", persistent(work, shown)
    yield "citation_abstract_html_url", shown.page
    # What can't be read without asking isn't a full text to who follows the address.
    yield (
        "citation_pdf_url",
        next((one.url for one in shown.files if one.open and one.media_type == "application/pdf"), ""),
    )


def _name(author: Author) -> str:
    if author.is_organisation or not author.family:
        return author.name
    return f"{author.family}, {author.given}" if author.given else author.family
