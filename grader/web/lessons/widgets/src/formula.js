// Formulas as MathML, drawn by the browser and read by screen readers. A part with a link lights up
// with what it stands for in the picture.

import { fmt } from "./text.js";
import { h } from "./tree.js";

/** A formula. Before each equals sign it may be broken into lines. */
export function math(...parts) {
  const pieces = [[]];
  for (const each of parts) {
    if (each === "=") pieces.push([]);
    pieces[pieces.length - 1].push(each);
  }
  return h("div", { class: "formula" }, pieces.map((piece) => h("math", { displaystyle: "true" }, row(...piece))));
}
export const row = (...parts) => h("mrow", {}, parts.map(leaf));
export const part = (link, ...parts) => h("mrow", { "data-link": link, class: link }, parts.map(leaf));
export const root = (...parts) => h("msqrt", {}, row(...parts));
export const over = (top, bottom) => h("mfrac", {}, row(top), row(bottom));
export const power = (base, exponent) => h("msup", {}, row(base), row(exponent));
export const sub = (base, index) => h("msub", {}, row(base), row(index));
export const bars = (...parts) => row(op("|"), ...parts, op("|"));
/** An operator. An equals sign may begin a piece, and keeps its room there. */
export const op = (text) => h("mo", text === "=" ? { form: "infix" } : {}, text);
export const name = (text) => h("mi", {}, text);

/** A number; negative ones in brackets where they stand after something. */
export function number(x, bracketed = false) {
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
