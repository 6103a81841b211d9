// Made by tools/widgets.py out of ../src; change those files, not this one.
const $vectors = (() => {
const add = (a, b) => a.map((x, i) => x + b[i]);
const subtract = (a, b) => a.map((x, i) => x - b[i]);
const scale = (c, a) => a.map((x) => c * x);
const dot = (a, b) => a.reduce((sum, x, i) => sum + x * b[i], 0);
function norm(a) {
const largest = maxNorm(a);
if (largest === 0 || !Number.isFinite(largest)) return largest;
return largest * Math.sqrt(a.reduce((sum, x) => sum + (x / largest) ** 2, 0));
}
const sumNorm = (a) => a.reduce((sum, x) => sum + Math.abs(x), 0);
const maxNorm = (a) => a.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
function unit(a) {
const length = norm(a);
return length === 0 ? null : a.map((x) => x / length);
}
const heading = (a) => Math.atan2(a[1], a[0]);
function cosine(a, b) {
const [u, v] = [unit(a), unit(b)];
return u && v ? Math.min(1, Math.max(-1, dot(u, v))) : null;
}
function angle(a, b) {
const [u, v] = [unit(a), unit(b)];
return u && v ? 2 * Math.atan2(norm(subtract(u, v)), norm(add(u, v))) : null;
}
function project(a, b) {
const direction = unit(b);
return direction && scale(dot(a, direction), direction);
}
function turn(a, radians) {
const [c, s] = [Math.cos(radians), Math.sin(radians)];
return [c * a[0] - s * a[1], s * a[0] + c * a[1]];
}
function perpendicular(a, b) {
const direction = unit(b);
if (!direction) return a;
const left = [-direction[1], direction[0]];
return scale(dot(a, left) < 0 ? -norm(a) : norm(a), left);
}
const update = (w, x, eta) => add(w, scale(eta, x));
const close = (a, b, tolerance = 1e-9) =>
a.length === b.length && a.every((x, i) => Math.abs(x - b[i]) <= tolerance);
return { add, subtract, scale, dot, norm, sumNorm, maxNorm, unit, heading, cosine, angle, project, turn, perpendicular, update, close };
})();
const $matrices = (() => {
const { dot, norm } = $vectors;
const shapeOf = (A) => [A.length, A[0].length];
const transpose = (A) => A[0].map((_, j) => A.map((row) => row[j]));
const matvec = (A, x) => A.map((row) => dot(row, x));
const column = (A, j) => A.map((row) => row[j]);
function matmul(A, B) {
if (A[0].length !== B.length) return null;
const columns = transpose(B);
return A.map((row) => columns.map((each) => dot(row, each)));
}
const addRow = (A, b) => A.map((row) => row.map((x, j) => x + b[j]));
const each = (A, f) => A.map((row) => row.map(f));
const relu = (z) => (z > 0 ? z : 0);
const sigmoid = (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));
const identity = (n) =>
Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
const between = (A, t) => A.map((row, i) => row.map((x, j) => (1 - t) * (i === j) + t * x));
const determinant = ([[a, b], [c, d]]) => a * d - b * c;
const rotation = (radians) => {
const [c, s] = [Math.cos(radians), Math.sin(radians)];
return [[c, -s], [s, c]];
};
function singular([[a, b], [c, d]]) {
const [e, f, g, k] = [(a + d) / 2, (a - d) / 2, (c + b) / 2, (c - b) / 2];
const [q, r] = [Math.hypot(e, k), Math.hypot(f, g)];
const turned = (Math.atan2(g, f) + Math.atan2(k, e)) / 2;
const first = [Math.cos(turned), Math.sin(turned)];
return { values: [q + r, Math.abs(q - r)], directions: [first, [-first[1], first[0]]] };
}
function condition(A) {
const [large, small] = singular(A).values;
return small <= 1e-12 * large || large === 0 ? Infinity : large / small;
}
function rank(A) {
const [large, small] = singular(A).values;
return (large > 1e-9) + (small > 1e-9 * Math.max(1, large));
}
function eigen([[a, b], [c, d]]) {
const [half, gap] = [(a + d) / 2, ((a - d) / 2) ** 2 + b * c];
if (gap < -1e-12) return [];
const root = Math.sqrt(Math.max(0, gap));
if (root < 1e-9 && Math.abs(b) < 1e-9 && Math.abs(c) < 1e-9) {
return [{ value: half, vector: [1, 0] }, { value: half, vector: [0, 1] }];
}
const values = root < 1e-9 ? [half] : [half + root, half - root];
return values.map((value) => {
const [u, v] = [[b, value - a], [value - d, c]];
const best = norm(u) > norm(v) ? u : v;
return { value, vector: best.map((x) => x / norm(best)) };
});
}
const shears = ([p, q, r]) =>
matmul([[1, r], [0, 1]], matmul([[1, 0], [q, 1]], [[1, p], [0, 1]]));
const near = (A, B, tolerance = 1e-9) =>
A.length === B.length && A.every((row, i) => row.length === B[i].length
&& row.every((x, j) => Math.abs(x - B[i][j]) <= tolerance));
function frames(reading, m, k, n) {
const all = (size) => Array.from({ length: size }, (_, i) => i);
const one = (rows, columns) => all(k).map((inner) => ({ rows, columns, inner }));
if (reading === "outer") return one(all(m), all(n));
if (reading === "columns") return all(n).flatMap((j) => one(all(m), [j]));
if (reading === "samples") return all(m).flatMap((i) => one([i], all(n)));
return all(m).flatMap((i) => all(n).flatMap((j) => one([i], [j])));
}
function partial(A, B, list, count) {
const sums = A.map(() => B[0].map(() => 0));
const terms = A.map(() => B[0].map(() => 0));
for (const { rows, columns, inner } of list.slice(0, count)) {
for (const i of rows) {
for (const j of columns) {
sums[i][j] += A[i][inner] * B[inner][j];
terms[i][j] += 1;
}
}
}
return { sums, terms };
}
return { shapeOf, transpose, matvec, column, matmul, addRow, each, relu, sigmoid, identity, between, determinant, rotation, singular, condition, rank, eigen, shears, near, frames, partial };
})();
const $text = (() => {
function fmt(x, digits = 3) {
if (x === null || x === undefined || Number.isNaN(x)) return "nan";
if (!Number.isFinite(x)) return x > 0 ? "inf" : "−inf";
const size = Math.abs(x);
if (size !== 0 && size < 10 ** -digits) return x.toExponential(1).replaceAll("-", "−");
const text = String(Number(x.toFixed(digits)));
return (text === "-0" ? "0" : text).replace("-", "−");
}
const tuple = (v, digits) => `(${v.map((x) => fmt(x, digits)).join(", ")})`;
const degrees = (radians) => (radians * 180) / Math.PI;
const signed = (x) => (x < 0 ? `(${fmt(x)})` : fmt(x));
function float(x) {
if (!Number.isFinite(x)) return Number.isNaN(x) ? "float('nan')" : `float('${x > 0 ? "" : "-"}inf')`;
const rounded = Number(x.toPrecision(12));
const text = String(Object.is(rounded, -0) ? 0 : rounded);
return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
const literal = (value) =>
Array.isArray(value) ? `[${value.map(literal).join(", ")}]` : float(value);
function program(arrays, numpy, torch = numpy) {
const made = (call) =>
Object.entries(arrays).map(([name, value]) => `${name} = ${call}(${literal(value)})`);
return {
numpy: ["import numpy as np", "", ...made("np.array"), ...numpy].join("\n"),
torch: ["import torch", "", ...made("torch.tensor"), ...torch].join("\n"),
};
}
const drawable = (x) => typeof x === "number" && Math.abs(x) < 1e9;
const plural = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
return { fmt, tuple, degrees, signed, float, literal, program, drawable, plural };
})();
const $tree = (() => {
const SPACES = { svg: "http://www.w3.org/2000/svg", math: "http://www.w3.org/1998/Math/MathML" };
const HTML = "http://www.w3.org/1999/xhtml";
const PROPERTIES = new Set(["checked", "open", "selected"]);
function h(tag, attributes, ...children) {
const kept = children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false);
return { tag, attributes: attributes ?? {}, children: kept.map((c) => (c.tag ? c : String(c))) };
}
function patch(parent, list) {
const nodes = list.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false);
const old = new Map();
const names = new Map();
const nameOf = (tag, key) => {
const base = key === undefined ? tag : `${tag}:${key}`;
const count = names.get(base) ?? 0;
names.set(base, count + 1);
return `${base}#${count}`;
};
for (const node of parent.childNodes) old.set(node.wxbName, node);
const wanted = nodes.map((vnode) => {
const text = !vnode.tag;
const name = nameOf(text ? "#text" : vnode.tag, text ? undefined : vnode.attributes.key);
const found = old.get(name);
old.delete(name);
const node = found ?? create(vnode, parent);
node.wxbName = name;
if (text) {
if (node.data !== String(vnode)) node.data = String(vnode);
} else {
apply(node, vnode.attributes);
patch(node, vnode.children);
settle(node, vnode.attributes);
}
return node;
});
for (const node of old.values()) node.remove();
wanted.forEach((node, i) => {
if (parent.childNodes[i] !== node) parent.insertBefore(node, parent.childNodes[i] ?? null);
});
}
function create(vnode, parent) {
if (!vnode.tag) return document.createTextNode(String(vnode));
const above = parent.namespaceURI ?? HTML;
return document.createElementNS(SPACES[vnode.tag] ?? above, vnode.tag);
}
function apply(node, attributes) {
const before = node.wxbAttributes ?? {};
for (const name of Object.keys(before)) {
if (!(name in attributes) && !name.startsWith("on")) node.removeAttribute(name);
}
for (const [name, value] of Object.entries(attributes)) {
if (name === "key" || name === "value" || PROPERTIES.has(name)) continue;
if (name.startsWith("on")) listen(node, name.slice(2));
else if (name === "style") {
for (const [key, text] of Object.entries(value)) node.style.setProperty(key, text);
} else if (value === false || value === null || value === undefined) node.removeAttribute(name);
else {
const text = value === true ? "" : String(value);
if (node.getAttribute(name) !== text) node.setAttribute(name, text);
}
}
node.wxbAttributes = attributes;
}
function settle(node, attributes) {
for (const name of PROPERTIES) {
if (name in attributes && node[name] !== attributes[name]) node[name] = attributes[name];
}
if (!("value" in attributes)) return;
const text = String(attributes.value);
const typing = node.getRootNode().activeElement === node && node.wxbTyped === text;
if (!typing && node.value !== text) node.value = text;
}
function listen(node, type) {
node.wxbListens ??= new Set();
if (node.wxbListens.has(type)) return;
node.wxbListens.add(type);
node.addEventListener(type, (event) => node.wxbAttributes[`on${type}`]?.(event));
}
const escape = (text) =>
text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
function toText(vnode) {
if (!vnode.tag) return escape(String(vnode));
const space = vnode.tag === "svg" ? ` xmlns="${SPACES.svg}"` : "";
const attributes = Object.entries(vnode.attributes)
.filter(([name, value]) => !name.startsWith("on") && name !== "key" && name !== "style"
&& value !== false && value !== null && value !== undefined)
.map(([name, value]) => ` ${name}="${escape(value === true ? "" : String(value))}"`);
const inside = vnode.children.map(toText).join("");
return `<${vnode.tag}${space}${attributes.join("")}>${inside}</${vnode.tag}>`;
}
return { h, patch, toText };
})();
const $formula = (() => {
const { fmt } = $text;
const { h } = $tree;
function math(...parts) {
const pieces = [[]];
for (const each of parts) {
if (each === "=") pieces.push([]);
pieces[pieces.length - 1].push(each);
}
return h("div", { class: "formula" }, pieces.map((piece) => h("math", { displaystyle: "true" }, row(...piece))));
}
const row = (...parts) => h("mrow", {}, parts.map(leaf));
const part = (link, ...parts) => h("mrow", { "data-link": link, class: link }, parts.map(leaf));
const root = (...parts) => h("msqrt", {}, row(...parts));
const over = (top, bottom) => h("mfrac", {}, row(top), row(bottom));
const power = (base, exponent) => h("msup", {}, row(base), row(exponent));
const sub = (base, index) => h("msub", {}, row(base), row(index));
const bars = (...parts) => row(op("|"), ...parts, op("|"));
const op = (text) => h("mo", text === "=" ? { form: "infix" } : {}, text);
const name = (text) => h("mi", {}, text);
function number(x, bracketed = false) {
const text = fmt(x);
const digits = h("mn", {}, text.replace("−", ""));
if (!text.startsWith("−")) return digits;
const signed = h("mrow", {}, op("−"), digits);
return bracketed ? h("mrow", {}, op("("), signed, op(")")) : signed;
}
function leaf(value) {
if (typeof value === "number") return number(value);
if (typeof value === "string") return /^[\p{L}]+$/u.test(value) ? name(value) : op(value);
return value;
}
return { math, row, part, root, over, power, sub, bars, op, name, number };
})();
const $plane = (() => {
const { fmt } = $text;
const { h } = $tree;
const SIZE = 320;
const REACH = 22;
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
function scaleOf(range) {
const unit = (SIZE - 16) / (2 * range);
return {
range,
unit,
every: range > 6 ? range / 5 : 1,
X: (x) => SIZE / 2 + x * unit,
Y: (y) => SIZE / 2 - y * unit,
back: (px, py) => [(px - SIZE / 2) / unit, (SIZE / 2 - py) / unit],
};
}
const clamp = (x, range) => Math.min(range, Math.max(-range, x));
const snap = (x, step = 0.25) => Math.round(x / step) * step;
const n = (x) => Number(x.toFixed(2));
const keyStep = (event, step = 0.25) => {
if (event.shiftKey) return step * 4;
return event.altKey ? step / 5 : step;
};
function keyed(event, at, home, range) {
if (event.key === "Home") return home;
const way = STEPS[event.key];
if (!way || event.ctrlKey || event.metaKey) return null;
const step = keyStep(event);
return way.map((d, i) => clamp(Number((at[i] + d * step).toFixed(6)), range));
}
const points = (P, list) => list.map(([x, y]) => `${n(P.X(x))},${n(P.Y(y))}`).join(" ");
const polygon = (P, list, cls, more) =>
h("polygon", { points: points(P, list), class: cls, ...more });
const segment = (P, from, to, cls, more) => h("line", {
x1: n(P.X(from[0])), y1: n(P.Y(from[1])), x2: n(P.X(to[0])), y2: n(P.Y(to[1])), class: cls, ...more,
});
const polyline = (P, list, cls, more) =>
h("polyline", { points: points(P, list), class: cls, ...more });
function label(P, [x, y], text, cls = "", push = 14) {
const far = Math.hypot(x, y) || 1;
const wide = text.length * 4;
const wanted = P.X(x) + (x / far) * (push + wide);
const px = Math.min(SIZE - 6 - wide, Math.max(6 + wide, wanted));
const lifted = Math.abs(px - wanted) > 4 ? push : 0;
const py = Math.min(SIZE - 6, Math.max(14, P.Y(y) - (y / far) * push + 4 - lifted));
return h("text", { x: n(px), y: n(py), class: `label ${cls}`, "text-anchor": "middle" }, text);
}
function arrow(P, from, to, cls, name = "", more = {}) {
const [x, y] = [P.X(to[0]) - P.X(from[0]), P.Y(to[1]) - P.Y(from[1])];
const long = Math.hypot(x, y);
if (long < 1e-6) {
return h("g", { class: `arrow ${cls}`, ...more },
h("circle", { cx: n(P.X(to[0])), cy: n(P.Y(to[1])), r: 4, class: "head" }),
name && label(P, to, name, cls));
}
const [ux, uy] = [x / long, y / long];
const head = Math.min(11, long * 0.6);
const [tx, ty] = [P.X(to[0]), P.Y(to[1])];
const [bx, by] = [tx - ux * head, ty - uy * head];
const w = head * 0.42;
return h("g", { class: `arrow ${cls}`, ...more },
h("line", { x1: n(P.X(from[0])), y1: n(P.Y(from[1])), x2: n(bx), y2: n(by), class: "shaft" }),
h("polygon", {
class: "head",
points: `${n(tx)},${n(ty)} ${n(bx - uy * w)},${n(by + ux * w)} ${n(bx + uy * w)},${n(by - ux * w)}`,
}),
name && label(P, to, name, cls));
}
function lattice(P, map, reach, cls, every = 1) {
const parts = [];
for (let i = -reach; i <= reach; i += every) {
for (const [from, to] of [[[i, -reach], [i, reach]], [[-reach, i], [reach, i]]]) {
const [p, q] = [map(from), map(to)];
parts.push(`M${n(P.X(p[0]))} ${n(P.Y(p[1]))}L${n(P.X(q[0]))} ${n(P.Y(q[1]))}`);
}
}
return h("path", { d: parts.join(""), class: cls });
}
function arc(P, from, to, radius, cls) {
let turn = to - from;
if (turn > Math.PI) turn -= 2 * Math.PI;
if (turn < -Math.PI) turn += 2 * Math.PI;
const list = Array.from({ length: 25 }, (_, i) => {
const at = from + (turn * i) / 24;
return [radius * Math.cos(at), radius * Math.sin(at)];
});
return { line: polyline(P, list, cls), middle: list[12] };
}
function axes(P) {
const marks = [];
for (let i = -P.range; i <= P.range; i += P.every) {
if (i === 0) continue;
marks.push(h("text", { x: n(P.X(i)), y: n(P.Y(0) + 11), class: "tick", "text-anchor": "middle" }, fmt(i)));
marks.push(h("text", { x: n(P.X(0) - 4), y: n(P.Y(i) + 3), class: "tick", "text-anchor": "end" }, fmt(i)));
}
return [
segment(P, [-P.range, 0], [P.range, 0], "axis"), segment(P, [0, -P.range], [0, P.range], "axis"),
h("g", { "aria-hidden": "true" }, marks),
];
}
function plane(ui, { P, label: name, content, handles = [], still = ui.still, key }) {
const live = still ? [] : handles;
const dragged = (event) => {
const box = event.currentTarget.getBoundingClientRect();
const k = SIZE / box.width;
return P.back((event.clientX - box.left) * k, (event.clientY - box.top) * k);
};
const place = (event, handle) => {
const step = event.altKey ? 0.05 : 0.25;
handle.set(dragged(event).map((x) => clamp(snap(x, step), P.range)));
};
const nearest = (event) => {
const at = dragged(event);
const far = (one) => Math.hypot(one.at[0] - at[0], one.at[1] - at[1]);
return live.filter((one) => !one.disabled).sort((p, q) => far(p) - far(q))[0];
};
const rest = (event) => {
const was = event.currentTarget.wxbDrag;
event.currentTarget.wxbDrag = null;
if (!was) return;
ui.dragging = false;
ui.draw();
};
return h("svg", {
key: key ?? name,
viewBox: `0 0 ${SIZE} ${SIZE}`,
class: "plane",
role: live.length ? "group" : "img",
"aria-label": name,
onpointerdown: (event) => {
if (event.button || event.altKey === undefined) return;
const own = event.target.closest?.("[data-handle]")?.getAttribute("data-handle");
const handle = own ? live.find((one) => one.key === own) : event.pointerType !== "touch" && nearest(event);
if (!handle || handle.disabled) return;
event.preventDefault();
const svg = event.currentTarget;
svg.wxbDrag = handle.key;
ui.dragging = true;
svg.setPointerCapture(event.pointerId);
svg.querySelector(`[data-handle="${handle.key}"]`)?.focus({ preventScroll: true });
if (!own) place(event, handle);
},
onpointermove: (event) => {
const handle = live.find((one) => one.key === event.currentTarget.wxbDrag);
if (handle) place(event, handle);
},
onpointerup: rest,
onpointercancel: rest,
onclick: (event) => {
if (event.pointerType !== "touch" || event.target.closest?.("[data-handle]")) return;
const handle = nearest(event);
if (handle) place(event, handle);
},
},
lattice(P, (p) => p, P.range, "grid", P.every),
axes(P),
content,
live.map((one) => handleOf(P, one)));
}
function handleOf(P, { key, label: name, at, value = at, set, home, cls, link, disabled }) {
const [x, y] = [n(P.X(at[0])), n(P.Y(at[1]))];
return h("g", {
key,
"data-handle": key,
"data-link": link ?? key,
class: `handle ${cls ?? ""}`,
role: "slider",
tabindex: disabled ? null : 0,
"aria-label": name,
"aria-disabled": disabled ? "true" : null,
"aria-valuenow": fmt(value[0]).replace("−", "-"),
"aria-valuemin": Math.min(-P.range, value[0]),
"aria-valuemax": Math.max(P.range, value[0]),
"aria-valuetext": `x ${fmt(value[0])}, y ${fmt(value[1])}`,
onkeydown: (event) => {
const to = keyed(event, at, home ?? at, P.range);
if (!to || disabled) return;
event.preventDefault();
set(to);
},
},
h("circle", { cx: x, cy: y, r: REACH, class: "reach" }),
h("circle", { cx: x, cy: y, r: 13, class: "ring" }),
h("circle", { cx: x, cy: y, r: 6, class: "dot" }));
}
return { scaleOf, snap, keyStep, keyed, points, polygon, segment, polyline, label, arrow, lattice, arc, axes, plane };
})();
const $controls = (() => {
const { fmt, plural } = $text;
const { keyStep } = $plane;
const { h } = $tree;
const round = (x) => Number(x.toFixed(6));
const PIXELS = 6;
const letGo = (ui, event) => {
const held = event.target.wxbScrub;
event.target.wxbScrub = null;
if (!held?.on) return;
ui.dragging = false;
ui.draw();
};
const clamp = (x, min, max) => Math.min(max, Math.max(min, x));
function numberField(ui, field) {
const { label, value, set, step = 0.25, min = -10, max = 10, disabled, link, home } = field;
const off = disabled || (ui.locked && !field.free);
const to = (x) => set(clamp(round(x), min, max));
const button = (sign, word) => h("button", {
type: "button", class: "step", disabled: off, tabindex: -1,
"aria-label": `${word} ${label} by ${fmt(step)}`, onclick: () => to(value + sign * step),
}, sign < 0 ? "−" : "+");
const scrub = {
onpointerdown: (event) => {
const isTyped = event.pointerType === "mouse" && event.target.getRootNode().activeElement === event.target;
if (!off && !event.button && !isTyped) event.target.wxbScrub = { x: event.clientX, from: value, on: false };
},
onpointermove: (event) => {
const held = event.target.wxbScrub;
const far = event.clientX - (held?.x ?? 0);
if (!held || (!held.on && Math.abs(far) < PIXELS)) return;
if (!held.on) event.target.setPointerCapture(event.pointerId);
held.on = true;
ui.dragging = true;
event.target.wxbTyped = null;
to(held.from + Math.trunc(far / PIXELS) * keyStep(event, step));
},
onpointerup: (event) => letGo(ui, event),
onpointercancel: (event) => letGo(ui, event),
};
return h("span", { class: `num ${link ?? ""}`, key: field.key ?? label, "data-link": link },
field.bare ? null : button(-1, "lower"),
h("input", {
type: "text", inputmode: "decimal", autocomplete: "off", role: "spinbutton", disabled: off,
"aria-label": label, "aria-valuenow": round(value), "aria-valuemin": min, "aria-valuemax": max,
value: fmt(value, 4),
oninput: (event) => {
const text = event.target.value.trim().replace(/−/g, "-").replace(",", ".");
if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return;
const x = clamp(Number(text), min, max);
event.target.wxbTyped = fmt(x, 4);
set(x);
},
...scrub,
onfocus: field.onfocus,
onblur: (event) => { event.target.wxbTyped = null; ui.draw(); },
onkeydown: (event) => {
const sign = { ArrowUp: 1, ArrowDown: -1, Home: 0 }[event.key];
if (sign === undefined || off) return;
event.preventDefault();
event.target.wxbTyped = null;
to(sign ? value + sign * keyStep(event, step) : (home ?? value));
},
}),
field.bare ? null : button(1, "raise"));
}
const vectorFields = (ui, { name, value, set, link, home, ...more }) =>
h("div", { class: "row", key: name },
h("span", { class: `name ${link ?? ""}`, "data-link": link }, `${name} =`),
value.map((x, i) => numberField(ui, {
label: `${name}, component ${i + 1}`, value: x, link, home: home?.[i], ...more,
set: (next) => set(value.map((old, k) => (k === i ? next : old))),
})));
function matrixFields(ui, { name, value, set, mark, link, links, note, corner, ...more }) {
const put = (i, j) => (x) => set(value.map((old, p) => (p === i ? old.map((y, q) => (q === j ? x : y)) : old)));
const labelOf = (i, j) => `${name}, row ${i + 1}, column ${j + 1}`;
const [row, column] = [Math.min(ui.cells[name]?.[0] ?? 0, value.length - 1), Math.min(ui.cells[name]?.[1] ?? 0, value[0].length - 1)];
const { step = 0.25, min = -10, max = 10 } = more;
const nudge = (sign) => h("button", {
type: "button", class: "step", disabled: ui.locked, tabindex: -1,
"aria-label": `${sign < 0 ? "lower" : "raise"} ${labelOf(row, column)} by ${fmt(step)}`,
onclick: () => put(row, column)(clamp(round(value[row][column] + sign * step), min, max)),
}, sign < 0 ? "−" : "+");
return h("div", { class: `matrix ${link ?? ""}`, key: name },
h("div", { class: "caption", "data-link": link }, h("span", {}, corner ?? name, " ",
h("small", {}, note ?? `(${value.length}, ${value[0].length})`)), h("span", { class: "nudge" }, nudge(-1), nudge(1))),
h("div", { class: "cells", role: "group", "aria-label": name, style: { "--columns": value[0].length } },
value.map((each, i) => each.map((x, j) => h("div", {
class: `cell ${i === row && j === column ? "used" : ""} ${mark?.(i, j) || ""}`, key: `${i},${j}`, "data-link": links?.(i, j),
}, numberField(ui, {
bare: true, label: labelOf(i, j), value: x, ...more, set: put(i, j),
onfocus: () => { ui.cells[name] = [i, j]; ui.draw(); },
}))))));
}
function matrixShown({ name, rows, columns, show, mark, links, note, corner, pick, say, cls = "" }) {
const cell = (i, j) => {
const attributes = { class: `cell ${mark?.(i, j) ?? ""}`, key: `${i},${j}`, "data-link": links?.(i, j) };
if (!pick) return h("div", attributes, show(i, j));
return h("div", attributes, h("button", {
type: "button", "data-cell": `${i},${j}`,
"aria-label": `${name}, row ${i + 1}, column ${j + 1}: ${say?.(i, j) ?? show(i, j)}`,
onclick: () => pick(i, j),
onkeydown: (event) => {
const way = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
if (!way) return;
event.preventDefault();
const [p, q] = [clamp(i + way[0], 0, rows - 1), clamp(j + way[1], 0, columns - 1)];
event.target.closest(".cells").querySelector(`[data-cell="${p},${q}"]`).focus();
pick(p, q);
},
}, show(i, j)));
};
const count = (size) => Array.from({ length: size }, (_, i) => i);
return h("div", { class: `matrix ${cls}`, key: name },
h("div", { class: "caption" }, h("span", {}, corner ?? name, " ", h("small", {}, note ?? `(${rows}, ${columns})`))),
h("div", { class: "cells", role: "group", "aria-label": name, style: { "--columns": columns } },
count(rows).map((i) => count(columns).map((j) => cell(i, j)))));
}
const slider = (ui, { label, value, set, min, max, step = 0.05, disabled, free, text, link }) =>
h("div", { class: "row slide", key: label },
h("label", { class: "name", for: ui.id(label), "data-link": link }, text ?? label),
h("input", {
type: "range", id: ui.id(label), min, max, step, value: round(value),
disabled: disabled || (ui.locked && !free), "aria-valuetext": fmt(value),
oninput: (event) => { event.target.wxbTyped = event.target.value; set(Number(event.target.value)); },
}),
numberField(ui, { label: `${label}, as a number`, value, set, min, max, step, disabled, free, link }));
const choice = (ui, { label, options, value, set, disabled, hidden }) =>
h("fieldset", { class: "choice", key: label },
h("legend", { class: hidden ? "unseen" : null }, label),
options.map(([key, text]) => h("label", { key, class: "option" },
h("input", {
type: "radio", name: ui.id(label), value: key, checked: key === value, disabled,
onchange: () => set(key),
}), h("span", {}, text))));
const toggle = (label, value, set, disabled = false) =>
h("label", { class: "option toggle", key: label },
h("input", { type: "checkbox", checked: value, disabled, onchange: (e) => set(e.target.checked) }),
h("span", {}, label));
const button = (text, onclick, more = {}) =>
h("button", { type: "button", key: text, onclick, ...more }, text);
const readout = (name, value, { link, cls = "", key } = {}) =>
h("div", { class: `readout ${cls}`, key: key ?? (typeof name === "string" ? name : link), "data-link": link },
h("dt", {}, name), h("dd", {}, value));
const readouts = (...list) => h("dl", { class: "readouts" }, list);
function player(ui, { step, last, set, name = "step", said }) {
const off = ui.locked;
const go = (to) => { ui.pause(); set(clamp(to, 0, last)); };
const play = () => ui.play(() => {
const next = ui.s.step + 1;
if (next > last) return false;
set(next);
return next < last;
});
return h("div", { class: "player", role: "group", "aria-label": "Player", key: "player" },
h("div", { class: "row" },
button("Start over", () => go(0), { disabled: off || step === 0 }),
button("Back", () => go(step - 1), { disabled: off || step === 0 }),
ui.reduced ? null : button(ui.playing ? "Pause" : "Play",
() => (ui.playing ? ui.pause() : (step >= last && set(0), play())), { disabled: off, class: "main", key: "play" }),
button("Step", () => go(step + 1), { disabled: off || step >= last, class: ui.reduced ? "main" : null }),
ui.reduced ? null : h("label", { class: "speed" }, "Speed ", h("select", {
onchange: (event) => ui.speed(Number(event.target.value)),
}, [["1600", "slow"], ["800", "normal"], ["300", "fast"]].map(([ms, text]) =>
h("option", { value: ms, selected: Number(ms) === ui.pace }, text))))),
h("div", { class: "row slide" },
h("label", { class: "name", for: ui.id("scrub") }, `${name} ${step} of ${last}`),
h("input", {
type: "range", id: ui.id("scrub"), min: 0, max: last, step: 1, value: step, disabled: off,
"aria-valuetext": said ?? `${plural(step, name)} of ${last}`,
oninput: (event) => { event.target.wxbTyped = event.target.value; go(Number(event.target.value)); },
})));
}
return { numberField, vectorFields, matrixFields, matrixShown, slider, choice, toggle, button, readout, readouts, player };
})();
const $predict = (() => {
const { fmt, tuple } = $text;
const { button, numberField } = $controls;
const { h } = $tree;
function isRight(question, said, state) {
const answer = question.answer(state);
if (question.right) return question.right(said, answer, state);
if (question.kind === "numbers") {
return said.every((x, i) => Math.abs(x - answer[i]) <= (question.tolerance ?? 0.01));
}
if (question.kind === "many") {
return JSON.stringify([...said].sort()) === JSON.stringify([...answer].sort());
}
return said === answer;
}
const fieldsOf = (question, state) =>
typeof question.fields === "function" ? question.fields(state) : question.fields;
function isAnswer(question, said, state) {
if (question.kind === "numbers") {
return Array.isArray(said) && said.length === fieldsOf(question, state).length && said.every(Number.isFinite);
}
const keys = question.options?.(state).map(([key]) => key);
if (question.kind === "many") return Array.isArray(said) && said.every((key) => keys.includes(key));
return typeof said === "string" && (!keys || keys.includes(said));
}
function emptyDraft(question, state) {
if (question.kind === "numbers") return fieldsOf(question, state).map(() => 0);
return question.kind === "many" ? [] : "";
}
function inWords(question, value, state) {
if (question.kind === "numbers") return value.length > 1 ? tuple(value) : fmt(value[0]);
const names = question.options && Object.fromEntries(question.options(state));
if (question.kind === "many") return value.map((key) => names[key]).join(", ") || "none";
return names ? names[value] : value;
}
function panel(ui, question) {
if (!ui.said) return asking(ui, question);
const { said, then: state } = ui.said;
const right = isRight(question, said, state);
const words = (value) => inWords(question, value, state);
return h("div", { class: `ask answered ${right ? "right" : "wrong"}`, key: "answered" },
h("p", {}, h("strong", {}, right ? "✓ As you predicted: " : "✗ Not as you predicted: "),
right ? `${words(question.answer(state))}.`
: `you said ${words(said)}, and it is ${words(question.answer(state))}.`, " ",
question.why?.(state)),
button("Predict another", () => ui.askAgain()));
}
function asking(ui, question) {
const { draft, s } = ui;
const set = (value) => ui.drafted(value);
let fields;
if (question.kind === "numbers") {
fields = fieldsOf(question, s).map((label, i) => h("span", { class: "row", key: label },
h("span", {}, `${label} `),
numberField(ui, {
label: `prediction, ${label}`, value: draft[i], free: true, min: -999, max: 999,
step: question.step ?? 0.5,
set: (x) => set(draft.map((old, k) => (k === i ? x : old))),
})));
} else if (question.kind === "text") {
fields = h("input", {
type: "text", class: "wide", "aria-label": "Your prediction", value: draft, autocomplete: "off",
placeholder: question.placeholder,
oninput: (event) => { event.target.wxbTyped = event.target.value; set(event.target.value); },
});
} else {
const many = question.kind === "many";
fields = question.options(s).map(([key, text]) => h("label", { class: "option", key },
h("input", {
type: many ? "checkbox" : "radio", name: ui.id("prediction"), value: key,
checked: many ? draft.includes(key) : draft === key,
onchange: () => {
if (!many) set(key);
else set(draft.includes(key) ? draft.filter((k) => k !== key) : [...draft, key]);
},
}), h("span", {}, text)));
}
const empty = typeof draft === "string" && !draft.trim();
return h("fieldset", { class: "ask", key: "asking" },
h("legend", {}, "Predict first"),
h("p", {}, question.ask(s), question.note ? h("small", {}, ` ${question.note}`) : null),
h("div", { class: "row" }, fields,
button("Lock in", () => ui.lockIn(), { class: "main", disabled: empty })));
}
return { isRight, isAnswer, emptyDraft, inWords, panel };
})();
const $sheet = (() => {
const LIGHT = `
--bg: #ffffff; --raised: #f4f6f9; --fg: #1b2230; --soft: #566072; --line: #cfd6e0; --grid: #e6eaf0;
--a: #1758b8; --b: #a84300; --c: #006b52; --yours: #a0237c; --good: #006b3c; --bad: #b3211b;
--shade: #1758b81f; --hot: #ffe9a8; --on: #ffffff; color-scheme: light;`;
const DARK = `
--bg: #14181f; --raised: #1e242e; --fg: #e9edf4; --soft: #a4afbf; --line: #414b5a; --grid: #29303b;
--a: #84b6ff; --b: #ffac70; --c: #58d8b4; --yours: #ff96d6; --good: #6fdc9f; --bad: #ff9a92;
--shade: #84b6ff26; --hot: #5a4a12; --on: #10141a; color-scheme: dark;`;
const SHEET = `
.wxb { ${LIGHT}
container-type: inline-size; box-sizing: border-box; max-width: 58rem; margin: 1rem 0; padding: .75rem;
color: var(--fg); background: var(--bg); border: 1px solid var(--line); border-radius: .75rem;
font: 400 1rem/1.45 system-ui, sans-serif; overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) { .wxb { ${DARK} } }
[data-jp-theme-light="true"] .wxb { ${LIGHT} }
[data-jp-theme-light="false"] .wxb { ${DARK} }
.wxb *, .wxb *::before { box-sizing: border-box; }
.wxb .stage { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); margin: .5rem 0; }
.wxb .pictures { display: grid; gap: .75rem; grid-template-columns: minmax(0, 1fr); align-content: start; }
.wxb figure, .wxb p { margin: 0; }
.wxb figcaption, .wxb .caption { font-weight: 600; font-size: .9rem; margin-bottom: .2rem; }
.wxb small { color: var(--soft); font-size: .85em; font-weight: 400; }
.wxb .side { display: grid; gap: .6rem; align-content: start; min-width: 0; }
@container (min-width: 40rem) {
.wxb .stage:has(> .pictures):has(> .side) { grid-template-columns: minmax(0, 22rem) minmax(0, 1fr); }
.wxb .stage:has(> .pictures.two) { grid-template-columns: minmax(0, 1fr); }
.wxb .pictures.two { grid-template-columns: repeat(2, minmax(0, 1fr)); }
.wxb .pictures.two ~ .side { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}
.wxb .plane { display: block; width: 100%; max-width: 26rem; height: auto; aspect-ratio: 1; overflow: hidden;
background: var(--bg); border: 1px solid var(--line); border-radius: .5rem; touch-action: pan-y pinch-zoom;
user-select: none; }
.wxb .strip, .wxb .bars { display: block; width: 100%; max-width: 24rem; height: auto; }
.wxb .strip { max-width: none; }
.wxb .grid { stroke: var(--grid); stroke-width: 1; fill: none; }
.wxb .axis { stroke: var(--soft); stroke-width: 1.2; }
.wxb .tick { fill: var(--soft); font-size: 9px; }
.wxb .label { font-size: 13px; font-weight: 600; fill: currentColor; paint-order: stroke; stroke: var(--bg);
stroke-width: 3.5px; stroke-linejoin: round; }
.wxb .note { font-size: 11px; fill: var(--soft); paint-order: stroke; stroke: var(--bg); stroke-width: 3px; }
.wxb .a { color: var(--a); } .wxb .b { color: var(--b); } .wxb .c { color: var(--c); }
.wxb .mine { color: var(--yours); } .wxb .soft { color: var(--soft); }
.wxb .arrow .shaft { stroke: currentColor; stroke-width: 2.6; fill: none; }
.wxb .arrow .head { fill: currentColor; }
.wxb .arrow .label { fill: currentColor; }
.wxb .dashed .shaft, .wxb .dashed.line, .wxb line.dashed { stroke-dasharray: 5 4; }
.wxb .mine .shaft, .wxb .mine.line { stroke-dasharray: 3 3; stroke-width: 2.2; }
.wxb .line { stroke: currentColor; stroke-width: 2; fill: none; }
.wxb .thin { stroke-width: 1.2; }
.wxb .thick { stroke-width: 10; opacity: .45; }
.wxb .area { fill: currentColor; fill-opacity: .14; stroke: currentColor; stroke-width: 1.4; }
.wxb .warped { stroke: var(--c); stroke-width: 1; fill: none; opacity: .55; }
.wxb .warped.mine { stroke: var(--yours); stroke-dasharray: 3 3; opacity: .8; }
.wxb .half { fill: var(--shade); }
.wxb .handle { outline: none; cursor: grab; color: var(--fg); touch-action: none; }
.wxb .handle.a { color: var(--a); } .wxb .handle.b { color: var(--b); } .wxb .handle.c { color: var(--c); }
.wxb .handle .reach { fill: currentColor; fill-opacity: 0; touch-action: none; }
.wxb .handle .dot { fill: var(--bg); stroke: currentColor; stroke-width: 3; }
.wxb .handle .ring { fill: none; stroke: currentColor; stroke-width: 2.5; opacity: 0; }
.wxb .handle:hover .ring { opacity: .5; }
.wxb .handle:focus .ring { stroke: var(--fg); opacity: 1; }
.wxb .row { display: flex; flex-wrap: wrap; gap: .35rem .5rem; align-items: center; min-width: 0; }
.wxb .row .name { font-weight: 600; }
.wxb .slide .name { flex: 0 1 auto; } .wxb .slide input[type=range] { flex: 1 1 8rem; min-width: 6rem; }
.wxb input[type=range] { accent-color: var(--a); min-height: 2.2rem; margin: 0; }
.wxb input[type=radio], .wxb input[type=checkbox] { accent-color: var(--a); width: 1.1rem; height: 1.1rem; margin: 0; }
.wxb .num { display: inline-flex; align-items: stretch; border: 1px solid var(--soft); border-radius: .4rem;
background: var(--bg); overflow: hidden; }
.wxb .num:focus-within { outline: 2px solid var(--a); outline-offset: 1px; }
.wxb .num input:not(:focus):not(:disabled) { cursor: ew-resize; }
.wxb .num input { touch-action: pan-y; width: 3.6rem; min-height: 2rem; border: 0; padding: 0 .2rem; text-align: center; font: inherit;
font-variant-numeric: tabular-nums; color: inherit; background: none; outline: none; }
.wxb button, .wxb select, .wxb .wide, .wxb textarea { font: inherit; color: var(--fg); background: var(--raised);
border: 1px solid var(--soft); border-radius: .4rem; padding: .25rem .7rem; min-height: 2rem; }
.wxb button { cursor: pointer; }
.wxb .num button { border: 0; border-radius: 0; padding: 0; width: 1.75rem; min-width: 1.75rem; }
.wxb button:hover:not(:disabled) { background: var(--grid); }
.wxb button.main { background: var(--a); color: var(--on); border-color: var(--a); font-weight: 600; }
.wxb button.main:hover:not(:disabled) { filter: brightness(1.1); }
.wxb :disabled { opacity: .55; cursor: default; } .wxb .num input:disabled { opacity: .9; -webkit-text-fill-color: currentColor; }
.wxb button:focus-visible, .wxb select:focus-visible, .wxb input:focus-visible, .wxb summary:focus-visible,
.wxb pre:focus-visible, .wxb .scroll:focus-visible, .wxb textarea:focus-visible { outline: 2px solid var(--a); outline-offset: 2px; }
.wxb .num input:focus-visible { outline: none; }
.wxb .wide { width: 11rem; background: var(--bg); }
.wxb textarea { width: 100%; }
.wxb fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
.wxb .choice { display: flex; flex-wrap: wrap; gap: .35rem; align-items: center; }
.wxb .choice legend { float: left; padding: 0; margin-right: .5rem; font-weight: 600; }
.wxb .option { display: inline-flex; gap: .4rem; align-items: center; min-height: 2rem; padding: .1rem .6rem .1rem .5rem;
border: 1px solid var(--line); border-radius: 1rem; cursor: pointer; }
.wxb .option:has(:checked) { border-color: var(--a); background: var(--shade); }
.wxb .ask { border: 2px solid var(--a); border-radius: .6rem; padding: .5rem .75rem .7rem; margin: .5rem 0; }
.wxb .ask legend { padding: 0 .4rem; font-weight: 700; color: var(--a); }
.wxb .ask p { margin: 0 0 .5rem; }
.wxb .answered { border-width: 0 0 0 4px; border-radius: 0; padding: .25rem .75rem; }
.wxb .answered.right { border-color: var(--good); } .wxb .answered.wrong { border-color: var(--bad); }
.wxb .answered.right strong { color: var(--good); } .wxb .answered.wrong strong { color: var(--bad); }
.wxb .readouts { margin: 0; display: grid; gap: .2rem; }
.wxb .readout { display: flex; flex-wrap: wrap; gap: 0 .6rem; padding: .1rem .35rem; border-radius: .3rem; }
.wxb .readout dt { font-weight: 600; } .wxb .readout dd { margin: 0; font-variant-numeric: tabular-nums; }
.wxb .readout.yours { color: var(--yours); border-left: 3px dashed var(--yours); }
.wxb .readout.differs dd { font-weight: 700; }
.wxb .warn { color: var(--bad); font-weight: 600; } .wxb .good { color: var(--good); font-weight: 600; }
.wxb .hint { border-left: 4px solid var(--yours); padding: .3rem .75rem; margin: .5rem 0; }
.wxb .hot:not(svg *) { background: var(--hot); }
.wxb .hot.arrow .shaft, .wxb .hot.line { stroke-width: 4.5; }
.wxb .hot > .area { fill-opacity: .5; stroke-width: 3; }
.wxb math { font-size: 1.1em; } .wxb .formula { padding: .1rem .35rem; } .wxb math + math { margin-left: .3em; }
.wxb mrow.hot { background: var(--hot); }
.wxb .tools { margin: .6rem 0 .25rem; }
.wxb details { margin-top: .5rem; } .wxb summary { cursor: pointer; font-weight: 600; padding: .2rem 0; }
.wxb .inside { display: grid; gap: .5rem; padding: .25rem 0 0; margin: 0; }
.wxb .goals li { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; list-style: none; padding: .1rem 0; }
.wxb .goals li.active { font-weight: 600; }
.wxb pre { margin: 0; padding: .5rem .6rem; background: var(--raised); border-radius: .4rem; white-space: pre-wrap;
font: .85rem/1.45 ui-monospace, monospace; }
.wxb .status { min-height: 1.45em; margin: .4rem 0 0; color: var(--soft); font-size: .9rem; }
.wxb .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.wxb .matrices { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: flex-start; }
.wxb .matrix { min-width: 0; max-width: 100%; overflow-x: auto; }
.wxb .cells { display: grid; grid-template-columns: repeat(var(--columns), minmax(3.1rem, auto)); width: max-content;
gap: 2px; padding: .25rem .4rem; border: 2px solid var(--soft); border-width: 0 2px; border-radius: .4rem; }
.wxb .cell { min-height: 2.3rem; display: grid; place-items: center; border-radius: .3rem; padding: 0 .15rem;
font-variant-numeric: tabular-nums; border: 2px solid transparent; background: var(--raised); }
.wxb .cell .num { border: 0; background: none; } .wxb .cell .num input { width: 2.6rem; min-height: 1.9rem; }
.wxb .cell.used { box-shadow: inset 0 -2px 0 var(--soft); }
.wxb .matrix .caption { display: flex; gap: .5rem; justify-content: space-between; align-items: end; flex-wrap: wrap; min-height: 2rem; }
.wxb .nudge { display: inline-flex; gap: 2px; } .wxb .nudge button { padding: 0; min-height: 1.6rem; width: 1.75rem; line-height: 1; }
.wxb .corner { display: grid; grid-template-columns: max-content max-content; gap: .5rem 1rem; align-items: end; }
.wxb .spelled { min-height: 1.45em; font-variant-numeric: tabular-nums; }
.wxb .cell button { border: 0; background: none; width: 100%; padding: 0 .2rem; min-height: 1.9rem; font-variant-numeric: tabular-nums; }
.wxb .cell.row-on { border-color: var(--a); } .wxb .cell.col-on { border-color: var(--b); border-style: dashed; }
.wxb .cell.now { background: var(--hot); font-weight: 700; } .wxb .cell.done { border-color: var(--c); }
.wxb .cell.open { color: var(--soft); } .wxb .cell.changed { background: var(--hot); }
.wxb .matrix.mine .cells, .wxb .slots .mine { border-style: dashed; border-color: var(--yours); color: var(--yours); }
.wxb .cell.off { opacity: .6; text-decoration: line-through; }
.wxb .chips { display: flex; flex-wrap: wrap; gap: .15rem; align-items: center; font-variant-numeric: tabular-nums; font-weight: 600; }
.wxb .chip { border: 2px solid var(--line); border-radius: .4rem; padding: .1rem .55rem; background: var(--raised); }
.wxb .chip.fits { border-color: var(--good); } .wxb .chip.clash { border-color: var(--bad); border-style: dashed; margin: 0 .35rem; }
.wxb .slots { border-collapse: separate; border-spacing: .3rem; font-variant-numeric: tabular-nums; }
.wxb .slots caption { text-align: left; white-space: nowrap; }
.wxb .slots th { text-align: left; font-weight: 600; padding-right: .5rem; }
.wxb .slots td { min-width: 3rem; text-align: center; border: 2px solid var(--line); border-radius: .4rem; padding: .25rem .4rem; background: var(--raised); }
.wxb .slots .none { border-style: dotted; color: var(--soft); } .wxb .slots .stretch { border-color: var(--b); border-style: dashed; }
.wxb .slots .same { border-color: var(--c); } .wxb .slots .error { border-color: var(--bad); border-style: double; color: var(--bad); font-weight: 700; }
.wxb .nobr { white-space: nowrap; display: inline-flex; gap: .15rem; align-items: center; }
.wxb .scroll { overflow-x: auto; max-width: 100%; }
@container (max-width: 28rem) {
.wxb .cells { grid-template-columns: repeat(var(--columns), minmax(2.55rem, auto)); padding: .25rem .2rem; }
.wxb .slots { border-spacing: .15rem; } .wxb .slots td { min-width: 2.2rem; padding: .25rem .2rem; } .wxb .slots caption { white-space: normal; }
.wxb .cell { padding: 0; } .wxb .cell .num input { width: 2.2rem; padding: 0; }
}
@container (max-width: 20rem) { .wxb .corner { grid-template-columns: minmax(0, 1fr); } .wxb .corner .gap { display: none; } }
@container (max-width: 36rem) { .wxb .corner.big { grid-template-columns: minmax(0, 1fr); } .wxb .corner.big .gap { display: none; } }
@media (prefers-reduced-motion: no-preference) { .wxb .cell { transition: background-color .15s; } }
@media (forced-colors: active) {
.wxb .plane, .wxb .strip, .wxb .bars { forced-color-adjust: auto; }
.wxb .arrow .shaft, .wxb .line, .wxb .axis { stroke: CanvasText; } .wxb .arrow .head { fill: CanvasText; }
.wxb .grid { stroke: GrayText; opacity: .4; } .wxb .warped { stroke: CanvasText; opacity: .8; } .wxb .label, .wxb .note { fill: CanvasText; stroke: Canvas; } .wxb .tick { fill: CanvasText; stroke: none; }
.wxb .handle .dot { fill: Canvas; stroke: Highlight; } .wxb .handle:focus .ring { stroke: Highlight; }
.wxb .area { fill: none; stroke: CanvasText; } .wxb .half { fill: Highlight; fill-opacity: .15; stroke: none; }
.wxb .cell { border-color: Canvas; } .wxb .cell.row-on, .wxb .cell.done { border-color: CanvasText; } .wxb .cell.col-on { border-color: Highlight; }
.wxb .option:has(:checked), .wxb .cell.now, .wxb .cell.changed { outline: 2px solid Highlight; }
}
@media print {
.wxb { ${LIGHT} break-inside: avoid; border-color: #888; }
.wxb .tools, .wxb .player, .wxb details, .wxb .status, .wxb .ask, .wxb .choice, .wxb .handle, .wxb .toggle, .wxb button, .wxb input[type=range],
.wxb .row:has(> button.main) { display: none; }
.wxb .cell button { display: block; color: inherit; }
}
`;
function dress(root) {
const host = root.adoptedStyleSheets ? root : document;
if (host.wxbDressed) return;
host.wxbDressed = true;
const sheet = new CSSStyleSheet();
sheet.replaceSync(SHEET);
host.adoptedStyleSheets = [...host.adoptedStyleSheets, sheet];
}
return { SHEET, dress };
})();
const $shapes = (() => {
const sizeOf = (shape) => shape.reduce((product, n) => product * n, 1);
function broadcast(left, right) {
const rank = Math.max(left.length, right.length);
const axes = Array.from({ length: rank }, (_, i) => {
const p = left[i - rank + left.length] ?? null;
const q = right[i - rank + right.length] ?? null;
const [m, n] = [p ?? 1, q ?? 1];
if (m === n) return { left: p, right: q, size: m, kind: "same" };
if (m === 1) return { left: p, right: q, size: n, kind: "left" };
if (n === 1) return { left: p, right: q, size: m, kind: "right" };
return { left: p, right: q, size: null, kind: "error" };
});
const fits = axes.every((axis) => axis.kind !== "error");
return { axes, result: fits ? axes.map((axis) => axis.size) : null };
}
function stridesOf(shape) {
return shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
}
function indices(shape) {
return shape.reduce(
(found, n) => found.flatMap((index) => Array.from({ length: n }, (_, i) => [...index, i])), [[]],
);
}
const offset = (index, strides) => index.reduce((sum, i, axis) => sum + i * strides[axis], 0);
const walk = (shape, strides) => indices(shape).map((index) => offset(index, strides));
const contiguous = (shape, strides) => walk(shape, strides).every((place, i) => place === i);
function solve(shape, size) {
const open = shape.filter((n) => n === -1).length;
const known = sizeOf(shape.filter((n) => n !== -1));
if (open > 1 || shape.some((n) => n < -1 || n === 0)) return null;
if (open === 0) return known === size ? shape : null;
return size % known === 0 ? shape.map((n) => (n === -1 ? size / known : n)) : null;
}
function viewStrides(shape, strides, view) {
const kept = shape.map((n, i) => [n, strides[i]]).filter(([n]) => n !== 1);
const runs = [];
for (const [n, stride] of kept) {
const last = runs[runs.length - 1];
if (last && last.stride === n * stride) Object.assign(last, { size: last.size * n, stride });
else runs.push({ size: n, stride });
}
const found = new Array(view.length).fill(1);
let axis = view.length - 1;
for (const run of runs.reverse()) {
let [left, stride] = [run.size, run.stride];
while (left > 1) {
while (axis >= 0 && view[axis] === 1) axis -= 1;
if (axis < 0 || left % view[axis]) return null;
found[axis] = stride;
stride *= view[axis];
left /= view[axis];
axis -= 1;
}
}
return view.slice(0, axis + 1).every((n) => n === 1) ? found : null;
}
const shapeText = (shape) => `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
function parseShape(text) {
const bare = text.trim().replace(/^[([]|[)\]]$/g, "").trim().replace(/,$/, "");
if (bare === "") return text.trim() ? [] : null;
const parts = bare.split(/[\s,x×]+/);
return parts.every((part) => /^\d+$/.test(part)) ? parts.map(Number) : null;
}
return { sizeOf, broadcast, stridesOf, indices, offset, walk, contiguous, solve, viewStrides, shapeText, parseShape };
})();
const $shell = (() => {
const { button, choice, toggle } = $controls;
const { emptyDraft, inWords, isAnswer, isRight, panel } = $predict;
const { scaleOf } = $plane;
const { dress } = $sheet;
const { h, patch } = $tree;
const { shapeText } = $shapes;
const { fmt } = $text;
const SPEAK_AFTER = 500;
const UNWRITTEN = "not written yet";
const COMMON = { goal: "", mine: false };
const RANGES = [4, 6, 10, 20, 50, 100, 200, 500, 1e3, 1e4, 1e5, 1e6];
function shaped(value, like) {
if (Array.isArray(like)) {
if (!Array.isArray(value) || value.length > 64) return like;
if (!like.length) return value.filter((x) => typeof x === "string");
const kept = value.map((x, i) => shaped(x, like[Math.min(i, like.length - 1)]));
const rows = kept.filter(Array.isArray);
if (!kept.length && typeof like[0] === "number") return [];
return kept.length && rows.every((row) => row.length === rows[0].length) ? kept : like;
}
if (typeof like === "number") {
return typeof value === "number" && Number.isFinite(value) ? Math.min(1e6, Math.max(-1e6, value)) : like;
}
return typeof value === typeof like ? value : like;
}
function cleaned(widget, given) {
const like = { ...COMMON, ...widget.defaults };
const state = Object.fromEntries(Object.keys(like).map((key) => [key, shaped(given?.[key], like[key])]));
if (!(state.mode in widget.modes)) state.mode = widget.defaults.mode;
return widget.clean ? widget.clean(state) : state;
}
const stateKeys = (widget) => [...Object.keys(COMMON), ...Object.keys(widget.defaults)];
function shapeOfValue(value) {
if (!Array.isArray(value)) return [];
const inner = value.map(shapeOfValue);
if (inner.some((s) => s === null || s.join() !== inner[0].join())) return null;
return [value.length, ...(inner[0] ?? [])];
}
function compared(answer, expected, tolerance = 1e-6) {
if (!answer) return { same: null, text: "…" };
if (answer.error === UNWRITTEN) return { same: null, text: answer.error };
if (answer.error) return { same: false, text: answer.error };
const [got, want] = [shapeOfValue(answer.value), shapeOfValue(expected)];
if (got === null || got.join() !== want.join()) {
return { same: false, text: `shape ${got ? shapeText(got) : "uneven"}, expected ${shapeText(want)}` };
}
const flat = (v) => [v].flat(Infinity);
const [left, right] = [flat(answer.value), flat(expected)];
if (!left.every((x) => typeof x === "number")) {
const equal = left.every((x, i) => x === right[i]);
return { same: equal, text: left.join(", ") || "nothing", value: answer.value };
}
const same = left.every((x, i) => Math.abs(x - right[i]) <= tolerance * Math.max(1, Math.abs(right[i])));
const text = left.length === 1 ? fmt(left[0]) : `(${left.slice(0, 6).map((x) => fmt(x)).join(", ")}${left.length > 6 ? ", …" : ""})`;
return { same, text, value: answer.value };
}
class Ui {
constructor(widget, model, root) {
Object.assign(this, { widget, model, root });
this.prefix = `wxb${Math.random().toString(36).slice(2, 9)}`;
this.reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
this.initial = this.read();
this.timer = null;
this.pace = 800;
this.spoken = "";
this.round = {};
this.cells = {};
this.copied = "";
this.asked = "";
this.call = 0;
this.restart();
}
read() {
const given = Object.fromEntries(stateKeys(this.widget).map((key) => [key, this.model.get(key)]));
if (!this.modes.includes(given.mode) && !this.isBeyond(given.mode)) [given.mode] = this.modes;
return cleaned(this.widget, given);
}
get s() { return (this.now ??= this.paper ? this.whole(this.read()) : this.read()); }
whole(state) {
const last = this.widget.last?.(state);
return last === undefined ? state : { ...state, step: last };
}
option(name, otherwise) { return this.model.get(name) ?? otherwise; }
get modes() {
const asked = this.option("modes", null);
const all = Object.keys(this.widget.modes);
const known = all.filter((mode) => !(mode in (this.widget.beyond ?? {})));
const kept = asked?.length ? all.filter((mode) => asked.includes(mode)) : known;
return kept.length ? kept : known;
}
isBeyond(mode) {
const from = this.widget.beyond?.[mode];
return !!from && this.option("more", true) && this.modes.includes(from) && !this.modes.includes(mode);
}
set(change) {
const next = cleaned(this.widget, { ...this.s, ...change });
const before = this.s;
this.own = true;
for (const key of stateKeys(this.widget)) {
if (JSON.stringify(next[key]) !== JSON.stringify(before[key])) this.model.set(key, next[key]);
}
this.own = false;
this.now = null;
if (next.mode !== before.mode) this.restart();
this.check();
this.save();
this.draw();
}
save() {
this.saving ??= setTimeout(() => { this.saving = null; this.model.save_changes(); }, 40);
}
changed() {
if (this.own) return;
this.now = null;
this.draw();
}
get question() {
const found = this.widget.questions[this.s.mode];
return found && (this.said || !found.fits || found.fits(this.s)) ? found : undefined;
}
get said() { return this.saidIn(this.s.mode); }
saidIn(mode) {
const found = this.option("predicted", {})[mode];
const question = this.widget.questions[mode];
const then = cleaned(this.widget, { ...found?.at, mode });
return question && isAnswer(question, found?.said, then) ? { ...found, then } : undefined;
}
get locked() { return !this.paper && this.option("predict", true) && !!this.question && this.said === undefined; }
waits(mode) {
return mode === this.s.mode ? this.locked : this.option("predict", true) && !this.saidIn(mode);
}
get still() { return this.locked; }
restart() {
this.pause();
this.now = null;
if (this.question) this.draft = emptyDraft(this.question, this.s);
}
drafted(value) { this.draft = value; this.draw(); }
predicted(change) {
this.own = true;
this.model.set("predicted", { ...this.option("predicted", {}), ...change });
this.own = false;
this.save();
}
lockIn() {
const [question, state] = [this.question, this.s];
const { defaults } = this.widget;
const at = Object.fromEntries(Object.keys(defaults)
.filter((key) => key !== "mode" && JSON.stringify(state[key]) !== JSON.stringify(defaults[key]))
.map((key) => [key, state[key]]));
this.predicted({ [state.mode]: { said: this.draft, at } });
const right = isRight(question, this.draft, state);
this.say(`${right ? "As you predicted" : "Not as you predicted"}: ${inWords(question, question.answer(state), state)}. ${question.why?.(state) ?? ""}`, true);
this.widget.unlock?.(this);
this.draw();
this.root.querySelector(".answered button")?.focus({ preventScroll: true });
}
askAgain() {
const { mode } = this.s;
const rest = { ...this.option("predicted", {}) };
delete rest[mode];
this.own = true;
this.model.set("predicted", rest);
this.own = false;
const { again } = this.question;
this.round[mode] = (this.round[mode] ?? -1) + 1;
this.restart();
this.set(again[this.round[mode] % again.length]);
this.draft = emptyDraft(this.question, this.s);
this.draw();
this.root.querySelector(".ask input")?.focus({ preventScroll: true });
}
get goals() {
return this.widget.goals.filter(({ mode }) => this.modes.includes(mode)
|| (mode === this.s.mode && this.isBeyond(mode)));
}
get reached() { return this.option("reached", []); }
check() {
const goal = this.goals.find((one) => one.id === this.s.goal && one.mode === this.s.mode);
if (!goal || this.locked || this.reached.includes(goal.id) || !goal.reached(this.s)) return;
this.own = true;
this.model.set("reached", [...this.reached, goal.id]);
this.own = false;
this.say(`Challenge reached: ${goal.text}`, true);
}
scale(least, points) {
const before = this.range;
if (!this.dragging || !before) {
const far = Math.max(...points.flat().map(Math.abs), 0);
this.range = RANGES.find((range) => range >= Math.max(least, Math.min(far, 1e6)));
}
if (this.range !== before || !this.P) this.P = scaleOf(this.range);
return this.P;
}
get playing() { return this.timer !== null; }
play(step) {
this.pause();
const tick = () => {
this.timer = setTimeout(tick, this.pace);
if (!step()) this.pause();
};
this.timer = setTimeout(tick, 0);
this.draw();
}
pause() {
if (this.timer === null) return;
clearTimeout(this.timer);
this.timer = null;
this.draw();
}
speed(ms) { this.pace = ms; this.draw(); }
glide(key, from, to) {
cancelAnimationFrame(this.frame);
if (this.reduced) { this.set({ [key]: to }); return; }
const began = performance.now();
const move = (time) => {
const part = Math.min(1, Math.max(0, (time - began) / 900));
const eased = part * part * (3 - 2 * part);
this.set({ [key]: Number((from + (to - from) * eased).toFixed(3)) });
if (part < 1) this.frame = requestAnimationFrame(move);
};
this.frame = requestAnimationFrame(move);
}
say(text, news = false) {
if (news) this.news = text;
else this.latest = text;
clearTimeout(this.speaking);
this.speaking = setTimeout(() => {
this.spoken = [this.news, this.latest].filter(Boolean).join(" ");
this.news = this.latest = "";
this.draw();
}, SPEAK_AFTER);
}
get offers() { return this.option("functions", []); }
get canCall() { return this.widget.calls && this.widget.uses(this.s).some((name) => this.offers.includes(name)); }
get mine() { return this.s.mine && this.canCall && !this.locked; }
ask() {
if (this.paper) return;
if (!this.mine) { this.asked = ""; return; }
const calls = this.widget.calls(this.s, this.offers).filter((each) => this.offers.includes(each.function));
const text = JSON.stringify(calls);
if (text === this.asked) return;
this.asked = text;
this.call += 1;
this.own = true;
this.model.set("calls", { id: this.call, calls });
this.own = false;
this.model.save_changes();
}
answer(name, ...args) {
if (!this.mine) return undefined;
const { calls = [] } = this.option("calls", {});
const { answers = [] } = this.option("answers", {});
const wanted = JSON.stringify(args);
const at = calls.findIndex((one) => one.function === name && JSON.stringify(one.arguments) === wanted);
return answers[at];
}
yours(name, args, expected) {
const answer = this.answer(name, ...args);
if (!this.mine || !this.offers.includes(name)) return null;
const { same, text } = compared(answer, expected);
return h("div", { class: `readout yours ${same === false ? "differs" : ""}`, key: `yours ${name}` },
h("dt", {}, `your ${name}`), h("dd", {}, text, same === null ? null : same ? " ✓" : " ✗ differs"));
}
id(name) { return `${this.prefix}-${name.replace(/[^a-z0-9]+/gi, "-")}`; }
copy(what, text) {
const done = () => { this.copied = what; this.say(`${what} copied.`, true); this.draw(); };
const failed = () => { this.byHand = text; this.draw(); };
if (!navigator.clipboard) { failed(); return; }
navigator.clipboard.writeText(text).then(done, failed);
}
light(names) {
if (this.hot === names) return;
this.hot = names;
const wanted = names?.split(" ") ?? [];
for (const node of this.root.querySelectorAll("[data-link]")) {
const own = node.getAttribute("data-link").split(" ");
node.classList.toggle("hot", wanted.some((name) => own.includes(name)));
}
}
draw() {
if (!this.root.isConnected && this.drawn) return;
this.drawn = true;
this.now = null;
this.ask();
patch(this.root, frameOf(this));
const sentence = this.locked ? "" : this.widget.say(this.s);
if (this.sentence !== undefined && sentence !== this.sentence && !this.playing && !this.paper) this.say(sentence);
if (!this.paper) this.sentence = sentence;
const hot = this.hot;
this.hot = undefined;
this.light(hot);
}
}
function frameOf(ui) {
const { widget, s, question } = ui;
const { hint } = ui.option("answers", {});
return [
ui.modes.length > 1 && choice(ui, {
label: "Mode", hidden: true, value: s.mode, options: ui.modes.map((mode) => [mode, widget.modes[mode]]),
set: (mode) => ui.set({ mode, step: 0 }),
}),
ui.isBeyond(s.mode) && button(`Back to ${widget.modes[widget.beyond[s.mode]]}`,
() => ui.set({ mode: widget.beyond[s.mode], step: 0 }), { key: "back" }),
question && ui.option("predict", true) && panel(ui, question),
h("div", { class: "stage", key: "stage" }, widget.view(ui)),
ui.mine && hint && h("p", { class: "hint", key: "hint" }, hint),
h("div", { class: "row tools", key: "presets", role: "group", "aria-label": "Presets" },
Object.entries(widget.presets).filter(([, preset]) => !preset.mode || ui.modes.includes(preset.mode))
.filter(([, preset]) => !preset.only || preset.only.includes(s.mode))
.map(([name, { only, ...preset }]) => button(name, () => ui.set(preset), { disabled: ui.locked })),
button("Reset", () => { ui.pause(); ui.set({ ...ui.initial, goal: s.goal, mode: s.mode }); }, { disabled: ui.locked })),
ui.canCall && h("div", { class: "row", key: "mine" },
toggle("Use my code", s.mine, (mine) => ui.set({ mine }), ui.locked),
s.mine && h("small", {}, "yours is drawn dashed, beside what is expected")),
goalsOf(ui),
widget.more && ui.option("more", true) && h("details", { key: "more" },
h("summary", {}, "More"), h("div", { class: "inside" }, ui.locked
? h("p", {}, "Lock in your prediction first.") : widget.more(ui))),
codeOf(ui),
h("p", { key: "status", role: "status", "aria-live": "polite", class: "status" }, ui.spoken),
];
}
function goalsOf(ui) {
const { goals, reached, s } = ui;
if (!goals.length) return null;
const done = goals.filter((goal) => reached.includes(goal.id)).length;
return h("details", { key: "goals", class: "goals" },
h("summary", {}, `Challenges: ${done} of ${goals.length}`),
h("ul", { class: "inside" }, goals.map((goal) => {
const active = s.goal === goal.id;
return h("li", { key: goal.id, class: active ? "active" : null },
h("span", {}, reached.includes(goal.id) ? "✓ " : "", goal.text),
reached.includes(goal.id) ? h("small", {}, " reached")
: ui.waits(goal.mode) ? h("small", {}, " predict first")
: button(active ? "Start again" : "Start", () => ui.set({ mode: goal.mode, ...goal.start, goal: goal.id }),
{ "aria-label": `${active ? "Start again" : "Start"}: ${goal.text}` }));
})));
}
function codeOf(ui) {
const code = ui.widget.code(ui.s);
const names = [["NumPy", code.numpy], ["PyTorch", code.torch]];
return h("details", { key: "code", class: "code" },
h("summary", {}, "Code and link"),
h("div", { class: "inside" },
names.map(([name, text]) => h("pre", { key: name, tabindex: 0, role: "group", "aria-label": `${name} code` }, text)),
h("div", { class: "row" },
names.map(([name, text]) => button(`Copy ${name}`, () => ui.copy(name, text))),
ui.model.link && button("Copy link", () => ui.copy("Link", ui.model.link())),
ui.copied && h("small", {}, `${ui.copied} copied`)),
ui.byHand && h("label", {}, "Copy this with Ctrl+C: ", h("textarea", { readonly: true, rows: 3, value: ui.byHand }))));
}
function mount(widget, model, el) {
const root = document.createElement("section");
root.className = `wxb wxb-${widget.name}`;
root.setAttribute("data-lm-suppress-shortcuts", "true");
dress(el.getRootNode());
el.append(root);
const ui = new Ui(widget, model, root);
const few = ui.modes.length < Object.keys(widget.modes).length;
root.setAttribute("aria-label", few ? `${widget.title}: ${ui.modes.map((mode) => widget.modes[mode]).join(", ")}` : widget.title);
const heard = [...stateKeys(widget), "predicted", "reached", "answers", "functions", "modes", "predict", "more"];
const changed = () => ui.changed();
for (const key of heard) model.on(`change:${key}`, changed);
const over = (event) => ui.light(event.target.closest?.("[data-link]")?.getAttribute("data-link"));
root.addEventListener("pointerover", over);
root.addEventListener("focusin", over);
const printed = matchMedia("print");
const toPaper = ({ matches }) => { ui.paper = matches; ui.draw(); };
printed.addEventListener("change", toPaper);
ui.draw();
return () => {
ui.pause();
printed.removeEventListener("change", toPaper);
clearTimeout(ui.speaking);
clearTimeout(ui.saving);
cancelAnimationFrame(ui.frame);
for (const key of heard) model.off(`change:${key}`, changed);
root.remove();
};
}
const widgetOf = (widget) => ({ render: ({ model, el }) => mount(widget, model, el) });
return { shaped, cleaned, stateKeys, shapeOfValue, compared, mount, widgetOf };
})();
const $states = (() => {
const STATES = {
"vector": {
"title": "Vector",
"modes": {"length": "length", "unit": "unit vector", "add": "add", "subtract": "subtract", "scale": "scale"},
"defaults": {
"mode": "length",
"a": [3, -4],
"b": [1, 2],
"c": 2,
"wide": false
}
},
"dot": {
"title": "Dot product",
"modes": {"dot": "two vectors", "neuron": "a neuron"},
"defaults": {
"mode": "dot",
"a": [3, 1],
"b": [1, 3],
"lock": "none",
"w": [2, 1],
"X": [[3, 2], [-1, 4], [2, -3], [-4, -1]],
"eta": 0.25,
"bias": 0,
"pick": 0
}
},
"warp": {
"title": "What a matrix does to the plane",
"modes": {"warp": "W x", "affine": "W x + b", "compose": "two maps", "shears": "three shears"},
"defaults": {
"mode": "warp",
"W": [[1, 1], [0, 1]],
"x": [1, 2],
"t": 1,
"b": [1, 2],
"A": [[0, -1], [1, 0]],
"k": [0, 0, 0],
"u": [1, 0.5],
"v": [-0.5, 1],
"eigens": false,
"ellipse": false,
"probe": false
}
},
"matmul": {
"title": "Matrix multiplication",
"modes": {"product": "A B", "layer": "X Wᵀ", "rows": "W x, row by row", "columns": "W x, column by column"},
"defaults": {
"mode": "product",
"reading": "dot",
"A": [[1, 2, 3], [4, 5, 6]],
"B": [[7, 8], [9, 10], [11, 12]],
"x": [1, 2, 4],
"W": [[1, 0, -1], [2, 1, 0]],
"b": [1, -5],
"bias": false,
"rectify": false,
"step": 0,
"quiz": false,
"score": [0, 0]
}
},
"forward": {
"title": "A batch through one layer",
"modes": {"trace": "step by step", "change": "change one thing"},
"defaults": {
"mode": "trace",
"X": [[1, 2, 0], [0, 1, 1], [2, -1, 1], [-1, 0, 2]],
"W": [[1, 0.5, -1], [-1, 1, 0.5]],
"b": [0.5, -1],
"activation": "relu",
"order": "sample",
"step": 0,
"touch": "sample",
"which": 1,
"amount": 0
}
},
"broadcast": {
"title": "Broadcasting",
"modes": {"shapes": "any two shapes", "bias": "adding a bias"},
"defaults": {
"mode": "shapes",
"left": [4, 3],
"right": [3],
"at": 0
}
},
"reshape": {
"title": "Transpose and reshape, in memory",
"modes": {"transpose": "transpose", "reshape": "reshape", "view": "view"},
"defaults": {
"mode": "transpose",
"shape": [2, 3],
"target": [3, 2],
"step": 0
}
}
};
return { STATES };
})();
const $warp = (() => {
const { add, close, norm, scale } = $vectors;
const { between, column, condition, determinant, eigen, identity, matmul, matvec, near, rank, rotation, shears, singular } = $matrices;
const { math, number, part } = $formula;
const { arrow, lattice, plane, polygon, polyline, scaleOf, segment } = $plane;
const { button, matrixFields, numberField, readout, readouts, slider, toggle, vectorFields } = $controls;
const { degrees, drawable, fmt, program, signed, tuple } = $text;
const { mount, widgetOf } = $shell;
const { STATES } = $states;
const { h } = $tree;
let P = scaleOf(4);
const LETTER = [[0.25, 0.2], [0.25, 0.9], [0.75, 0.9], [0.75, 0.75], [0.42, 0.75], [0.42, 0.6], [0.65, 0.6], [0.65, 0.46], [0.42, 0.46], [0.42, 0.2]];
const SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1]];
const REACH = 3;
const MATVECS = ["matvec", "matvec_rows", "matvec_columns"];
const SHEAR = [[1, 1], [0, 1]];
const QUARTER = [[0, -1], [1, 0]];
function mapOf({ mode, W, b, A, k }) {
if (mode === "affine") return { M: W, shift: b };
if (mode === "compose") return { M: matmul(W, A), shift: [0, 0] };
return { M: mode === "shears" ? shears(k) : W, shift: [0, 0] };
}
const image = (s, x) => {
const { M, shift } = mapOf(s);
return add(matvec(M, x), shift);
};
function effect(M) {
const left = rank(M);
if (left === 0) return "everything goes to the origin";
if (left === 1) return "det 0: the plane collapses to a line";
const det = determinant(M);
const near = condition(M) > 50 ? ", nearly singular" : "";
return `det ${fmt(det)}: areas times ${fmt(Math.abs(det))}, orientation ${det > 0 ? "kept" : "turned over"}${near}`;
}
const goals = [
{
id: "warp-undo", mode: "compose", start: { A: SHEAR, W: [[1, 0], [0, 1]], t: 1 },
text: "A is a shear. Find the B that undoes it: B A should leave everything where it was.",
reached: ({ A, W }) => near(matmul(W, A), identity(2), 1e-6) && !near(A, identity(2), 0.01),
},
{
id: "warp-line", mode: "warp", start: { W: [[1, 0.5], [0.5, 1]], t: 1 },
text: "Make the plane collapse to a line, and not to a point.",
reached: ({ W }) => rank(W) === 1,
},
{
id: "warp-mirror", mode: "warp", start: { W: [[1, 0], [0, 1]], t: 1 },
text: "Turn the F over, without changing its area.",
reached: ({ W }) => Math.abs(determinant(W) + 1) < 1e-6,
},
{
id: "warp-origin", mode: "affine", start: { W: [[1, 0], [0, 1]], b: [0, 0], t: 1 },
text: "With a bias, bring the point x to the origin.",
reached: ({ W, b, x }) => norm(add(matvec(W, x), b)) < 1e-6 && norm(x) > 0 && norm(b) > 0,
},
{
id: "warp-shears", mode: "shears", start: { k: [0, 0, 0], t: 1 },
text: "Make a quarter turn out of three shears.",
reached: ({ k }) => near(shears(k), QUARTER, 1e-6),
},
];
const lands = (ask, again) => ({
kind: "numbers", fields: ["x", "y"], ask, again, tolerance: 0.25, note: "A quarter of a unit off still counts.",
answer: (s) => image(s, s.x),
why: (s) => {
const { M, shift } = mapOf(s);
const bias = norm(shift) ? ` + ${tuple(shift)}` : "";
return `${fmt(s.x[0])} · ${tuple(column(M, 0))} + ${signed(s.x[1])} · ${tuple(column(M, 1))}${bias}: the columns, combined.`;
},
});
const rowsText = (M) => `[${M.map((r) => `[${r.map((x) => fmt(x)).join(", ")}]`).join(", ")}]`;
const questions = {
warp: lands(({ W, x }) => `Where does W x land, for W = ${rowsText(W)} and x = ${tuple(x)}? Put the marker there.`,
[{ W: [[0, -1], [1, 0]], x: [2, 1] }, { W: [[2, 0], [0, 0.5]], x: [1, 2] }, { W: [[1, 0], [1, 0]], x: [2, -1] }, { W: [[1, 1], [0, 1]], x: [1, 2] }]),
affine: lands(({ W, b, x }) => `Where does W x + b land, for W = ${rowsText(W)}, b = ${tuple(b)} and x = ${tuple(x)}?`,
[{ W: [[1, 0], [0, 1]], b: [-2, 1], x: [1, 1] }, { W: [[0, -1], [1, 0]], b: [1, 0], x: [2, 1] }]),
compose: {
kind: "choice",
ask: ({ A, W }) => `A = ${rowsText(A)} and B = ${rowsText(W)}. Does it matter which of the two acts first?`,
options: () => [["yes", "yes, the pictures differ"], ["no", "no, they are the same"]],
answer: ({ A, W }) => (near(matmul(A, W), matmul(W, A), 1e-9) ? "no" : "yes"),
why: ({ A, W }) => `B A = ${rowsText(matmul(W, A))}, and A B = ${rowsText(matmul(A, W))}.`,
again: [{ A: [[2, 0], [0, 2]], W: QUARTER }, { A: [[1, 0], [0, -1]], W: QUARTER }, { A: SHEAR, W: QUARTER }],
},
shears: {
kind: "choice",
ask: () => "What do three shears do to the area of a figure?",
options: () => [["keep", "keep it"], ["grow", "make it larger"], ["shrink", "make it smaller"]],
answer: () => "keep",
why: () => "Each shear has the determinant 1, and determinants multiply.",
again: [{ k: [0.5, 1, -0.5] }],
},
};
function reachOf(s) {
const { mode, W, x, b, probe, u, v } = s;
const away = mode === "affine" ? b : [0, 0];
const columns = mode === "warp" || mode === "affine" ? [0, 1].map((j) => add(column(W, j), away)) : [];
return [x, image(s, x), away, ...columns, ...(probe && mode !== "compose" ? [u, v, add(u, v)] : [])];
}
function figure(map, cls) {
return [
lattice(P, map, 4, `warped ${cls}`),
polygon(P, SQUARE.map(map), `area ${cls || "c"}`),
polygon(P, LETTER.map(map), `area ${cls || "c"} letter`),
];
}
const isPoint = (value) => Array.isArray(value) && value.length === 2
&& value.every(drawable);
function sent(ui) {
const { mode, W, b, A } = ui.s;
if (mode === "compose") {
const found = ui.answer("matmul", W, A)?.value;
return (p) => (Array.isArray(found) && found.length === 2 && found.every(isPoint) ? matvec(found, p) : null);
}
const name = mode === "affine" ? "affine" : MATVECS.find((each) => ui.offers.includes(each));
return (p) => {
const value = ui.answer(name, W, p, ...(mode === "affine" ? [b] : []))?.value;
return isPoint(value) ? value : null;
};
}
function theirs(ui) {
const { x } = ui.s;
const at = sent(ui);
const lines = [];
for (let i = -REACH; i <= REACH; i += 1) {
for (const line of [run((j) => [i, j]), run((j) => [j, i])]) {
const seen = line.map(at);
if (seen.every(Boolean)) lines.push(polyline(P, seen, "warped mine"));
}
}
const tip = at(x);
return [lines, tip && arrow(P, [0, 0], tip, "mine", "yours")];
}
const run = (f) => Array.from({ length: 2 * REACH + 1 }, (_, i) => f(i - REACH));
function input(ui) {
const { x, probe, u, v, mode } = ui.s;
const handles = [{ key: "x", cls: "a", label: "x, the input", at: x, home: ui.initial.x, set: (p) => ui.set({ x: p }) }];
if (probe && mode !== "compose") {
handles.push({ key: "u", cls: "b", label: "u", at: u, home: ui.initial.u, set: (p) => ui.set({ u: p }) },
{ key: "v", cls: "b", label: "v", at: v, home: ui.initial.v, set: (p) => ui.set({ v: p }) });
}
return h("figure", { key: "input" }, h("figcaption", {}, "Input"), plane(ui, {
P, label: "The input plane", handles,
content: [polygon(P, SQUARE, "area soft"), polygon(P, LETTER, "area soft letter"),
probe && mode !== "compose" && sumPicture(u, v, (p) => p, ["u", "v", "u + v"]),
arrow(P, [0, 0], x, "a", "x", { "data-link": "x" })],
}));
}
const sumPicture = (u, v, f, names) => [
segment(P, f(u), f(add(u, v)), "line thin dashed soft"), segment(P, f(v), f(add(u, v)), "line thin dashed soft"),
arrow(P, f([0, 0]), f(u), "b", names[0]), arrow(P, f([0, 0]), f(v), "b", names[1]),
arrow(P, f([0, 0]), f(add(u, v)), "soft dashed", names[2]),
];
function output(ui) {
const { s } = ui;
const { W, x, t, b, probe, u, v, eigens, ellipse, mode } = s;
const { M, shift } = mapOf(s);
const now = between(M, t);
const map = (p) => add(matvec(now, p), scale(t, shift));
const away = mode === "affine" ? b : [0, 0];
const set = (j) => (p) => ui.set({ W: W.map((row, i) => row.map((old, q) => (q === j ? p[i] - away[i] : old))), t: 1 });
const columnHandle = (j, label) => ({
key: `w${j + 1}`, cls: "c", label, at: add(column(W, j), away), value: column(W, j),
home: add(column(ui.initial.W, j), away), set: set(j),
});
const columns = mode === "warp" || mode === "affine";
const handles = columns && t === 1 && !ui.locked ? [
columnHandle(0, "first column of W"), columnHandle(1, "second column of W"),
] : [];
if (mode === "affine" && !ui.locked) handles.push({ key: "bias", cls: "b", label: "bias b", at: b, home: ui.initial.b, set: (p) => ui.set({ b: p, t: 1 }) });
const draft = ui.locked && ui.question.kind === "numbers";
const axis = singular(now);
return h("figure", { key: "output" },
h("figcaption", {}, { warp: "Output: W x", affine: "Output: W x + b", compose: "First A, then B: B A x", shears: "Output" }[mode]),
plane(ui, {
still: ui.locked && !draft,
P, label: "The output plane",
handles: draft ? [{
key: "guess", cls: "b", label: "where you think that it lands", at: ui.draft, home: [0, 0],
set: (p) => ui.drafted(p),
}] : handles,
content: ui.locked ? null : [
figure(map, ""),
ui.mine && theirs(ui),
ellipse && [polyline(P, circle().map((p) => matvec(now, p)), "line b"),
axis.values.map((value, i) => segment(P, [0, 0], scale(value, axis.directions[i]), "line b dashed"))],
eigens && eigen(M).map(({ vector, value }) => [segment(P, scale(-9, vector), scale(9, vector), "line thin dashed b"),
arrow(P, [0, 0], scale(value, vector), "b", `λ ${fmt(value)}`)]),
probe && mode !== "compose" && sumPicture(u, v, map, ["f(u)", "f(v)", "f(u + v)"]),
mode === "affine" && arrow(P, [0, 0], scale(t, b), "b", "b", { "data-link": "b" }),
columns && [arrow(P, map([0, 0]), map([1, 0]), "c", "w₁", { "data-link": "w1" }), arrow(P, map([0, 0]), map([0, 1]), "c", "w₂", { "data-link": "w2" })],
arrow(P, [0, 0], map(x), "a", mode === "compose" ? "B A x" : mode === "affine" ? "W x + b" : "W x", { "data-link": "out" }),
],
}));
}
const circle = () => Array.from({ length: 73 }, (_, i) => [Math.cos((i * Math.PI) / 36), Math.sin((i * Math.PI) / 36)]);
function otherOrder(ui) {
const { A, W, x, t } = ui.s;
const now = between(matmul(A, W), t);
const map = (p) => matvec(now, p);
const found = ui.answer("matmul", A, W)?.value;
const mine = Array.isArray(found) && found.length === 2 && found.every(isPoint)
&& lattice(P, (p) => matvec(found, p), REACH, "warped mine");
return h("figure", { key: "other" }, h("figcaption", {}, "First B, then A: A B x"), plane(ui, {
P, label: "The output plane, in the other order",
content: ui.locked ? null : [figure(map, "b"), mine, arrow(P, [0, 0], map(x), "a", "A B x")],
}));
}
function side(ui) {
const { s } = ui;
const { mode, W, A, b, x, t, k } = s;
const { M } = mapOf(s);
const field = (name, key, more = {}) => matrixFields(ui, { name, value: s[key], min: -5, max: 5, set: (value) => ui.set({ [key]: value, t: 1 }), ...more });
const y = image(s, x);
return h("div", { class: "side" },
h("div", { class: "side" },
h("div", { class: "matrices" },
mode === "compose" && field("A", "A"),
mode !== "shears" && field(mode === "compose" ? "B" : "W", "W", { mark: (i, j) => `w${j + 1}` }),
mode === "shears" && k.map((value, i) => h("span", { class: "row", key: `k${i}` }, h("span", {}, ["sideways", "upward", "sideways again"][i]),
numberField(ui, { label: `shear ${i + 1}`, value, min: -3, max: 3, set: (next) => ui.set({ k: k.map((old, q) => (q === i ? next : old)), t: 1 }) })))),
vectorFields(ui, { name: "x", value: x, link: "x", home: ui.initial.x, min: -5, max: 5, set: (p) => ui.set({ x: p }) }),
mode === "affine" && vectorFields(ui, { name: "b", value: b, link: "b", home: ui.initial.b, min: -5, max: 5, set: (p) => ui.set({ b: p, t: 1 }) })),
!ui.locked && h("div", { class: "side" },
math(...(mode === "affine" ? ["W", "x", "+", part("b", "b")] : mode === "compose" ? ["B", "A", "x"] : ["W", "x"]), "=",
number(x[0]), "·", part("w1", h("mn", {}, tuple(column(M, 0)))), "+", number(x[1], true), "·", part("w2", h("mn", {}, tuple(column(M, 1)))),
...(mode === "affine" ? ["+", part("b", h("mn", {}, tuple(b)))] : []), "=", part("out", h("mn", {}, tuple(y)))),
readouts(
mode !== "affine" && readout("determinant", h("span", { class: rank(M) < 2 ? "warn" : null }, effect(M))),
mode === "affine" && readout("the origin goes to", tuple(b)),
mode === "affine" && sums(ui),
mode === "warp" && MATVECS.map((name) => ui.yours(name, [W, x], y)),
mode === "affine" && ui.yours("affine", [W, x, b], y),
mode === "compose" && ui.yours("matmul", [W, A], M),
),
mode === "affine" && probing(ui),
slider(ui, { label: "t, from the identity to the map", text: "t", value: t, min: 0, max: 1, step: 0.01, set: (value) => ui.set({ t: value }) }),
h("div", { class: "row" }, button("Play from the identity", () => ui.glide("t", 0, 1)))));
}
function sums(ui) {
const { probe, u, v } = ui.s;
const { M, shift } = mapOf(ui.s);
const f = (p) => add(matvec(M, p), shift);
const [whole, parts] = [f(add(u, v)), add(f(u), f(v))];
return probe && [
readout("f(u + v)", tuple(whole)),
readout("f(u) + f(v)", h("span", {}, tuple(parts), close(whole, parts, 1e-9) ? " the same: linear" : " differs: not linear")),
];
}
function probing(ui) {
const { probe, u, v } = ui.s;
return [
h("div", { class: "row", key: "probe" }, toggle("does a sum pass through?", probe, (value) => ui.set({ probe: value }))),
probe && [vectorFields(ui, { name: "u", value: u, home: ui.initial.u, min: -5, max: 5, set: (p) => ui.set({ u: p }) }),
vectorFields(ui, { name: "v", value: v, home: ui.initial.v, min: -5, max: 5, set: (p) => ui.set({ v: p }) })],
];
}
function more(ui) {
const { mode, eigens, ellipse } = ui.s;
const { M } = mapOf(ui.s);
const found = eigen(M);
const axis = singular(M);
return [
h("div", { class: "row" },
toggle("eigen-directions", eigens, (value) => ui.set({ eigens: value })),
toggle("where the unit circle goes", ellipse, (value) => ui.set({ ellipse: value }))),
readouts(
readout("eigenvalues", found.length ? found.map(({ value }) => fmt(value)).join(", ") : "not real: every direction turns"),
readout("singular values", axis.values.map((x) => fmt(x)).join(", ")),
readout("condition number", condition(M) === Infinity ? "infinite: singular" : fmt(condition(M))),
mode === "affine" && readout("determinant of W", effect(M)),
mode !== "affine" && mode !== "compose" && sums(ui)),
mode !== "affine" && mode !== "compose" && probing(ui),
ui.isBeyond("shears") && mode !== "shears" && h("div", { class: "row", key: "shears" },
button("Three shears", () => ui.set({ mode: "shears" })), h("small", {}, "any turn, out of three shears")),
mode === "warp" && slider(ui, {
label: "rotation, in degrees", text: "rotation θ", min: -180, max: 180, step: 5, value: Math.round(degrees(Math.atan2(ui.s.W[1][0], ui.s.W[0][0]))),
set: (theta) => ui.set({ W: rotation((theta * Math.PI) / 180).map((r) => r.map((z) => Number(z.toFixed(6)))), t: 1 }),
}),
];
}
const preset = (W, only = ["warp", "affine", "compose"]) => ({ W, t: 1, only });
const LATER = ["warp", "compose"];
const widget = {
name: "warp",
...STATES.warp,
beyond: { shears: "warp" },
presets: {
identity: preset([[1, 0], [0, 1]]), scale: preset([[2, 0], [0, 0.5]]), "rotation 45°": preset([[0.7071, -0.7071], [0.7071, 0.7071]]),
shear: preset(SHEAR), reflection: preset([[1, 0], [0, -1]], LATER), projection: preset([[1, 0], [0, 0]], LATER), zero: preset([[0, 0], [0, 0]]),
"nearly singular": preset([[1, 1], [1, 1.01]], LATER), "no bias": { b: [0, 0], t: 1, only: ["affine"] },
"a shift alone": { W: [[1, 0], [0, 1]], b: [2, 1], t: 1, only: ["affine"] },
},
questions,
goals,
clean(s) {
const two = (v) => [v[0] ?? 0, v[1] ?? 0];
const square = (M) => (M.length === 2 && M[0].length === 2 ? M : identity(2));
return {
...s, W: square(s.W), A: square(s.A), x: two(s.x), b: two(s.b), u: two(s.u), v: two(s.v),
k: [s.k[0] ?? 0, s.k[1] ?? 0, s.k[2] ?? 0], t: Math.min(1, Math.max(0, s.t)),
};
},
unlock: (ui) => ui.glide("t", 0, 1),
say: (s) => `x goes to ${tuple(image(s, s.x))}. ${s.mode === "affine" ? `The origin goes to ${tuple(s.b)}` : effect(mapOf(s).M)}`,
uses: ({ mode }) => ({ warp: MATVECS, affine: ["affine"], compose: ["matmul"] })[mode] ?? [],
calls({ mode, W, A, b, x }, offers) {
if (mode === "compose") return [[W, A], [A, W]].map((both) => ({ function: "matmul", arguments: both }));
const grid = run((i) => run((j) => [i, j])).flat();
if (mode === "affine") return [x, ...grid].map((p) => ({ function: "affine", arguments: [W, p, b] }));
if (mode !== "warp") return [];
const names = MATVECS.filter((name) => offers.includes(name));
return names.flatMap((name, i) => (i ? [x] : [x, ...grid]).map((p) => ({ function: name, arguments: [W, p] })));
},
code({ mode, W, A, b, x, k }) {
if (mode === "affine") return program({ W, b, x }, ["print(W @ x + b)"]);
if (mode === "compose") return program({ A, B: W, x }, ["print(B @ A @ x)  # first A, then B", "print(A @ B @ x)"]);
if (mode === "shears") {
return program({ P: [[1, k[0]], [0, 1]], Q: [[1, 0], [k[1], 1]], R: [[1, k[2]], [0, 1]] }, ["print(R @ Q @ P)"]);
}
return program({ W, x }, ["print(W @ x)", "print(np.linalg.det(W))"], ["print(W @ x)", "print(torch.linalg.det(W))"]);
},
view(ui) {
P = ui.scale(4, reachOf(ui.s));
const pictures = ui.s.mode === "compose" ? [output(ui), otherOrder(ui)] : [input(ui), output(ui)];
return [h("div", { class: "pictures two" }, pictures), side(ui)];
},
more,
};
const $default = widgetOf(widget);
return { mapOf, image, effect, goals, widget, mount, $default };
})();
export const { mapOf, image, effect, goals, widget, mount } = $warp;
export default $warp.$default;
