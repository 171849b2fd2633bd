# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The subcommands of `mainport board`; each is loaded when it is asked for."""
