# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A section of a paper that is being made: writing it, what is drawn up beside it, comments, earlier texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mainport.board import queries as board
from mainport.core.queries import actor_of, organisations
from mainport.cycle.actions import papers as actions
from mainport.cycle.actions.papers import Refused, Stale
from mainport.cycle.models import Comment, Paper, SectionVersion
from mainport.cycle.queries import papers as queries
from mainport.cycle.queries.papers import NoSuchPaper, PaperView, SectionView
from mainport.cycle.queries.papers_at_work import chapter
from mainport.cycle.rules.papers import Written, paragraphs
from mainport.web.board.views.shared import ask, form_page, posted
from mainport.web.pages import Page
from mainport.web.papers import labels, reading, show
from mainport.web.papers.forms import CommentForm, SectionForm, WriterForm
from mainport.web.papers.views.shared import at_work, manages
from mainport.web.templatetags.mainport import words


@dataclass(frozen=True)
class Place:
    """A section in its paper, with those before and after it."""

    view: PaperView
    one: SectionView
    before: SectionView | None
    after: SectionView | None

    @property
    def paper(self) -> Paper:
        return self.view.paper

    @property
    def where(self) -> dict[str, Any]:
        return {"kind": self.paper.kind, "year": self.paper.year, "section": self.one.section.key}

    @property
    def url(self) -> str:
        return reverse("paper_section", kwargs=self.where)


def _place(request: HttpRequest, kind: str, year: int, section: str) -> Place:
    """Raises NoSuchPaper."""
    view = queries.view(actor_of(request.user), kind, year)
    at = next((n for n, one in enumerate(view.sections) if one.section.key == section), None)
    if at is None or view.paper.content:
        raise NoSuchPaper(f"{kind} {year}, section {section} of a paper that is being made")
    return Place(
        view,
        view.sections[at],
        view.sections[at - 1] if at else None,
        view.sections[at + 1] if at + 1 < len(view.sections) else None,
    )


@form_page
@at_work
def paper_section(request: HttpRequest, kind: str, year: int, section: str) -> HttpResponse:
    """Read it, and write it where the asker may. What somebody else wrote meanwhile is shown beside one's own."""
    place = _place(request, kind, year, section)
    if request.method == "POST":
        return _write(request, place)
    return _page(request, place)


def _write(request: HttpRequest, place: Place) -> HttpResponse:
    by, row = actor_of(request.user), place.one.section
    form = SectionForm(request.POST, languages=place.view.languages)
    if not form.is_valid():
        return _page(request, place, form=form)
    if request.POST.get("verb") == "preview" and place.one.may_write:
        return _page(request, place, form=form, preview=form.text)
    try:
        actions.write(by=by, section=row, text=form.text, revision=form.cleaned_data["revision"])
    except Stale as error:
        return _stale(request, place, form, error)
    except Refused as error:
        labels.put_trouble(form, error)
        return _page(request, place, form=form)
    messages.success(request, _("Kept."))
    if request.POST.get("verb") == "next" and place.after:
        return redirect(reverse("paper_section", kwargs={**place.where, "section": place.after.section.key}))
    return redirect(place.url)


def _stale(request: HttpRequest, place: Place, form: SectionForm, error: Stale) -> HttpResponse:
    """The form again with one's own text, the other's beside it; saving once more puts one's own in its place."""
    again = _place(request, place.paper.kind, place.paper.year, place.one.section.key)
    data = request.POST.copy()
    data["revision"] = str(again.one.section.revision)
    renewed = SectionForm(data, languages=again.view.languages)
    renewed.is_valid()
    renewed.add_error(None, labels.sentence(error))
    return _page(request, again, form=renewed, theirs=True)


def _page(
    request: HttpRequest,
    place: Place,
    *,
    form: SectionForm | None = None,
    comment_form: CommentForm | None = None,
    preview: Mapping[str, str] | None = None,
    theirs: bool = False,
) -> HttpResponse:
    one, row = place.one, place.one.section
    initial = {f"text_{code}": row.text.get(code, "") for code in place.view.languages} | {"revision": row.revision}
    form = form or SectionForm(languages=place.view.languages, initial=initial)
    by = actor_of(request.user)
    context = {
        "page_title": show.section_title(one),
        "breadcrumbs": show.crumbs_to(place.view, show.section_title(one)),
        "title": show.title_of(place.view),
        "place": place,
        "one": one,
        "row": row,
        "form": form,
        "comment_form": comment_form or CommentForm(),
        "comments": [
            (said, said.resolved_at is None and (queries.may_write(by, row) or _is_own(said, by.person_id)))
            for said in one.comments
        ],
        "prompt": one.plan.prompt if one.plan else None,
        "required": one.plan is not None and one.plan.written is Written.REQUIRED,
        "is_drawn": one.plan is not None and one.plan.written is Written.NEVER,
        "has_parts": bool(one.plan and one.plan.parts),
        "texts": _texts(place.view, row.text),
        "theirs": _texts(place.view, row.text) if theirs else [],
        "previewed": _texts(place.view, preview) if preview is not None else [],
        "reading": _chapter(place, preview) if preview is not None else None,
        "before": place.before and (place.before, show.section_title(place.before)),
        "after": place.after and (place.after, show.section_title(place.after)),
    }
    return render(request, "papers/section.html", context)


def _is_own(said: Comment, person_id: int | None) -> bool:
    return person_id is not None and said.person_id == person_id


def _texts(view: PaperView, text: Mapping[str, str]) -> list[tuple[str, str, list[str]]]:
    """(code, name, paragraphs) of each language of the alliance, the reader's own first."""
    codes = sorted(view.languages, key=lambda code: code != get_language())
    return [(code, get_language_info(code)["name_translated"], paragraphs(text.get(code, ""))) for code in codes]


def _chapter(place: Place, text: Mapping[str, str]) -> reading.Reading | None:
    if place.one.plan is None:
        return None
    document = chapter(
        place.paper,
        place.one.plan,
        {code: words for code, words in text.items() if words},
        get_language() or "en",
        decisions=board.lines_of(place.paper.year),
    )
    return reading.read(document)


@require_safe
@at_work
def paper_chapter(request: HttpRequest, kind: str, year: int, section: str) -> HttpResponse:
    """The chapter as it reads now, with what is drawn up beside its text; htmx takes it into the page of the text."""
    place = _place(request, kind, year, section)
    context = {
        "page_title": show.section_title(place.one),
        "breadcrumbs": show.crumbs_to(place.view, show.section_title(place.one)),
        "place": place,
        "reading": _chapter(place, place.one.section.text),
    }
    return render(request, "papers/chapter.html", context)


# --- Comments ---


@require_POST
@at_work
def paper_comment(request: HttpRequest, kind: str, year: int, section: str) -> HttpResponse:
    place = _place(request, kind, year, section)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, place, comment_form=form)
    try:
        actions.comment(by=actor_of(request.user), section=place.one.section, words=form.cleaned_data["words"])
    except Refused as error:
        labels.put_trouble(form, error)
        return _page(request, place, comment_form=form)
    messages.success(request, _("Your comment stands with this section."))
    return redirect(f"{place.url}#comments")


@require_POST
@at_work
def paper_comment_resolve(request: HttpRequest, kind: str, year: int, section: str, pk: int) -> HttpResponse:
    place = _place(request, kind, year, section)
    said = next((one for one in place.one.comments if one.pk == pk), None)
    if said is None:
        raise Http404(f"comment {pk}")
    said.section = place.one.section
    try:
        actions.resolve(by=actor_of(request.user), comment=said)
    except Refused as error:
        messages.error(request, labels.sentence(error))
    else:
        messages.success(request, _("Marked as dealt with."))
    return redirect(f"{place.url}#comments")


# --- Who writes it, and what it said before ---


@form_page
@manages
@at_work
def paper_section_writer(request: HttpRequest, kind: str, year: int, section: str) -> HttpResponse:
    place = _place(request, kind, year, section)
    row = place.one.section
    choices = [(one.key, one.name) for one in organisations()]
    form = WriterForm(
        posted(request), organisations=choices, initial={"organisation": row.writer.key if row.writer else ""}
    )
    if form.is_bound and form.is_valid():
        try:
            actions.assign(by=actor_of(request.user), section=row, **form.cleaned_data)
        except Refused as error:
            labels.put_trouble(form, error)
        else:
            messages.success(request, _("Kept who writes it."))
            return redirect(f"{show.work_url(place.paper)}#{row.key}")
    title = _("Who writes: %(section)s") % {"section": show.section_title(place.one)}
    return ask(
        request,
        form,
        title=title,
        lead=show.title_of(place.view),
        button=_("Keep"),
        breadcrumbs=show.crumbs_to(place.view, title),
    )


@require_safe
@at_work
def paper_section_versions(request: HttpRequest, kind: str, year: int, section: str) -> Page:
    """What the section said before, and what each change changed; the last change first."""
    place = _place(request, kind, year, section)
    row = place.one.section
    now = SectionVersion(
        section=row, revision=row.revision, text=row.text, by_name=row.changed_by, at=row.changed_at or place.paper.at
    )
    every = [now, *queries.section_versions(actor_of(request.user), row)]
    pairs = list(zip(every, [*every[1:], None], strict=True))
    context = {
        "page_title": _("Earlier texts of: %(section)s") % {"section": show.section_title(place.one)},
        "breadcrumbs": show.crumbs_to(place.view, show.section_title(place.one), _("Earlier texts")),
        "place": place,
        "versions": [(one, _changes(place.view, one, older)) for one, older in pairs],
    }
    data = [
        {"revision": one.revision, "by": one.by_name, "at": one.at, "text": one.text, "section": row.key}
        for one in every
    ]
    rows = [line | {"text": words(line["text"])} for line in data]
    return Page("papers/versions.html", context, {"section": row.key, "versions": data}, rows)


def _changes(view: PaperView, one: SectionVersion, older: SectionVersion | None) -> list[dict[str, str]]:
    """As `components/diff.html` shows them, a language each."""
    found = []
    for code in view.languages:
        new, old = one.text.get(code, ""), older.text.get(code, "") if older else ""
        if new != old:
            kind = "added" if not old else "removed" if not new else "changed"
            label = get_language_info(code)["name_translated"]
            found.append({"kind": kind, "label": str(label), "old": old, "new": new})
    return found
