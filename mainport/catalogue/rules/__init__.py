# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What a work and a course are, what is wrong with one, and what in a text is about a person.

Pure functions and frozen dataclasses, usable as a library.
"""
