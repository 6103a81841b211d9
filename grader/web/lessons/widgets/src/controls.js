// Fields, buttons and switches. Every value that can be dragged has one of these, too.

import { fmt, plural } from "./text.js";
import { keyStep } from "./plane.js";
import { h } from "./tree.js";

const round = (x) => Number(x.toFixed(6));
//: How far a number is dragged for one step.
const PIXELS = 6;
const letGo = (ui, event) => {
  const held = event.target.wxbScrub;
  event.target.wxbScrub = null;
  if (!held?.on) return;
  ui.dragging = false;
  ui.draw();
};
const clamp = (x, min, max) => Math.min(max, Math.max(min, x));

/** A number with a step down and a step up; typed in, or moved by the arrow keys. */
export function numberField(ui, field) {
  const { label, value, set, step = 0.25, min = -10, max = 10, disabled, link, home } = field;
  const off = disabled || (ui.locked && !field.free);
  const to = (x) => set(clamp(round(x), min, max));
  const button = (sign, word) => h("button", {
    type: "button", class: "step", disabled: off, tabindex: -1,
    "aria-label": `${word} ${label} by ${fmt(step)}`, onclick: () => to(value + sign * step),
  }, sign < 0 ? "−" : "+");
  // A drag over the field, sideways: a step for each few pixels. Not while it is typed in.
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

/** The components of a vector: (x, y), each with its field. */
export const vectorFields = (ui, { name, value, set, link, home, ...more }) =>
  h("div", { class: "row", key: name },
    h("span", { class: `name ${link ?? ""}`, "data-link": link }, `${name} =`),
    value.map((x, i) => numberField(ui, {
      label: `${name}, component ${i + 1}`, value: x, link, home: home?.[i], ...more,
      set: (next) => set(value.map((old, k) => (k === i ? next : old))),
    })));

/**
 * A matrix as a bracketed table of fields, with one pair of steps for the cell that was used last.
 * `mark(i, j)` gives the classes of a cell.
 */
export function matrixFields(ui, { name, value, set, mark, link, links, note, corner, ...more }) {
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

/** A matrix that is only shown. `show(i, j)` gives the text of a cell, `pick` makes cells buttons. */
export function matrixShown({ name, rows, columns, show, mark, links, note, corner, pick, say, cls = "" }) {
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

/** One number along a line, and its field. */
export const slider = (ui, { label, value, set, min, max, step = 0.05, disabled, free, text, link }) =>
  h("div", { class: "row slide", key: label },
    h("label", { class: "name", for: ui.id(label), "data-link": link }, text ?? label),
    h("input", {
      type: "range", id: ui.id(label), min, max, step, value: round(value),
      disabled: disabled || (ui.locked && !free), "aria-valuetext": fmt(value),
      oninput: (event) => { event.target.wxbTyped = event.target.value; set(Number(event.target.value)); },
    }),
    numberField(ui, { label: `${label}, as a number`, value, set, min, max, step, disabled, free, link }));

/** One of a few. */
export const choice = (ui, { label, options, value, set, disabled, hidden }) =>
  h("fieldset", { class: "choice", key: label },
    h("legend", { class: hidden ? "unseen" : null }, label),
    options.map(([key, text]) => h("label", { key, class: "option" },
      h("input", {
        type: "radio", name: ui.id(label), value: key, checked: key === value, disabled,
        onchange: () => set(key),
      }), h("span", {}, text))));

export const toggle = (label, value, set, disabled = false) =>
  h("label", { class: "option toggle", key: label },
    h("input", { type: "checkbox", checked: value, disabled, onchange: (e) => set(e.target.checked) }),
    h("span", {}, label));

export const button = (text, onclick, more = {}) =>
  h("button", { type: "button", key: text, onclick, ...more }, text);

/** A line of what comes out: its name, and a value that is linked to the picture. */
export const readout = (name, value, { link, cls = "", key } = {}) =>
  h("div", { class: `readout ${cls}`, key: key ?? (typeof name === "string" ? name : link), "data-link": link },
    h("dt", {}, name), h("dd", {}, value));

export const readouts = (...list) => h("dl", { class: "readouts" }, list);

/** Play, step and back through `last` steps. With reduced motion there is no playing by itself. */
export function player(ui, { step, last, set, name = "step", said }) {
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
