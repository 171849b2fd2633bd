# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Visits to outside sources: guarded, bounded and patient, with each answer kept as it came."""
