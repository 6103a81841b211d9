// A player for matrix multiplication: any order of the same sums, one step at a time.

import { addRow, each, frames, matmul, matvec, partial, relu, transpose } from "./matrices.js";
import { button, choice, matrixFields, matrixShown, numberField, player, readout, readouts, toggle } from "./controls.js";
import { fmt, plural, program, signed } from "./text.js";
import { mount, widgetOf } from "./shell.js";
import { STATES } from "./states.js";
import { h } from "./tree.js";

const READINGS = {
  dot: "row · column", columns: "columns combined", samples: "rows as samples", outer: "sum of outer products",
};

//: Modes in which a matrix meets one vector: how each of them reads the product.
const VECTOR = { rows: "dot", columns: "columns" };
const isVector = ({ mode }) => mode in VECTOR;
export const readingOf = ({ mode, reading }) => VECTOR[mode] ?? reading;
const columnOf = (x) => x.map((value) => [value]);

/** Left and right factor. A layer keeps its weights as (outputs, inputs), and multiplies by Wᵀ. */
export function factors({ mode, A, B, W, x }) {
  if (mode in VECTOR) return { left: A, right: columnOf(x) };
  return { left: A, right: mode === "layer" ? transpose(W) : B };
}
export const fits = (s) => {
  const { left, right } = factors(s);
  return left[0].length === right.length;
};

/** All steps of a state: frames of the product, then the bias, then ReLU, where they are on. */
export function plan(s) {
  const { left, right } = factors(s);
  if (!fits(s)) return [];
  const list = frames(readingOf(s), left.length, right.length, right[0].length);
  const last = s.mode === "layer" ? [s.bias && { stage: "bias" }, s.rectify && { stage: "relu" }].filter(Boolean) : [];
  return [...list, ...last];
}

/** What stands in the answer after `step` steps. */
export function after(s, step) {
  const { left, right } = factors(s);
  const done = plan(s).slice(0, step);
  const { sums, terms } = partial(left, right, done.filter((frame) => !frame.stage), step);
  let values = sums;
  if (done.some((frame) => frame.stage === "bias")) values = addRow(values, s.b);
  if (done.some((frame) => frame.stage === "relu")) values = each(values, relu);
  return { values, terms, whole: right.length };
}

/** The matrix with other sizes: what was there stays, new cells get small whole numbers. */
export const resized = (M, rows, columns) => Array.from({ length: rows }, (_, i) =>
  Array.from({ length: columns }, (_, j) => M[i]?.[j] ?? ((2 * i + 3 * j + 1) % 5) - 2));

const final = (s) => after(s, plan(s).length).values;

/** Which cell the next step would finish, when cells are made one by one; null otherwise. */
export function finishes(s, step) {
  const frame = plan(s)[step];
  const { right } = factors(s);
  if (!frame || frame.stage || readingOf(s) !== "dot" || frame.inner !== right.length - 1) return null;
  return [frame.rows[0], frame.columns[0]];
}

export const goals = [
  {
    id: "matmul-fit", mode: "product", start: { A: [[1, 2, 3], [4, 5, 6]], B: [[1, 0], [2, 1]], step: 0 },
    text: "The shapes do not fit. Change sizes until the product has the shape (2, 2).",
    reached: (s) => fits(s) && s.A.length === 2 && factors(s).right[0].length === 2,
  },
  {
    id: "matmul-permute", mode: "product", start: { A: [[1, 0], [0, 1]], B: [[1, 2], [3, 4]], step: 0 },
    text: "Change A so that the product is B with its rows exchanged.",
    reached: (s) => fits(s) && s.B.length === 2 && JSON.stringify(matmul(s.A, s.B)) === JSON.stringify([s.B[1], s.B[0]])
      && JSON.stringify(s.B[0]) !== JSON.stringify(s.B[1]),
  },
  {
    id: "matmul-quiz", mode: "product", start: { quiz: true, reading: "dot", score: [0, 0], step: 0 },
    text: "Let yourself be asked before each cell, and predict four of them.",
    reached: (s) => s.quiz && s.score[0] >= 4,
  },
  {
    id: "matmul-silent", mode: "rows", start: { A: [[2, 1, -1], [1, 0, 2]], x: [1, 1, 1], step: 0 },
    text: "Choose an x that is not zero, and to which neuron 1 answers 0.",
    reached: (s) => fits(s) && s.x.some((v) => v !== 0) && s.A[0].some((w) => w !== 0) && Math.abs(matvec(s.A, s.x)[0]) < 1e-9,
  },
  {
    id: "matmul-basis", mode: "columns", start: { A: [[2, 0, 1], [-1, 3, 0.5]], x: [1, 1, 1], step: 0 },
    text: "Let W x be column 2 of W, whatever the numbers in W are.",
    reached: (s) => fits(s) && s.x.length > 1 && s.x.every((v, k) => v === (k === 1 ? 1 : 0)),
  },
  {
    id: "matmul-layer", mode: "layer", start: { A: [[1, 2, 0], [0, 1, 1], [2, 0, 1]], W: [[1, 0], [0, 1]], b: [0, 0], step: 0 },
    text: "X has 3 features. Give W the shape of a layer with 2 neurons.",
    reached: (s) => fits(s) && s.W.length === 2 && s.A[0].length === 3,
  },
];

const cellQuestion = {
  fits: (s) => fits(s),
  kind: "numbers", fields: ["the number"], step: 1,
  ask: (s) => `Which number comes into row 1, column ${Math.min(2, factors(s).right[0].length)} of ${s.mode === "layer" ? "X Wᵀ" : "A B"}?`,
  answer(s) {
    const { left, right } = factors(s);
    return [(matmul(left, right) ?? [[0]])[0][Math.min(1, right[0].length - 1)]];
  },
  why(s) {
    const { left, right } = factors(s);
    const j = Math.min(1, right[0].length - 1);
    return `${left[0].map((x, k) => `${fmt(x)} · ${signed(right[k][j])}`).join(" + ")}: ${s.mode === "layer" ? `row 1 of X and row ${j + 1} of W, as it is stored` : `row 1 and column ${j + 1}`}.`;
  },
};

const questions = {
  product: { ...cellQuestion, again: [{ A: [[2, 0, 1], [1, 1, 0]], B: [[1, 3], [0, 2], [2, 1]], step: 0 }, { A: [[1, -1], [0, 2]], B: [[2, 1], [3, -2]], step: 0 }] },
  rows: {
    fits: (s) => fits(s), kind: "numbers", fields: ["the number"], step: 1,
    ask: ({ A }) => `What does neuron ${A.length} answer: which number comes into row ${A.length} of W x?`,
    answer: (s) => [fits(s) ? matvec(s.A, s.x)[s.A.length - 1] : 0],
    why: ({ A, x }) => `Row ${A.length} meets x: ${A[A.length - 1].map((w, k) => `${fmt(w)} · ${signed(x[k] ?? 0)}`).join(" + ")}.`,
    again: [{ A: [[1, -1, 2], [0, 2, 1]], x: [3, 1, -1], step: 0 }, { A: [[1, 2], [3, 4], [-1, 1]], x: [2, 5], step: 0 }, { A: [[2, 0, 1], [-1, 3, 0.5]], x: [1, 2, 4], step: 0 }],
  },
  columns: {
    fits: (s) => fits(s), kind: "numbers", fields: ({ A }) => A.map((_, i) => `row ${i + 1}`), step: 1,
    ask: ({ x }) => `W x is a sum of shares, one for each input. Which share does input ${x.length} add?`,
    answer: ({ A, x }) => A.map((row) => (row[x.length - 1] ?? 0) * x[x.length - 1]),
    why: ({ A, x }) => `x${"₁₂₃₄₅₆"[x.length - 1]} · column ${x.length} = ${signed(x[x.length - 1])} · (${A.map((row) => fmt(row[x.length - 1] ?? 0)).join(", ")}).`,
    again: [{ A: [[1, -1, 2], [0, 2, 1]], x: [3, 1, -1], step: 0 }, { A: [[1, 2], [3, 4], [-1, 1]], x: [2, 5], step: 0 }, { A: [[2, 0, 1], [-1, 3, 0.5]], x: [1, 2, 4], step: 0 }],
  },
  layer: { ...cellQuestion, again: [{ A: [[1, 0, 2], [0, 1, 1]], W: [[1, 1, 0], [0, 2, -1]], b: [0, 1], step: 0 }, { A: [[1, 2], [3, 4]], W: [[0, 1], [1, 1]], b: [0, 0], step: 0 }] },
};

/** The sum of the current cell, spelled out as far as it has come. */
export function spelled(s, step) {
  const frame = plan(s)[step - 1];
  if (!frame) return "";
  const { left, right } = factors(s);
  if (frame.stage === "bias") return "b is added to each row";
  if (frame.stage === "relu") return "ReLU: what is negative becomes 0";
  const k = frame.inner;
  const upto = Array.from({ length: k + 1 }, (_, p) => p);
  const [i, j] = [frame.rows[0], frame.columns[0]];
  if (readingOf(s) === "dot") {
    const sum = upto.reduce((total, p) => total + left[i][p] * right[p][j], 0);
    return `row ${i + 1}${isVector(s) ? "" : `, column ${j + 1}`}: ${upto.map((p) => `${fmt(left[i][p])} · ${signed(right[p][j])}`).join(" + ")} = ${fmt(sum)}`;
  }
  if (isVector(s)) return `${upto.map((p) => `${signed(s.x[p])} × column ${p + 1}`).join(" + ")}`;
  if (readingOf(s) === "columns") return `column ${j + 1}: ${upto.map((p) => `${signed(right[p][j])} × column ${p + 1} of the left`).join(" + ")}`;
  if (readingOf(s) === "samples") return `row ${i + 1}: ${upto.map((p) => `${signed(left[i][p])} × row ${p + 1} of the right`).join(" + ")}`;
  return `${upto.map((p) => `column ${p + 1} × row ${p + 1}`).join(" + ")}`;
}

/** The same sum where a cell is made, each factor lit up together with its cell. */
function termsOf(s, step) {
  const frame = plan(s)[step - 1];
  if (!frame || frame.stage || readingOf(s) !== "dot") return null;
  const { left, right } = factors(s);
  const [i, j] = [frame.rows[0], frame.columns[0]];
  const [where, rest] = spelled(s, step).split(": ");
  const sum = rest.slice(rest.lastIndexOf(" = "));
  const terms = Array.from({ length: frame.inner + 1 }, (_, k) => [k ? " + " : "",
    h("span", { key: `l${k}`, "data-link": `l${i},${k}` }, fmt(left[i][k])), " · ",
    h("span", { key: `r${k}`, "data-link": `r${k},${j}` }, signed(right[k][j]))]);
  return [`${where}: `, terms, h("span", { key: "sum", "data-link": `p${i},${j}` }, sum)];
}

function chips(s) {
  const { left, right } = factors(s);
  const ok = fits(s);
  const chip = (text, cls = "") => h("span", { class: `chip ${cls}` }, text);
  const state = ok ? "fits" : "clash";
  const names = { layer: ["X (", "Wᵀ ("], product: ["A (", "B ("] }[s.mode] ?? ["W (", "x ("];
  const one = isVector(s);
  const shape = (...parts) => h("span", { class: "nobr" }, parts);
  return h("div", { class: "chips", key: "chips" },
    shape(names[0], chip(left.length), chip(left[0].length, state), ")"), " @ ",
    shape(names[1], chip(right.length, state), one ? ",)" : chip(right[0].length), one ? null : ")"),
    ok ? shape("→ (", chip(left.length), one ? ",)" : chip(right[0].length), one ? null : ")")
      : h("span", { class: "warn" }, ` The inner sizes ${left[0].length} and ${right.length} differ: no product.`));
}

/** Steps forward stop before a cell that is still to be predicted. */
function goes(ui) {
  return (to) => {
    const { s } = ui;
    let next = to;
    if (s.quiz && to > s.step) {
      for (let at = s.step; at < to; at += 1) {
        if (finishes(s, at)) { next = at; ui.pause(); break; }
      }
    }
    ui.set({ step: next });
  };
}

function quiz(ui, cell) {
  const { s } = ui;
  const draft = ui.guess ?? 0;
  const value = matmul(factors(s).left, factors(s).right)[cell[0]][cell[1]];
  const done = () => {
    const right = Math.abs(draft - value) < 0.01;
    ui.guess = 0;
    ui.told = right ? `✓ ${fmt(value)} it is.` : `✗ You said ${fmt(draft)}, it is ${fmt(value)}.`;
    ui.say(ui.told, true);
    ui.set({ step: s.step + 1, score: [s.score[0] + right, s.score[1] + 1] });
  };
  return h("div", { class: "row", key: "quiz" },
    h("span", {}, `Row ${cell[0] + 1}, column ${cell[1] + 1} will be `),
    numberField(ui, { label: "the next cell", value: draft, step: 1, min: -999, max: 999, set: (x) => { ui.guess = x; ui.draw(); } }),
    button("Check", done, { class: "main" }));
}

function sizes(ui) {
  const { mode, A, B, W, b, x: entries } = ui.s;
  const right = mode === "layer" ? ["W", W] : ["B", B];
  const one = (label, value, set) => h("span", { class: "row", key: label }, h("span", {}, label),
    numberField(ui, { label, value, min: 1, max: 6, step: 1, set: (x) => set(Math.round(x)) }));
  const left = mode === "layer" ? "X" : isVector(ui.s) ? "W" : "A";
  const fit = (rows) => ({ b: Array.from({ length: rows }, (_, i) => b[i] ?? 0) });
  const last = isVector(ui.s) ? [
    one("entries of x", entries.length, (n) => ui.set({ x: Array.from({ length: n }, (_, k) => entries[k] ?? 1), step: 0 })),
  ] : [
    one(`rows of ${right[0]}`, right[1].length, (x) => ui.set({ [right[0]]: resized(right[1], x, right[1][0].length), ...(mode === "layer" ? fit(x) : {}), step: 0 })),
    one(`columns of ${right[0]}`, right[1][0].length, (x) => ui.set({ [right[0]]: resized(right[1], right[1].length, x), step: 0 })),
  ];
  return h("details", { key: "sizes" }, h("summary", {}, "Sizes"), h("div", { class: "row inside" },
    one(`rows of ${left}`, A.length, (x) => ui.set({ A: resized(A, x, A[0].length), step: 0 })),
    one(`columns of ${left}`, A[0].length, (x) => ui.set({ A: resized(A, A.length, x), step: 0 })),
    last));
}

function view(ui) {
  const { s } = ui;
  const { mode, A, B, W, b, x, step } = s;
  const reading = readingOf(s);
  const layer = mode === "layer";
  const one = isVector(s);
  const list = plan(s);
  const frame = list[step - 1];
  const current = frame && !frame.stage ? frame : null;
  const ok = fits(s);
  const { left, right } = factors(s);
  const now = ok ? after(s, step) : null;
  const whole = ok ? final(s) : null;
  const product = ok && matmul(left, right);
  const asked = { layer: ["layer", A, W, b], product: ["matmul", A, B], rows: ["matvec_rows", A, x], columns: ["matvec_columns", A, x] }[mode];
  const mine = ok && ui.answer(...asked);
  const go = goes(ui);
  const leftMark = (i, k) => current && [current.rows.includes(i) && "row-on", current.rows.includes(i) && current.inner === k && "now"].filter(Boolean).join(" ");
  const rightMark = (k, j) => current && [current.columns.includes(j) && "col-on", current.columns.includes(j) && current.inner === k && "now"].filter(Boolean).join(" ");
  const shown = (i, j) => {
    if (ui.locked || now.terms[i][j] === 0) return "·";
    const other = one ? mine?.value?.[i] : mine?.value?.[i]?.[j];
    const differs = typeof other === "number" && now.terms[i][j] === now.whole && Math.abs(other - (layer ? product[i][j] + b[j] : product[i][j])) > 1e-6;
    return differs ? [fmt(now.values[i][j]), h("small", { class: "mine" }, ` yours ${fmt(other)}`)] : fmt(now.values[i][j]);
  };
  const cellEnd = (i, j) => {
    const last = list.reduce((found, each, at) => (!each.stage && each.rows.includes(i) && each.columns.includes(j) ? at + 1 : found), 0);
    return last;
  };
  const change = (key) => (value) => ui.set({ [key]: value, step: 0 });
  const result = ok && h("div", { key: "result" }, matrixShown({
    name: "the product", corner: layer ? (s.bias ? "X Wᵀ + b" : "X Wᵀ") : one ? "W x" : "A B",
    note: one ? `(${left.length},)` : undefined, links: (i, j) => `p${i},${j}`,
    rows: left.length, columns: right[0].length, show: shown,
    say: (i, j) => (ui.locked || now.terms[i][j] === 0 ? "not yet" : fmt(now.values[i][j])),
    mark: (i, j) => [current && current.rows.includes(i) && current.columns.includes(j) && "now", now.terms[i][j] === now.whole && "done", now.terms[i][j] === 0 && "open"].filter(Boolean).join(" "),
    pick: ui.locked ? null : (i, j) => { ui.pause(); if (!s.quiz) ui.set({ step: cellEnd(i, j) }); },
  }));
  const leftPart = matrixFields(ui, { name: layer ? "X" : one ? "W" : "A", value: A, links: (i, k) => `l${i},${k}`, set: change("A"), mark: leftMark, link: "a", step: 1, min: -99, max: 99 });
  const rightPart = layer
    ? matrixFields(ui, {
      name: "W", corner: "W, as stored", note: `(${W.length} out, ${W[0].length} in)`, value: W, set: change("W"),
      links: (j, k) => `r${k},${j}`, mark: (j, k) => rightMark(k, j), link: "b", step: 1, min: -99, max: 99,
    })
    : matrixFields(ui, {
      name: one ? "x" : "B", note: one ? `(${x.length},)` : undefined, value: right, mark: rightMark, link: "b",
      links: (k, j) => `r${k},${j}`, step: 1, min: -99, max: 99,
      set: one ? (value) => change("x")(value.map((row) => row[0])) : change("B"),
    });
  const cell = ok && s.quiz && !ui.locked && finishes(s, step);
  return [
    chips(s),
    layer
      ? h("div", { class: "matrices", key: "layer" }, leftPart, rightPart,
        s.bias && matrixFields(ui, { name: "b", note: `(${b.length},)`, value: [b], set: (v) => ui.set({ b: v[0] }), step: 1, min: -99, max: 99 }), result)
      : h("div", { class: `corner scroll ${A[0].length + right[0].length > 5 ? "big" : ""}`, key: "product" }, h("div", { key: "gap", class: "gap" }), rightPart, leftPart, result),
    ok && !ui.locked && h("p", { class: "spelled", key: "spelled" }, termsOf(s, step) ?? (spelled(s, step) || "Press Play or Step, or a cell of the product.")),
    cell && quiz(ui, cell),
    ok && player(ui, { step, last: list.length, set: go, said: spelled(s, step) }),
    !one && h("div", { class: "row", key: "how" },
      choice(ui, { label: "Read it as", value: reading, disabled: ui.locked, options: Object.entries(READINGS), set: (value) => ui.set({ reading: value, step: 0 }) })),
    h("div", { class: "row", key: "switches" },
      reading === "dot" && toggle("ask me before each cell", s.quiz, (quiz) => { ui.told = ""; ui.set({ quiz, step: 0, score: [0, 0] }); }, ui.locked),
      layer && toggle("bias", s.bias, (bias) => ui.set({ bias, step: 0 }), ui.locked), layer && toggle("ReLU", s.rectify, (rectify) => ui.set({ rectify, step: 0 }), ui.locked),
      s.quiz && s.score[1] > 0 && h("strong", {}, `${ui.told ?? ""} ${s.score[0]} of ${plural(s.score[1], "cell")} right`)),
    sizes(ui),
    ok && !ui.locked && readouts(ui.yours(asked[0], asked.slice(1), layer ? addRow(product, b) : one ? matvec(A, x) : product)),
  ];
}

export const widget = {
  name: "matmul",
  ...STATES.matmul,
  presets: {
    "2 × 3 times 3 × 2": { A: [[1, 2, 3], [4, 5, 6]], B: [[7, 8], [9, 10], [11, 12]], step: 0, only: ["product"] },
    "identity": { A: [[1, 0], [0, 1]], B: [[5, 6], [7, 8]], step: 0, only: ["product"] },
    "row times column": { A: [[1, 2, 3]], B: [[4], [5], [6]], step: 0, only: ["product"] },
    "column times row": { A: [[1], [2], [3]], B: [[4, 5, 6]], step: 0, only: ["product"] },
    "does not fit": { A: [[1, 2, 3], [4, 5, 6]], B: [[1, 2], [3, 4]], step: 0, only: ["product"] },
    "two neurons, three inputs": { A: [[2, 0, 1], [-1, 3, 0.5]], x: [1, 2, 4], step: 0, only: ["rows", "columns"] },
    "one neuron": { A: [[1, -2, 3]], x: [2, 1, 1], step: 0, only: ["rows"] },
    "a basis vector": { A: [[2, 0, 1], [-1, 3, 0.5]], x: [0, 1, 0], step: 0, only: ["rows", "columns"] },
    "sizes that clash": { A: [[2, 0, 1], [-1, 3, 0.5]], x: [1, 2], step: 0, only: ["rows", "columns"] },
    "batch of four": { A: [[1, 2, 3], [0, 1, 0], [2, 0, 1], [-1, 1, 1]], W: [[1, 0, -1], [2, 1, 0]], b: [1, -2], step: 0, only: ["layer"] },
  },
  questions,
  goals,
  last: (s) => plan(s).length,
  clean(s) {
    const size = (M) => (M[0].length ? M.slice(0, 6).map((row) => row.slice(0, 6)) : [[0]]);
    const next = { ...s, A: size(s.A), B: size(s.B), W: size(s.W), reading: s.reading in READINGS ? s.reading : "dot" };
    next.b = Array.from({ length: next.W.length }, (_, i) => s.b[i] ?? 0);
    next.x = s.x.length ? s.x.slice(0, 6) : [0];
    next.step = Math.min(plan(next).length, Math.max(0, Math.round(s.step)));
    next.score = [s.score[0] ?? 0, s.score[1] ?? 0];
    return next;
  },
  say: (s) => (fits(s) ? spelled(s, s.step) || "nothing computed yet" : "the inner sizes differ: no product"),
  uses: ({ mode }) => [{ layer: "layer", product: "matmul", rows: "matvec_rows", columns: "matvec_columns" }[mode]],
  calls: (s) => {
    if (!fits(s)) return [];
    if (isVector(s)) return [{ function: `matvec_${s.mode}`, arguments: [s.A, s.x] }];
    return [s.mode === "layer" ? { function: "layer", arguments: [s.A, s.W, s.b] } : { function: "matmul", arguments: [s.A, s.B] }];
  },
  code({ mode, A, B, W, b, x, bias, rectify }) {
    if (mode in VECTOR) return program({ W: A, x }, ["print(W @ x)"]);
    if (mode === "product") return program({ A, B }, ["print(A @ B)"]);
    const z = `X @ W.T${bias ? " + b" : ""}`;
    const arrays = bias ? { X: A, W, b } : { X: A, W };
    return program(arrays, [rectify ? `print(np.maximum(${z}, 0.0))` : `print(${z})`], [rectify ? `print(torch.relu(${z}))` : `print(${z})`]);
  },
  view,
};

export { mount };
export default widgetOf(widget);
