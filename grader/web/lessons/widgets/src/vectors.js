// Vectors as arrays of numbers. Pure: tests/grader/web/lessons/widgets compares each with NumPy.

export const add = (a, b) => a.map((x, i) => x + b[i]);
export const subtract = (a, b) => a.map((x, i) => x - b[i]);
export const scale = (c, a) => a.map((x) => c * x);
export const dot = (a, b) => a.reduce((sum, x, i) => sum + x * b[i], 0);

/** Euclidean length. Scaled by the largest entry, so that tiny and huge vectors keep theirs. */
export function norm(a) {
  const largest = maxNorm(a);
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  return largest * Math.sqrt(a.reduce((sum, x) => sum + (x / largest) ** 2, 0));
}
export const sumNorm = (a) => a.reduce((sum, x) => sum + Math.abs(x), 0);
export const maxNorm = (a) => a.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/** The vector of length 1 in the same direction; null for the zero vector, which has none. */
export function unit(a) {
  const length = norm(a);
  return length === 0 ? null : a.map((x) => x / length);
}

/** The direction of a vector of the plane, in radians from -π to π. */
export const heading = (a) => Math.atan2(a[1], a[0]);

/** The cosine of the angle between two vectors; null if one of them is zero. */
export function cosine(a, b) {
  const [u, v] = [unit(a), unit(b)];
  return u && v ? Math.min(1, Math.max(-1, dot(u, v))) : null;
}

/** The angle between two vectors in radians, 0 to π; exact near 0 and π, where arccos is not. */
export function angle(a, b) {
  const [u, v] = [unit(a), unit(b)];
  return u && v ? 2 * Math.atan2(norm(subtract(u, v)), norm(add(u, v))) : null;
}

/** The shadow of a on the line through b; null if b is zero. */
export function project(a, b) {
  const direction = unit(b);
  return direction && scale(dot(a, direction), direction);
}

/** A vector of the plane turned by an angle in radians, counterclockwise. */
export function turn(a, radians) {
  const [c, s] = [Math.cos(radians), Math.sin(radians)];
  return [c * a[0] - s * a[1], s * a[0] + c * a[1]];
}

/** The nearest vector to a that is perpendicular to b and as long as a; a itself if b is zero. */
export function perpendicular(a, b) {
  const direction = unit(b);
  if (!direction) return a;
  const left = [-direction[1], direction[0]];
  return scale(dot(a, left) < 0 ? -norm(a) : norm(a), left);
}

/** One step of a neuron toward an input: w + eta x. */
export const update = (w, x, eta) => add(w, scale(eta, x));

export const close = (a, b, tolerance = 1e-9) =>
  a.length === b.length && a.every((x, i) => Math.abs(x - b[i]) <= tolerance);
