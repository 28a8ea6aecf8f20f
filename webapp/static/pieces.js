// A form piece by piece: where one is in the outline is in sight, leaving what is not saved asks first.
"use strict";

(() => {
  document.querySelector(".pith-outline [aria-current]")?.scrollIntoView({ block: "nearest" });
  const seen = document.getElementById("seen"), part = new URLSearchParams(location.search).get("at");
  const shown = part && seen?.querySelector(`[id^="seen-q-${CSS.escape(part)}"]`);
  if (shown) seen.scrollTop += shown.getBoundingClientRect().top - seen.getBoundingClientRect().top - 80;
  const form = document.getElementById("piece-form"), stands = document.getElementById("stands");
  if (!stands) return;
  const said = stands.textContent, held = () => JSON.stringify([...new FormData(form)].filter(([name]) => name !== "act"));
  const kept = document.querySelector(".govuk-error-summary, .pith-notice[tabindex]") ? "" : held();
  let leaving = false, sent = null;
  const unanswered = () => [...document.querySelectorAll(".pith-reply textarea")]
    .some((box) => box.form !== sent && box.value !== box.defaultValue);

  form.addEventListener("input", () => {
    stands.textContent = held() === kept ? said : "Not saved yet";
  });
  document.addEventListener("submit", (event) => {
    sent = event.target;
    leaving = !sent.matches(".pith-reply");
  });
  addEventListener("beforeunload", (event) => {
    if ((!leaving && held() !== kept) || unanswered()) event.preventDefault();
  });
})();
