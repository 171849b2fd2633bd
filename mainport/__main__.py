# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`python -m mainport`, the same as the command `mainport`."""

from mainport.config.cli import main

main()
