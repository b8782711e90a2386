"use strict";
// Shared by every page: dialogs, the keyboard, and lists that are filtered. Pages add to `page` and call page.start().
const page = {
  // The elements that j and k walk through; pages may replace it.
  stops: () => Array.from(document.querySelectorAll("[data-stop]")).filter((e) => e.offsetParent !== null),
  keys: {},

  data(id) {
    const element = document.getElementById(id);
    return element ? JSON.parse(element.textContent) : null;
  },

  // An element with its text (never markup) and attributes.
  make(name, text, attributes) {
    const element = document.createElement(name);
    if (text !== undefined && text !== null) element.textContent = text;
    for (const key of Object.keys(attributes || {})) element.setAttribute(key, attributes[key]);
    return element;
  },

  fill(pattern, values) {
    return pattern.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
  },

  open(id) {
    const dialog = document.getElementById(id);
    if (!dialog || dialog.open) return;
    if (dialog.showModal) dialog.showModal();
    else dialog.setAttribute("open", "");
  },

  // Buttons of one choice: pressing one releases the others; the choice is the pressed one's data-value.
  choice(group, changed) {
    group.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-value]");
      if (!button) return;
      for (const other of group.querySelectorAll("button[data-value]")) {
        other.setAttribute("aria-pressed", String(other === button));
      }
      changed(button.dataset.value);
    });
  },

  // Call a function once typing pauses.
  later(work, wait) {
    let timer = 0;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(work, wait === undefined ? 120 : wait);
    };
  },

  reveal(element) {
    for (let up = element.parentElement; up; up = up.parentElement) {
      if (up.tagName === "DETAILS") up.open = true;
    }
    if (!element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
    element.scrollIntoView({ block: "start" });
    element.focus({ preventScroll: true });
  },

  step(direction) {
    const stops = page.stops();
    if (!stops.length) return;
    const at = stops.findIndex((stop) => stop === document.activeElement || stop.contains(document.activeElement));
    let next = at + direction;
    if (at < 0) {
      const below = stops.findIndex((stop) => stop.getBoundingClientRect().top > 8);
      next = direction > 0 ? (below < 0 ? 0 : below) : (below < 0 ? stops.length : below) - 1;
    }
    page.reveal(stops[Math.max(0, Math.min(stops.length - 1, next))]);
  },

  start() {
    document.addEventListener("click", (event) => {
      const opener = event.target.closest("[data-open]");
      if (opener) page.open(opener.dataset.open);
      const closer = event.target.closest("[data-close]");
      const dialog = closer ? closer.closest("dialog") : event.target.tagName === "DIALOG" ? event.target : null;
      if (dialog) dialog.close();
      const link = event.target.closest("a[href^='#']");
      const target = link && document.getElementById(link.getAttribute("href").slice(1));
      if (target) {
        event.preventDefault();
        page.reveal(target);
      }
    });
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.target.closest("input, select, textarea")) {
        if (event.key === "Escape") event.target.blur();
        return;
      }
      if (document.querySelector("dialog[open]")) return;
      const own = { j: () => page.step(1), k: () => page.step(-1), "?": () => page.open("help"), "/": page.search };
      const work = page.keys[event.key] || own[event.key];
      if (work) {
        event.preventDefault();
        work();
      }
    });
    window.addEventListener("beforeprint", () => {
      for (const fold of document.querySelectorAll("details[data-print]")) fold.open = true;
    });
  },

  search() {
    const field = document.querySelector("input[type=search]");
    if (!field) return;
    page.reveal(field);
    field.select();
  },
};
