// Two shapes lined up from the right, as NumPy and PyTorch do it, and what each axis makes of that.

import { broadcast, indices, parseShape, shapeText, sizeOf } from "./shapes.js";
import { button, matrixShown, numberField, readout, readouts } from "./controls.js";
import { fmt } from "./text.js";
import { mount, widgetOf } from "./shell.js";
import { STATES } from "./states.js";
import { h } from "./tree.js";

const KINDS = { same: "same", left: "stretch", right: "stretch", error: "error" };
const NAMES = { shapes: ["A", "B"], bias: ["Z", "b"] };

/** How the axes would meet if shapes were lined up from the left, as many believe. */
export function fromLeft(left, right) {
  const rank = Math.max(left.length, right.length);
  const filled = (shape) => [...shape, ...new Array(rank - shape.length).fill(1)];
  const found = broadcast(filled(left), filled(right));
  return {
    result: found.result,
    axes: found.axes.map((axis, i) => ({ ...axis, left: left[i] ?? null, right: right[i] ?? null })),
  };
}

export const answerText = (left, right) => {
  const { result } = broadcast(left, right);
  return result ? shapeText(result) : "error";
};

export const goals = [
  {
    id: "broadcast-both", mode: "shapes", start: { left: [4, 3], right: [3] }, text: "Find two shapes that are both stretched.",
    reached: ({ left, right }) => {
      const { axes, result } = broadcast(left, right);
      return !!result && axes.some((axis) => axis.kind === "left") && axes.some((axis) => axis.kind === "right");
    },
  },
  {
    id: "broadcast-rows", mode: "bias", start: { left: [4, 3], right: [4] },
    text: "Give b one number for each row of Z, so that it can be added.",
    reached: ({ left, right }) => left.length === 2 && left[0] > 1 && left[1] > 1 && right.length === 2 && right[0] === left[0] && right[1] === 1,
  },
  {
    id: "broadcast-clash", mode: "shapes", start: { left: [2, 3], right: [2, 3] },
    text: "Equally many numbers in both, and yet an error.",
    reached: ({ left, right }) => sizeOf(left) === sizeOf(right) && !broadcast(left, right).result,
  },
];

const question = {
  kind: "text", placeholder: "(4, 3) or error",
  ask: ({ mode, left, right }) => `Which shape has ${NAMES[mode].join(" + ")}, for the shapes ${shapeText(left)} and ${shapeText(right)}? Or is it an error?`,
  answer: ({ left, right }) => answerText(left, right),
  right(said, answer) {
    if (/^\s*error\s*$/i.test(said)) return answer === "error";
    const shape = parseShape(said);
    return shape !== null && shapeText(shape) === answer;
  },
  why({ left, right }) {
    const { axes } = broadcast(left, right);
    const bad = axes.find((axis) => axis.kind === "error");
    if (bad) return `From the right, ${bad.left} meets ${bad.right}, and neither is 1.`;
    const stretched = axes.filter((axis) => axis.kind !== "same").length;
    return stretched ? "From the right, equal sizes meet, and a 1 or a missing axis is stretched." : "All sizes are equal.";
  },
};
const questions = {
  shapes: { ...question, again: [{ left: [4, 3], right: [4] }, { left: [4, 1], right: [3] }, { left: [2, 1, 3], right: [4, 1] }, { left: [3], right: [3, 1] }] },
  bias: { ...question, again: [{ left: [4, 2], right: [4] }, { left: [4, 2], right: [1, 2] }, { left: [4, 2], right: [4, 1] }] },
};

function slots({ axes, result }, names, caption, verdict, mine = null) {
  const cell = (value, kind, side) => {
    if (value === null) return h("td", { class: kind === "error" ? "error" : "none" }, axes.length ? "1?" : "", h("span", { class: "unseen" }, "missing, counts as 1"));
    const stretched = kind === side;
    return h("td", { class: kind === "error" ? "error" : stretched ? "stretch" : "same" }, value);
  };
  return h("div", { class: "scroll", key: caption, tabindex: 0, role: "group", "aria-label": caption },
    h("table", { class: "slots" }, h("caption", { class: "caption" }, caption),
      h("tbody", {},
        h("tr", {}, h("th", { scope: "row" }, names[0]), axes.map((axis) => cell(axis.left, axis.kind, "left"))),
        h("tr", {}, h("th", { scope: "row" }, names[1]), axes.map((axis) => cell(axis.right, axis.kind, "right"))),
        h("tr", {}, h("th", { scope: "row" }, names.join(" + ")), axes.map((axis) => h("td", { class: axis.size === null ? "error" : KINDS[axis.kind] },
          axis.size ?? "✗", axis.kind === "left" || axis.kind === "right" ? h("small", {}, ` ${axis.kind === "left" ? "↑" : "↓"} 1 → ${axis.size}`) : null))),
        mine && h("tr", {}, h("th", { scope: "row", class: "mine" }, "yours"), mine.map((size) => h("td", { class: "mine" }, size))))),
    h("p", { class: result ? null : "warn" }, verdict));
}

/** The number at an index of an operand: tens for the axis before the last, ones for the last. */
export const valueAt = (index, factor) => index.reduce((sum, i) => sum * 10 + i + 1, 0) * factor;

/** From an index of the answer to that of an operand: stretched and missing axes stay at 0. */
export const source = (index, shape) => shape.map((n, axis) => (n === 1 ? 0 : index[axis + index.length - shape.length]));

function tables(ui, result) {
  const { left, right, at, mode } = ui.s;
  const flat = (shape) => (shape.length === 2 ? shape : [1, shape[0] ?? 1]);
  if (result.length > 2 || sizeOf(result) > 36) return h("p", { key: "big" }, h("small", {}, "Up to two axes, the numbers are shown as well."));
  const names = NAMES[mode];
  const [rows, columns] = flat(result);
  const index = (i, j) => (result.length === 2 ? [i, j] : result.length ? [j] : []);
  const here = result.length ? indices(result)[Math.min(at, sizeOf(result) - 1)] : [];
  const operand = (name, shape, factor) => {
    const [m, n] = flat(shape);
    const own = (i, j) => (shape.length === 2 ? [i, j] : shape.length ? [j] : []);
    return matrixShown({
      name, note: shapeText(shape), rows: m, columns: n, show: (i, j) => fmt(valueAt(own(i, j), factor)),
      mark: (i, j) => (own(i, j).join() === source(here, shape).join() ? "now" : ""),
    });
  };
  return h("div", { class: "matrices", key: "tables" }, operand(names[0], left, 1), operand(names[1], right, 100),
    matrixShown({
      name: names.join(" + "), note: shapeText(result), rows, columns,
      show: (i, j) => fmt(valueAt(source(index(i, j), left), 1) + valueAt(source(index(i, j), right), 100)),
      mark: (i, j) => (index(i, j).join() === here.join() ? "now" : ""),
      pick: (i, j) => ui.set({ at: i * columns + j }),
    }));
}

function shapeFields(ui, key, name) {
  const shape = ui.s[key];
  const put = (next) => ui.set({ [key]: next, at: 0 });
  return h("div", { class: "row", key }, h("span", { class: "name" }, `shape of ${name} =`),
    shape.map((n, axis) => numberField(ui, {
      key: `${key}${axis}`, label: `${name}, axis ${axis}`, value: n, step: 1, min: 1, max: 9,
      set: (x) => put(shape.map((old, i) => (i === axis ? Math.round(x) : old))),
    })),
    shape.length === 0 && h("span", {}, "()"),
    button("+ axis", () => put([1, ...shape]), { key: "more", disabled: ui.locked || shape.length >= 4, "aria-label": `+ axis of size 1, in front of ${name}` }),
    button("+ at the end", () => put([...shape, 1]), { key: "end", disabled: ui.locked || shape.length >= 4, "aria-label": `+ at the end of ${name}, an axis of size 1` }),
    button("− axis", () => put(shape.slice(1)), { key: "less", disabled: ui.locked || shape.length === 0, "aria-label": `− axis, the first of ${name}` }));
}

function yours(ui) {
  const { left, right } = ui.s;
  const found = ui.answer("broadcast_shape", { tuple: left }, { tuple: right });
  if (!ui.mine) return null;
  const { result } = broadcast(left, right);
  const same = found && (result ? !found.error && JSON.stringify(found.value) === JSON.stringify(result) : !!found.error);
  const text = !found ? "…" : found.error ?? (Array.isArray(found.value) ? shapeText(found.value) : String(found.value));
  return h("div", { class: `readout yours ${found && !same ? "differs" : ""}`, key: "yours" }, h("dt", {}, "your broadcast_shape"), h("dd", {}, text, found ? (same ? " ✓" : " ✗ differs") : ""));
}

function view(ui) {
  const { mode, left, right } = ui.s;
  const names = NAMES[mode];
  const fields = [shapeFields(ui, "left", names[0]), shapeFields(ui, "right", names[1])];
  if (ui.locked) return fields;
  const found = broadcast(left, right);
  const wrong = fromLeft(left, right);
  const bad = found.axes.find((axis) => axis.kind === "error");
  const said = ui.answer("broadcast_shape", { tuple: left }, { tuple: right })?.value;
  // Lined up from the right, as the others are.
  const mine = Array.isArray(said) && said.length < 7
    ? [...new Array(Math.max(0, found.axes.length - said.length)).fill(""), ...said.map(String)] : null;
  const differs = JSON.stringify(wrong.result) !== JSON.stringify(found.result);
  return [
    ...fields,
    h("div", { class: "matrices", key: "slots" },
      slots(found, names, "Lined up from the right: what happens", found.result ? `The shape is ${shapeText(found.result)}.` : `${bad.left} meets ${bad.right}: an error.`, mine),
      left.length !== right.length && slots(wrong, names, "Lined up from the left: a common guess",
        `${wrong.result ? `This would give ${shapeText(wrong.result)}` : "This would be an error"}${differs ? ", which is not what happens." : ", by chance the same."}`)),
    readouts(readout("result", found.result ? shapeText(found.result) : h("span", { class: "warn" }, "error")), yours(ui)),
    found.result && tables(ui, found.result),
  ];
}

export const widget = {
  name: "broadcast",
  ...STATES.broadcast,
  presets: {
    "(4, 3) + (3,)": { left: [4, 3], right: [3], at: 0 }, "(4, 3) + (4,)": { left: [4, 3], right: [4], at: 0 },
    "(4, 3) + (4, 1)": { left: [4, 3], right: [4, 1], at: 0 }, "(4, 1) + (3,)": { left: [4, 1], right: [3], at: 0 },
    "(3,) + ()": { left: [3], right: [], at: 0 }, "(2, 1, 3) + (4, 1)": { left: [2, 1, 3], right: [4, 1], at: 0, only: ["shapes"] },
  },
  questions,
  goals,
  clean(s) {
    const size = (shape) => shape.slice(0, 4).map((n) => Math.min(9, Math.max(1, Math.round(n))));
    return { ...s, left: size(s.left), right: size(s.right), at: Math.max(0, Math.round(s.at)) };
  },
  say({ left, right }) {
    const { result } = broadcast(left, right);
    return result ? `the shape is ${shapeText(result)}` : "these shapes do not fit: an error";
  },
  uses: () => ["broadcast_shape"],
  calls: ({ left, right }) => [{ function: "broadcast_shape", arguments: [{ tuple: left }, { tuple: right }] }],
  code({ mode, left, right }) {
    const [p, q] = NAMES[mode];
    const lines = (call) => [`${p} = ${call}(${shapeText(left)})`, `${q} = ${call}(${shapeText(right)})`, `print((${p} + ${q}).shape)`].join("\n");
    return { numpy: `import numpy as np\n\n${lines("np.zeros")}`, torch: `import torch\n\n${lines("torch.zeros")}` };
  },
  view,
};

export { mount };
export default widgetOf(widget);
