# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The agenda in the API: its elements, its history, what is reported on it, and its exports."""
