# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Tables of the catalogue: records with their files, where they were harvested, how works come in, who learns what."""

from mainport.catalogue.models.handing_in import Adoption, Recommendation, Registration, Review, Submission
from mainport.catalogue.models.harvest import Harvest, Match, RawRecord, Repository
from mainport.catalogue.models.learning import Answers, Badge, Following, Questionnaire
from mainport.catalogue.models.matching import MatchingKeys
from mainport.catalogue.models.records import Identifier, KeptFile, Offering, Record, Relation
from mainport.catalogue.models.searching import Embedding, SavedSearch, Term

__all__ = [
    "Adoption",
    "Answers",
    "Badge",
    "Embedding",
    "Following",
    "Harvest",
    "Identifier",
    "KeptFile",
    "Match",
    "MatchingKeys",
    "Offering",
    "Questionnaire",
    "RawRecord",
    "Recommendation",
    "Record",
    "Registration",
    "Relation",
    "Repository",
    "Review",
    "SavedSearch",
    "Submission",
    "Term",
]
