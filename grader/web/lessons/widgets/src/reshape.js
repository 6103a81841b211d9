// An array as one strip of memory: what transpose and reshape do to shape and strides, and what
// they leave where it is.

import { contiguous, shapeText, sizeOf, solve, stridesOf, viewStrides, walk } from "./shapes.js";
import { button, matrixShown, numberField, player, readout, readouts } from "./controls.js";
import { fmt } from "./text.js";
import { mount, widgetOf } from "./shell.js";
import { STATES } from "./states.js";
import { h } from "./tree.js";

const most = 24;
const reversed = (list) => [...list].reverse();

/** The array that a state reads, as shape and strides; strides null where only a copy will do. */
export function reading({ mode, shape, target }) {
  const own = stridesOf(shape);
  if (mode === "transpose") return { shape: reversed(shape), strides: reversed(own) };
  const size = sizeOf(shape);
  const wanted = solve(target, size);
  if (!wanted) return { shape: null, strides: null };
  if (mode === "reshape") return { shape: wanted, strides: stridesOf(wanted) };
  return { shape: wanted, strides: viewStrides(reversed(shape), reversed(own), wanted) };
}

/** The places of memory in the order in which the result is read; for a copy, what was copied. */
export function order(s) {
  const { shape, strides } = reading(s);
  if (!shape) return [];
  if (strides) return walk(shape, strides);
  return walk(reversed(s.shape), reversed(stridesOf(s.shape)));
}

export const goals = [
  {
    id: "reshape-still", mode: "transpose", start: { shape: [2, 3], step: 0 },
    text: "Find a shape whose transpose reads the memory in its own order.",
    reached: ({ shape }) => shape.length === 2 && contiguous(reversed(shape), reversed(stridesOf(shape))),
  },
  {
    id: "reshape-agree", mode: "reshape", start: { shape: [2, 3], target: [3, 2], step: 0 },
    text: "Let reshape give the same table as the transpose.",
    reached(s) {
      const found = reading(s);
      return !!found.shape && found.shape.join() === reversed(s.shape).join()
        && order(s).join() === walk(reversed(s.shape), reversed(stridesOf(s.shape))).join();
    },
  },
  {
    id: "reshape-view", mode: "view", start: { shape: [2, 3], target: [6], step: 0 },
    text: "Let view work on a transposed array, with more than one row and more than one column in it.",
    reached: (s) => !!reading(s).strides && s.shape.every((n) => n > 1),
  },
];

const questions = {
  transpose: {
    kind: "numbers", fields: ["the number"], step: 1,
    fits: ({ shape }) => shape[0] > 1,
    ask: ({ shape }) => `The array X of shape ${shapeText(shape)} holds 1, 2, 3, … in memory. Which number is in row 1, column 2 of X.T?`,
    answer: ({ shape }) => [shape[0] > 1 ? stridesOf(shape)[0] + 1 : 2],
    why: ({ shape }) => `Row 1, column 2 of the transpose is row 2, column 1 of X: a step of ${stridesOf(shape)[0]} in memory.`,
    again: [{ shape: [3, 4], step: 0 }, { shape: [4, 2], step: 0 }, { shape: [2, 3], step: 0 }],
  },
  reshape: {
    kind: "numbers", fields: ["the number"], step: 1,
    fits: (s) => reading(s).shape?.length === 2 && reading(s).shape[0] > 1,
    ask: ({ shape, target }) => `X has the shape ${shapeText(shape)}. Which number is in row 2, column 1 of X.reshape(${target.join(", ")})?`,
    answer: (s) => [(reading(s).strides?.[0] ?? 0) + 1],
    why: (s) => `The numbers stay in line, and the line is cut every ${reading(s).shape?.[1] ?? 1}.`,
    again: [{ shape: [3, 4], target: [2, 6], step: 0 }, { shape: [2, 6], target: [4, 3], step: 0 }, { shape: [2, 3], target: [3, 2], step: 0 }],
  },
  view: {
    kind: "choice",
    fits: (s) => !!reading(s).shape,
    ask: ({ shape, target }) => `X has the shape ${shapeText(shape)}. Does X.T.view(${target.join(", ")}) work, without a copy?`,
    options: () => [["yes", "yes"], ["no", "no, it raises an error"]],
    answer: (s) => (reading(s).strides ? "yes" : "no"),
    why: (s) => (reading(s).strides ? "There are steps that read the same memory in the same order."
      : "The numbers of X.T do not lie one step apart, and one stride for each axis cannot say so."),
    again: [{ shape: [1, 6], target: [6], step: 0 }, { shape: [2, 4], target: [2, 2, 2], step: 0 }, { shape: [3, 2], target: [6], step: 0 }],
  },
};

function strip(ui, places, step) {
  const { shape } = ui.s;
  const size = sizeOf(shape);
  const [w, top] = [Math.min(40, 640 / size), 26];
  const here = places[step - 1];
  const X = (place) => place * w + w / 2 + 2;
  const jump = step > 1 ? [places[step - 2], here] : null;
  return h("figure", { key: "strip" }, h("figcaption", {}, "Memory: one strip, the numbers never move"),
    h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Memory" }, h("svg", { class: "strip", viewBox: `0 0 ${size * w + 4} 78`, role: "img", "aria-label": `Memory holds 1 to ${size}; read so far: ${places.slice(0, step).map((p) => p + 1).join(", ") || "nothing"}`, style: { "max-width": `${size * 3}rem`, "min-width": `${size * 24}px` } },
      Array.from({ length: size }, (_, place) => h("g", { key: place, class: place === here ? "c" : "soft" },
        h("rect", { x: place * w + 3, y: top, width: w - 3, height: 30, rx: 4, class: place === here ? "c area" : "line thin" }),
        h("text", { x: X(place), y: top + 20, class: "label", "text-anchor": "middle" }, place + 1),
        h("text", { x: X(place), y: top + 44, class: "note", "text-anchor": "middle" }, orderMark(places, step, place)))),
      jump && h("path", { class: "line c", d: `M${X(jump[0])} ${top - 3}Q${(X(jump[0]) + X(jump[1])) / 2} ${-8} ${X(jump[1])} ${top - 3}` }))));
}
const orderMark = (places, step, place) => {
  const at = places.indexOf(place);
  return at >= 0 && at < step ? `${at + 1}.` : "";
};

/** A table of an array of one or two axes; more axes are shown as rows of their last one. */
function table(name, shape, places, note, now) {
  const columns = shape.length ? shape[shape.length - 1] : 1;
  return matrixShown({
    name, note, rows: Math.max(1, places.length / columns), columns, show: (i, j) => fmt(places[i * columns + j] + 1),
    mark: (i, j) => (places[i * columns + j] === now ? "now" : ""),
  });
}

const about = (shape, strides) => `shape ${shapeText(shape)}, strides ${shapeText(strides)}`;

function fields(ui) {
  const { mode, shape, target } = ui.s;
  const one = (key, list, name) => h("div", { class: "row", key }, h("span", { class: "name" }, name),
    list.map((n, axis) => numberField(ui, {
      key: `${key}${axis}`, label: `${name} axis ${axis}`, value: n, step: 1, min: 1, max: key === "shape" ? 6 : most,
      set: (x) => ui.set({ [key]: list.map((old, i) => (i === axis ? Math.round(x) : old)), step: 0 }),
    })),
    key === "target" && [
      button("+ axis", () => ui.set({ target: [...target, 1], step: 0 }), { disabled: ui.locked || target.length >= 3, "aria-label": "+ axis of size 1, at the end of the new shape" }),
      button("− axis", () => ui.set({ target: [...target.slice(0, -2), target[target.length - 2] * target[target.length - 1]], step: 0 }), { disabled: ui.locked || target.length < 2, "aria-label": "− axis, the last two of the new shape joined" })]);
  return h("div", { class: "side", key: "fields" }, one("shape", shape, "shape of X"), mode !== "transpose" && one("target", target, "new shape"));
}

function view(ui) {
  const { s } = ui;
  const { mode, shape, target, step } = s;
  const own = stridesOf(shape);
  const flipped = [reversed(shape), reversed(own)];
  const found = reading(s);
  const places = order(s);
  const open = !ui.locked;
  const now = open ? places[step - 1] : undefined;
  const columns = [table("X", shape, walk(shape, own), about(shape, own), now)];
  if (open && mode !== "reshape") columns.push(table("X.T", flipped[0], walk(...flipped), about(...flipped), now));
  const mine = open && mode === "transpose" && ui.answer("transpose", values(shape))?.value;
  if (isTable(mine)) {
    columns.push(matrixShown({
      name: "your transpose", cls: "mine", rows: mine.length, columns: mine[0].length, show: (i, j) => fmt(mine[i][j]),
    }));
  }
  const call = `${mode === "view" ? "X.T.view" : "X.reshape"}(${target.join(", ")})`;
  if (open && mode === "reshape" && found.shape) {
    columns.push(table(call, found.shape, places, about(found.shape, found.strides), now),
      table("X.T, for comparison", flipped[0], walk(...flipped), about(...flipped), now));
  }
  if (open && mode === "view" && found.strides) columns.push(table(call, found.shape, places, about(found.shape, found.strides), now));
  return [
    fields(ui),
    strip(ui, open ? places : [], open ? step : 0),
    h("div", { class: "matrices", key: "tables" }, columns),
    open && mode !== "transpose" && !found.shape && h("p", { class: "warn", key: "size" }, `${sizeOf(shape)} numbers do not fill the shape ${shapeText(target)}.`),
    open && mode === "view" && found.shape && !found.strides && h("p", { class: "warn", key: "view" },
      `${call} raises an error: no strides read this order from the strip. X.T.reshape(${target.join(", ")}) copies instead.`),
    open && mode === "reshape" && found.shape && h("p", { key: "same" }, found.shape.join() === flipped[0].join() && places.join() !== walk(...flipped).join()
      ? "The same shape as X.T, and other numbers in it: reshape is not a transpose." : ""),
    open && places.length > 0 && player(ui, { step, last: places.length, set: (to) => ui.set({ step: to }), said: readAloud(s) }),
    open && readouts(
      readout("read in order", places.slice(0, step).map((place) => place + 1).join(", ") || "nothing yet"),
      mode === "transpose" && ui.yours("transpose", [values(shape)], transposed(shape)),
      mode === "transpose" && ui.yours("contiguous_strides", [{ tuple: shape }], own)),
  ];
}

const isTable = (value) => Array.isArray(value) && value.length > 0 && value.length < 13
  && value.every((row) => Array.isArray(row) && row.length > 0 && row.length === value[0].length && row.every(Number.isFinite));
const values = (shape) => Array.from({ length: shape[0] }, (_, i) => Array.from({ length: shape[1] }, (_, j) => i * shape[1] + j + 1));
const transposed = (shape) => Array.from({ length: shape[1] }, (_, j) => Array.from({ length: shape[0] }, (_, i) => i * shape[1] + j + 1));
const readAloud = (s) => {
  const place = order(s)[s.step - 1];
  return place === undefined ? "nothing read yet" : `reads ${place + 1}, at place ${place} of the memory`;
};

export const widget = {
  name: "reshape",
  ...STATES.reshape,
  presets: {
    "(2, 3)": { shape: [2, 3], target: [3, 2], step: 0 }, "(3, 4)": { shape: [3, 4], target: [2, 6], step: 0 },
    "(4, 3)": { shape: [4, 3], target: [12], step: 0 }, "one row": { shape: [1, 6], target: [6], step: 0 },
  },
  questions,
  goals,
  last: (s) => order(s).length,
  clean(s) {
    const size = (list, top) => list.map((n) => Math.min(top, Math.max(1, Math.round(n))));
    const shape = size([s.shape[0] ?? 1, s.shape[1] ?? 1], 6);
    if (sizeOf(shape) > most) shape[1] = Math.floor(most / shape[0]);
    const next = { ...s, shape, target: size(s.target.slice(0, 3), most) };
    if (!next.target.length) next.target = [1];
    next.step = Math.min(order(next).length, Math.max(0, Math.round(s.step)));
    return next;
  },
  say(s) {
    const found = reading(s);
    if (s.step) return readAloud(s);
    if (!found.shape) return "the numbers do not fill the new shape";
    return found.strides ? about(found.shape, found.strides) : "view raises an error";
  },
  uses: ({ mode }) => (mode === "transpose" ? ["transpose", "contiguous_strides"] : []),
  calls: ({ mode, shape }) => (mode === "transpose" ? [
    { function: "transpose", arguments: [values(shape)] }, { function: "contiguous_strides", arguments: [{ tuple: shape }] }] : []),
  code({ mode, shape, target }) {
    const size = sizeOf(shape);
    const [numpy, torch] = [`X = np.arange(1, ${size + 1}).reshape(${shape.join(", ")})`, `X = torch.arange(1, ${size + 1}).reshape(${shape.join(", ")})`];
    const call = { transpose: ["X.T", "X.T"], reshape: [`X.reshape(${target.join(", ")})`, `X.reshape(${target.join(", ")})`], view: [`X.T.reshape(${target.join(", ")})  # a copy where it must`, `X.T.view(${target.join(", ")})`] }[mode];
    const show = (text) => (text.includes("#") ? `print(${text.replace("  #", ")  #")}` : `print(${text})`);
    return { numpy: `import numpy as np\n\n${numpy}\n${show(call[0])}`, torch: `import torch\n\n${torch}\n${show(call[1])}` };
  },
  view,
};

export { mount };
export default widgetOf(widget);
