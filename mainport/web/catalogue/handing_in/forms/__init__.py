# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What people fill in when works are handed in, judged and taken up."""

from mainport.web.catalogue.handing_in.forms.about import DetailsForm, PeopleForm, StartForm
from mainport.web.catalogue.handing_in.forms.base import StepForm
from mainport.web.catalogue.handing_in.forms.judging import (
    AdoptForm,
    ApproveForm,
    CorrectForm,
    EndForm,
    ReturnForm,
    WhyForm,
)
from mainport.web.catalogue.handing_in.forms.rights import AcceptForm, DepositForm, FileForm, NoFileForm, RightsForm
from mainport.web.catalogue.handing_in.forms.texts import (
    QuestionsForm,
    RecommendationsForm,
    RowsForm,
    SourcesForm,
    SummaryForm,
)

__all__ = [
    "AcceptForm",
    "AdoptForm",
    "ApproveForm",
    "CorrectForm",
    "DepositForm",
    "DetailsForm",
    "EndForm",
    "FileForm",
    "NoFileForm",
    "PeopleForm",
    "QuestionsForm",
    "RecommendationsForm",
    "ReturnForm",
    "RightsForm",
    "RowsForm",
    "SourcesForm",
    "StartForm",
    "StepForm",
    "SummaryForm",
    "WhyForm",
]
