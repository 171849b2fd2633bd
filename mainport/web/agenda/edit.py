# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Editing on the site: change an element, add one, take one out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mainport.agenda import actions, queries
from mainport.agenda.models import Version
from mainport.agenda.queries import history
from mainport.agenda.rules import elements as rules
from mainport.agenda.rules.difference import Change
from mainport.agenda.rules.elements import Agenda, Kind, plan_key
from mainport.agenda.rules.merging import merge
from mainport.agenda.rules.nodes import PLAN_TITLE, SHAPES
from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Actor, Permission
from mainport.web.access import logged_in
from mainport.web.agenda import labels
from mainport.web.agenda.addresses import url_of
from mainport.web.agenda.edit_data import Subject, sent, stored
from mainport.web.agenda.edit_fields import Setting, title_of
from mainport.web.agenda.edit_forms import EditForm, WhyForm
from mainport.web.agenda.edit_result import Unfit, note_troubles, result_of
from mainport.web.agenda.views.parts import Crumb, crumbs


@dataclass(frozen=True)
class Desk:
    """Who edits what in which agenda."""

    actor: Actor
    agenda: Agenda
    subject: Subject
    setting: Setting
    #: The newest version when the agenda was read.
    opened: int

    @property
    def element(self) -> rules.Element:
        return self.subject.element

    @property
    def title(self) -> str:
        """What is edited, as a heading says it: a plan by what it plans."""
        element = self.element
        if element.kind is Kind.PLAN and element.title == PLAN_TITLE:
            return title_of(self.agenda.elements[element.parent or ""], self.setting.language)
        return title_of(element, self.setting.language)


@dataclass(frozen=True)
class Overtaken:
    """What somebody else changed while this form was open."""

    by: list[str]
    taken: list[str]
    conflicts: list[str]
    removed: bool


@logged_in
@require_http_methods(["GET", "HEAD", "POST"])
def element_edit(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Change one element; of a plan its milestones too."""
    opened, agenda = _agenda()
    element = agenda.elements.get(f"{kind}:{key}") or _taken_out(request, f"{kind}:{key}")
    desk = _desk(request, agenda, element, opened)
    return _respond(request, desk, _("Saved: %(title)s."))


@logged_in
@require_http_methods(["GET", "HEAD", "POST"])
def element_add(request: HttpRequest, kind: str, parent: str) -> HttpResponse:
    """Add an element of this kind under another one."""
    opened, agenda = _agenda()
    above = agenda.elements.get(parent)
    if above is None or kind not in SHAPES[above.kind].children.values():
        raise Http404(f"{kind} under {parent}")
    if kind == Kind.PLAN and f"{Kind.PLAN}:{plan_key(parent)}" in agenda.elements:
        return redirect("element_edit", kind=kind, key=plan_key(parent))
    desk = _desk(request, agenda, _draft(agenda, Kind(kind), parent), opened, is_new=True)
    return _respond(request, desk, _("Added: %(title)s."))


def _agenda() -> tuple[int, Agenda]:
    """The newest version and the agenda: in this order, so that what comes in between counts as later."""
    opened = history.newest_version()
    agenda = queries.agenda()
    if agenda is None:
        raise Http404("no agenda")
    return opened, agenda


def _draft(agenda: Agenda, kind: Kind, parent: str) -> rules.Element:
    """A new element, the last one of its kind under its parent."""
    beside = [e.position for e in agenda.elements.values() if e.parent == parent and e.kind is kind]
    key = plan_key(parent) if kind is Kind.PLAN else ""
    title = PLAN_TITLE if kind is Kind.PLAN else {}
    return rules.Element(kind, key, parent, max(beside, default=-1) + 1, title)


def _taken_out(request: HttpRequest, uid: str) -> rules.Element:
    """An element that somebody else took out while a form of it was open: what was typed must not be lost."""
    last = history.last_known(uid) if request.method == "POST" else None
    if last is None:
        raise Http404(uid)
    return last


def _desk(request: HttpRequest, agenda: Agenda, element: rules.Element, opened: int, *, is_new: bool = False) -> Desk:
    actor = actor_of(request.user)
    _require_access(actor, agenda, element, is_new=is_new)
    locked = frozenset() if actor.may(Permission.EDIT_AGENDA) else frozenset({"lead"})
    around = {element.uid, element.parent or ""} if element.kind is Kind.PLAN else {element.uid}
    setting = Setting(
        agenda=agenda,
        language=get_language() or "",
        kind=element.kind,
        locked=locked if element.kind is Kind.PLAN else frozenset(),
        leave_out=frozenset(around),
    )
    return Desk(actor, agenda, Subject(element, _milestones(agenda, element), is_new), setting, opened)


def _milestones(agenda: Agenda, element: rules.Element) -> tuple[rules.Element, ...]:
    if element.kind is not Kind.PLAN:
        return ()
    return tuple(e for e in agenda.elements.values() if e.parent == element.uid and e.kind is Kind.MILESTONE)


def _require_access(actor: Actor, agenda: Agenda, element: rules.Element, *, is_new: bool) -> None:
    """403 for whoever edits nothing of this kind; 404 for another organisation's plan."""
    if actor.may(Permission.EDIT_AGENDA):
        return
    parent = agenda.elements.get(element.parent or "")
    own = actions.may_edit(actor, element, parent)
    in_a_plan = element.kind is Kind.PLAN or (parent is not None and parent.kind is Kind.PLAN)
    if own and (element.kind is Kind.MILESTONE or not is_new):
        return
    if actor.organisations(Permission.EDIT_PLAN) and in_a_plan and not is_new:
        raise Http404(element.uid)
    raise PermissionDenied


# --- Saving ---


def _respond(request: HttpRequest, desk: Desk, done: str) -> HttpResponse:
    if request.method != "POST":
        return _show(request, desk, EditForm(desk.subject, desk.setting, opened=desk.opened))
    filled = sent(request.POST)
    pressed = request.POST.get("row", "")
    if pressed:  # A row more or less; nothing is saved yet.
        form = EditForm(desk.subject, desk.setting, filled=filled, why=_why(request), add=pressed.removeprefix("add:"))
        return _show(request, desk, form, quiet=True)
    form = EditForm(desk.subject, desk.setting, filled=filled, why=_why(request))
    if not form.is_valid():
        return _show(request, desk, form)
    try:
        result = result_of(form, history.every_uid())
        changes = actions.edit(
            by=desk.actor,
            put=result.put,
            remove=result.remove,
            why=form.why.cleaned_data["why"],
            opened=form.why.cleaned_data["opened"],
        )
    except Unfit:
        return _show(request, desk, form)
    except actions.Refused as refused:
        note_troubles(form, refused.troubles)
        return _show(request, desk, form)
    except actions.Overtaken as overtaken:
        return _show_overtaken(request, desk, overtaken.versions)
    return _thank(request, result.put[0], changes, done)


def _why(request: HttpRequest) -> dict[str, Any]:
    return {name: request.POST.get(name, "") for name in ("why", "opened")}


def _thank(request: HttpRequest, element: rules.Element, changes: list[Change], done: str) -> HttpResponse:
    if changes:
        title = title_of(element, get_language() or "")
        messages.success(request, done % {"title": title})
    else:
        messages.info(request, _("Nothing differs from what was there, so nothing was saved."))
    return redirect(url_of(element))


def _show(
    request: HttpRequest, desk: Desk, form: EditForm, *, overtaken: Overtaken | None = None, quiet: bool = False
) -> HttpResponse:
    element = desk.element
    kind = labels.one(element.kind)
    heading = _("Edit the plan: %(title)s") if element.kind is Kind.PLAN else _("Edit: %(title)s")
    if desk.subject.is_new:
        heading = _("Add a plan: %(title)s") if element.kind is Kind.PLAN else _("Add: %(kind)s")
    above = desk.agenda.elements.get(element.parent or "") if desk.subject.is_new else element
    back = url_of(above or element)
    context = {
        "form": form,
        "faults": [] if quiet else form.faults(),
        "quiet": quiet,
        "overtaken": overtaken,
        "element": element,
        "is_new": desk.subject.is_new,
        "kind": kind,
        "heading": heading % {"kind": kind.lower(), "title": desk.title},
        "cancel_url": back,
        "locked": bool(desk.setting.locked),
        "may_remove": _may_remove(desk),
        "breadcrumbs": crumbs(
            Crumb(title_of(above, desk.setting.language) if desk.subject.is_new and above else desk.title, back),
            Crumb(_("Add") if desk.subject.is_new else _("Edit")),
        ),
    }
    return render(request, "agenda/edit/form.html", context, status=409 if overtaken else 200)


def _may_remove(desk: Desk) -> bool:
    if desk.subject.is_new or desk.element.kind is Kind.ALLIANCE:
        return False
    return desk.actor.may(Permission.EDIT_AGENDA) or desk.element.kind is Kind.MILESTONE


def _show_overtaken(request: HttpRequest, desk: Desk, versions: list[Version]) -> HttpResponse:
    """The form once more, with both people's changes in it; nothing that was typed is lost."""
    opened = int(request.POST["opened"])
    uid = desk.element.uid
    languages = desk.setting.languages
    filled = sent(request.POST)
    keys = [values[0] for name, values in filled.items() if name.endswith("-key") and values]
    named = {uid, *(version.uid for version in versions), *(f"{Kind.MILESTONE}:{key}" for key in keys)}
    before = history.as_of(opened, named | {milestone.uid for milestone in desk.subject.milestones})
    milestones = [element for element in before.values() if element.parent == uid and element.kind is Kind.MILESTONE]
    in_order = tuple(sorted(milestones, key=lambda milestone: milestone.position))
    base = Subject(before.get(uid, desk.element), in_order if desk.element.kind is Kind.PLAN else ())
    merged = merge(stored(base, languages), stored(desk.subject, languages), filled)
    why = _why(request) | {"opened": str(desk.opened)}
    form = EditForm(desk.subject, desk.setting, filled=merged.filled, why=why)
    told = Overtaken(
        by=list(dict.fromkeys(version.by_name for version in versions)),
        taken=form.labels_of(merged.taken),
        conflicts=form.labels_of(merged.conflicts),
        removed=desk.agenda.elements.get(uid) is None and not desk.subject.is_new,
    )
    return _show(request, desk, form, overtaken=told)


# --- Taking out ---


@logged_in
@require_http_methods(["GET", "HEAD", "POST"])
def element_remove(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Take an element out of the agenda, after showing what goes with it."""
    opened, agenda = _agenda()
    element = agenda.elements.get(f"{kind}:{key}")
    if element is None or element.kind is Kind.ALLIANCE:
        raise Http404(f"{kind}:{key}")
    desk = _desk(request, agenda, element, opened)
    if not _may_remove(desk):
        raise PermissionDenied
    gone = actions.with_all_below(agenda, [element.uid])
    names_it = _still_naming(agenda, gone)
    form = WhyForm(
        data=_why(request) if request.method == "POST" else None, initial={"opened": history.newest_version()}
    )
    if request.method == "POST" and not names_it and form.is_valid():
        try:
            actions.remove_element(
                by=desk.actor, uid=element.uid, why=form.cleaned_data["why"], opened=form.cleaned_data["opened"]
            )
        except actions.Overtaken as overtaken:
            by = ", ".join(dict.fromkeys(version.by_name for version in overtaken.versions))
            words = _("Meanwhile %(people)s changed this. Look at it again before you take it out.")
            form.add_error(None, words % {"people": by})
            form.data = _why(request) | {"opened": str(desk.opened)}
        else:
            messages.success(request, _("Taken out of the agenda: %(title)s.") % {"title": desk.title})
            return redirect(url_of(agenda.elements[element.parent or ""]))
    return render(request, "agenda/edit/remove.html", _about_removal(desk, form, gone, names_it))


def _still_naming(agenda: Agenda, gone: dict[str, rules.Element]) -> list[rules.Element]:
    """Elements that stay and name one that would go."""
    return [
        element
        for element in agenda.elements.values()
        if element.uid not in gone and any(link.target in gone for link in element.links)
    ]


def _about_removal(
    desk: Desk, form: WhyForm, gone: dict[str, rules.Element], names_it: list[rules.Element]
) -> dict[str, Any]:
    def shown(one: rules.Element) -> tuple[str, str, str]:
        planned = desk.agenda.elements.get(one.parent or "") if one.kind is Kind.PLAN else None
        return labels.one(one.kind), title_of(planned or one, desk.setting.language), url_of(one)

    element = desk.element
    return {
        "form": form,
        "element": element,
        "kind": labels.one(element.kind),
        "title": desk.title,
        "with_it": [shown(e) for e in gone.values() if e.uid != element.uid],
        "names_it": [shown(e) for e in names_it],
        "cancel_url": url_of(element),
        "breadcrumbs": crumbs(Crumb(desk.title, url_of(element)), Crumb(_("Take out"))),
    }
