// Small comforts of a page that works without them.
"use strict";

(() => {
  document.documentElement.classList.add("pith-scripted");
  const sections = document.querySelector(".pith-sections details");
  if (sections && matchMedia("(max-width: 47.99em)").matches) sections.open = false;
  if (matchMedia("(min-width: 68em)").matches) {
    for (const folded of document.querySelectorAll("[data-open-where-wide]")) folded.open = true;
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // A link to a question's input shows the whole question: what is asked would else stand above the edge.
  function lead() {
    const input = document.getElementById(location.hash.slice(1));
    const question = input?.closest(".pith-q");
    if (!question || question === input) return;
    input.focus({ preventScroll: true });
    question.scrollIntoView({ block: question.offsetHeight < innerHeight / 2 ? "center" : "start" });
  }

  addEventListener("hashchange", lead);
  if (location.hash) addEventListener("load", lead);

  for (const form of document.querySelectorAll("form[data-once]")) form.addEventListener("submit", sendOnce);
  addEventListener("pageshow", () => document.querySelectorAll("form[data-once]").forEach(readyAgain));

  // A second press while the first is on its way does nothing, and the button says what is going on.
  function sendOnce(event) {
    if (event.submitter?.hasAttribute("formaction")) return;
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

  // How long a text is, and room for all of it where the browser gives none by itself; a box never shrinks.

  const grows = !CSS.supports("field-sizing", "content");

  function written(area) {
    const count = document.getElementById(area.dataset.count);
    if (count) count.textContent = words(area);
    if (grows) grow(area);
  }

  function words(area) {
    const count = area.value.trim().split(/\s+/).filter(Boolean).length;
    const about = count > 20 ? Math.round(count / 10) * 10 : count;
    return count ? `about ${about} ${about === 1 ? "word" : "words"}` : "nothing written yet";
  }

  function grow(area) {
    if (area.scrollHeight > area.clientHeight) {
      area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
    }
  }

  const ofTextArea = (act) => (event) => event.target.tagName === "TEXTAREA" && act(event.target);
  document.addEventListener("input", ofTextArea(written));
  if (grows) {
    document.addEventListener("focusin", ofTextArea(grow));
    document.querySelectorAll("textarea").forEach(grow);
  }

  // Evidence: what is ticked stands under the text at once, and is taken off there.

  const said = document.getElementById("changes-said");
  const pinOf = (tick) => document.querySelector(`[data-pin="${CSS.escape(tick.id)}"]`);

  function ticked(event) {
    const tick = event.target.closest?.(".pith-pinnable input");
    if (!tick) return;
    showPin(tick);
    if (said) said.textContent = tick.checked ? "Pinned under your text" : "Unpinned";
  }

  function showPin(tick) {
    const pin = pinOf(tick);
    pin.hidden = !tick.checked;
    const pinned = pin.closest(".pith-pinned");
    pinned.hidden = !pinned.querySelector("[data-pin]:not([hidden])");
  }

  // A question that was given its words again looks as if they had been written there.
  function putBack({ detail: question }) {
    question.querySelectorAll("textarea").forEach(written);
    question.querySelectorAll(".pith-pinnable input").forEach(showPin);
  }

  function unpinned(event) {
    const button = event.target.closest?.("[data-unpin]");
    if (!button) return;
    const pins = [...button.closest(".pith-pinned").querySelectorAll("[data-pin]:not([hidden])")];
    const at = pins.indexOf(button.closest("[data-pin]"));
    const next = pins[at + 1] ?? pins[at - 1];
    const question = button.closest("[data-question]");
    document.getElementById(button.dataset.unpin).click();
    (next?.querySelector("[data-unpin]") ?? question?.querySelector("textarea"))?.focus();
  }

  document.addEventListener("change", ticked);
  document.addEventListener("click", unpinned);
  document.addEventListener("pith:put-back", putBack);
})();
