// Made by tools/widgets.py out of ../src; change those files, not this one.
const $host = (() => {
function readHash(hash, id) {
try {
return JSON.parse(new URLSearchParams(hash.replace(/^#/, "")).get(id)) ?? {};
} catch {
return {};
}
}
function writeHash(hash, id, state) {
const parts = new URLSearchParams(hash.replace(/^#/, ""));
if (Object.keys(state).length) parts.set(id, JSON.stringify(state));
else parts.delete(id);
const text = parts.toString();
return text ? `#${text}` : "";
}
function pageModel({ id, initial, keep, personal = [], answer, location: place = globalThis.location }) {
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
writing ??= setTimeout(() => { writing = null; write(); }, 200);
},
send() {},
link: place.protocol === "about:" ? null : () => new URL(writeHash("", id, changes(personal)) || "#", place.href).href,
};
function write() {
const next = writeHash(place.hash, id, changes());
if (next === place.hash) return;
try {
globalThis.history.replaceState(globalThis.history.state, "", next || place.pathname + place.search);
} catch {
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
model.again = () => { if (values.calls?.calls?.length && answer) ask(values.calls); };
model.follow = () => {
const told = { ...initial, ...pick(readHash(place.hash, id), keep) };
for (const key of keep) model.set(key, told[key]);
};
return model;
}
const pick = (all, keys) => Object.fromEntries(keys.filter((key) => key in all).map((key) => [key, all[key]]));
function place(widget, mounted, el, { id = widget.name, answer, ...options } = {}) {
const initial = { ...widget.defaults, goal: "", mine: false, predicted: {}, reached: [], ...options };
const keep = [...Object.keys(widget.defaults), "goal", "mine", "predicted"];
const model = pageModel({ id, initial, keep, personal: ["predicted", "mine"], answer });
globalThis.addEventListener("hashchange", model.follow);
el.replaceChildren();
const gone = mounted(widget, model, el);
return { name: widget.name, model, remove: () => { globalThis.removeEventListener("hashchange", model.follow); gone(); } };
}
const named = (root) =>
[...new Set([...root.querySelectorAll("[data-visualizer]")].map((el) => el.getAttribute("data-visualizer")))];
function placeAll(files, { root = document, answer, reached } = {}) {
const counts = {};
const labels = {};
return [...root.querySelectorAll("[data-visualizer]")].map((el) => {
const name = el.getAttribute("data-visualizer");
const { widget, mount } = files[name];
const options = JSON.parse(el.getAttribute("data-options") ?? "{}");
counts[name] = (counts[name] ?? 0) + 1;
const id = counts[name] === 1 ? name : `${name}${counts[name]}`;
const placed = place(widget, mount, el, { id, answer, ...options });
const own = el.firstElementChild;
const label = own?.getAttribute("aria-label");
labels[label] = (labels[label] ?? 0) + 1;
if (labels[label] > 1) own?.setAttribute("aria-label", `${label} (${labels[label]})`);
if (reached) placed.model.on("change:reached", () => reached(widget.name, placed.model.get("reached")));
return placed;
});
}
function grow() {
try {
const own = globalThis.frameElement;
if (!own) return;
const fit = () => { own.height = Math.ceil(document.body.getBoundingClientRect().height) + 24; };
new ResizeObserver(fit).observe(document.body);
fit();
} catch {
}
}
return { readHash, writeHash, pageModel, place, named, placeAll, grow };
})();
const $page = (() => {
const { placeAll, named } = $host;
async function start({ root = document, ...hooks } = {}) {
const files = await Promise.all(named(root).map(async (name) => [name, await import(`./${name}.js`)]));
return placeAll(Object.fromEntries(files), { root, ...hooks });
}
return { start };
})();
export const { start } = $page;
