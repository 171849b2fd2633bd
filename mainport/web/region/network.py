# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who works with whom: read from the agenda (what organisations share) and from the catalogue (works of several)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mainport.agenda import queries as agenda
from mainport.agenda.models import Element
from mainport.agenda.queries.overview import Outline
from mainport.agenda.rules.elements import Kind
from mainport.catalogue.queries.places import Town, towns
from mainport.catalogue.queries.together import Together, together
from mainport.catalogue.rules import places as known_places
from mainport.web.agenda import labels
from mainport.web.agenda.addresses import url_of
from mainport.web.agenda.views.parts import Crumb, site_of, today
from mainport.web.pages import Page
from mainport.web.region import show
from mainport.web.region.drawing import draw_graph
from mainport.web.region.places import Spot, spots
from mainport.web.templatetags.mainport import number, words

#: So many of those who share most stand in the graph; all are in the table.
MOST_NODES = 24
#: So many places are named to who asks what is near.
NEAREST = 8


@dataclass(frozen=True)
class Shared:
    """What two organisations do together: a task, a flagship, a project, a work."""

    kind: str
    title: str
    url: str
    demo: bool = False


@dataclass(frozen=True)
class Pair:
    first: Element
    second: Element
    shared: list[Shared]

    @property
    def kinds(self) -> str:
        """3 tasks, 1 flagship."""
        tally: dict[str, int] = {}
        for one in self.shared:
            tally[one.kind] = tally.get(one.kind, 0) + 1
        return ", ".join(
            f"{number(count)} {kind_words(kind, count)}"
            for kind, count in sorted(tally.items(), key=lambda one: -one[1])
        )


@dataclass
class Party:
    """An organisation with whom it works most."""

    element: Element
    partners: list[tuple[Element, int]] = field(default_factory=list)
    shared: int = 0


def kind_words(kind: str, count: int) -> str:
    if kind == "work":
        return (_("work") if count == 1 else _("works")).lower()
    return (labels.one(Kind(kind)) if count == 1 else labels.several(Kind(kind))).lower()


# --- Read ---


def pairs_of(outline: Outline, works: Iterable[Together]) -> list[Pair]:
    """Every two that share something, those that share most first."""
    found: dict[tuple[int, int], list[Shared]] = {}
    for row in outline.rows:
        lead = outline.lead(row)
        taking = {party.pk for party in outline.taking_part(row)} | ({lead.pk} if lead else set())
        plan = outline.plans.get(row.pk)
        shared = Shared(row.kind, words(row.title), url_of(row), demo=row.demo or bool(plan and plan.demo))
        for pair in combinations(sorted(taking), 2):
            found.setdefault(pair, []).append(shared)
    by_name = names_of(outline.parties.values())
    by_key = {party.key: party.pk for party in outline.parties.values()}
    for work in works:
        taking = {by_name[name] for name in map(plain, work.names) if name in by_name}
        if work.keeper in by_key:
            taking.add(by_key[work.keeper])
        shared = Shared("work", words(work.titles), reverse("work", kwargs={"key": work.key}), demo=work.demo)
        for pair in combinations(sorted(taking), 2):
            found.setdefault(pair, []).append(shared)
    parties = outline.parties
    made = [Pair(parties[one], parties[other], shared) for (one, other), shared in found.items()]
    return sorted(made, key=lambda pair: (-len(pair.shared), words(pair.first.title), words(pair.second.title)))


def plain(name: str) -> str:
    """As names are compared: without capitals and accents."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return " ".join(letters.split())


def names_of(parties: Iterable[Element]) -> dict[str, int]:
    """By plain name, in every language, and by abbreviation, whose it is."""
    found: dict[str, int] = {}
    for party in parties:
        short = str(party.attributes.get("short") or "")
        for name in [*party.title.values(), *([short] if short else [])]:
            found[plain(name)] = party.pk
    return found


def parties_of(pairs: Sequence[Pair]) -> list[Party]:
    """Each with whom it shares, those that share most first."""
    found: dict[int, Party] = {}
    for pair in pairs:
        for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
            party = found.setdefault(one.pk, Party(one))
            party.partners.append((other, len(pair.shared)))
            party.shared += len(pair.shared)
    return sorted(found.values(), key=lambda party: (-party.shared, words(party.element.title)))


def graph_of(pairs: Sequence[Pair], parties: Sequence[Party]) -> dict[str, Any] | None:
    """The ring, in the agenda's own order, so that it only changes where the agenda does."""
    nodes = sorted(parties[:MOST_NODES], key=lambda party: party.element.tree_key)
    keys = [party.element.uid for party in nodes]
    shared = {(pair.first.uid, pair.second.uid): len(pair.shared) for pair in pairs}
    drawn, narrow = draw_graph(keys, shared), draw_graph(keys, shared, narrow=True)
    if drawn is None or narrow is None:
        return None
    by_uid = {party.element.uid: party for party in parties}
    titles = {uid: words(party.element.title) for uid, party in by_uid.items()}
    names = {
        key: {
            "title": titles[key],
            "short": str(by_uid[key].element.attributes.get("short") or titles[key]),
            "url": url_of(key),
            "count": len(by_uid[key].partners),
        }
        for key in keys
    }
    return {
        # One for a wide screen and one for a narrow one, of which one is shown.
        "drawings": [
            {
                "drawing": one,
                "narrow": one is narrow,
                "letters": 14 if one is narrow else 26,
                "nodes": [names[node.key] | {"node": node} for node in one.nodes],
            }
            for one in (drawn, narrow)
        ],
        "left_out": max(len(parties) - MOST_NODES, 0),
    }


# --- What is near ---


@dataclass(frozen=True)
class Near:
    spot: Spot
    km: float

    @property
    def told(self) -> str:
        """No more exact than it is known: whole kilometres."""
        return _("less than 1 km") if self.km < 1 else _("about %(km)s km") % {"km": number(round(self.km))}


class NearForm(forms.Form):
    """Where somebody is, and how far is near."""

    q = forms.CharField(
        label=gettext_lazy("Postcode, town or municipality"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Four digits of a postcode are enough."),
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    km = forms.TypedChoiceField(
        label=gettext_lazy("Courses within"),
        coerce=int,
        initial=5,
        choices=[(5, "5 km"), (10, "10 km"), (25, "25 km")],
    )

    def clean_q(self) -> known_places.Place | None:
        written: str = self.cleaned_data["q"].strip()
        if not written:
            return None
        found = known_places.find(written)
        if found:
            return found
        if like := known_places.similar(written):
            raise forms.ValidationError(
                _("We don't know “%(name)s”. Do you mean %(like)s?"),
                params={"name": written, "like": ", ".join(like)},
            )
        raise forms.ValidationError(
            _("We don't know “%(name)s”. Postcodes are known of Groningen and Drenthe; elsewhere give a municipality."),
            params={"name": written},
        )


def nearest(found: Sequence[Spot], here: known_places.Place) -> list[Near]:
    """Places by distance as the crow flies."""
    near = [
        Near(spot, known_places.kilometres(here, spot.latitude, spot.longitude))
        for spot in found
        if spot.latitude is not None and spot.longitude is not None
    ]
    return sorted(near, key=lambda one: one.km)


def courses_near(spot: Spot, found: Iterable[Town], km: float) -> int:
    """How many courses are given within so many kilometres of a place."""
    if spot.latitude is None or spot.longitude is None:
        return 0
    here = known_places.Place("", spot.latitude, spot.longitude)
    courses: set[int] = set()
    for town in found:
        if town.latitude is None or town.longitude is None:
            continue
        if known_places.kilometres(here, town.latitude, town.longitude) <= km:
            courses |= town.courses
    return len(courses)


def at_place(spot: Spot, parties: Iterable[Element]) -> list[Element]:
    """Organisations that a place is called after: the agenda itself doesn't say who is where."""
    titles = {plain(title) for title in spot.element.title.values()}
    tokens = {token.strip("()") for title in titles for token in title.split()}
    found = []
    for party in parties:
        own = {plain(title) for title in party.title.values()}
        short = plain(str(party.attributes.get("short") or ""))
        if own & titles or (short and short in tokens):
            found.append(party)
    return found


def students_at(spot: Spot, figures: Iterable[Element]) -> list[Element]:
    """Published figures of which the area is part of the place's name: they may count several sites together."""
    title = plain(spot.title)
    return [
        figure
        for figure in figures
        if "student" in figure.key
        and (area := plain(words(figure.attributes.get("area") or "")))
        and title.startswith(area)
    ]


# --- The page ---


@require_safe
def region_places(request: HttpRequest) -> Page | HttpResponse:
    """The network as a graph, a list and a table; places with what is there and near; what is near an address."""
    form, said = show.filled(NearForm, request.GET)
    if form.errors and show.wants_data(request):
        return show.refused(request, form)
    day: date = today()
    alliance = agenda.alliance()
    outline = agenda.outline()
    pairs = pairs_of(outline, together())
    parties = parties_of(pairs)
    found = spots()
    given = towns(day)
    figures = list(agenda.elements(Kind.FIGURE))
    here = said["q"] if isinstance(said["q"], known_places.Place) else None
    near = nearest(found, here)[:NEAREST] if here else []
    flagships = _flagships(outline)
    rows = [
        {
            "spot": spot,
            "organisations": at_place(spot, outline.parties.values()),
            "flagships": flagships.get(spot.group, []),
            "courses": courses_near(spot, given, said["km"]),
            "students": students_at(spot, figures),
        }
        for spot in found
    ]
    title = _("Who works with whom")
    context = {
        **(site_of(alliance) if alliance else {}),
        "page_title": title,
        "breadcrumbs": show.way(Crumb(title)),
        "form": form,
        "reset_url": request.path,
        "graph": graph_of(pairs, parties),
        "pairs": pairs,
        "parties": parties,
        "strongest": pairs[0] if pairs else None,
        "has_demo": any(one.demo for pair in pairs for one in pair.shared),
        "here": here,
        "near": near,
        "rows": rows,
        "km": said["km"],
    }
    pair_rows = [_pair_json(pair) for pair in pairs]
    data = {
        "pairs": [
            row | {"shared": [one.__dict__ for one in pair.shared]} for row, pair in zip(pair_rows, pairs, strict=True)
        ],
        "places": [_place_json(row) for row in rows],
        "near": [{"place": one.spot.element.uid, "km": round(one.km, 1)} for one in near],
    }
    return Page("region/network.html", context, data, pair_rows, status=400 if form.errors else 200)


def _flagships(outline: Outline) -> dict[str, list[Element]]:
    """By key of each sector its flagships."""
    sectors = [row for row in outline.rows if row.kind == Kind.SECTOR]
    return {
        sector.key: [
            row for row in outline.rows if row.kind == Kind.FLAGSHIP and row.tree_key.startswith(sector.tree_key)
        ]
        for sector in sectors
    }


def _pair_json(pair: Pair) -> dict[str, Any]:
    return {
        "first": pair.first.uid,
        "first_title": words(pair.first.title),
        "second": pair.second.uid,
        "second_title": words(pair.second.title),
        "count": len(pair.shared),
        "kinds": pair.kinds,
        "demo": any(one.demo for one in pair.shared),
    }


def _place_json(row: Mapping[str, Any]) -> dict[str, Any]:
    spot: Spot = row["spot"]
    return spot.to_json() | {
        "organisations": [one.uid for one in row["organisations"]],
        "flagships": [one.uid for one in row["flagships"]],
        "courses_near": row["courses"],
        "students": [{"figure": one.uid, "value": one.attributes["value"]} for one in row["students"]],
    }
