# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""OAI-PMH 2.0: the catalogue for harvesters (http://www.openarchives.org/OAI/openarchivesprotocol.html)."""
