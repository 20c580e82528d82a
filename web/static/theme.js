// Light or dark, as the system or the reader prefers. It runs before the page is
// drawn, so that nothing flashes.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let theme = null, keys = null;
  try {
    theme = localStorage.getItem("theme");
    keys = localStorage.getItem("keys");
  } catch { /* storage may be blocked */ }
  if (keys === "off") root.dataset.keys = keys; // single-key shortcuts
  if (theme === "dark" || theme === "light") root.dataset.theme = theme;

  const isDark = () => (root.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";

  function updateButton() {
    document.getElementById("theme").setAttribute("aria-pressed", String(isDark()));
  }

  function toggle() {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch { /* then it lasts for this page only */ }
    updateButton();
  }

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    button.hidden = false;
    button.addEventListener("click", toggle);
    dark.addEventListener("change", updateButton);
    updateButton();
  });
})();
