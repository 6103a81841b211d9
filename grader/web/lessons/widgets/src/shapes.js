// Shapes as lists of sizes. Pure: tests/grader/web/lessons/widgets compares each with NumPy.

export const sizeOf = (shape) => shape.reduce((product, n) => product * n, 1);

/**
 * Two shapes lined up at their last axes. `result` is null if an axis fits neither way; each axis
 * says what happens to it: same, left (the left one is stretched), right, or error.
 */
export function broadcast(left, right) {
  const rank = Math.max(left.length, right.length);
  const axes = Array.from({ length: rank }, (_, i) => {
    const p = left[i - rank + left.length] ?? null;
    const q = right[i - rank + right.length] ?? null;
    const [m, n] = [p ?? 1, q ?? 1];
    if (m === n) return { left: p, right: q, size: m, kind: "same" };
    if (m === 1) return { left: p, right: q, size: n, kind: "left" };
    if (n === 1) return { left: p, right: q, size: m, kind: "right" };
    return { left: p, right: q, size: null, kind: "error" };
  });
  const fits = axes.every((axis) => axis.kind !== "error");
  return { axes, result: fits ? axes.map((axis) => axis.size) : null };
}

/** How many places of memory lie between neighbours along each axis, rows stored one by one. */
export function stridesOf(shape) {
  return shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
}

/** Every index of a shape, the last axis fastest. */
export function indices(shape) {
  return shape.reduce(
    (found, n) => found.flatMap((index) => Array.from({ length: n }, (_, i) => [...index, i])), [[]],
  );
}

/** Where in memory an entry lies. */
export const offset = (index, strides) => index.reduce((sum, i, axis) => sum + i * strides[axis], 0);

/** The places of memory that a reader of the array visits, one row after the other. */
export const walk = (shape, strides) => indices(shape).map((index) => offset(index, strides));

/** Whether the entries lie in memory in the order in which they are read. */
export const contiguous = (shape, strides) => walk(shape, strides).every((place, i) => place === i);

/** A shape with one -1 filled in from the number of entries; null where that is not possible. */
export function solve(shape, size) {
  const open = shape.filter((n) => n === -1).length;
  const known = sizeOf(shape.filter((n) => n !== -1));
  if (open > 1 || shape.some((n) => n < -1 || n === 0)) return null;
  if (open === 0) return known === size ? shape : null;
  return size % known === 0 ? shape.map((n) => (n === -1 ? size / known : n)) : null;
}

/**
 * The strides under which `view` reads the same memory in the same order; null if there are none,
 * so that only a copy will do. Axes of size 1 do not matter, as in PyTorch and NumPy.
 */
export function viewStrides(shape, strides, view) {
  const kept = shape.map((n, i) => [n, strides[i]]).filter(([n]) => n !== 1);
  const runs = [];
  for (const [n, stride] of kept) {
    const last = runs[runs.length - 1];
    if (last && last.stride === n * stride) Object.assign(last, { size: last.size * n, stride });
    else runs.push({ size: n, stride });
  }
  const found = new Array(view.length).fill(1);
  let axis = view.length - 1;
  for (const run of runs.reverse()) {
    let [left, stride] = [run.size, run.stride];
    while (left > 1) {
      while (axis >= 0 && view[axis] === 1) axis -= 1;
      if (axis < 0 || left % view[axis]) return null;
      found[axis] = stride;
      stride *= view[axis];
      left /= view[axis];
      axis -= 1;
    }
  }
  return view.slice(0, axis + 1).every((n) => n === 1) ? found : null;
}

/** A shape as Python writes it: (3,) and (4, 3). */
export const shapeText = (shape) => `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;

/** Read what somebody wrote as a shape; null if it is none. Brackets and the last comma may lack. */
export function parseShape(text) {
  const bare = text.trim().replace(/^[([]|[)\]]$/g, "").trim().replace(/,$/, "");
  if (bare === "") return text.trim() ? [] : null;
  const parts = bare.split(/[\s,x×]+/);
  return parts.every((part) => /^\d+$/.test(part)) ? parts.map(Number) : null;
}
