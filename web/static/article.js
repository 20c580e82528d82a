// An article's matches one after the other, by buttons and by the keys n and p,
// and citations to copy. Without the script the count is a link to the first
// match, and citations can be selected.
"use strict";
(() => {
  const root = document.documentElement;
  const steps = document.getElementById("steps");
  const marks = [...document.querySelectorAll("mark[id]")];
  const said = document.getElementById("said");
  let at = -1; // the match that is shown, -1 before the first

  // from is the match to begin with: the place that the address names.
  function from() {
    const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place) return -1;
    const first = marks.findIndex((m) => m === place || place.contains(m) || place.compareDocumentPosition(m) & Node.DOCUMENT_POSITION_FOLLOWING);
    return marks[first] === place ? first : first < 0 ? marks.length - 1 : first - 1;
  }

  function show(i) {
    if (marks[at]) marks[at].classList.remove("current");
    at = (i + marks.length) % marks.length;
    const mark = marks[at];
    mark.classList.add("current");
    mark.scrollIntoView({ block: "center" });
    document.getElementById("at").textContent = (at + 1) + "/" + marks.length;
    said.textContent = steps.dataset.said.replace("#", at + 1);
  }

  // byKey goes on in the text, too, for whoever reads by keyboard.
  function byKey(i) {
    show(i);
    marks[at].tabIndex = -1;
    marks[at].focus({ preventScroll: true });
  }

  function follow() {
    const was = at;
    at = from();
    if (marks[was]) marks[was].classList.remove("current");
  }

  if (steps && marks.length > 0) {
    for (const button of steps.querySelectorAll("button")) button.hidden = false;
    document.getElementById("before").addEventListener("click", () => show(at < 0 ? marks.length - 1 : at - 1));
    document.getElementById("after").addEventListener("click", () => show(at + 1));
    document.getElementById("at").addEventListener("click", (e) => { e.preventDefault(); byKey(Math.max(at, 0)); });
    addEventListener("hashchange", follow);
    at = from();

    document.addEventListener("keydown", (e) => {
      if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || e.defaultPrevented || root.dataset.keys === "off") return;
      if (e.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]")) return;
      if (e.key === "n") byKey(at + 1);
      if (e.key === "p") byKey(at < 0 ? marks.length - 1 : at - 1);
    });

    const keys = document.getElementById("keys");
    const tell = () => keys.setAttribute("aria-pressed", String(root.dataset.keys !== "off"));
    keys.addEventListener("click", () => {
      root.dataset.keys = root.dataset.keys === "off" ? "on" : "off";
      try { localStorage.setItem("keys", root.dataset.keys); } catch { /* then it lasts for this page */ }
      tell();
    });
    tell();
  }

  // copy writes a text to the clipboard; where that isn't allowed (pages that are
  // not encrypted), the old way.
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
      if (await copy(document.getElementById(button.dataset.copy))) said.textContent = button.textContent = button.dataset.done;
    });
  }
})();
