# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""schema.org in the pages of others: works, courses and programmes, by JSON-LD, microdata and RDFa Lite."""

from mainport.catalogue.feeds.schema_org.page import Found, read, read_json

__all__ = ["Found", "read", "read_json"]
