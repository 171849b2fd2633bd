/*
 * SPDX-FileCopyrightText: 2026 The Mainport founders
 * SPDX-License-Identifier: EUPL-1.2
 */

/* The search page works without this file. With it, suggestions stand below the box, as the combobox of the ARIA
   Authoring Practices; and where there is room beside the results, the first ways to narrow them stand open. */
(() => {
  "use strict";

  const WAIT = 150;
  const SHORTEST = 2;

  const enhance = (row) => {
    const box = row.querySelector("input[type=search]");
    const list = document.createElement("ul");
    list.id = `${box.id}-suggestions`;
    list.className = "mainport-suggest__list";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", document.querySelector(`label[for="${box.id}"]`).textContent);
    // Who doesn't see the list hears that it is there.
    const told = document.createElement("span");
    told.className = "mainport-visually-hidden";
    told.setAttribute("role", "status");
    row.append(list, told);
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", list.id);
    box.setAttribute("aria-expanded", "false");

    let typed = box.value;
    let chosen = -1;
    let timer = 0;
    let asking = null;

    const close = () => {
      list.hidden = true;
      chosen = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    };

    const choose = (number) => {
      const items = [...list.children];
      chosen = (number + items.length + 1) % (items.length + 1);
      items.forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
      const item = items[chosen];
      box.value = item ? item.textContent : typed;
      if (item) {
        box.setAttribute("aria-activedescendant", item.id);
        item.scrollIntoView({ block: "nearest" });
      } else {
        box.removeAttribute("aria-activedescendant");
      }
    };

    const show = (words) => {
      list.replaceChildren(...words.map((word, at) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${at}`;
        item.className = "mainport-suggest__item";
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.textContent = word;
        // Before the box loses the focus, which would close the list.
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          box.value = word;
          close();
          box.form.requestSubmit();
        });
        return item;
      }));
      chosen = -1;
      list.hidden = words.length === 0;
      box.setAttribute("aria-expanded", String(words.length > 0));
      told.textContent = words.length ? `${row.dataset.mainportSuggestions} ${words.length}` : "";
    };

    const ask = async () => {
      asking?.abort();
      typed = box.value;
      if (typed.trim().length < SHORTEST) return close();
      asking = new AbortController();
      try {
        const address = `${row.dataset.mainportSuggest}?${new URLSearchParams({ q: typed })}`;
        const answer = await fetch(address, { signal: asking.signal });
        if (answer.ok && box.value === typed && document.activeElement === box) show((await answer.json())[1]);
      } catch {
        // Without suggestions one types on.
      }
      return undefined;
    };

    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    box.addEventListener("blur", close);
    box.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown") choose(chosen + 1);
      else if (event.key === "ArrowUp") choose(chosen < 0 ? list.children.length - 1 : chosen - 1);
      else if (event.key === "Escape") {
        box.value = typed;
        close();
      } else return;
      event.preventDefault();
    });
  };

  for (const row of document.querySelectorAll("[data-mainport-suggest]")) enhance(row);

  const OPEN = 2;
  const unfold = () => {
    if (!window.matchMedia("(min-width: 56rem)").matches) return;
    for (const facet of [...document.querySelectorAll("#facets .mainport-facet")].slice(0, OPEN)) facet.open = true;
  };
  unfold();
  document.addEventListener("htmx:load", unfold);
})();
