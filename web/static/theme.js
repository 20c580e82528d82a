// Light or dark, as the reader's system or the reader says. It runs before the
// page is drawn, so that nothing flashes.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let kept = null, keys = null;
  try { kept = localStorage.getItem("theme"); keys = localStorage.getItem("keys"); } catch { /* storage may be forbidden */ }
  if (keys === "off") root.dataset.keys = keys; // single-key shortcuts
  if (kept === "dark" || kept === "light") root.dataset.theme = kept;

  const isDark = () => (root.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";

  function tell() {
    document.getElementById("theme").setAttribute("aria-pressed", String(isDark()));
  }

  function change() {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* then it lasts for this page */ }
    tell();
  }

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    button.hidden = false;
    button.addEventListener("click", change);
    dark.addEventListener("change", tell);
    tell();
  });
})();
