/*
 * SPDX-FileCopyrightText: 2026 The Mainport founders
 * SPDX-License-Identifier: EUPL-1.2
 */

/* Pages of the region, made easier: what is pointed at on a map lights up in its table, and the other way; a choice
   of years becomes a slider. Every page says the same without this file. */
(() => {
  "use strict";

  const SHOWN = "mainport-is-shown";
  const partners = (part) => {
    const address = part.getAttribute("href") || "";
    if (address.startsWith("#")) return [document.getElementById(address.slice(1))];
    return part.id ? [...document.querySelectorAll(`svg a[href="#${CSS.escape(part.id)}"]`)] : [];
  };
  const light = (event, on) => {
    const part = event.target.closest?.("svg a[href^='#'], .mainport-region-row");
    if (part) for (const other of partners(part)) other?.classList.toggle(SHOWN, on);
  };
  for (const [kind, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(kind, (event) => light(event, on));
  }

  // The row that a map leads to takes the focus, so that the keyboard goes on from there.
  const follow = () => {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (row?.matches(".mainport-region-row")) row.focus();
  };
  addEventListener("hashchange", follow);

  for (const select of document.querySelectorAll("select[data-mainport-years]")) {
    const years = [...select.options];
    if (years.length < 3) continue;
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = "0";
    slider.max = String(years.length - 1);
    slider.value = String(select.selectedIndex);
    slider.className = "mainport-region-slider";
    slider.setAttribute("aria-label", select.labels[0]?.textContent.trim() || "");
    const tell = () => slider.setAttribute("aria-valuetext", years[Number(slider.value)].text);
    slider.addEventListener("input", () => {
      select.selectedIndex = Number(slider.value);
      tell();
    });
    slider.addEventListener("change", () => select.form?.requestSubmit());
    tell();
    select.after(slider);
  }
})();
