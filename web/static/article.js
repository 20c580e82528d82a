// Moves between an article's matches, by buttons and by the keys n and p, and
// copies citations. Without the script the count is a link to the first match,
// and citations can be selected.
"use strict";
(() => {
  const root = document.documentElement;
  const steps = document.getElementById("steps");
  const marks = [...document.querySelectorAll("mark[id]")];
  const liveRegion = document.getElementById("status");
  let current = -1; // index of the current match, -1 before the first

  // placeOf returns the element that the address names, null for none. What follows the #
  // may be anything, also no valid encoding.
  function placeOf(hash) {
    try {
      return document.getElementById(decodeURIComponent(hash.slice(1)));
    } catch {
      return null;
    }
  }

  // startIndex returns the index before the first match at or after the place
  // that the address names.
  function startIndex() {
    const place = placeOf(location.hash);
    if (!place) return -1;
    const follows = (m) => place.compareDocumentPosition(m) & Node.DOCUMENT_POSITION_FOLLOWING;
    const first = marks.findIndex((m) => m === place || place.contains(m) || follows(m));
    if (marks[first] === place) return first;
    return first < 0 ? marks.length - 1 : first - 1;
  }

  function show(i) {
    if (marks[current]) marks[current].classList.remove("current");
    current = (i + marks.length) % marks.length;
    const mark = marks[current];
    mark.classList.add("current");
    mark.scrollIntoView({ block: "center" });
    document.getElementById("at").textContent = (current + 1) + "/" + marks.length;
    liveRegion.textContent = steps.dataset.status.replace("#", current + 1);
  }

  // showAndFocus also moves the focus, so that the Tab key continues from there.
  function showAndFocus(i) {
    show(i);
    marks[current].tabIndex = -1;
    marks[current].focus({ preventScroll: true });
  }

  function followHash() {
    if (marks[current]) marks[current].classList.remove("current");
    current = startIndex();
  }

  if (steps && marks.length > 0) {
    for (const button of steps.querySelectorAll("button")) button.hidden = false;
    const previous = () => (current < 0 ? marks.length - 1 : current - 1);
    document.getElementById("before").addEventListener("click", () => show(previous()));
    document.getElementById("after").addEventListener("click", () => show(current + 1));
    document.getElementById("at").addEventListener("click", (e) => {
      e.preventDefault();
      showAndFocus(Math.max(current, 0));
    });
    addEventListener("hashchange", followHash);
    current = startIndex();

    document.addEventListener("keydown", (e) => {
      if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || e.defaultPrevented || root.dataset.keys === "off") return;
      if (e.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]")) return;
      if (e.key === "n") showAndFocus(current + 1);
      if (e.key === "p") showAndFocus(previous());
    });

    const keys = document.getElementById("keys");
    const updateKeys = () => keys.setAttribute("aria-pressed", String(root.dataset.keys !== "off"));
    keys.addEventListener("click", () => {
      root.dataset.keys = root.dataset.keys === "off" ? "on" : "off";
      try {
        localStorage.setItem("keys", root.dataset.keys);
      } catch { /* then it lasts for this page only */ }
      updateKeys();
    });
    updateKeys();
  }

  // copy writes a text to the clipboard. The clipboard API needs an encrypted
  // connection; elsewhere the old command still works.
  async function copy(element) {
    try {
      await navigator.clipboard.writeText(element.textContent);
      return true;
    } catch {
      getSelection().selectAllChildren(element);
      return document.execCommand("copy");
    }
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (!await copy(document.getElementById(button.dataset.copy))) return;
      liveRegion.textContent = button.textContent = button.dataset.done;
    });
  }
})();
