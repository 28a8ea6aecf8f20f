// Saves each question while it is answered and says how that goes. Without this script the form's own button saves.
"use strict";

(() => {
  const form = document.querySelector("form[data-save-to]");
  if (!form) return;
  const PAUSE = 2000, LONGEST_UNSAVED = 10000, GROUP_PAUSE = 1000;
  const FIRST_RETRY = 2000, LAST_RETRY = 30000, PATIENCE = 4000;
  const HOPELESS = { 400: "signedOut", 401: "signedOut", 403: "closed", 404: "closed", 409: "closed", 413: "tooLong" };
  // By a refusal's code, where its status says too little; a save whose key was used before goes out under another.
  const REFUSED = { key_reused: "failed", cannot_keep: "cannotKeep" };
  const status = document.getElementById("save-status");
  const spoken = document.getElementById("save-said");
  const changes = document.getElementById("changes-said");
  const questions = new Map(); // by the id of a question's element: what is under way for it
  let told = "";

  const questionOf = (element) => element.closest?.("[data-question]");
  const isGroup = (field) => ["radio", "checkbox"].includes(field.type) || field.tagName === "SELECT";
  const some = (test) => [...questions.values()].some(test);
  const unsaved = (state) => state.busy || state.dirty || state.trouble;

  function stateOf(question) {
    if (questions.get(question.id)?.question !== question) {
      questions.set(question.id, { question, dirty: 0, busy: false, trouble: "", retry: FIRST_RETRY });
    }
    return questions.get(question.id);
  }

  // When: text after a pause and at least every ten seconds, groups a second after the last change.

  function changed(event) {
    const question = questionOf(event.target);
    if (!question) return;
    const state = stateOf(question), now = Date.now();
    untick(question, event.target);
    state.dirty ||= now;
    later(state, isGroup(event.target) ? GROUP_PAUSE : Math.min(PAUSE, state.dirty + LONGEST_UNSAVED - now));
  }

  // An answer given while "not known yet" is ticked takes the tick's place; a tick tells of the line it opens.
  function untick(question, field) {
    const tick = question.querySelector(":scope > .pith-q__foot input[type=checkbox]");
    if (field === tick) changes.textContent = tick.checked ? form.dataset.lineOpened : "";
    else if (tick?.checked && field.value && !field.closest(".pith-unknown")) tick.checked = false;
  }

  function left(event) {
    const question = questionOf(event.target);
    const next = event.relatedTarget;
    if (!question || next?.type === "submit" || (next && questionOf(next) === question)) return;
    const state = questions.get(question.id);
    if (state?.dirty) save(state);
  }

  function later(state, pause) {
    clearTimeout(state.timer);
    state.timer = setTimeout(() => save(state), Math.max(pause, 0));
  }

  const saveAll = () => questions.forEach((state) => state.dirty && save(state));

  // One save in flight for each question; what was written meanwhile goes out as soon as it is back.

  function save(state) {
    clearTimeout(state.timer);
    if (state.busy || !state.dirty) return;
    const here = state.question.isConnected;
    if (here) state.content = contentOf(state.question);
    const sent = new URLSearchParams(state.content).toString();
    if (state.sent !== sent) [state.sent, state.key] = [sent, newKey()];
    [state.busy, state.dirty] = [true, 0];
    tell();
    const source = here ? state.question : form;
    htmx.ajax("POST", form.dataset.saveTo, { source, target: status, swap: "none", saving: state });
  }

  function contentOf(question) {
    const content = new FormData();
    for (const field of form.elements) {
      const silent = isGroup(field) && field.type !== "select-one" ? !field.checked : field.type === "submit";
      if (field.name && !silent && questionOf(field) === question) content.append(field.name, field.value);
    }
    for (const name of ["csrf_token", "row"]) {
      const field = form.elements.namedItem(name);
      if (field) content.append(name, field.value);
    }
    if (question.querySelector(".govuk-form-group--error, .pith-conflict")) content.append("told", "yes");
    return content;
  }

  function requestOf(state) {
    const body = new FormData();
    for (const [name, value] of state.content) body.append(name, value);
    body.append("key", state.key);
    for (const each of form.querySelectorAll(".pith-q")) body.append("on_page", each.id);
    return body;
  }

  const newKey = () =>
    [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  function returned(state, response) {
    const outcome = response?.headers.get("Pith-Save");
    state.busy = false;
    if (outcome === "saved") {
      [state.sent, state.trouble, state.retry] = ["", "", FIRST_RETRY];
      questions.forEach((each) => (each.dirty && (each === state || each.trouble)) && save(each));
    } else if (outcome === "refused") {
      clearTimeout(state.timer);
      [state.sent, state.trouble, state.dirty] = ["", "refused", 0];
    } else {
      const refused = REFUSED[response?.headers.get("Pith-Refused")];
      if (refused === "failed") state.sent = "";
      state.dirty ||= Date.now();
      state.trouble = refused ?? HOPELESS[response?.status] ?? (response ? "failed" : "offline");
      if (["failed", "offline"].includes(state.trouble)) later(state, state.retry);
      state.retry = Math.min(state.retry * 2, LAST_RETRY);
    }
    tell();
  }

  // Words: the line that is seen always, the one that is heard only when things get worse or mend.

  function tell() {
    const trouble = [...questions.values()].find((state) => state.trouble)?.trouble ?? "";
    if (trouble) status.textContent = form.dataset[trouble];
    else if (some(unsaved)) status.textContent = form.dataset.saving;
    if (trouble && trouble !== told) spoken.textContent = form.dataset[trouble];
    if (!trouble && told) spoken.textContent = form.dataset.mended;
    told = trouble;
  }

  // Swaps: nothing that is being written is replaced, nothing comes twice, focus does not fall out of the page.

  function wanted(task, source) {
    if (!(task.target instanceof Element)) return false;
    for (const arriving of task.fragment.querySelectorAll(".pith-q")) {
      if (document.getElementById(arriving.id) && task.swapSpec.style !== "outerHTML") arriving.remove();
    }
    if (task.swapSpec.style === "outerMorph") return !questions.get(questionOf(task.target)?.id)?.dirty;
    if (task.swapSpec.style === "delete") leave(task.target, source);
    return true;
  }

  function leave(element, source) {
    for (const inner of [element, ...element.querySelectorAll("[data-question]")]) {
      const state = questions.get(inner.id);
      if (state?.dirty) save(state);
    }
    if (element.contains(document.activeElement)) source.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  }

  // Leaving the page waits a moment for what is on its way, so that nothing older arrives after something newer.

  function whenSettled(then, until = Date.now() + PATIENCE) {
    if (some((state) => state.busy) && Date.now() < until) setTimeout(whenSettled, 50, then, until);
    else then();
  }

  function submitted(event) {
    if (form.dataset.leaving || !some((state) => state.busy)) {
      form.dataset.leaving = "yes";
      return;
    }
    event.preventDefault();
    whenSettled(() => {
      form.dataset.leaving = "yes";
      form.requestSubmit(event.submitter ?? undefined);
    });
  }

  function followed(event) {
    const link = event.target.closest?.("a[href]");
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || link?.getAttribute("href").startsWith("#");
    if (!link || elsewhere || event.defaultPrevented || !some(unsaved)) return;
    event.preventDefault();
    saveAll();
    whenSettled(() => (location.href = link.href));
  }

  if (!status.textContent) status.textContent = form.dataset.asYouWrite;
  form.addEventListener("input", changed);
  form.addEventListener("focusout", left);
  form.addEventListener("submit", submitted);
  document.addEventListener("click", followed);
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    if (ctx.saving) ctx.request.body = requestOf(ctx.saving);
  });
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (ctx.saving && changes.textContent !== form.dataset.lineOpened) changes.textContent = "";
  });
  document.addEventListener("htmx:before:swap", ({ detail: { ctx, tasks } }) => {
    tasks.splice(0, tasks.length, ...tasks.filter((task) => wanted(task, ctx.sourceElement)));
  });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (ctx.saving) returned(ctx.saving, ctx.response);
  });
  window.addEventListener("online", saveAll);
  window.addEventListener("pageshow", () => delete form.dataset.leaving);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && saveAll());
  window.addEventListener("beforeunload", (event) => {
    if (!form.dataset.leaving && some(unsaved)) event.preventDefault();
  });
})();
