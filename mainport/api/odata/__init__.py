# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The tables of the monitor as OData v4 in the shape of CBS, so that what reads CBS reads Mainport unchanged.

Described at https://www.cbs.nl/en-gb/our-services/open-data and https://docs.oasis-open.org/odata/.
"""
