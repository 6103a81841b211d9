// What makes a lesson live: verdicts as they come, hints without a jump, visualizers.

const said = document.getElementById("said");
const csrf = document.querySelector("meta[name=csrf]")?.content ?? "";
const unit = document.querySelector("[data-unit]")?.dataset.unit;

/** Ask the server; null if there is no answer of the kind that was asked for. */
async function ask(url, options = {}) {
  try {
    const answer = await fetch(url, { ...options, headers: { "X-CSRF-Token": csrf, ...options.headers } });
    return answer.ok ? answer : null;
  } catch {
    return null;
  }
}

/** What is wider than its place is scrolled: then keys have to reach it. */
function reachable(root) {
  for (const each of root.querySelectorAll("pre, .wide, .formula")) {
    if (each.scrollWidth > each.clientWidth) {
      each.tabIndex = 0;
      each.setAttribute("role", "group");
      each.setAttribute("aria-label", each.matches(".formula") ? "Formula" : each.matches("pre") ? "Code" : "Table");
    }
  }
}

/** Put the exercise as it is now in the place of how it was; focus stays where it was. */
async function renew(id) {
  const old = document.querySelector(`[data-exercise="${CSS.escape(id)}"]`);
  if (!old) return;
  const answer = await ask(old.dataset.href);
  const text = await answer?.text();
  const fresh = text && new DOMParser().parseFromString(text, "text/html").querySelector("[data-exercise]");
  if (!fresh) return;
  const had = old.contains(document.activeElement);
  old.replaceWith(fresh);
  reachable(fresh);
  if (had) (fresh.querySelector(".hint button") ?? fresh.querySelector("a"))?.focus();
}

function trouble(text) {
  const place = document.getElementById("trouble");
  if (!place) return;
  place.textContent = text;
  place.hidden = !text;
}

function listen() {
  const events = new EventSource(said.dataset.events);
  events.addEventListener("hello", (event) => trouble(JSON.parse(event.data).trouble));
  events.addEventListener("exercise", async (event) => {
    const { id, said: words, busy } = JSON.parse(event.data);
    await renew(id);
    if (!busy) said.textContent = words;
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

reachable(document);
if (said?.dataset.events) listen();
if (document.querySelector("[data-visualizer]")) {
  const { start } = await import(new URL("../widgets/page.js", import.meta.url));
  await start();
}
