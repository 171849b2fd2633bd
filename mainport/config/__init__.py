# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Settings, URLs, server and command line: the only place that knows every room."""
