// The plane: a grid with axes, arrows, and handles that are dragged, tapped, or moved by keys.

import { fmt } from "./text.js";
import { h } from "./tree.js";

const SIZE = 320;
//: Half of 44 pixels, the least that a finger hits, at the narrowest screen.
const REACH = 22;
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** From units of the plane to units of the picture, for a plane from -range to range. */
export function scaleOf(range) {
  const unit = (SIZE - 16) / (2 * range);
  return {
    range,
    unit,
    // A line for each unit, or for so many that they can be told apart.
    every: range > 6 ? range / 5 : 1,
    X: (x) => SIZE / 2 + x * unit,
    Y: (y) => SIZE / 2 - y * unit,
    back: (px, py) => [(px - SIZE / 2) / unit, (SIZE / 2 - py) / unit],
  };
}

const clamp = (x, range) => Math.min(range, Math.max(-range, x));
export const snap = (x, step = 0.25) => Math.round(x / step) * step;
const n = (x) => Number(x.toFixed(2));

/** How far one press of an arrow key moves: Shift for whole units, Alt for fine steps. */
export const keyStep = (event, step = 0.25) => {
  if (event.shiftKey) return step * 4;
  return event.altKey ? step / 5 : step;
};

/** Where a key takes a point; null for keys that move nothing. Home goes back to `home`. */
export function keyed(event, at, home, range) {
  if (event.key === "Home") return home;
  const way = STEPS[event.key];
  if (!way || event.ctrlKey || event.metaKey) return null;
  const step = keyStep(event);
  return way.map((d, i) => clamp(Number((at[i] + d * step).toFixed(6)), range));
}

export const points = (P, list) => list.map(([x, y]) => `${n(P.X(x))},${n(P.Y(y))}`).join(" ");
export const polygon = (P, list, cls, more) =>
  h("polygon", { points: points(P, list), class: cls, ...more });
export const segment = (P, from, to, cls, more) => h("line", {
  x1: n(P.X(from[0])), y1: n(P.Y(from[1])), x2: n(P.X(to[0])), y2: n(P.Y(to[1])), class: cls, ...more,
});
export const polyline = (P, list, cls, more) =>
  h("polyline", { points: points(P, list), class: cls, ...more });

/** Text beside a point, pushed away from the origin and kept inside of the picture. */
export function label(P, [x, y], text, cls = "", push = 14) {
  const far = Math.hypot(x, y) || 1;
  const wide = text.length * 4;
  const wanted = P.X(x) + (x / far) * (push + wide);
  const px = Math.min(SIZE - 6 - wide, Math.max(6 + wide, wanted));
  // Pushed back from an edge, it would lie on the point: then it stands above.
  const lifted = Math.abs(px - wanted) > 4 ? push : 0;
  const py = Math.min(SIZE - 6, Math.max(14, P.Y(y) - (y / far) * push + 4 - lifted));
  return h("text", { x: n(px), y: n(py), class: `label ${cls}`, "text-anchor": "middle" }, text);
}

/** An arrow. `cls` gives its colour and, for what is only compared, its dashes. */
export function arrow(P, from, to, cls, name = "", more = {}) {
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

/** Grid lines of the unit lattice, after a map of the plane; straight lines stay straight. */
export function lattice(P, map, reach, cls, every = 1) {
  const parts = [];
  for (let i = -reach; i <= reach; i += every) {
    for (const [from, to] of [[[i, -reach], [i, reach]], [[-reach, i], [reach, i]]]) {
      const [p, q] = [map(from), map(to)];
      parts.push(`M${n(P.X(p[0]))} ${n(P.Y(p[1]))}L${n(P.X(q[0]))} ${n(P.Y(q[1]))}`);
    }
  }
  return h("path", { d: parts.join(""), class: cls });
}

/** The part of an angle's turn between two headings, as an arc around the origin. */
export function arc(P, from, to, radius, cls) {
  let turn = to - from;
  if (turn > Math.PI) turn -= 2 * Math.PI;
  if (turn < -Math.PI) turn += 2 * Math.PI;
  const list = Array.from({ length: 25 }, (_, i) => {
    const at = from + (turn * i) / 24;
    return [radius * Math.cos(at), radius * Math.sin(at)];
  });
  return { line: polyline(P, list, cls), middle: list[12] };
}

/** The axes with numbers, under everything else. */
export function axes(P) {
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

/**
 * A picture of the plane. `handles` are points that can be moved:
 * {key, label, at, set, home, cls, link, value}; what `set` gets is already kept inside of the plane.
 * `value` is what a handle stands for, where that is not its place.
 */
export function plane(ui, { P, label: name, content, handles = [], still = ui.still, key }) {
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
      // A finger on the background may want to scroll: only what it hits is dragged.
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
      // A tap that did not become a scroll puts the nearest point there.
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
