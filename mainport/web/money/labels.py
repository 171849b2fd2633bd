# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What pages of money call things."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mainport.cycle.models import Grant
from mainport.cycle.queries.money import Measure
from mainport.cycle.rules.chart import CostType

MEASURES: dict[Measure, Promise] = {
    Measure.PLEDGED: pgettext_lazy("money", "Pledged"),
    Measure.SOUGHT: pgettext_lazy("money", "Sought"),
    Measure.PROMISED: pgettext_lazy("money", "Promised"),
    Measure.BUDGETED: pgettext_lazy("money", "Budgeted"),
    Measure.COMMITTED: pgettext_lazy("money", "Committed"),
    Measure.SPENT: pgettext_lazy("money", "Spent"),
    Measure.PAID: pgettext_lazy("money", "Paid"),
    Measure.INVOICED: pgettext_lazy("money", "Invoiced"),
    Measure.RECEIVED: pgettext_lazy("money", "Received"),
}

#: What each of them means, in a sentence.
MEANINGS: dict[Measure, Promise] = {
    Measure.PLEDGED: _("What partners said they would pay to the base."),
    Measure.SOUGHT: _("What was asked of a fund that has not decided yet."),
    Measure.PROMISED: _("What a fund granted."),
    Measure.BUDGETED: _("What the budget in force sets apart."),
    Measure.COMMITTED: _("What was ordered and is not invoiced yet."),
    Measure.SPENT: _("What suppliers invoiced, paid or not."),
    Measure.PAID: _("What was paid of what was spent."),
    Measure.INVOICED: _("What partners and funds were asked to pay."),
    Measure.RECEIVED: _("What they paid of it."),
}

COSTS: dict[str, Promise] = {
    CostType.STAFF: pgettext_lazy("cost", "Staff"),
    CostType.HIRED: pgettext_lazy("cost", "Hired people"),
    CostType.EVENTS: pgettext_lazy("cost", "Events"),
    CostType.COMMUNICATION: pgettext_lazy("cost", "Communication"),
    CostType.RESEARCH: pgettext_lazy("cost", "Research"),
    CostType.ICT: pgettext_lazy("cost", "ICT"),
    CostType.MATERIAL: pgettext_lazy("cost", "Material"),
    CostType.OTHER: pgettext_lazy("cost", "Other costs"),
}

GRANTS: dict[Grant.State, Promise] = {
    Grant.State.SOUGHT: pgettext_lazy("grant", "Sought"),
    Grant.State.PROMISED: pgettext_lazy("grant", "Promised"),
    Grant.State.REFUSED: pgettext_lazy("grant", "Refused"),
    Grant.State.WITHDRAWN: pgettext_lazy("grant", "Withdrawn"),
    Grant.State.SETTLED: pgettext_lazy("grant", "Accounted for"),
}
