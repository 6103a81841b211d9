// Numbers and arrays as text: for people, and as NumPy and PyTorch write them.

/** A number for people: at most `digits` decimals, a real minus sign, no negative zero. */
export function fmt(x, digits = 3) {
  if (x === null || x === undefined || Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "−inf";
  const size = Math.abs(x);
  if (size !== 0 && size < 10 ** -digits) return x.toExponential(1).replaceAll("-", "−");
  const text = String(Number(x.toFixed(digits)));
  return (text === "-0" ? "0" : text).replace("-", "−");
}
export const tuple = (v, digits) => `(${v.map((x) => fmt(x, digits)).join(", ")})`;
export const degrees = (radians) => (radians * 180) / Math.PI;

/** A number in brackets where it follows a sign and is negative. */
export const signed = (x) => (x < 0 ? `(${fmt(x)})` : fmt(x));

/** A number as Python writes a float: 3.0, -0.25. */
export function float(x) {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "float('nan')" : `float('${x > 0 ? "" : "-"}inf')`;
  const rounded = Number(x.toPrecision(12));
  const text = String(Object.is(rounded, -0) ? 0 : rounded);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
export const literal = (value) =>
  Array.isArray(value) ? `[${value.map(literal).join(", ")}]` : float(value);

/** Lines that make arrays and use them, once for each library. */
export function program(arrays, numpy, torch = numpy) {
  const made = (call) =>
    Object.entries(arrays).map(([name, value]) => `${name} = ${call}(${literal(value)})`);
  return {
    numpy: ["import numpy as np", "", ...made("np.array"), ...numpy].join("\n"),
    torch: ["import torch", "", ...made("torch.tensor"), ...torch].join("\n"),
  };
}
/** Whether a number can be drawn: what is larger has no place that a picture can name. */
export const drawable = (x) => typeof x === "number" && Math.abs(x) < 1e9;
export const plural = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
