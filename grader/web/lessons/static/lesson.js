// What makes a lesson live: verdicts as they come, hints without a jump, visualizers.

const said = document.getElementById("said");
const csrf = document.querySelector("meta[name=csrf]")?.content ?? "";
const asks = document.querySelector("[data-try]")?.dataset.try;
let placed = [];

/** Ask the server; null if there is no answer of the kind that was asked for. */
async function ask(url, options = {}) {
  try {
    const answer = await fetch(url, { ...options, headers: { "X-CSRF-Token": csrf, ...options.headers } });
    return answer.ok ? answer : null;
  } catch {
    return null;
  }
}

/** The contents as they are now; focus stays on the link where it was. */
async function renewMap() {
  const place = document.getElementById("content");
  if (!place?.querySelector("[data-map]")) return;
  const turn = (turns[""] = (turns[""] ?? 0) + 1);
  const text = await (await ask(location.pathname))?.text();
  if (turn !== turns[""]) return;
  const fresh = text && new DOMParser().parseFromString(text, "text/html").getElementById("content");
  if (!fresh) return;
  const link = place.contains(document.activeElement) && document.activeElement.getAttribute("href");
  place.replaceChildren(...fresh.childNodes);
  if (link) place.querySelector(`a[href="${CSS.escape(link)}"]`)?.focus({ preventScroll: true });
}

/** Put the exercise as it is now in the place of how it was; focus stays where it was. */
const turns = {};
async function renew(id) {
  const place = () => document.querySelector(`[data-exercise="${CSS.escape(id)}"]`);
  if (!place()) return;
  const turn = (turns[id] = (turns[id] ?? 0) + 1);
  const answer = await ask(place().dataset.href);
  const text = await answer?.text();
  if (turn !== turns[id]) return; // a newer answer is on its way, or there already
  const old = place();
  const fresh = text && new DOMParser().parseFromString(text, "text/html").querySelector("[data-exercise]");
  if (!fresh) return;
  const had = old.contains(document.activeElement);
  old.replaceWith(fresh);
  globalThis.wxbReach(fresh);
  if (had) (fresh.querySelector(".hint button") ?? fresh.querySelector("a"))?.focus();
}

/** What the student's functions say. While one picture waits, only its newest question is kept. */
const waiting = new Map();
const under = new Set();
function answer(calls, id) {
  return new Promise((resolve, reject) => {
    waiting.get(id)?.resolve({ answers: [] });
    waiting.set(id, { calls, resolve, reject });
    if (!under.has(id)) next(id);
  });
}

async function next(id) {
  const one = waiting.get(id);
  if (!one) return;
  waiting.delete(id);
  under.add(id);
  try {
    const body = JSON.stringify({ calls: one.calls });
    const headers = { "X-CSRF-Token": csrf, "Content-Type": "application/json", Accept: "application/json" };
    const said = await fetch(asks, { method: "POST", body, headers });
    const found = await said.json();
    if (said.ok) one.resolve(found);
    else one.reject(new Error(found.error));
  } catch {
    one.reject(new Error("the command that serves these pages has ended"));
  }
  under.delete(id);
  next(id);
}

/** Challenges are remembered with the exercises; some may have been met in another window. */
let told = false;
const elsewhere = {};
function met(unit, all) {
  elsewhere[unit] = all; // the visualizers may not be placed yet
  if (document.querySelector("[data-unit]")?.dataset.unit !== unit) return;
  told = true;
  for (const { name, model } of placed) {
    const known = model.get("reached");
    const others = (all[name] ?? []).filter((goal) => !known.includes(goal));
    if (others.length) model.set("reached", [...known, ...others]);
  }
  told = false;
}

function reached(visualizer, goals) {
  if (told) return;
  const url = document.querySelector("[data-met]")?.dataset.met;
  ask(url, { method: "POST", body: JSON.stringify({ visualizer, goals }), headers: { "Content-Type": "application/json" } });
}

/** A link to a visualizer at some inputs keeps its place in the address: go there by hand. */
function goTo() {
  const first = [...new URLSearchParams(location.hash.slice(1)).keys()][0] ?? "";
  const name = first.replace(/\d+$/, "");
  const nth = Number(first.slice(name.length) || 1);
  document.querySelectorAll(`[data-visualizer="${CSS.escape(name)}"]`)[nth - 1]?.scrollIntoView();
}

function trouble(text) {
  const place = document.getElementById("trouble");
  if (!place) return;
  place.textContent = text;
  place.hidden = !text;
}

function listen() {
  const events = new EventSource(said.dataset.events);
  let seen = said.dataset.version;
  events.addEventListener("hello", (event) => {
    const { trouble: text, version, met: all } = JSON.parse(event.data);
    trouble(text);
    if (version === undefined || String(version) === seen) return;
    // Something came between this page and its events: while it was loaded, or while nobody listened.
    seen = String(version);
    for (const each of document.querySelectorAll("[data-exercise]")) renew(each.dataset.exercise);
    for (const [unit, goals] of Object.entries(all)) met(unit, goals);
    renewMap();
  });
  events.addEventListener("exercise", async (event) => {
    const { id, said: words, busy } = JSON.parse(event.data);
    await renew(id);
    if (busy) return;
    renewMap();
    said.textContent = words;
    for (const each of placed) each.model.again();
  });
  events.addEventListener("met", (event) => {
    const { unit, met: all } = JSON.parse(event.data);
    met(unit, all);
    renewMap();
  });
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) trouble("The command that serves these pages has ended, or you have signed out: verdicts do not come any more.");
  });
  globalThis.addEventListener("pagehide", () => events.close());
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form.hint")) return;
  event.preventDefault();
  const id = form.closest("[data-exercise]").dataset.exercise;
  const body = new URLSearchParams(new FormData(form));
  if (!(await ask(form.action, { method: "POST", body, redirect: "manual" }))) await renew(id);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".pictures a");
  if (link && link.pathname === location.pathname) setTimeout(goTo);
});
if (said?.dataset.events) listen();
if (document.querySelector("[data-visualizer]")) {
  const { start } = await import(new URL("../widgets/page.js", import.meta.url));
  placed = await start({ answer, reached });
  for (const [unit, all] of Object.entries(elsewhere)) met(unit, all);
  if (location.hash.includes("=")) goTo();
}
