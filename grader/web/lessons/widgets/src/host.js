// The page's stand-in for a notebook: a model that keeps its state in the address.

/** What the address says of one visualizer: {} if nothing, or nothing that can be read. */
export function readHash(hash, id) {
  try {
    return JSON.parse(new URLSearchParams(hash.replace(/^#/, "")).get(id)) ?? {};
  } catch {
    return {};
  }
}

/** The address's last part with what one visualizer holds; the others' stays as it is. */
export function writeHash(hash, id, state) {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  if (Object.keys(state).length) parts.set(id, JSON.stringify(state));
  else parts.delete(id);
  const text = parts.toString();
  return text ? `#${text}` : "";
}

/**
 * A model as anywidget gives one. `initial` holds state and options; `keep` names what the address
 * keeps, `personal` those of them that a copied link leaves out. `answer(calls)`, where there is
 * one, returns a promise of what the student's functions say.
 */
export function pageModel({ id, initial, keep, personal = [], answer, location: place = globalThis.location }) {
  const values = { ...initial, ...pick(readHash(place.hash, id), keep) };
  const listeners = new Map();
  const text = (value) => JSON.stringify(value);
  const changes = (without = []) => Object.fromEntries(keep
    .filter((key) => !without.includes(key) && values[key] !== undefined && text(values[key]) !== text(initial[key]))
    .map((key) => [key, values[key]]));
  let latest = 0;
  let writing = null;
  const model = {
    get: (key) => values[key],
    set(key, value) {
      if (text(values[key]) === text(value)) return;
      values[key] = value;
      for (const heard of [...(listeners.get(`change:${key}`) ?? [])]) heard();
      for (const heard of [...(listeners.get("change") ?? [])]) heard();
      if (key === "calls" && answer) ask(value);
    },
    on: (event, heard) => listeners.set(event, [...(listeners.get(event) ?? []), heard]),
    off: (event, heard) => listeners.set(event, (listeners.get(event) ?? []).filter((one) => one !== heard)),
    save_changes() {
      // Browsers allow some 200 changes of the address in half a minute.
      writing ??= setTimeout(() => { writing = null; write(); }, 200);
    },
    send() {},
    // A frame without an address of its own has no link to give.
    link: place.protocol === "about:" ? null : () => new URL(writeHash("", id, changes(personal)) || "#", place.href).href,
  };
  function write() {
    const next = writeHash(place.hash, id, changes());
    if (next === place.hash) return;
    try {
      globalThis.history.replaceState(globalThis.history.state, "", next || place.pathname + place.search);
    } catch {
      // Pages without an origin of their own may not; the state then lives as long as the page.
    }
  }
  async function ask({ id: call, calls }) {
    latest = call;
    let found;
    try {
      found = await answer(calls, id);
    } catch (error) {
      found = { answers: calls.map(() => ({ error: String(error.message ?? error) })) };
    }
    if (call === latest) model.set("answers", { id: call, ...found });
  }
  // What the student's functions say may change without the state: their files were saved.
  model.again = () => { if (values.calls?.calls?.length && answer) ask(values.calls); };
  model.follow = () => {
    const told = { ...initial, ...pick(readHash(place.hash, id), keep) };
    for (const key of keep) model.set(key, told[key]);
  };
  return model;
}

const pick = (all, keys) => Object.fromEntries(keys.filter((key) => key in all).map((key) => [key, all[key]]));

/**
 * Put a visualizer into an element of a page, its state into the address. `options` are state
 * and what docs/visualizers.md lists: modes, predict, more, functions.
 */
export function place(widget, mounted, el, { id = widget.name, answer, ...options } = {}) {
  const initial = { ...widget.defaults, goal: "", mine: false, predicted: {}, reached: [], ...options };
  const keep = [...Object.keys(widget.defaults), "goal", "mine", "predicted"];
  const model = pageModel({ id, initial, keep, personal: ["predicted", "mine"], answer });
  globalThis.addEventListener("hashchange", model.follow);
  el.replaceChildren();
  const gone = mounted(widget, model, el);
  return { name: widget.name, model, remove: () => { globalThis.removeEventListener("hashchange", model.follow); gone(); } };
}

/** The names of the visualizers of a page, each once. */
export const named = (root) =>
  [...new Set([...root.querySelectorAll("[data-visualizer]")].map((el) => el.getAttribute("data-visualizer")))];

/**
 * Every element with data-visualizer becomes one; data-options holds its options as JSON. `files`
 * gives for each name its {widget, mount}. The second of a kind is `vector2` in the address.
 */
export function placeAll(files, { root = document, answer, reached } = {}) {
  const counts = {};
  const labels = {};
  return [...root.querySelectorAll("[data-visualizer]")].map((el) => {
    const name = el.getAttribute("data-visualizer");
    const { widget, mount } = files[name];
    const options = JSON.parse(el.getAttribute("data-options") ?? "{}");
    counts[name] = (counts[name] ?? 0) + 1;
    const id = counts[name] === 1 ? name : `${name}${counts[name]}`;
    const placed = place(widget, mount, el, { id, answer, ...options });
    // Two of a kind are two places of the page: who goes from one to the next has to tell them apart.
    const own = el.firstElementChild;
    const label = own?.getAttribute("aria-label");
    labels[label] = (labels[label] ?? 0) + 1;
    if (labels[label] > 1) own?.setAttribute("aria-label", `${label} (${labels[label]})`);
    if (reached) placed.model.on("change:reached", () => reached(widget.name, placed.model.get("reached")));
    return placed;
  });
}

/** In a frame of the same origin: let the frame be as high as what it holds. */
export function grow() {
  try {
    const own = globalThis.frameElement;
    if (!own) return;
    const fit = () => { own.height = Math.ceil(document.body.getBoundingClientRect().height) + 24; };
    new ResizeObserver(fit).observe(document.body);
    fit();
  } catch {
    // A frame of another origin keeps its height, and scrolls.
  }
}
