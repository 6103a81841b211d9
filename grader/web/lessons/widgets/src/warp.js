// What a 2 x 2 matrix does to the plane: input and output side by side.

import { add, close, norm, scale } from "./vectors.js";
import {
  between, column, condition, determinant, eigen, identity, matmul, matvec, near, rank, rotation, shears, singular,
} from "./matrices.js";
import { math, number, part } from "./formula.js";
import { arrow, lattice, plane, polygon, polyline, scaleOf, segment } from "./plane.js";
import { button, matrixFields, numberField, readout, readouts, slider, toggle, vectorFields } from "./controls.js";
import { degrees, drawable, fmt, program, signed, tuple } from "./text.js";
import { mount, widgetOf } from "./shell.js";
import { STATES } from "./states.js";
import { h } from "./tree.js";

// The scale of the pictures that are being drawn: each view sets it first.
let P = scaleOf(4);
//: Not symmetric in any way, so that a reflection is seen as one.
const LETTER = [[0.25, 0.2], [0.25, 0.9], [0.75, 0.9], [0.75, 0.75], [0.42, 0.75], [0.42, 0.6], [0.65, 0.6], [0.65, 0.46], [0.42, 0.46], [0.42, 0.2]];
const SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1]];
//: Where the student's function is asked for the grid: enough to see it bend.
const REACH = 3;
//: The first one that the host offers makes the grid.
const MATVECS = ["matvec", "matvec_rows", "matvec_columns"];
const SHEAR = [[1, 1], [0, 1]];
const QUARTER = [[0, -1], [1, 0]];

/** The map of a state: its matrix and its shift. */
export function mapOf({ mode, W, b, A, k }) {
  if (mode === "affine") return { M: W, shift: b };
  if (mode === "compose") return { M: matmul(W, A), shift: [0, 0] };
  return { M: mode === "shears" ? shears(k) : W, shift: [0, 0] };
}
export const image = (s, x) => {
  const { M, shift } = mapOf(s);
  return add(matvec(M, x), shift);
};

/** In words what a matrix does to areas. */
export function effect(M) {
  const left = rank(M);
  if (left === 0) return "everything goes to the origin";
  if (left === 1) return "det 0: the plane collapses to a line";
  const det = determinant(M);
  const near = condition(M) > 50 ? ", nearly singular" : "";
  return `det ${fmt(det)}: areas times ${fmt(Math.abs(det))}, orientation ${det > 0 ? "kept" : "turned over"}${near}`;
}

export const goals = [
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

/** What should be seen: what is dragged, and where it goes. */
function reachOf(s) {
  const { mode, W, x, b, probe, u, v } = s;
  const away = mode === "affine" ? b : [0, 0];
  const columns = mode === "warp" || mode === "affine" ? [0, 1].map((j) => add(column(W, j), away)) : [];
  return [x, image(s, x), away, ...columns, ...(probe && mode !== "compose" ? [u, v, add(u, v)] : [])];
}

/** The grid, the square and the letter under a map. */
function figure(map, cls) {
  return [
    lattice(P, map, 4, `warped ${cls}`),
    polygon(P, SQUARE.map(map), `area ${cls || "c"}`),
    polygon(P, LETTER.map(map), `area ${cls || "c"} letter`),
  ];
}

const isPoint = (value) => Array.isArray(value) && value.length === 2
  && value.every(drawable);

/** Where the student's function sends a point; null where that is no point of the plane. */
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

/** What the student's function makes of the grid: where it sends the points, joined by lines. */
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
  // The columns stand where the origin has gone.
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

/** Whether the image of a sum is the sum of the images, while that is asked. */
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
//: What is told by areas comes after "linear, and affine".
const LATER = ["warp", "compose"];

export const widget = {
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

export { mount };
export default widgetOf(widget);
