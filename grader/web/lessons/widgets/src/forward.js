// A batch of four through one layer: X Wᵀ, then + b, then an activation; every number, step by step.

import { addRow, each, matmul, relu, sigmoid, transpose } from "./matrices.js";
import { choice, matrixFields, matrixShown, player, readouts, slider } from "./controls.js";
import { fmt, program, signed } from "./text.js";
import { mount, widgetOf } from "./shell.js";
import { STATES } from "./states.js";
import { h } from "./tree.js";

const ACTIVATIONS = { relu: "ReLU", sigmoid: "sigmoid", none: "none" };
const FUNCTIONS = { relu, sigmoid, none: (z) => z };

/** All values of a layer: Z without the bias, with it, and after the activation. */
export function trace({ X, W, b, activation }) {
  const product = matmul(X, transpose(W));
  const shifted = addRow(product, b);
  return { product, shifted, out: each(shifted, FUNCTIONS[activation]) };
}

/** The steps: each product, each bias, each activation, either sample by sample or stage by stage. */
export function plan({ X, W, order }) {
  const cells = X.flatMap((_, i) => W.map((_, j) => [i, j]));
  const parts = ([row, neuron]) => [
    ...W[0].map((_, inner) => ({ row, neuron, stage: "product", inner })),
    { row, neuron, stage: "bias" }, { row, neuron, stage: "activation" },
  ];
  const all = cells.flatMap(parts);
  if (order === "sample") return all;
  return ["product", "bias", "activation"].flatMap((stage) => all.filter((frame) => frame.stage === stage));
}

/** How far each cell has come after `step` steps: how many terms, and which stages are done. */
export function progress(s, step) {
  const seen = s.X.map(() => s.W.map(() => ({ terms: 0, bias: false, activation: false })));
  for (const { row, neuron, stage } of plan(s).slice(0, step)) {
    if (stage === "product") seen[row][neuron].terms += 1;
    else seen[row][neuron][stage] = true;
  }
  return seen;
}

/** The state after something is touched: a sample (row of X) or a neuron (row of W). */
export function touched(s) {
  const bump = (M) => M.map((row, i) => (i === s.which ? row.map((x) => x + s.amount) : row));
  return s.touch === "sample" ? { ...s, X: bump(s.X) } : { ...s, W: bump(s.W) };
}

/** Which cells of Z + b are others after the touch. */
export function changed(s) {
  const [before, later] = [trace(s).shifted, trace(touched(s)).shifted];
  return before.map((row, i) => row.map((z, j) => Math.abs(z - later[i][j]) > 1e-12));
}

export const goals = [
  {
    id: "forward-dead", mode: "trace", start: { activation: "relu", b: [0, 0.5] },
    text: "By its bias alone, silence neuron 1 for all four samples.",
    reached: (s) => s.activation === "relu" && trace(s).out.every((row) => row[0] === 0) && s.W[0].some((w) => w !== 0),
  },
  {
    id: "forward-one", mode: "trace", start: { activation: "relu", b: [2, 0.5] },
    text: "Let neuron 1 fire for exactly one sample.",
    reached: (s) => s.activation === "relu" && trace(s).out.filter((row) => row[0] > 0).length === 1,
  },
  {
    id: "forward-column", mode: "change", start: { touch: "sample", which: 0, amount: 0 },
    text: "Touch something so that a whole column of Z changes, and no other.",
    reached: (s) => {
      const cells = changed(s);
      return s.W.some((_, j) => cells.every((row) => row.every((cell, k) => cell === (k === j))));
    },
  },
];

const questions = {
  trace: {
    kind: "numbers", fields: ["neuron 1", "neuron 2"], tolerance: 0.05,
    ask: ({ activation }) => `What does the layer answer for sample 1, after ${activation === "none" ? "the bias" : ACTIVATIONS[activation]}?`,
    answer: (s) => trace(s).out[0],
    why: (s) => s.W.map((w, j) => `Neuron ${j + 1}: ${w.map((x, k) => `${fmt(s.X[0][k])} · ${signed(x)}`).join(" + ")} + ${signed(s.b[j])} = ${fmt(trace(s).shifted[0][j])}.`).join(" "),
    again: [{ X: [[2, 1, 0], [0, 1, 1], [1, 0, -1], [1, 1, 1]], step: 0 }, { b: [-2, 1], step: 0 }, { X: [[-1, 2, 1], [0, 1, 1], [1, 0, -1], [1, 1, 1]], step: 0 }],
  },
  change: {
    kind: "many",
    ask: ({ touch, which }) => (touch === "sample" ? `Sample ${which + 1} of X changes. Which rows of Z change?` : `The weights of neuron ${which + 1} change. Which columns of Z change?`),
    options: (s) => (s.touch === "sample" ? s.X.map((_, i) => [String(i), `row ${i + 1}`]) : s.W.map((_, j) => [String(j), `column ${j + 1}`])),
    answer: (s) => [String(s.which)],
    why: ({ touch }) => (touch === "sample" ? "Samples do not meet in a layer: each row of Z is made from its own row of X." : "Each neuron fills its own column, for all samples."),
    again: [{ touch: "neuron", which: 1, amount: 0 }, { touch: "sample", which: 3, amount: 0 }, { touch: "neuron", which: 0, amount: 0 }],
  },
};

/** The current step in words. */
export function spelled(s, step) {
  const frame = plan(s)[step - 1];
  if (!frame) return "";
  const { row: i, neuron: j } = frame;
  const values = trace(s);
  const where = `sample ${i + 1}, neuron ${j + 1}: `;
  if (frame.stage === "bias") return `${where}${fmt(values.product[i][j])} + ${signed(s.b[j])} = ${fmt(values.shifted[i][j])}`;
  if (frame.stage === "activation") return `${where}${ACTIVATIONS[s.activation]} of ${fmt(values.shifted[i][j])} = ${fmt(values.out[i][j])}`;
  const upto = s.X[i].slice(0, frame.inner + 1);
  const sum = upto.reduce((total, x, k) => total + x * s.W[j][k], 0);
  return `${where}${upto.map((x, k) => `${fmt(x)} · ${signed(s.W[j][k])}`).join(" + ")} = ${fmt(sum)}`;
}

/** The same in parts, each number lit up together with its cell. */
function termsOf(s, step) {
  const frame = plan(s)[step - 1];
  if (!frame) return null;
  const { row: i, neuron: j, stage } = frame;
  const text = spelled(s, step);
  const at = (name, shown) => h("span", { key: name, "data-link": name }, shown);
  const result = at(`${stage}${i},${j}`, text.slice(text.lastIndexOf(" = ")));
  const where = text.slice(0, text.indexOf(": ") + 2);
  const values = trace(s);
  if (stage === "bias") return [where, at(`product${i},${j}`, fmt(values.product[i][j])), " + ", at(`b${j}`, signed(s.b[j])), result];
  if (stage === "activation") return [where, `${ACTIVATIONS[s.activation]} of `, at(`bias${i},${j}`, fmt(values.shifted[i][j])), result];
  const terms = s.X[i].slice(0, frame.inner + 1).map((x, k) => [k ? " + " : "", at(`x${i},${k}`, fmt(x)), " · ", at(`w${j},${k}`, signed(s.W[j][k]))]);
  return [where, terms, result];
}

function traceView(ui) {
  const { s } = ui;
  const { X, W, b, activation, order, step } = s;
  const list = plan(s);
  const frame = list[step - 1];
  const values = trace(s);
  const seen = progress(s, ui.locked ? 0 : step);
  const sum = (i, j) => X[i].slice(0, seen[i][j].terms).reduce((total, x, k) => total + x * W[j][k], 0);
  const change = (key) => (value) => ui.set({ [key]: value, step: 0 });
  const shown = (name, corner, stage, ready, show) => matrixShown({
    name, corner, rows: X.length, columns: W.length, links: (i, j) => `${stage}${i},${j}`, show: (i, j) => (ready(i, j) ? show(i, j) : "·"),
    mark: (i, j) => [frame && frame.row === i && frame.neuron === j && frame.stage === stage && "now", ready(i, j) ? "done" : "open"].filter(Boolean).join(" "),
    pick: ui.locked ? null : (i, j) => {
      ui.pause();
      ui.set({ step: list.findLastIndex((each) => each.row === i && each.neuron === j && each.stage === stage) + 1 });
    },
  });
  const other = ui.answer("layer", X, W, b)?.value;
  const last = activation !== "none" && ui.answer(activation, values.shifted)?.value;
  const wrong = (i, j) => typeof last?.[i]?.[j] === "number" && Math.abs(last[i][j] - values.out[i][j]) > 1e-6;
  const differs = (i, j) => typeof other?.[i]?.[j] === "number" && Math.abs(other[i][j] - values.shifted[i][j]) > 1e-6;
  return [
    h("div", { class: "matrices", key: "given" },
      matrixFields(ui, { name: "X", note: "(4 samples, 3 features)", value: X, set: change("X"), link: "a", links: (i, k) => `x${i},${k}`, step: 0.5, mark: (i, k) => frame && [frame.row === i && "row-on", frame.row === i && frame.inner === k && "now"].filter(Boolean).join(" ") }),
      matrixFields(ui, { name: "W", corner: "W, as stored", note: "(2 out, 3 in)", value: W, set: change("W"), link: "b", links: (j, k) => `w${j},${k}`, step: 0.5, mark: (j, k) => frame && [frame.neuron === j && "col-on", frame.neuron === j && frame.inner === k && "now"].filter(Boolean).join(" ") }),
      matrixFields(ui, { name: "b", note: "(2,)", value: [b], set: (v) => ui.set({ b: v[0], step: 0 }), step: 0.5, links: (_, j) => `b${j}`, mark: (_, j) => (frame && frame.stage === "bias" && frame.neuron === j ? "now" : "") })),
    h("div", { class: "matrices", key: "made" },
      shown("X Wᵀ", "X Wᵀ", "product", (i, j) => seen[i][j].terms > 0, (i, j) => fmt(sum(i, j))),
      shown("Z = X Wᵀ + b", "Z = X Wᵀ + b", "bias", (i, j) => seen[i][j].bias, (i, j) => [fmt(values.shifted[i][j]), differs(i, j) && h("small", { class: "mine" }, ` yours ${fmt(other[i][j])}`)]),
      shown("the answer", activation === "none" ? "the answer" : `${ACTIVATIONS[activation]} of Z`, "activation", (i, j) => seen[i][j].activation, (i, j) => [fmt(values.out[i][j]), wrong(i, j) && h("small", { class: "mine" }, ` yours ${fmt(last[i][j])}`)])),
    !ui.locked && h("p", { class: "spelled", key: "spelled" }, termsOf(s, step) ?? "Press Play or Step, or a cell."),
    player(ui, { step, last: list.length, set: (to) => ui.set({ step: to }), said: spelled(s, step) }),
    h("div", { class: "row", key: "how" },
      choice(ui, { label: "Order", value: order, disabled: ui.locked, options: [["sample", "sample by sample"], ["stage", "stage by stage"]], set: (value) => ui.set({ order: value, step: 0 }) }),
      choice(ui, { label: "Activation", value: activation, disabled: ui.locked, options: Object.entries(ACTIVATIONS), set: (value) => ui.set({ activation: value, step: 0 }) })),
    !ui.locked && readouts(
      ui.yours("layer", [X, W, b], values.shifted),
      activation !== "none" && ui.yours(activation, [values.shifted], values.out)),
  ];
}

function changeView(ui) {
  const { s } = ui;
  const { touch, which, amount } = s;
  const next = touched(s);
  const [before, later] = [trace(s), trace(next)];
  const cells = changed(s);
  const open = !ui.locked;
  const hit = (name, i) => (open && touch === name && i === which && amount !== 0 ? "changed" : "");
  const table = (name, M, mark, note) => matrixShown({ name, note, rows: M.length, columns: M[0].length, show: (i, j) => fmt(M[i][j]), mark });
  const count = touch === "sample" ? s.X.length : s.W.length;
  return [
    h("div", { class: "row", key: "touch" },
      choice(ui, { label: "Touch", value: touch, disabled: ui.locked, options: [["sample", "a sample"], ["neuron", "a neuron"]], set: (value) => ui.set({ touch: value, which: 0 }) }),
      choice(ui, { label: "Which", value: String(which), disabled: ui.locked, options: Array.from({ length: count }, (_, i) => [String(i), String(i + 1)]), set: (value) => ui.set({ which: Number(value) }) })),
    slider(ui, { label: "add to all its numbers", value: amount, min: -3, max: 3, step: 0.25, set: (value) => ui.set({ amount: value }) }),
    h("div", { class: "matrices", key: "tables" },
      table("X", next.X, (i) => hit("sample", i), "(4, 3)"), table("W", next.W, (j) => hit("neuron", j), "(2, 3)"),
      open && matrixShown({
        name: "Z", note: "(4, 2)", rows: 4, columns: 2, mark: (i, j) => (cells[i][j] ? "changed" : ""),
        show: (i, j) => (cells[i][j] ? `${fmt(before.shifted[i][j])} → ${fmt(later.shifted[i][j])}` : fmt(before.shifted[i][j])),
      })),
    open && h("p", { key: "count" }, `${cells.flat().filter(Boolean).length} of ${cells.flat().length} numbers of Z change.`),
  ];
}

export const widget = {
  name: "forward",
  ...STATES.forward,
  presets: {
    "all four equal": { X: [[1, 2, 0], [1, 2, 0], [1, 2, 0], [1, 2, 0]], step: 0, only: ["trace"] },
    "zero layer": { W: [[0, 0, 0], [0, 0, 0]], b: [0, 0], step: 0, only: ["trace"] },
    "a silent neuron": { b: [-9, 0], step: 0, only: ["trace"] },
  },
  questions,
  goals,
  last: (s) => plan(s).length,
  clean(s) {
    const size = (M, rows, columns) => Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => M[i]?.[j] ?? 0));
    const next = {
      ...s, X: size(s.X, 4, 3), W: size(s.W, 2, 3), b: [s.b[0] ?? 0, s.b[1] ?? 0], activation: s.activation in ACTIVATIONS ? s.activation : "relu",
      order: s.order === "stage" ? "stage" : "sample", touch: s.touch === "neuron" ? "neuron" : "sample",
    };
    next.which = Math.min(next.touch === "sample" ? 3 : 1, Math.max(0, Math.round(s.which)));
    next.step = Math.min(plan(next).length, Math.max(0, Math.round(s.step)));
    return next;
  },
  unlock: (ui) => { if (ui.s.mode === "change") ui.set({ amount: ui.s.amount || 1 }); },
  say: (s) => (s.mode === "trace" ? spelled(s, s.step) || "nothing computed yet" : `${changed(s).flat().filter(Boolean).length} numbers of Z change`),
  uses: ({ mode, activation }) => (mode === "trace" ? ["layer", activation] : []),
  calls(s) {
    if (s.mode !== "trace") return [];
    const activation = s.activation === "none" ? [] : [{ function: s.activation, arguments: [trace(s).shifted] }];
    return [{ function: "layer", arguments: [s.X, s.W, s.b] }, ...activation];
  },
  code(s) {
    const { X, W, b } = touchedCode(s);
    const numpy = { relu: "np.maximum(Z, 0.0)", sigmoid: "1.0 / (1.0 + np.exp(-Z))", none: "Z" }[s.activation];
    const torch = { relu: "torch.relu(Z)", sigmoid: "torch.sigmoid(Z)", none: "Z" }[s.activation];
    return program({ X, W, b }, ["Z = X @ W.T + b", `print(${numpy})`], ["Z = X @ W.T + b", `print(${torch})`]);
  },
  view: (ui) => (ui.s.mode === "trace" ? traceView(ui) : changeView(ui)),
};
const touchedCode = (s) => (s.mode === "change" ? touched(s) : s);

export { mount };
export default widgetOf(widget);
