# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Pure rules of the monitor; imports no Django. This is the public Python library."""
