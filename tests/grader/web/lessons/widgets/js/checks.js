// The same comparison with NumPy, in node and in the browser.

const close = (a, b) => {
  if (Array.isArray(b)) return Array.isArray(a) && a.length === b.length && b.every((x, i) => close(a[i], x));
  if (typeof b === "number") return typeof a === "number" && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));
  if (b && typeof b === "object") return Object.keys(b).every((key) => close(a[key], b[key]));
  return a === b || (a === Infinity && b === "inf");
};

/** The cases in which a function says something else than NumPy, in words. */
export function failures(cases, modules) {
  return cases.flatMap(({ module, name, args, path = [], expected }) => {
    const found = path.reduce((value, key) => value?.[key], modules[module][name](...args));
    return close(found, expected) ? [] : [
      // What is long is told by its beginning.
      `${module}.${name}(${JSON.stringify(args)}) gives ${JSON.stringify(found)}, NumPy ${JSON.stringify(expected)}`.slice(0, 300)];
  });
}
