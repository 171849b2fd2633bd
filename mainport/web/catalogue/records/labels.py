# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How pages call what the catalogue's rules name by a code."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mainport.catalogue.models import Adoption, Record
from mainport.catalogue.rules.courses import Mode, Moment
from mainport.catalogue.rules.reading import Sense
from mainport.catalogue.rules.works import Access, WorkType

Words = str | Promise

#: One, and several.
TYPES: dict[str, tuple[Words, Words]] = {
    WorkType.THESIS: (_("Student thesis"), _("Student theses")),
    WorkType.DOCTORAL_THESIS: (_("Doctoral thesis"), _("Doctoral theses")),
    WorkType.INTERNSHIP_REPORT: (_("Internship report"), _("Internship reports")),
    WorkType.TRAINEE_REPORT: (_("Trainee report"), _("Trainee reports")),
    WorkType.ARTICLE: (_("Article"), _("Articles")),
    WorkType.PREPRINT: (_("Preprint"), _("Preprints")),
    WorkType.CONFERENCE_PAPER: (_("Conference paper"), _("Conference papers")),
    WorkType.BOOK: (_("Book"), _("Books")),
    WorkType.CHAPTER: (_("Chapter of a book"), _("Chapters of books")),
    WorkType.REPORT: (_("Research report"), _("Research reports")),
    WorkType.DATASET: (_("Data set"), _("Data sets")),
    WorkType.SOFTWARE: (_("Software"), pgettext_lazy("several", "Software")),
    WorkType.LEARNING_MATERIAL: (_("Learning material"), pgettext_lazy("several", "Learning material")),
    WorkType.PRESENTATION: (_("Presentation"), _("Presentations")),
    WorkType.MEDIA: (_("Image or sound"), pgettext_lazy("several", "Images and sound")),
    WorkType.OTHER: (_("Other work"), _("Other works")),
}

ACCESS: dict[str, Words] = {
    Access.OPEN: _("Everybody may read it."),
    Access.EMBARGOED: _("Nobody may read it yet."),
    Access.RESTRICTED: _("Only some people may read it. Ask the author or the organisation."),
    Access.METADATA_ONLY: _("Only this description is public. Ask the author or the organisation for the work itself."),
    Access.UNKNOWN: _("The source doesn’t say who may read it."),
}

#: What stands on the page of a work that isn't public.
STATES: dict[str, tuple[Words, Words]] = {
    Record.State.DRAFT: (_("Draft"), _("Only its author sees this page.")),
    Record.State.SUBMITTED: (_("Handed in"), _("Only its author and the research office see this page.")),
    Record.State.RETURNED: (
        _("Returned to the author"),
        _("The research office asked for a change. Only the author and the research office see this page."),
    ),
}

ROLES: dict[str, Words] = {
    "author": _("Author"),
    "editor": _("Editor"),
    "supervisor": _("Supervisor"),
    "translator": _("Translator"),
    "contributor": _("Contributor"),
    "illustrator": _("Illustrator"),
    "client": _("Client"),
    "publisher": _("Publisher"),
    "grantor": _("Institution"),
    "funder": _("Funder"),
}

SENSES: dict[Sense, Words] = {
    Sense.GROUND: _("What it builds on"),
    Sense.SEQUEL: _("What follows it up"),
    Sense.TOGETHER: _("What belongs with it"),
}

#: A sign, as states of the agenda have, and a word.
ADOPTIONS: dict[str, tuple[str, Words]] = {
    Adoption.State.ADOPTED: ("on-track", _("Adopted")),
    Adoption.State.DONE: ("done", _("Carried out")),
    Adoption.State.DROPPED: ("no-plan", _("Dropped")),
}

MODES: dict[str, Words] = {
    Mode.ON_SITE: _("At a place"),
    Mode.ONLINE: _("Online"),
    Mode.BLENDED: _("Partly online, partly at a place"),
    Mode.UNKNOWN: "",
}

MOMENTS: dict[str, Words] = {
    Moment.DAY: _("by day"),
    Moment.EVENING: _("in the evening"),
    Moment.WEEKEND: _("at the weekend"),
}

#: Levels as the Open Education API names them; what a source calls otherwise is shown as it is.
LEVELS: dict[str, Words] = {
    "secondary vocational education": _("Secondary vocational education (mbo)"),
    "secondary vocational education 1": _("Secondary vocational education, level 1 (mbo 1)"),
    "secondary vocational education 2": _("Secondary vocational education, level 2 (mbo 2)"),
    "secondary vocational education 3": _("Secondary vocational education, level 3 (mbo 3)"),
    "secondary vocational education 4": _("Secondary vocational education, level 4 (mbo 4)"),
    "associate degree": _("Associate degree (hbo, two years)"),
    "bachelor": _("Bachelor"),
    "master": _("Master"),
    "doctoral": _("Doctorate"),
    "nt2-1": _("Dutch as a second language, programme 1"),
    "nt2-2": _("Dutch as a second language, programme 2"),
    "undefined": "",
    "undivided": "",
}

LANGUAGES: dict[str, Words] = {
    "nl": _("Dutch"),
    "en": _("English"),
    "de": _("German"),
    "fr": _("French"),
    "fy": _("Frisian"),
    "es": _("Spanish"),
    "ar": _("Arabic"),
    "uk": _("Ukrainian"),
    "tr": _("Turkish"),
    "pl": _("Polish"),
}


def type_of(code: str, *, several: bool = False) -> str:
    return str(TYPES.get(code, TYPES[WorkType.OTHER])[several])


def language(code: str) -> str:
    return str(LANGUAGES.get(code, code if code != "und" else ""))


def level(code: str) -> str:
    return str(LEVELS.get(code.strip().lower(), code))
