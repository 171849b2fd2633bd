# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A data repository of the platform Open SDG: a folder, or an archive of one."""

from mainport.monitor.feeds.open_sdg.data import Fault
from mainport.monitor.feeds.open_sdg.reading import Repository, read
from mainport.monitor.feeds.open_sdg.repository import Refused, files, pack

__all__ = ["Fault", "Refused", "Repository", "files", "pack", "read"]
