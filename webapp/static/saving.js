// Saves each question while it is being answered, and says how that goes. Without this script the form's own button does it.
"use strict";

(() => {
  const form = document.querySelector("form[data-save-to]");
  if (!form) return;
  const PAUSE = 2000, LONGEST_UNSAVED = 10000, GROUP_PAUSE = 1000, FIRST_RETRY = 2000, LAST_RETRY = 30000;
  const status = document.getElementById("save-status");
  const spoken = document.getElementById("save-said");
  const changes = document.getElementById("changes-said");
  const questions = new Map(); // by element id: what is under way for one question
  let told = "saved";

  const questionOf = (target) => target.closest?.("[data-question]");
  const isGroup = (target) => ["radio", "checkbox"].includes(target.type) || target.tagName === "SELECT";

  function stateOf(question) {
    if (!questions.has(question.id)) questions.set(question.id, { question, dirty: false, busy: false, retry: FIRST_RETRY });
    return questions.get(question.id);
  }

  // Timing: text after a pause and at least every ten seconds, groups a second after the last change.

  function changed(event) {
    const question = questionOf(event.target);
    if (!question || event.target.type === "hidden") return;
    const state = stateOf(question), now = Date.now();
    answered(question, event.target);
    state.dirty ||= now;
    const pause = isGroup(event.target) ? GROUP_PAUSE : Math.min(PAUSE, state.dirty + LONGEST_UNSAVED - now);
    later(state, Math.max(pause, 0));
  }

  // An answer written while "not known yet" is ticked takes the tick's place.
  function answered(question, field) {
    const tick = question.querySelector(":scope > .pith-q__foot input[type=checkbox]");
    if (tick?.checked && field !== tick && !field.closest(".pith-unknown") && field.value) tick.checked = false;
  }

  function left(event) {
    const question = questionOf(event.target);
    if (!question || (event.relatedTarget && questionOf(event.relatedTarget) === question)) return;
    const state = questions.get(question.id);
    if (state?.dirty) save(state);
  }

  function later(state, pause) {
    clearTimeout(state.timer);
    state.timer = setTimeout(() => save(state), pause);
  }

  // One save in flight for each question; whatever was written meanwhile goes out as soon as it is back.

  function save(state) {
    clearTimeout(state.timer);
    if (state.busy || !state.dirty || !state.question.isConnected) return;
    const content = contentOf(state.question), sent = new URLSearchParams(content).toString();
    if (state.sent !== sent) [state.sent, state.key] = [sent, newKey()];
    content.append("key", state.key);
    for (const each of form.querySelectorAll("[data-question]")) content.append("on_page", each.id);
    [state.busy, state.dirty, state.content] = [true, false, content];
    show("saving");
    changes.textContent = "";
    htmx.ajax("POST", form.dataset.saveTo, { source: state.question, target: status, swap: "none" });
  }

  function contentOf(question) {
    const content = new FormData();
    for (const field of form.elements) {
      const left = ["radio", "checkbox"].includes(field.type) ? !field.checked : field.type === "submit";
      if (field.name && !left && questionOf(field) === question) content.append(field.name, field.value);
    }
    for (const name of ["csrf_token", "row"]) {
      const field = form.elements.namedItem(name);
      if (field) content.append(name, field.value);
    }
    if (question.querySelector(".govuk-form-group--error")) content.append("told", "yes");
    return content;
  }

  function newKey() {
    return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function returned(ctx) {
    const state = questions.get(ctx.sourceElement.id);
    if (!state?.busy) return;
    state.busy = false;
    const outcome = ctx.response?.headers.get("Pith-Save");
    if (outcome === "saved") {
      [state.sent, state.retry] = [null, FIRST_RETRY];
      if (state.dirty) save(state);
      show(waiting() ? "saving" : "saved");
    } else if (outcome === "refused") {
      [state.sent, state.refused] = [null, true];
      show("refused");
    } else {
      tryAgain(state, ctx.response?.status);
    }
  }

  function tryAgain(state, code) {
    state.dirty ||= Date.now();
    show(code === undefined ? "offline" : code === 413 ? "too_long" : code < 400 || code === 401 ? "signed_out" : "failed");
    if (code !== 413) later(state, state.retry);
    state.retry = Math.min(state.retry * 2, LAST_RETRY);
  }

  const waiting = () => [...questions.values()].some((state) => state.busy || state.dirty);

  // Words: the visible line always, the spoken one only when things get worse or mend.

  function show(what) {
    const trouble = !["saved", "saving"].includes(what);
    if (what === "saving" && !["saved", "saving"].includes(told)) return;
    if (what !== "saved") status.textContent = form.dataset[camel(what)];
    if (what === "saving") return;
    if (trouble ? told !== what : told !== "saved") spoken.textContent = trouble ? status.textContent : form.dataset.mended;
    told = what;
  }

  const camel = (words) => words.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

  // Swaps: nothing that is being written is replaced, nothing comes twice, focus does not fall out of the page.

  function wanted(task, source) {
    if (!(task.target instanceof Element)) return false;
    const arriving = task.fragment.firstElementChild;
    if (arriving?.matches("[data-question]") && document.getElementById(arriving.id)) return false;
    const replaced = task.swapSpec.style === "outerMorph" && questionOf(task.target);
    if (replaced) return !questions.get(replaced.id)?.dirty;
    if (task.swapSpec.style === "delete") leave(task.target, source);
    return true;
  }

  function leave(question, source) {
    for (const inner of [question, ...question.querySelectorAll("[data-question]")]) {
      const state = questions.get(inner.id);
      if (state?.dirty) save(state);
      questions.delete(inner.id);
    }
    if (question.contains(document.activeElement)) source.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", (event) => isGroup(event.target) && changed(event));
  form.addEventListener("focusout", left);
  form.addEventListener("submit", () => (form.dataset.leaving = "yes"));
  document.addEventListener("htmx:config:request", (event) => {
    const state = questions.get(event.detail.ctx.sourceElement.id);
    if (state) event.detail.ctx.request.body = state.content;
  });
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx, tasks } = event.detail;
    tasks.splice(0, tasks.length, ...tasks.filter((task) => wanted(task, ctx.sourceElement)));
  });
  document.addEventListener("htmx:finally:request", (event) => returned(event.detail.ctx));
  window.addEventListener("online", () => questions.forEach((state) => state.dirty && save(state)));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") questions.forEach((state) => state.dirty && save(state));
  });
  window.addEventListener("beforeunload", (event) => {
    if (waiting() && !form.dataset.leaving) event.preventDefault();
  });
})();
