# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Pages of the yearly papers: read by everybody once they are decided, made in the workspace."""
