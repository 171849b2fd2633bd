# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Raw trips or persons coming in: many files, added up to pairs of zones by one of two engines.

`files` finds and looks at them, `local` and `spark` are the engines, `faults` says where something is wrong,
`adding` does all of it and can be stopped and taken up again.
"""
