// Updates results as the reader types, and applies filters without leaving the page.
//
// The script fetches the page that the address names and copies its parts
// marked data-live, so a reload always shows the same, and no cache ever has a
// fragment under a page's address.
//
// History: a search that the reader starts (Enter, a filter, a link) has an entry
// of its own. Searches on the way to it share one entry, unless the reader paused
// to look at the results: then Back returns to them.
"use strict";
(() => {
  const typingDelay = 150;  // ms without a key before searching: longer than most people take between keys
  const busyDelay = 200;    // ms before a search is shown as slow
  const settleDelay = 1500; // ms without a key before results count as seen and their number is announced

  const form = document.getElementById("search");
  if (!form || !document.getElementById("list")) return;
  const box = form.elements.q;
  const liveRegion = document.getElementById("status");

  // pathOf normalises an address, so that equal searches are equal strings.
  const pathOf = (address) => {
    const u = new URL(address, location.href);
    return u.pathname + (u.search && "?" + u.searchParams);
  };
  let shown = pathOf(location.href); // address of the results on the screen, "" after a failure
  let complete = true;               // false while their syntax errors are hidden
  let seen = true;                   // the current history entry must be kept
  let composing = false;             // an input method is open
  let typingTimer = 0, busyTimer = 0, settleTimer = 0;
  let request = null;                // AbortController of the request in flight

  function formAddress() {
    return form.getAttribute("action") + "?" + new URLSearchParams(new FormData(form));
  }

  // record puts an address into the history: a new entry if the current one was
  // seen, else in its place.
  function record(address) {
    if (address === pathOf(location.href)) return;
    try {
      history[seen ? "pushState" : "replaceState"](null, "", address);
    } catch { /* browsers limit how often */ }
  }

  function saveScroll() {
    try {
      history.replaceState({ scroll: scrollY }, "");
    } catch { /* likewise */ }
  }

  function setBusy(busy) {
    const list = document.getElementById("list");
    if (busy && !busyTimer) busyTimer = setTimeout(() => list.setAttribute("aria-busy", "true"), busyDelay);
    if (busy) return; // a request that replaces another continues the same wait
    clearTimeout(busyTimer);
    busyTimer = 0;
    list.removeAttribute("aria-busy");
  }

  // settle announces the results, and keeps their history entry, once the reader
  // has stopped typing.
  function settle() {
    clearTimeout(settleTimer);
    settleTimer = setTimeout(() => {
      seen = true;
      const texts = document.querySelectorAll("#list .count .found, #list .notice p, #list .empty :is(h1, h2)");
      liveRegion.textContent = [...texts].map((e) => e.textContent).join(" ");
    }, settleDelay);
  }

  // show fetches and draws an address, unless a later call overtakes it. The
  // cause is "typing", "commit" or "back".
  async function show(address, cause) {
    clearTimeout(typingTimer);
    if (request) request.abort();
    const current = request = new AbortController();
    setBusy(true);
    let page = null, landed = address;
    try {
      const response = await fetch(address, { signal: current.signal, headers: { Accept: "text/html" } });
      if (response.status === 401) { // signed out meanwhile
        location.assign(address);
        return;
      }
      landed = pathOf(response.url);
      page = new DOMParser().parseFromString(await response.text(), "text/html");
    } catch {
      if (current.signal.aborted) return;
    }
    if (current !== request) return;
    request = null;
    setBusy(false);
    const hasResults = page && page.getElementById("list");
    if (page && !hasResults && (landed !== address || !page.querySelector(".empty"))) {
      location.assign(landed); // an empty search redirects to the home page, an expired session to signing in
      return;
    }
    shown = hasResults ? address : "";
    if (cause !== "back") record(address);
    seen = cause !== "typing";
    complete = !(cause === "typing" && page && hideSyntaxErrors(page));
    draw(page);
    if (cause === "back") {
      if (page) box.value = page.getElementById("q").value;
      scrollTo(0, history.state && history.state.scroll || 0);
    }
  }

  // hideSyntaxErrors removes complaints about a query that is still being typed,
  // where every quotation mark is unclosed for a while. It reports whether there
  // were any.
  function hideSyntaxErrors(page) {
    const errors = [...page.querySelectorAll(".notice:has(.query)")];
    for (const e of errors) e.remove();
    return errors.length > 0;
  }

  // draw copies the live parts of a page, or shows a failure in place of the list.
  function draw(page) {
    const restoreFocus = saveFocus();
    if (page && page.getElementById("list")) {
      document.title = page.title;
      for (const part of document.querySelectorAll("[data-live]")) {
        const fresh = page.getElementById(part.id);
        if (!fresh) continue;
        for (const open of part.querySelectorAll("details[id][open]")) {
          const same = fresh.querySelector("#" + CSS.escape(open.id));
          if (same) same.open = true;
        }
        part.replaceWith(document.adoptNode(fresh));
      }
    } else {
      const failure = page && page.querySelector(".empty") ||
        document.getElementById("unreachable").content.firstElementChild.cloneNode(true);
      document.getElementById("list").replaceChildren(document.adoptNode(failure));
    }
    document.dispatchEvent(new Event("results-updated"));
    restoreFocus();
    settle();
  }

  // saveFocus returns a function that moves the focus back to the same control
  // after drawing, or else to one nearby.
  function saveFocus() {
    const old = document.activeElement;
    if (!old || !old.closest("[data-live]")) return () => {};
    const label = (e) => e.getAttribute("aria-label") || e.textContent;
    const area = [".chart", ".chips"].find((c) => old.closest(c));
    return () => {
      const same = [...document.querySelectorAll(old.tagName)].find((e) => e.closest("[data-live]") &&
        (old.name ? e.name === old.name && (e.type !== "checkbox" || e.value === old.value) : label(e) === label(old)));
      const near = area && document.querySelector(area + " a");
      (same || near || document.getElementById("list")).focus({ preventScroll: true });
    };
  }

  function cancel() {
    if (request) request.abort();
    request = null;
    setBusy(false);
  }

  // typed searches for what is in the box once the reader pauses. Text that was
  // deleted again leaves the results alone.
  function typed() {
    clearTimeout(typingTimer);
    clearTimeout(settleTimer);
    if (composing) return;
    typingTimer = setTimeout(() => {
      if (box.value.trim() === "") return settle();
      if (formAddress() === shown) {
        cancel();
        return settle();
      }
      if (seen) saveScroll();
      scrollTo(0, 0);
      show(formAddress(), "typing");
    }, typingDelay);
  }

  box.addEventListener("compositionstart", () => {
    composing = true;
    typed();
  });
  box.addEventListener("compositionend", () => {
    composing = false;
    typed();
  });
  box.addEventListener("input", (e) => { if (!e.isComposing) typed(); });

  // commitSearch shows a search that the reader started. It need not be fetched
  // again if it is on the screen already.
  function commitSearch(address) {
    clearTimeout(typingTimer);
    if (address === shown && complete && !request) {
      seen = true;
      return;
    }
    if (seen) saveScroll();
    show(address, "commit");
  }

  // commitFilter does that for a control among the results: they were seen.
  function commitFilter(address) {
    seen = true;
    commitSearch(address);
  }

  form.addEventListener("submit", (e) => {
    e.preventDefault();
    commitSearch(formAddress());
    const sheet = document.getElementById("filters");
    if (sheet.querySelector("summary").checkVisibility()) sheet.open = false;
    if (matchMedia("(pointer: coarse)").matches) box.blur(); // the on-screen keyboard covers the results
  });

  document.addEventListener("change", (e) => {
    if (e.target !== box && e.target.form === form && e.target.closest("[data-live]")) commitFilter(formAddress());
  });

  document.addEventListener("click", (e) => {
    const link = e.target.closest("a[href]");
    if (!link || e.defaultPrevented || e.button !== 0 || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    const address = pathOf(link.getAttribute("href")); // in SVG, link.href is not a string
    if (link.closest("#side, .tools, .chips") && address.startsWith(form.getAttribute("action") + "?")) {
      e.preventDefault();
      commitFilter(address);
    }
  });

  addEventListener("popstate", () => {
    const address = pathOf(location.href);
    if (address !== shown) show(address, "back");
  });
})();
