// What a served page starts: each element with data-visualizer gets its own file, and no other.

import { placeAll, named } from "./host.js";

/**
 * Start all visualizers of a page. `answer(calls)` returns a promise of {answers, hint}: what the
 * student's functions say. `reached(name, goals)` hears of challenges.
 */
export async function start({ root = document, ...hooks } = {}) {
  const files = await Promise.all(named(root).map(async (name) => [name, await import(`./${name}.js`)]));
  return placeAll(Object.fromEntries(files), { root, ...hooks });
}
