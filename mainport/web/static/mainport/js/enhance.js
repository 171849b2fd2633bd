/*
 * SPDX-FileCopyrightText: 2026 The Mainport founders
 * SPDX-License-Identifier: EUPL-1.2
 */

/* What neither HTML nor htmx can do. Every page works without this file. */
(() => {
  "use strict";

  // A summary of errors takes the focus, so that a screen reader starts there.
  const focusFirst = (root) => root.querySelector("[data-mainport-focus]")?.focus();

  // A table that turns into lists gets the roles and labels that its template left out.
  const ROLES = {
    TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup", TR: "row", TD: "cell",
  };
  const labelTables = (root) => {
    for (const table of root.querySelectorAll(".mainport-table--stack table")) {
      const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent.trim());
      for (const part of [table, ...table.querySelectorAll("thead, tbody, tfoot, tr, th, td")]) {
        const inHead = part.closest("thead") !== null;
        if (!part.hasAttribute("role")) {
          const role = part.tagName === "TH" ? (inHead ? "columnheader" : "rowheader") : ROLES[part.tagName];
          part.setAttribute("role", role);
        }
        if (part.tagName === "TD" && !part.hasAttribute("data-label") && heads[part.cellIndex]) {
          part.setAttribute("data-label", heads[part.cellIndex]);
        }
      }
    }
  };

  const start = (root) => {
    focusFirst(root);
    labelTables(root);
  };
  start(document);
  document.addEventListener("htmx:load", (event) => start(event.target));

  // A small menu closes with Escape, and when a press or the focus goes elsewhere.
  const openMenus = () => [...document.querySelectorAll("details[data-mainport-close][open]")];
  const closeOthers = (event) => {
    for (const menu of openMenus()) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  };
  document.addEventListener("click", closeOthers);
  document.addEventListener("focusin", closeOthers);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // A button that prints the page.
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-mainport-print]")) window.print();
  });
})();
