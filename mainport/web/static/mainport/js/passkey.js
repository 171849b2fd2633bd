/*
 * SPDX-FileCopyrightText: 2026 The Mainport founders
 * SPDX-License-Identifier: EUPL-1.2
 */

/* Shows what needs a passkey, which needs scripts, and says so when it fails. */
(() => {
  "use strict";

  for (const part of document.querySelectorAll("[data-mainport-passkey]")) part.hidden = false;

  // allauth's scripts send this when no passkey was given, or when the browser has none.
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    for (const trouble of document.querySelectorAll("[data-mainport-passkey-trouble]")) trouble.hidden = false;
  });
})();
