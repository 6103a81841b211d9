// The dot product of two vectors: projection, angle, sign; and a neuron, which fires where it is
// positive.

import { add, angle, cosine, dot, heading, norm, perpendicular, project, scale, unit, update } from "./vectors.js";
import { math, number, part } from "./formula.js";
import { arc, arrow, label, plane, polygon, scaleOf, segment } from "./plane.js";
import { button, choice, readout, readouts, slider, vectorFields } from "./controls.js";
import { degrees, drawable, fmt, literal, program, signed, tuple } from "./text.js";
import { mount, widgetOf } from "./shell.js";
import { STATES } from "./states.js";
import { h } from "./tree.js";

// The scale of the picture that is being drawn: each view sets it first.
let P = scaleOf(6);
const SAME = { a: [3, 1], b: [2, 2] };

export const products = (a, b) => a.map((x, i) => x * b[i]);
/** The sign in words, with a little room for rounding. */
export const signOf = (x) => (Math.abs(x) < 1e-9 ? "zero" : x > 0 ? "positive" : "negative");
export const fires = (w, x, bias = 0) => dot(w, x) + bias > 0;

/** Keep what is locked of a vector while it moves: its length or its angle. */
export function held(lock, before, next) {
  if (lock === "length") {
    const direction = unit(next);
    return direction ? scale(norm(before), direction) : before;
  }
  if (lock === "angle") return project(next, before) ?? next;
  return next;
}

const whole = (v) => v.every((x) => Math.abs(x - Math.round(x)) < 1e-6);

export const goals = [
  {
    id: "dot-same", mode: "dot", start: { ...SAME, lock: "none" },
    text: "Keep a · b at 8, and make the cosine differ from 0.894 by more than 0.05.",
    reached: ({ a, b }) => Math.abs(dot(a, b) - 8) < 0.01 && Math.abs((cosine(a, b) ?? 9) - cosine(SAME.a, SAME.b)) > 0.05,
  },
  {
    id: "dot-opposite", mode: "dot", start: { a: [3, 1], b: [2, -1], lock: "none" }, text: "Make the cosine −1.",
    reached: ({ a, b }) => cosine(a, b) !== null && cosine(a, b) < -0.99999,
  },
  {
    id: "dot-perpendicular", mode: "dot", start: { a: [3, 1], b: [2, 2], lock: "none" },
    text: "Make two perpendicular vectors of whole numbers, none of them 0.",
    reached: ({ a, b }) => [...a, ...b].every((x) => Math.abs(x) > 0.5) && whole([...a, ...b]) && Math.abs(dot(a, b)) < 1e-9,
  },
  {
    id: "neuron-all", mode: "neuron", start: { w: [1, -2], bias: 0 },
    text: "Turn w until inputs 1, 2 and 3 make the neuron fire.",
    reached: ({ w, X, bias }) => bias === 0 && X.slice(0, 3).every((x) => fires(w, x)),
  },
  {
    id: "neuron-boundary", mode: "neuron", start: { w: [2, 1], bias: 0, X: [[3, 1], [-1, 3], [1, -4], [-3, -2]] },
    text: "Put input 1 on the boundary, away from the origin.",
    reached: ({ w, X, bias }) => Math.abs(dot(w, X[0]) + bias) < 1e-9 && norm(X[0]) > 0.5 && norm(w) > 0,
  },
];

const questions = {
  dot: {
    kind: "choice",
    ask: ({ a, b }) => `Which sign does a · b have, for a = ${tuple(a)} and b = ${tuple(b)}?`,
    options: () => [["positive", "positive"], ["zero", "zero"], ["negative", "negative"]],
    answer: ({ a, b }) => signOf(dot(a, b)),
    why: ({ a, b }) => `a · b = ${a.map((x, i) => `${fmt(x)} · ${signed(b[i])}`).join(" + ")} = ${fmt(dot(a, b))}; ${angle(a, b) === null ? "a zero vector has no angle" : `the angle is ${fmt(degrees(angle(a, b)), 0)}°`}.`,
    again: [{ a: [2, 3], b: [3, -2] }, { a: [-3, 1], b: [2, 1] }, { a: [-4, -1], b: [-1, 3] }, { a: [3, 1], b: [1, 3] }],
  },
  neuron: {
    kind: "many",
    ask: ({ w, bias }) => `The neuron fires where w · x${bias ? " + b" : ""} > 0. Which inputs make it fire, for w = ${tuple(w)}${bias ? ` and b = ${fmt(bias)}` : ""}?`,
    options: ({ X }) => X.map((x, i) => [String(i), `${i + 1}: ${tuple(x)}`]),
    answer: ({ w, X, bias }) => X.flatMap((x, i) => (fires(w, x, bias) ? [String(i)] : [])),
    why: () => "Those on the side to which w points.",
    again: [{ w: [-1, 2] }, { w: [0, -2] }, { w: [-2, -1] }, { w: [2, 1] }],
  },
};

const COLOURS = { positive: "good", zero: "soft", negative: "warn" };

function bars(ui) {
  const { a, b } = ui.s;
  const list = [...products(a, b), dot(a, b)];
  const mine = ui.answer("dot_product", a, b)?.value;
  const most = Math.max(4, ...[...list, mine].filter(drawable).map(Math.abs));
  const names = ["a₁ b₁", "a₂ b₂", "sum"];
  const to = (x) => 160 + (x / most) * 95;
  return h("figure", { key: "bars" }, h("figcaption", {}, "Products, and their sum"),
    h("svg", { class: "bars", viewBox: "0 0 320 84", role: "img", "aria-label": `Products ${list.slice(0, 2).map((x) => fmt(x)).join(" and ")}, sum ${fmt(list[2])}` },
      h("line", { class: "axis", x1: 160, x2: 160, y1: 2, y2: 82 }),
      list.map((x, i) => h("g", { key: names[i], class: i === 2 ? "c" : i ? "b" : "a", "data-link": i === 2 ? "sum" : `p${i + 1}` },
        h("rect", { class: "area", x: Math.min(160, to(x)), y: 6 + i * 27, width: Math.abs(to(x) - 160), height: 18, rx: 3 }),
        h("text", { class: "note", x: 4, y: 20 + i * 27 }, names[i]),
        h("text", { class: "note", x: to(x) + (x < 0 ? -6 : 6), y: 20 + i * 27, "text-anchor": x < 0 ? "end" : "start" }, fmt(x)))),
      drawable(mine) && h("rect", { class: "line mine", x: Math.min(160, to(mine)), y: 57, width: Math.max(1, Math.abs(to(mine) - 160)), height: 24, rx: 4 })));
}

/** Where a · b lies between the least and the most that the two lengths allow. */
function gauge(ui) {
  const { a, b } = ui.s;
  const most = norm(a) * norm(b);
  const cos = cosine(a, b);
  return h("figure", { key: "gauge" }, h("figcaption", {}, "Between −|a| |b| and |a| |b|"),
    h("svg", { class: "bars", viewBox: "0 0 320 40", role: "img", "aria-label": `a · b is ${fmt(dot(a, b))}, between ${fmt(-most)} and ${fmt(most)}` },
      h("line", { class: "axis", x1: 20, x2: 300, y1: 14, y2: 14 }), h("line", { class: "axis", x1: 160, x2: 160, y1: 8, y2: 20 }),
      h("circle", { class: "c area", cx: 160 + 140 * (cos ?? 0), cy: 14, r: 7 }),
      h("text", { class: "note", x: 20, y: 35, "text-anchor": "start" }, fmt(-most)),
      h("text", { class: "note", x: 160, y: 35, "text-anchor": "middle" }, "0"),
      h("text", { class: "note", x: 300, y: 35, "text-anchor": "end" }, fmt(most))));
}

function dotView(ui) {
  const { a, b, lock } = ui.s;
  const open = !ui.locked;
  const shadow = open && project(a, b);
  const theta = open && norm(a) && norm(b) ? arc(P, heading(b), heading(a), P.range / 6, "line thin soft") : null;
  const product = dot(a, b);
  const mine = open && norm(b) > 0 && ui.answer("dot_product", a, b)?.value;
  const turned = theta && ui.answer("angle", a, b)?.value;
  const side = Math.sign(Math.sin(heading(a) - heading(b))) || 1;
  P = ui.scale(6, [a, b]);
  const move = (key, other) => (v) => ui.set({ [key]: held(lock, ui.s[key], v), [other]: ui.s[other] });
  const picture = plane(ui, {
    P, label: "The plane with a and b",
    content: [
      open && norm(b) > 0 && segment(P, scale(-12 / norm(b), b), scale(12 / norm(b), b), "line thin dashed soft"),
      shadow && [segment(P, [0, 0], shadow, "line thick c", { "data-link": "shadow" }), segment(P, a, shadow, "line thin dashed soft")],
      drawable(mine) && segment(P, [0, 0], scale(mine / norm(b) ** 2, b), "line mine"),
      typeof turned === "number" && turned >= 0 && turned <= Math.PI
        && arc(P, heading(b), heading(b) + side * turned, P.range / 4, "line mine").line,
      theta && [theta.line, label(P, theta.middle, `${fmt(degrees(angle(a, b)), 0)}°`, "soft", 16)],
      arrow(P, [0, 0], b, "b", "b", { "data-link": "b" }), arrow(P, [0, 0], a, "a", "a", { "data-link": "a" }),
    ],
    handles: [
      { key: "a", cls: "a", label: "tip of a", at: a, home: ui.initial.a, set: move("a", "b") },
      { key: "b", cls: "b", label: "tip of b", at: b, home: ui.initial.b, set: move("b", "a") },
    ],
  });
  const sign = signOf(product);
  return [
    h("div", { class: "pictures" }, picture),
    h("div", { class: "side" },
      vectorFields(ui, { name: "a", value: a, link: "a", home: ui.initial.a, min: -6, max: 6, set: move("a", "b") }),
      vectorFields(ui, { name: "b", value: b, link: "b", home: ui.initial.b, min: -6, max: 6, set: move("b", "a") }),
      open && [
        math(part("a", "a"), "·", part("b", "b"), "=", ...a.flatMap((x, i) => [i ? "+" : "", h("mrow", { "data-link": `p${i + 1}` }, part("a", number(x, true)), h("mo", {}, "·"), part("b", number(b[i], true)))]).filter((x) => x !== ""),
          "=", h("mrow", { "data-link": "sum", class: "c" }, number(product))),
        readouts(
          readout("sign", h("span", { class: COLOURS[sign] }, { positive: "+ positive: they point to the same side", zero: "0: perpendicular", negative: "− negative: they point to opposite sides" }[sign])),
          readout("cosine", norm(a) && norm(b) ? fmt(cosine(a, b)) : "none: a zero vector has no angle"),
          norm(b) > 0 && readout("shadow of a on b, signed length", fmt(product / norm(b)), { link: "shadow" }),
          ui.yours("dot_product", [a, b], product),
          cosine(a, b) !== null && [ui.yours("cosine_similarity", [a, b], cosine(a, b)), ui.yours("angle", [a, b], angle(a, b))],
        ),
        bars(ui),
        slider(ui, {
          label: "length of a", value: Number(norm(a).toFixed(2)), min: 0.25, max: 6, step: 0.25, disabled: norm(a) === 0,
          set: (to) => ui.set({ a: scale(to, unit(a)).map((x) => Number(x.toFixed(6))) }),
        }),
        h("div", { class: "row" },
          button("Snap a to perpendicular", () => ui.set({ a: perpendicular(a, b) }))),
        choice(ui, {
          label: "Hold", value: lock, set: (value) => ui.set({ lock: value }),
          options: [["none", "nothing"], ["length", "lengths"], ["angle", "angles"]],
        }),
      ]),
  ];
}

/** What the student's function is asked: a bias only where there is one. */
const asked = (w, x, bias) => (bias ? [w, x, bias] : [w, x]);

function neuronView(ui) {
  const { w, X, eta, pick, bias } = ui.s;
  const open = !ui.locked;
  P = ui.scale(6, [w, ...X]);
  // The point of the boundary that is nearest to the origin.
  const foot = norm(w) ? scale(-bias / norm(w) ** 2, w) : [0, 0];
  const left = norm(w) ? scale(4 * P.range / norm(w), [-w[1], w[0]]) : null;
  const front = norm(w) ? scale(4 * P.range / norm(w), w) : [0, 0];
  const at = (i) => (v) => ui.set({ X: X.map((x, k) => (k === i ? v : x)), pick: i });
  const picture = plane(ui, {
    P, label: "The plane with w and four inputs",
    content: [
      open && left && [
        polygon(P, [left, add(left, front), add(scale(-1, left), front), scale(-1, left)].map((p) => add(foot, p)), "half"),
        segment(P, add(foot, left), add(foot, scale(-1, left)), "line thin dashed a")],
      arrow(P, [0, 0], w, "a", "w", { "data-link": "w" }),
      X.map((x, i) => {
        const on = fires(w, x, bias);
        const mine = ui.answer("pre_activation", ...asked(w, x, bias));
        return h("g", { key: `x${i}` },
          h("circle", { cx: P.X(x[0]), cy: P.Y(x[1]), r: 9, class: open && on ? "c area" : "soft area" }),
          label(P, x, open ? `${i + 1} ${on ? "fires" : "silent"}` : `${i + 1}`, open && on ? "c" : "soft", 18),
          typeof mine?.value === "number" && (mine.value > 0) !== on
            && h("circle", { cx: P.X(x[0]), cy: P.Y(x[1]), r: 15, class: "mine line" }));
      }),
    ],
    handles: [
      { key: "w", cls: "a", label: "tip of w", at: w, home: ui.initial.w, set: (v) => ui.set({ w: v }) },
      ...X.map((x, i) => ({ key: `x${i + 1}`, cls: "b", label: `input ${i + 1}`, at: x, home: ui.initial.X[i], set: at(i) })),
    ],
  });
  const x = X[pick];
  return [
    h("div", { class: "pictures" }, picture),
    h("div", { class: "side" },
      vectorFields(ui, { name: "w", value: w, link: "w", home: ui.initial.w, min: -6, max: 6, set: (v) => ui.set({ w: v }) }),
      X.map((each, i) => vectorFields(ui, { name: `x${"₁₂₃₄"[i]}`, value: each, link: `x${i + 1}`, home: ui.initial.X[i], min: -6, max: 6, set: at(i) })),
      open && [
        readouts(X.map((each, i) => readout(`w · x${"₁₂₃₄"[i]}${bias ? " + b" : ""}`, h("span", {}, fmt(dot(w, each) + bias), fires(w, each, bias) ? " fires" : " silent"), { link: `x${i + 1}` })),
          X.map((each, i) => h("div", { key: i }, ui.yours("pre_activation", asked(w, each, bias), dot(w, each) + bias)))),
        choice(ui, { label: "One update toward input", value: String(pick), options: X.map((_, i) => [String(i), String(i + 1)]), set: (i) => ui.set({ pick: Number(i) }) }),
        slider(ui, { label: "eta", text: "η", value: eta, min: 0, max: 1, step: 0.05, set: (v) => ui.set({ eta: v }) }),
        h("div", { class: "row" }, button("w + η x", () => ui.set({ w: update(w, x, eta) }), { class: "main", "aria-label": "w + η x, one update" }),
          h("small", {}, `turns w toward input ${pick + 1}: ${tuple(update(w, x, eta))}`)),
      ]),
  ];
}

export const widget = {
  name: "dot",
  ...STATES.dot,
  presets: {
    perpendicular: { a: [2, 4], b: [4, -2], only: ["dot"] }, parallel: { a: [2, 1], b: [4, 2], only: ["dot"] },
    opposite: { a: [2, 1], b: [-4, -2], only: ["dot"] }, "unit vectors": { a: [0.6, 0.8], b: [1, 0], only: ["dot"] },
    zero: { a: [0, 0], only: ["dot"] }, "zero weights": { w: [0, 0], only: ["neuron"] },
  },
  questions,
  goals,
  clean(s) {
    const two = (v) => [v[0] ?? 0, v[1] ?? 0];
    const like = [[3, 2], [-1, 4], [2, -3], [-4, -1]];
    return {
      ...s, a: two(s.a), b: two(s.b), w: two(s.w), X: like.map((x, i) => two(s.X[i] ?? x)),
      pick: Math.min(3, Math.max(0, Math.round(s.pick))), lock: ["none", "length", "angle"].includes(s.lock) ? s.lock : "none",
    };
  },
  say({ mode, a, b, w, X, bias }) {
    if (mode === "dot") return `a dot b: ${fmt(dot(a, b))}, ${signOf(dot(a, b))}; cosine ${fmt(cosine(a, b))}`;
    const on = X.flatMap((x, i) => (fires(w, x, bias) ? [i + 1] : []));
    return on.length ? `fires for input ${on.join(", ")}` : "silent for all inputs";
  },
  uses: ({ mode }) => (mode === "dot" ? ["dot_product", "cosine_similarity", "angle"] : ["pre_activation"]),
  calls({ mode, a, b, w, X, bias }) {
    if (mode === "neuron") return X.map((x) => ({ function: "pre_activation", arguments: asked(w, x, bias) }));
    const direction = cosine(a, b) === null ? [] : ["cosine_similarity", "angle"];
    return ["dot_product", ...direction].map((name) => ({ function: name, arguments: [a, b] }));
  },
  code({ mode, a, b, w, X, bias }) {
    if (mode === "neuron") return program({ w, X }, [`print(X @ w${bias ? ` + ${literal(bias)}` : ""} > 0)`]);
    return program({ a, b }, ["print(a @ b)", "print(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))"],
      ["print(a @ b)", "print(torch.nn.functional.cosine_similarity(a, b, dim=0))"]);
  },
  view: (ui) => (ui.s.mode === "dot" ? dotView(ui) : neuronView(ui)),
  more: (ui) => (ui.s.mode === "dot" ? gauge(ui) : [
    slider(ui, { label: "bias b", value: ui.s.bias, min: -6, max: 6, step: 0.25, set: (bias) => ui.set({ bias }) }),
    readouts(
      readout("length of w", fmt(norm(ui.s.w))),
      readout("distances of the inputs to the boundary", ui.s.X.map((x) => (norm(ui.s.w) ? fmt((dot(ui.s.w, x) + ui.s.bias) / norm(ui.s.w)) : "none")).join(", ")))]),
};

export { mount };
export default widgetOf(widget);
