// Saves each question while it is answered and says how that goes. Without this script the form's own button saves.
"use strict";

(() => {
  const form = document.querySelector("form[data-save-to]");
  if (!form) return;
  const PAUSE = 2000, LONGEST_UNSAVED = 10000, GROUP_PAUSE = 1000;
  const FIRST_RETRY = 2000, LAST_RETRY = 8000, PATIENCE = 4000, GIVEN_UP = htmx.config.defaultTimeout + 2000;
  const HOPELESS = { 400: "closed", 401: "signedOut", 403: "closed", 404: "closed", 409: "closed", 413: "tooLong" };
  // By a refusal's code, where its status says too little; a save whose key was used before goes out under another.
  const REFUSED = { key_reused: "failed", cannot_keep: "cannotKeep", stale_page: "signedOut" };
  const status = document.getElementById("save-status");
  const spoken = document.getElementById("save-said");
  const changes = document.getElementById("changes-said");
  const questions = new Map(); // by the id of a question's element: what is under way for it
  let told = "", saved = status.textContent || form.dataset.asYouWrite, signedOut = false;

  const questionOf = (element) => element?.closest?.("[data-question]");
  const nameOf = (question) => question.id.replace(/-question$/, "");
  const isGroup = (field) => ["radio", "checkbox"].includes(field.type) || field.tagName === "SELECT";
  const some = (test) => [...questions.values()].some(test);
  const unsaved = (state) => state.busy || state.dirty || state.trouble;
  const announce = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

  function stateOf(question) {
    const known = questions.get(question.id);
    if (known?.question !== question) {
      if (known) forget(known);
      questions.set(question.id, { question, dirty: 0, touched: 0, busy: false, trouble: "", retry: FIRST_RETRY });
    }
    return questions.get(question.id);
  }

  function forget(state) {
    clearTimeout(state.timer);
    [state.dirty, state.trouble] = [0, ""];
  }

  // When: text after a pause and at least every ten seconds, groups a second after the last change.

  function changed(event) {
    const question = questionOf(event.target);
    if (!question || !event.target.name) return; // a box without a name is no answer
    const state = stateOf(question), now = Date.now();
    untick(question, event.target);
    state.dirty ||= now;
    state.touched = now;
    later(state, isGroup(event.target) ? GROUP_PAUSE : Math.min(PAUSE, state.dirty + LONGEST_UNSAVED - now));
    tell();
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

  function later(state, pause = PAUSE) {
    clearTimeout(state.timer);
    state.timer = setTimeout(() => save(state), Math.max(pause, 0));
  }

  const saveAll = () => questions.forEach((state) => state.dirty && save(state));

  // One save in flight for each question; what was written meanwhile goes out as soon as it is back. Where it was
  // changed elsewhere first, nothing goes out until it was chosen what should stand.

  function save(state) {
    clearTimeout(state.timer);
    if (state.busy || !state.dirty || signedOut || state.trouble === "refused") return;
    const here = state.question.isConnected;
    if (here) state.content = contentOf(state.question);
    if (tooLong(state)) return tell();
    const sent = new URLSearchParams(state.content).toString();
    if (state.sent !== sent) [state.sent, state.key] = [sent, newKey()];
    [state.busy, state.dirty] = [true, 0];
    const attempt = (state.attempt = (state.attempt ?? 0) + 1);
    state.watch = setTimeout(returned, GIVEN_UP, state);
    tell();
    const source = here ? state.question : (state.apart ??= form.appendChild(place()));
    htmx.ajax("POST", form.dataset.saveTo, { source, target: status, swap: "none", saving: state, attempt });
  }

  // What has left the page is sent from a place of its own: htmx drops what waits behind others at the same place.
  const place = () => Object.assign(document.createElement("span"), { hidden: true });

  function contentOf(question) {
    const content = new FormData();
    for (const field of form.elements) {
      const silent = isGroup(field) && field.type !== "select-one" ? !field.checked : field.type === "submit";
      if (field.name && !silent && questionOf(field) === question) content.append(field.name, field.value);
    }
    const row = form.elements.namedItem("row");
    if (row) content.append("row", row.value);
    if (question.querySelector(".govuk-form-group--error, .pith-conflict")) content.append("told", "yes");
    return content;
  }

  function requestOf(state) {
    const body = new FormData();
    for (const [name, value] of state.content) body.append(name, value);
    for (const name of ["csrf_token", "writer", "edition", "shown_in"]) {
      const field = form.elements.namedItem(name);
      if (field) body.append(name, field.value);
    }
    body.append("page", form.elements.namedItem("key").value);
    body.append("key", state.key);
    if (state.way) body.append("do", `${state.way} ${nameOf(state.question)}`);
    for (const each of form.querySelectorAll(".pith-q")) body.append("on_page", each.id);
    return body;
  }

  const newKey = () =>
    [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  // A text past the limit is not sent: it stays in its box, and the line says how long it is.
  function tooLong(state) {
    const most = Number(form.dataset.most);
    for (const text of state.content.values()) {
      const length = text.length > most ? [...text].length : 0;
      if (length <= most) continue;
      state.trouble = "tooLong";
      state.words = form.dataset.tooLongBy.replace("{length}", length.toLocaleString("en-GB"));
      return true;
    }
    return false;
  }

  // Without a reply, also not that of a request that was given up, the network is taken to be gone.
  function returned(state, response) {
    const outcome = response?.headers.get("Pith-Save");
    state.busy = false;
    clearTimeout(state.watch);
    announce("pith:returned", state);
    if (outcome === "saved") {
      [state.sent, state.trouble, state.retry] = ["", "", FIRST_RETRY];
      announce("pith:saved", state);
      questions.forEach((each) => (each.dirty && (each === state || each.trouble)) && save(each));
    } else if (outcome === "refused") {
      clash(state);
    } else {
      failed(state, response);
    }
    tell();
  }

  function clash(state) {
    clearTimeout(state.timer);
    const own = document.getElementById(`${nameOf(state.question)}-conflict`)?.dataset.own;
    const words = own ? form.dataset.refusedOwn : form.dataset.refused;
    Object.assign(state, { sent: "", way: "", trouble: "refused", words, dirty: 0 });
    announce("pith:refused", state);
  }

  function failed(state, response) {
    const code = response?.headers.get("Pith-Refused");
    const said = decodeURIComponent(response?.headers.get("Pith-Words") ?? "");
    if (code === "key_reused") state.sent = "";
    state.dirty ||= Date.now();
    state.trouble = REFUSED[code] ?? HOPELESS[response?.status] ?? (response ? "failed" : "offline");
    state.words = form.dataset[state.trouble];
    if (said && ["closed", "tooLong"].includes(state.trouble)) state.words = `${form.dataset.notSaved} ${said}`;
    if (said && response.status === 503) state.words = `${form.dataset.again} ${said}`;
    if (["failed", "offline"].includes(state.trouble)) later(state, state.retry);
    state.retry = Math.min(state.retry * 2, LAST_RETRY);
    if (state.trouble === "signedOut" || code === "another_writer") askToSignIn(code);
  }

  // Whoever signs in again in place brings a new token with which everything is sent once more.

  function askToSignIn(code) {
    if (signedOut) return;
    signedOut = true;
    announce("pith:signed-out", { code });
  }

  function signedIn({ detail: { token } }) {
    signedOut = false;
    for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = token;
    saveAll();
  }

  // Words: the line that is seen always, the one that is heard only when things get worse or mend.

  function tell() {
    const troubled = [...questions.values()].find((state) => state.trouble);
    const trouble = troubled?.trouble ?? "";
    status.classList.toggle("pith-unsaved", trouble !== "");
    if (troubled) status.replaceChildren(...lineAbout(troubled));
    else if (some(unsaved)) status.textContent = form.dataset.saving;
    else if (status.textContent !== saved) status.textContent = saved;
    if (trouble && trouble !== told) spoken.textContent = troubled.words;
    const mended = !trouble && told && !some(unsaved);
    if (mended) spoken.textContent = form.dataset.mended;
    if (trouble || mended) told = trouble;
  }

  // Where something is to be done at a question, the line leads there.
  function lineAbout(state) {
    const place = state.trouble === "refused" ? `${nameOf(state.question)}-conflict` : state.question.id;
    if (!["refused", "tooLong"].includes(state.trouble) || !document.getElementById(place)) return [state.words];
    const link = document.createElement("a");
    [link.href, link.className, link.textContent] = [`#${place}`, "govuk-link", state.words];
    return [link];
  }

  // Swaps: nothing that is being written is replaced, nothing comes twice, focus does not fall out of the page.

  function wanted(task, source, saving) {
    if (!(task.target instanceof Element)) return false;
    if (task.target === status && saving) {
      saved = task.fragment.textContent.trim(); // it stands in the line once nothing else waits
      return false;
    }
    const style = task.swapSpec.style;
    for (const arriving of task.fragment.querySelectorAll(".pith-q")) {
      if (document.getElementById(arriving.id) && style !== "outerHTML") arriving.remove();
    }
    if (style === "outerMorph") return !questions.get(questionOf(task.target)?.id)?.dirty;
    if (style === "outerHTML" && saving?.way && saving.dirty && task.target === saving.question) return false;
    if (style === "delete" || style === "outerHTML") leave(task.target, source);
    return true;
  }

  function leave(element, source) {
    for (const inner of [element, ...element.querySelectorAll("[data-question]")]) {
      const state = questions.get(inner.id);
      if (!state?.dirty) continue;
      state.content = contentOf(inner);
      save(state);
    }
    const next = source.isConnected && !source.hidden && !element.contains(source) ? source : document.getElementById("main");
    if (element.contains(document.activeElement)) (next.querySelector("input:not([type=hidden]), textarea, select") ?? next).focus();
  }

  // Leaving the page waits a moment for what is on its way, so that nothing older arrives after something newer.

  function whenSettled(then, until = Date.now() + PATIENCE) {
    if (some((state) => state.busy) && Date.now() < until) setTimeout(whenSettled, 50, then, until);
    else then();
  }

  function submitted(event) {
    if (event.defaultPrevented) return;
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

  window.pithSaving = { form, changes, questions, questionOf, nameOf, stateOf, save, later, tell, unsaved, isGroup, announce, PAUSE };
  if (!status.textContent) status.textContent = saved;
  form.addEventListener("input", changed);
  form.addEventListener("focusout", left);
  form.addEventListener("submit", submitted);
  document.addEventListener("click", followed);
  document.addEventListener("pith:signed-in", signedIn);
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    if (ctx.saving) ctx.request.body = requestOf(ctx.saving);
  });
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (ctx.saving && changes.textContent !== form.dataset.lineOpened) changes.textContent = "";
  });
  document.addEventListener("htmx:before:swap", ({ detail: { ctx, tasks } }) => {
    tasks.splice(0, tasks.length, ...tasks.filter((task) => wanted(task, ctx.sourceElement, ctx.saving)));
  });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (ctx.saving?.busy && ctx.saving.attempt === ctx.attempt) returned(ctx.saving, ctx.response);
  });
  window.addEventListener("online", saveAll);
  window.addEventListener("pageshow", () => delete form.dataset.leaving);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && saveAll());
  window.addEventListener("beforeunload", (event) => {
    if (!form.dataset.leaving && some(unsaved)) event.preventDefault();
  });
})();
