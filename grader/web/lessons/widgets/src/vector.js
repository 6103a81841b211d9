// A vector of the plane: its length, its direction, and sums, differences and multiples of two.

import {
  add, close, cosine, heading, maxNorm, norm, scale, subtract, sumNorm, unit,
} from "./vectors.js";
import { bars, math, number, over, part, power, root, row } from "./formula.js";
import { arrow, plane, polyline, scaleOf, segment } from "./plane.js";
import { readout, readouts, slider, toggle, vectorFields } from "./controls.js";
import { degrees, drawable, fmt, literal, program, signed, tuple } from "./text.js";
import { mount, widgetOf } from "./shell.js";
import { STATES } from "./states.js";
import { h } from "./tree.js";

// The scale of the picture that is being drawn: each view sets it first.
let P = scaleOf(6);
const START = [1.5, 2];
const DIAGONAL = [-Math.SQRT1_2, Math.SQRT1_2];

/** What a mode computes from its state; null where the zero vector has no direction. */
export function result({ mode, a, b, c }) {
  if (mode === "length") return norm(a);
  if (mode === "unit") return unit(a);
  if (mode === "scale") return scale(c, a);
  return mode === "add" ? add(a, b) : subtract(a, b);
}

export const goals = [
  {
    id: "vector-diagonal", mode: "unit", text: "Give the unit vector the direction of 135 degrees.",
    start: { a: [2, 1] },
    reached: ({ a }) => norm(a) > 0 && close(unit(a), DIAGONAL, 0.01),
  },
  {
    id: "vector-double", mode: "length", start: { a: START },
    text: "From (1.5, 2), double the length and keep the direction.",
    reached: ({ a }) => Math.abs(norm(a) - 2 * norm(START)) < 0.01 && cosine(a, START) > 0.9999,
  },
  {
    id: "vector-upright", mode: "subtract", start: { a: [3, 1], b: [-1, 2] },
    text: "Make a − b vertical, and not zero.",
    reached: ({ a, b }) => Math.abs(a[0] - b[0]) < 0.001 && Math.abs(a[1] - b[1]) > 0.001,
  },
  {
    id: "vector-cancel", mode: "add", start: { a: [2, 1], b: [1, 2] },
    text: "Make a + b the zero vector, while neither a nor b is.",
    reached: ({ a, b }) => norm(a) > 0 && norm(add(a, b)) < 0.001,
  },
  {
    id: "vector-opposite", mode: "scale", start: { a: [2, 1], c: 1 },
    text: "Let c a point the other way, with half the length of a.",
    reached: ({ c, a }) => norm(a) > 0 && Math.abs(c + 0.5) < 0.001,
  },
];

const place = (s) => result(s) ?? [0, 0];
const sumOf = (again, ask, why) => ({ kind: "numbers", fields: ["x", "y"], answer: place, ask, why, again });

const questions = {
  length: {
    kind: "numbers", fields: ["length"], tolerance: 0.05,
    ask: ({ a }) => `How long is the arrow a = ${tuple(a)}?`,
    answer: ({ a }) => [norm(a)],
    why: ({ a }) => `The legs are ${a.map((x) => fmt(Math.abs(x))).join(" and ")}, and the squares of the legs add up.`,
    again: [{ a: [-6, 2.5] }, { a: [0, -4] }, { a: [5, 5] }, { a: [1.5, 2] }, { a: [3, -4] }],
  },
  unit: {
    kind: "choice",
    ask: ({ a }) => `The unit vector of a = ${tuple(a)} has the same direction. How long is it?`,
    options: ({ a }) => [["one", "1"], ["same", `as long as a, ${fmt(norm(a))}`], ["sum", "until its components add up to 1"], ["none", "there is none"]],
    answer: ({ a }) => (norm(a) === 0 ? "none" : "one"),
    why: ({ a }) => (norm(a) === 0 ? "Zero points nowhere: 0/0." : "Dividing by the length leaves a length of 1, whatever a is."),
    again: [{ a: [0, 0] }, { a: [0.5, 0.25] }, { a: [-3, 4] }, { a: [3, 4] }],
  },
  add: sumOf([{ a: [-2, 3], b: [3, -1] }, { a: [1, -4], b: [-1, 4] }, { a: [3, 1], b: [1, 2] }],
    ({ a, b }) => `Where does the tip of a + b lie, for a = ${tuple(a)} and b = ${tuple(b)}?`,
    () => "Component by component: b is put at the tip of a."),
  subtract: sumOf([{ a: [-2, 1], b: [2, 3] }, { a: [1, 1], b: [-2, -2] }, { a: [4, 1], b: [1, 3] }],
    ({ a, b }) => `The error is prediction minus target, a − b. What is it for a = ${tuple(a)} and b = ${tuple(b)}?`,
    () => "It is the way from the target's tip to the prediction's tip."),
  scale: sumOf([{ a: [-2, 4], c: 0.5 }, { a: [3, -1], c: -1 }, { a: [2, 1], c: -2 }],
    ({ a, c }) => `Where does the tip of c a lie, for c = ${fmt(c)} and a = ${tuple(a)}?`,
    ({ c }) => (c < 0 ? "A negative factor turns the arrow around." : "Each component is multiplied, the direction stays.")),
};

function lengthView(ui) {
  const { a } = ui.s;
  return [
    segment(P, [0, 0], [a[0], 0], "line thin dashed soft"), segment(P, [a[0], 0], [a[0], a[1]], "line thin dashed soft"),
    arrow(P, [0, 0], a, "a", "a", { "data-link": "a" }),
    reachOf(ui),
    !ui.locked && a[0] !== 0 && a[1] !== 0 && h("g", {},
      h("text", { class: "note", x: P.X(a[0] / 2), y: P.Y(0) + (a[1] > 0 ? 24 : -8), "text-anchor": "middle" }, fmt(a[0])),
      h("text", { class: "note", x: P.X(a[0]) + (a[0] > 0 ? 8 : -8), y: P.Y(a[1] / 2), "text-anchor": a[0] > 0 ? "start" : "end" }, fmt(a[1]))),
  ];
}

/** The circle of the student's length: the tip of a lies on it where that length is right. */
function reachOf(ui) {
  const found = ui.answer("magnitude", ui.s.a)?.value;
  return drawable(found) && found > 0 && ui.s.a.length === 2 ? ring(found, "line mine") : null;
}

const ring = (radius, cls) => polyline(P, Array.from({ length: 73 }, (_, i) =>
  [radius * Math.cos((i * Math.PI) / 36), radius * Math.sin((i * Math.PI) / 36)]), cls);

function content(ui) {
  const { mode, a, b } = ui.s;
  if (mode === "length") return lengthView(ui);
  const out = ui.locked ? null : result(ui.s);
  if (mode === "unit") {
    const mine = answered(ui, "unit_vector", [a], out);
    return [ring(1, "line thin soft"), arrow(P, [0, 0], a, "a dashed", "a", { "data-link": "a" }),
      out && arrow(P, [0, 0], out, "c", "", { "data-link": "c" }), mine && arrow(P, [0, 0], mine, "mine", "yours")];
  }
  if (mode === "scale") {
    return [out && segment(P, scale(-9, a), scale(9, a), "line thin dashed soft"),
      out && arrow(P, [0, 0], out, "c", "c a", { "data-link": "c" }), arrow(P, [0, 0], a, "a", "a", { "data-link": "a" })];
  }
  const plus = mode === "add";
  const mine = answered(ui, plus ? "add" : "error", [a, b], out);
  return [
    out && plus && arrow(P, a, out, "b dashed", ""),
    arrow(P, [0, 0], a, "a", "a", { "data-link": "a" }), arrow(P, [0, 0], b, "b", "b", { "data-link": "b" }),
    out && (plus ? arrow(P, [0, 0], out, "c", "a + b", { "data-link": "c" })
      : [arrow(P, b, a, "c", "", { "data-link": "c" }), arrow(P, [0, 0], out, "c dashed", "a − b")]),
    mine && arrow(P, [0, 0], mine, "mine", "yours"),
  ];
}

/** The student's value where it can be drawn as an arrow, and differs or not. */
function answered(ui, name, args, expected) {
  const found = ui.answer(name, ...args);
  const value = found?.value;
  return expected && Array.isArray(value) && value.length === 2 && value.every(drawable) ? value : null;
}

const squares = (a) => a.flatMap((x, i) => [i ? "+" : "", power(number(x, true), 2)]).filter((x) => x !== "");

function formulas(ui) {
  const { mode, a, b, c } = ui.s;
  const out = result(ui.s);
  if (mode === "length") return math(bars(part("a", "a")), "=", root(...squares(a)), "=", number(out));
  if (mode === "unit") {
    if (!out) return h("p", { class: "warn" }, "The zero vector has no direction: 0/0.");
    return math(part("c", "u"), "=", over(part("a", "a"), bars(part("a", "a"))), "=",
      row("(", ...a.flatMap((x, i) => [i ? "," : "", over(x, norm(a))]).filter((x) => x !== ""), ")"), "=", "(",
      ...out.flatMap((x, i) => [i ? "," : "", number(x)]).filter((x) => x !== ""), ")");
  }
  const [sign, other] = mode === "add" ? ["+", "b"] : ["−", "b"];
  const terms = a.map((x, i) => (mode === "scale" ? `${fmt(c)} · ${signed(x)}` : `${fmt(x)} ${sign} ${signed(b[i])}`));
  return math(...(mode === "scale" ? [part("c", "c"), part("a", "a")] : [part("a", "a"), sign, part("b", other)]), "=",
    h("mn", {}, `(${terms.join(", ")})`), "=", h("mn", { class: "c", "data-link": "c" }, tuple(out)));
}

function side(ui) {
  const { mode, a, b, c } = ui.s;
  const two = mode === "add" || mode === "subtract";
  const out = ui.locked ? null : result(ui.s);
  const names = mode === "subtract" ? ["a (prediction)", "b (target)"] : ["a", "b"];
  return h("div", { class: "side" },
    vectorFields(ui, { name: names[0], value: a, link: "a", home: ui.initial.a, min: -6, max: 6, set: (v) => ui.set({ a: v }) }),
    two && vectorFields(ui, { name: names[1], value: b, link: "b", home: ui.initial.b, min: -6, max: 6, set: (v) => ui.set({ b: v }) }),
    mode === "scale" && slider(ui, { label: "c", value: c, min: -3, max: 3, step: 0.1, link: "c", set: (v) => ui.set({ c: v }) }),
    !ui.locked && [formulas(ui), readouts(
      mode === "length" && ui.yours("magnitude", [a], out),
      mode === "unit" && out && [readout("length of u", fmt(norm(out)), { link: "c" }), ui.yours("unit_vector", [a], out)],
      mode === "add" && ui.yours("add", [a, b], out),
      mode === "subtract" && ui.yours("error", [a, b], out),
      (two || mode === "scale") && readout("length", `${fmt(norm(a))}${two ? ` and ${fmt(norm(b))}` : ""} → ${fmt(norm(out))}`),
    )]);
}

function more(ui) {
  const { mode, a, wide } = ui.s;
  const out = result(ui.s);
  const shown = mode === "unit" ? out : [out].flat();
  const digits = (shown ?? []).map((x) => (wide ? x : Math.fround(x)));
  // A float32 is written with as few digits as tell it from its neighbours.
  const written = digits.map((x) => (wide ? String(x) : shortest(x)));
  return [
    readouts(
      a.length === 2 && norm(a) > 0 && readout("angle of a", `${fmt(degrees(heading(a)), 1)}° = ${fmt(heading(a))} rad`),
      readout("sum norm of a, |x| + |y|", fmt(sumNorm(a)), { cls: "soft" }),
      readout("max norm of a", fmt(maxNorm(a)), { cls: "soft" }),
      readout(`printed as ${wide ? "float64" : "float32"}`, written.join("  ") || "nan"),
    ),
    h("div", { class: "row" },
      toggle("float64", wide, (value) => ui.set({ wide: value })),
      (mode === "length" || mode === "unit") && toggle("a third component", a.length === 3,
        (value) => ui.set({ a: value ? [...a, 2] : a.slice(0, 2) }))),
  ];
}

/** A float32 with the fewest digits that give it back. */
export function shortest(x) {
  const value = Math.fround(x);
  for (let digits = 1; digits <= 9; digits += 1) {
    if (Math.fround(Number(value.toPrecision(digits))) === value) return String(Number(value.toPrecision(digits)));
  }
  return String(value);
}

function bar(ui) {
  const { a } = ui.s;
  return h("figure", {}, h("figcaption", {}, "Third component"),
    h("svg", { viewBox: "0 0 320 60", class: "bars", "aria-hidden": "true" },
      h("line", { x1: 160, x2: 160, y1: 5, y2: 55, class: "axis" }),
      h("rect", { class: "a area", x: Math.min(160, 160 + a[2] * 25), width: Math.abs(a[2] * 25), y: 18, height: 24, rx: 3 }),
      h("text", { class: "note", x: 160 + a[2] * 25 + (a[2] < 0 ? -8 : 8), y: 36, "text-anchor": a[2] < 0 ? "end" : "start" }, fmt(a[2]))));
}

function view(ui) {
  const { mode, a, b } = ui.s;
  const two = mode === "add" || mode === "subtract";
  const out = result(ui.s);
  const long = mode === "length" ? ui.answer("magnitude", a)?.value : 0;
  P = ui.scale(6, [a.slice(0, 2), [drawable(long) ? long : 0, 0], ...(two ? [b, out] : []), ...(mode === "scale" ? [out] : [])]);
  const draft = ui.locked && ui.question.fields?.length === 2 && ui.draft;
  const handles = [{
    key: "a", cls: "a", label: "tip of a", at: a.slice(0, 2), home: ui.initial.a.slice(0, 2),
    set: (v) => ui.set({ a: [...v, ...a.slice(2)] }),
  }];
  if (two) handles.push({ key: "b", cls: "b", label: "tip of b", at: b, home: ui.initial.b, set: (v) => ui.set({ b: v }) });
  return [
    h("div", { class: "pictures" },
      plane(ui, {
        P, label: `The plane with ${two ? "a and b" : "a"}`, handles,
        content: [content(ui), draft && arrow(P, [0, 0], draft, "soft dashed", "your prediction")],
      }),
      a.length === 3 && (mode === "length" || mode === "unit") && bar(ui)),
    side(ui),
  ];
}

export const widget = {
  name: "vector",
  ...STATES.vector,
  presets: {
    "3-4-5": { a: [3, 4] }, unit: { a: [0.6, 0.8] }, negative: { a: [-2, -3] }, tiny: { a: [0.05, 0.1] },
    zero: { a: [0, 0] }, "learning rate 0.1": { c: 0.1, only: ["scale"] },
  },
  questions,
  goals,
  clean(s) {
    const fit = (v, sizes) => (sizes.includes(v.length) ? v : v.length > 2 ? v.slice(0, 2) : [v[0] ?? 0, 0]);
    const sizes = s.mode === "length" || s.mode === "unit" ? [2, 3] : [2];
    return { ...s, a: fit(s.a, sizes), b: fit(s.b, [2]) };
  },
  say(s) {
    const out = result(s);
    if (s.mode === "length") return out === 0 ? "length 0: no direction" : `length ${fmt(out)}`;
    if (s.mode === "unit") return out ? `unit vector ${tuple(out)}` : "zero vector: no direction";
    const words = { add: "a plus b", subtract: "a minus b", scale: "c a" }[s.mode];
    return `${words}: ${tuple(out)}, length ${fmt(norm(out))}`;
  },
  uses: ({ mode }) => ({ length: ["magnitude"], unit: ["unit_vector"], add: ["add"], subtract: ["error"] })[mode] ?? [],
  calls({ mode, a, b }) {
    const each = { length: ["magnitude", a], unit: ["unit_vector", a], add: ["add", a, b], subtract: ["error", a, b] }[mode];
    return each ? [{ function: each[0], arguments: each.slice(1) }] : [];
  },
  code({ mode, a, b, c }) {
    if (mode === "length") return program({ a }, ["print(np.linalg.norm(a))"], ["print(torch.linalg.norm(a))"]);
    if (mode === "unit") return program({ a }, ["print(a / np.linalg.norm(a))"], ["print(a / torch.linalg.norm(a))"]);
    if (mode === "scale") return program({ a }, [`print(${literal(c)} * a)`]);
    return program({ a, b }, [`print(a ${mode === "add" ? "+" : "-"} b)`]);
  },
  view,
  more,
};

export { mount };
export default widgetOf(widget);
