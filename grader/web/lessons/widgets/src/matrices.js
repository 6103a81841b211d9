// Matrices as lists of rows. Pure: tests/grader/web/lessons/widgets compares each with NumPy.

import { dot, norm } from "./vectors.js";

export const shapeOf = (A) => [A.length, A[0].length];
export const transpose = (A) => A[0].map((_, j) => A.map((row) => row[j]));
export const matvec = (A, x) => A.map((row) => dot(row, x));
export const column = (A, j) => A.map((row) => row[j]);

/** The product, or null where the inner sizes differ. */
export function matmul(A, B) {
  if (A[0].length !== B.length) return null;
  const columns = transpose(B);
  return A.map((row) => columns.map((each) => dot(row, each)));
}
export const addRow = (A, b) => A.map((row) => row.map((x, j) => x + b[j]));
export const each = (A, f) => A.map((row) => row.map(f));
export const relu = (z) => (z > 0 ? z : 0);
/** The logistic function, in the form that overflows on neither side. */
export const sigmoid = (z) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));
export const identity = (n) =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));

/** How far on the way from the identity to A: 0 gives the identity, 1 gives A. */
export const between = (A, t) => A.map((row, i) => row.map((x, j) => (1 - t) * (i === j) + t * x));

export const determinant = ([[a, b], [c, d]]) => a * d - b * c;
export const rotation = (radians) => {
  const [c, s] = [Math.cos(radians), Math.sin(radians)];
  return [[c, -s], [s, c]];
};

/**
 * Singular values of a 2 x 2 matrix, larger first, with the output directions (columns of U, in
 * W = U diag(s) Vᵀ): the circle of radius 1 goes to the ellipse with these half axes.
 */
export function singular([[a, b], [c, d]]) {
  const [e, f, g, k] = [(a + d) / 2, (a - d) / 2, (c + b) / 2, (c - b) / 2];
  const [q, r] = [Math.hypot(e, k), Math.hypot(f, g)];
  const turned = (Math.atan2(g, f) + Math.atan2(k, e)) / 2;
  const first = [Math.cos(turned), Math.sin(turned)];
  return { values: [q + r, Math.abs(q - r)], directions: [first, [-first[1], first[0]]] };
}

/** The larger singular value over the smaller one; infinite for a singular matrix. */
export function condition(A) {
  const [large, small] = singular(A).values;
  return small <= 1e-12 * large || large === 0 ? Infinity : large / small;
}

/** 2 if the plane stays a plane, 1 if it collapses to a line, 0 if to the origin. */
export function rank(A) {
  const [large, small] = singular(A).values;
  return (large > 1e-9) + (small > 1e-9 * Math.max(1, large));
}

/** The real eigenvalues of a 2 x 2 matrix with a unit eigenvector each; none if they are complex. */
export function eigen([[a, b], [c, d]]) {
  const [half, gap] = [(a + d) / 2, ((a - d) / 2) ** 2 + b * c];
  if (gap < -1e-12) return [];
  const root = Math.sqrt(Math.max(0, gap));
  if (root < 1e-9 && Math.abs(b) < 1e-9 && Math.abs(c) < 1e-9) {
    return [{ value: half, vector: [1, 0] }, { value: half, vector: [0, 1] }];
  }
  const values = root < 1e-9 ? [half] : [half + root, half - root];
  return values.map((value) => {
    const [u, v] = [[b, value - a], [value - d, c]];
    const best = norm(u) > norm(v) ? u : v;
    return { value, vector: best.map((x) => x / norm(best)) };
  });
}

/** Three shears, sideways, upward, sideways; every rotation below 180 degrees is one such product. */
export const shears = ([p, q, r]) =>
  matmul([[1, r], [0, 1]], matmul([[1, 0], [q, 1]], [[1, p], [0, 1]]));

export const near = (A, B, tolerance = 1e-9) =>
  A.length === B.length && A.every((row, i) => row.length === B[i].length
    && row.every((x, j) => Math.abs(x - B[i][j]) <= tolerance));

/**
 * The order in which a product is put together. Each frame adds A[i][k] B[k][j] for all i in rows
 * and j in columns. readings: dot (row times column), columns (of A, combined), samples (rows of B,
 * combined for one sample), outer (one column times one row).
 */
export function frames(reading, m, k, n) {
  const all = (size) => Array.from({ length: size }, (_, i) => i);
  const one = (rows, columns) => all(k).map((inner) => ({ rows, columns, inner }));
  if (reading === "outer") return one(all(m), all(n));
  if (reading === "columns") return all(n).flatMap((j) => one(all(m), [j]));
  if (reading === "samples") return all(m).flatMap((i) => one([i], all(n)));
  return all(m).flatMap((i) => all(n).flatMap((j) => one([i], [j])));
}

/** The sums and the number of terms in each cell, after the first `count` frames. */
export function partial(A, B, list, count) {
  const sums = A.map(() => B[0].map(() => 0));
  const terms = A.map(() => B[0].map(() => 0));
  for (const { rows, columns, inner } of list.slice(0, count)) {
    for (const i of rows) {
      for (const j of columns) {
        sums[i][j] += A[i][inner] * B[inner][j];
        terms[i][j] += 1;
      }
    }
  }
  return { sums, terms };
}
