// Counts how long somebody is at each question: typing, choosing, pointing; what is idle or hidden does not count.
"use strict";

(() => {
  const saving = window.pithSaving;
  if (!saving) return;
  const { form, questionOf } = saving;
  const IDLE = 30000;
  const spent = new Map(); // by the id of a question's element: milliseconds that no save has told yet
  let at = null, last = 0;

  function active(event) {
    const question = questionOf(event.target) ?? questionOf(document.activeElement), now = Date.now();
    if (at && now - last <= IDLE) spent.set(at, (spent.get(at) ?? 0) + now - last);
    [at, last] = [question?.contains(document.activeElement) ? question.id : null, now];
  }

  const stop = () => (at = null);

  // A save that is sent again under its key tells the same number again.
  function tellTime(state) {
    if (state.timedKey !== state.key) {
      state.timedKey = state.key;
      state.seconds = Math.floor((spent.get(state.question.id) ?? 0) / 1000);
    }
    return String(state.seconds);
  }

  function acknowledged({ detail: state }) {
    const id = state.question.id;
    spent.set(id, Math.max((spent.get(id) ?? 0) - state.seconds * 1000, 0));
  }

  for (const kind of ["input", "keydown", "pointermove", "pointerdown", "focusin"]) form.addEventListener(kind, active);
  document.addEventListener("visibilitychange", stop);
  window.addEventListener("blur", stop);
  document.addEventListener("pith:saved", acknowledged);
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    if (ctx.saving) ctx.request.body.append("active_seconds", tellTime(ctx.saving));
  });
})();
