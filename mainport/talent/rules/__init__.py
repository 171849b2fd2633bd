# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who stays, leaves and returns; how many people a sector will have; how many rooms September lacks.

Pure functions on plain values and numpy arrays, usable as a library.
"""
