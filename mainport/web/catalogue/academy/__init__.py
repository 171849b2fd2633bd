# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Pages of the Digitale Academie: the questionnaire, the offer, courses that somebody follows, certificates."""
