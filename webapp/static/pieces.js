// A form piece by piece: where one is in the outline is in sight, leaving what is not saved asks first.
"use strict";

(() => {
  const bring = (column, one) => {
    const below = one ? one.getBoundingClientRect().top - column.getBoundingClientRect().top - 80 : 0;
    if (below < 0 || below > column.clientHeight / 2) column.scrollTop += below;
  };
  const outline = document.getElementById("outline"), seen = document.getElementById("seen");
  const form = document.getElementById("piece-form"), part = form?.elements.part.value;
  if (outline) bring(outline, outline.querySelector("[aria-current]"));
  if (part && seen) bring(seen, seen.querySelector(`[id^="seen-q-${CSS.escape(part)}"]`));
  const stands = document.getElementById("stands");
  if (!stands) return;
  const said = stands.textContent, held = () => JSON.stringify([...new FormData(form)].filter(([name]) => name !== "act"));
  const kept = document.querySelector(".govuk-error-summary, .pith-notice[tabindex]") ? "" : held();
  let leaving = false, sent = null;
  const unanswered = () => [...document.querySelectorAll(".pith-reply textarea")]
    .some((box) => box.form !== sent && box.value !== box.defaultValue);

  form.addEventListener("input", () => {
    stands.textContent = held() === kept ? said : "Not saved yet.";
  });
  form.addEventListener("submit", () => { leaving = true; });
  document.addEventListener("submit", (event) => { sent = event.target; });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (!ctx.response?.raw?.ok) document.getElementById("looked").textContent = "Could not be checked just now";
  });
  addEventListener("beforeunload", (event) => {
    if ((!leaving && held() !== kept) || unanswered()) event.preventDefault();
  });
})();
