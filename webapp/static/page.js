// Small comforts of a page that works without them.
"use strict";

(() => {
  const sections = document.querySelector(".pith-sections details");
  if (sections && matchMedia("(max-width: 47.99em)").matches) sections.open = false;
  for (const area of document.querySelectorAll("[data-count]")) {
    const count = document.getElementById(area.dataset.count);
    area.addEventListener("input", () => (count.textContent = words(area)));
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  for (const form of document.querySelectorAll("form[data-once]")) form.addEventListener("submit", sendOnce);
  addEventListener("pageshow", () => document.querySelectorAll("form[data-once]").forEach(readyAgain));

  // A second press while the first is on its way does nothing, and the button says what is going on.
  function sendOnce(event) {
    const button = event.target.querySelector("button[type=submit]");
    if (button.ariaDisabled === "true") return event.preventDefault();
    [button.dataset.words, button.textContent, button.ariaDisabled] = [button.textContent, event.target.dataset.once, "true"];
  }

  function readyAgain(form) {
    const button = form.querySelector("button[aria-disabled]");
    if (!button) return;
    button.textContent = button.dataset.words;
    button.removeAttribute("aria-disabled");
  }

  function words(area) {
    const written = area.value.trim().split(/\s+/).filter(Boolean).length;
    return written ? `about ${written > 20 ? Math.round(written / 10) * 10 : written} words` : "nothing written yet";
  }
})();
