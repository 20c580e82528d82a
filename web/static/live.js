// Results that follow what is typed, and filters that keep the page in place.
//
// The script fetches the very page that the address names and takes its parts
// over, so what is shown is what a reload shows, and no cache ever holds a
// fragment under a page's address. While a query is typed the address is
// replaced; a search that is meant (Enter, a filter, a hit that is opened) gets
// an entry in the history, and the one before keeps its own.
"use strict";
(() => {
  const pause = 150;    // ms without a key before a search: more than between the keys of most
  const patience = 200; // ms before a reader is told that it takes longer
  const settle = 1000;  // ms before a count is read aloud: typing would interrupt it

  const form = document.getElementById("search");
  if (!form || !document.getElementById("list")) return;
  const box = form.elements.q;
  const said = document.getElementById("said");

  // pathOf writes an address in one way, so that the same question is the same text.
  const pathOf = (address) => {
    const u = new URL(address, location.href);
    return u.pathname + (u.search && "?" + u.searchParams);
  };
  let shown = pathOf(location.href); // the address of what is seen, "" for a fault
  let settled = shown;               // the address of the last search that was meant
  let whole = true;                  // it is seen with all that the page says
  let composing = false;
  let typed = 0, slow = 0, counted = 0; // timers
  let asking = null;                    // AbortController of the question under way

  function asked() {
    return form.getAttribute("action") + "?" + new URLSearchParams(new FormData(form));
  }

  // enter gives an address an entry of its own.
  function enter(address) {
    if (address === settled) return;
    write("replaceState", { scroll: scrollY }, settled);
    write("pushState", null, address);
    settled = address;
  }

  function write(how, state, address) {
    try { history[how](state, "", address); } catch { /* browsers bound how often */ }
  }

  // wait begins to wait, or ends it. A question that takes the place of another
  // goes on waiting: for the reader it is one wait.
  function wait(on) {
    const list = document.getElementById("list");
    if (on && !slow) slow = setTimeout(() => list.setAttribute("aria-busy", "true"), patience);
    if (on) return;
    clearTimeout(slow);
    slow = 0;
    list.removeAttribute("aria-busy");
  }

  // show asks for an address and draws the answer, unless another question came
  // after it. How is "type", "mean" or "back".
  async function show(address, how) {
    clearTimeout(typed);
    if (asking) asking.abort();
    const mine = asking = new AbortController();
    wait(true);
    let page = null, landed = address;
    try {
      const response = await fetch(address, { signal: mine.signal, headers: { Accept: "text/html" } });
      if (response.status === 401) { // signed out meanwhile
        location.assign(address);
        return;
      }
      landed = pathOf(response.url);
      page = new DOMParser().parseFromString(await response.text(), "text/html");
    } catch {
      if (mine.signal.aborted) return;
    }
    if (mine !== asking) return;
    asking = null;
    wait(false);
    if (page && !page.getElementById("list") && (landed !== address || !page.querySelector(".empty"))) {
      location.assign(landed); // an empty search leads to the first page, a lost key to where it is asked for
      return;
    }
    shown = page && page.getElementById("list") ? address : "";
    if (how === "mean") enter(address);
    if (how === "type") write("replaceState", history.state, address);
    whole = !(how === "type" && page && forgive(page));
    draw(page);
    if (how === "back") {
      settled = address;
      if (page) box.value = page.getElementById("q").value;
      scrollTo(0, history.state && history.state.scroll || 0);
    }
  }

  // forgive takes out what is wrong with a query that is still being typed: each
  // quotation mark is without its other half for a while.
  function forgive(page) {
    const errors = [...page.querySelectorAll(".notice:has(.query)")];
    for (const e of errors) e.remove();
    return errors.length > 0;
  }

  // draw takes over the parts of a page that depend on the question.
  function draw(page) {
    const focused = focus();
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
      const fault = page && page.querySelector(".empty") || document.getElementById("unreachable").content.firstElementChild.cloneNode(true);
      document.getElementById("list").replaceChildren(document.adoptNode(fault));
    }
    document.dispatchEvent(new Event("drawn"));
    focused();
    clearTimeout(counted);
    counted = setTimeout(() => {
      const words = [...document.querySelectorAll("#list .count .found, #list .notice p, #list .empty :is(h1, h2)")];
      said.textContent = words.map((e) => e.textContent).join(" ");
    }, settle);
  }

  // focus remembers what has the focus and returns a way back to its like, else
  // to what stands in its place.
  function focus() {
    const was = document.activeElement;
    if (!was || !was.closest("[data-live]")) return () => {};
    const words = (e) => e.getAttribute("aria-label") || e.textContent;
    const place = [".chart", ".chips"].find((c) => was.closest(c));
    return () => {
      const like = [...document.querySelectorAll(was.tagName)].find((e) => e.closest("[data-live]") &&
        (was.name ? e.name === was.name && (e.type !== "checkbox" || e.value === was.value) : words(e) === words(was)));
      const near = place && document.querySelector(place + " a");
      (like || near || document.getElementById("list")).focus({ preventScroll: true });
    };
  }

  // giveUp leaves what is seen as it is: what was typed was taken back.
  function giveUp() {
    if (asking) asking.abort();
    asking = null;
    wait(false);
  }

  function type() {
    clearTimeout(typed);
    if (composing) return;
    typed = setTimeout(() => {
      if (box.value.trim() === "") return;
      if (asked() === shown) return giveUp();
      scrollTo(0, 0);
      show(asked(), "type");
    }, pause);
  }

  box.addEventListener("compositionstart", () => { composing = true; clearTimeout(typed); });
  box.addEventListener("compositionend", () => { composing = false; type(); });
  box.addEventListener("input", (e) => { if (!e.isComposing) type(); });

  // mean shows a search that is meant; the one seen is not asked for again.
  function mean(address) {
    clearTimeout(typed);
    if (address === shown && whole && !asking) enter(address);
    else show(address, "mean");
  }

  form.addEventListener("submit", (e) => {
    e.preventDefault();
    mean(asked());
    const sheet = document.getElementById("filters");
    if (sheet.querySelector("summary").checkVisibility()) sheet.open = false;
    if (matchMedia("(pointer: coarse)").matches) box.blur(); // the keyboard covers the results
  });

  document.addEventListener("change", (e) => {
    if (e.target !== box && e.target.form === form && e.target.closest("[data-live]")) mean(asked());
  });

  document.addEventListener("click", (e) => {
    const link = e.target.closest("a[href]");
    if (!link || e.defaultPrevented || e.button !== 0 || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    const address = pathOf(link.getAttribute("href")); // of links in SVG, href is no text
    if (link.closest("#side, .tools, .chips") && address.startsWith(form.getAttribute("action") + "?")) {
      e.preventDefault();
      mean(address);
    } else if (link.closest("#list") && shown === pathOf(location.href) && !asking) {
      enter(shown); // the way back from a hit leads here
    }
  });

  addEventListener("popstate", () => {
    const address = pathOf(location.href);
    if (address !== shown) show(address, "back");
  });
})();
