import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { failures } from "./checks.js";

const src = process.env.WXB_SRC;
const names = ["vectors", "matrices", "shapes", "vector"];
const modules = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await import(`${src}/${name}.js`)])));
const cases = JSON.parse(fs.readFileSync(process.env.WXB_CASES, "utf8"));
const { matrices, vectors, shapes } = modules;

for (const module of names) {
  test(`${module} agrees with NumPy`, () => {
    const own = cases.filter((each) => each.module === module);
    assert.ok(own.length >= 20, `${own.length} cases`);
    assert.deepEqual(failures(own, modules), []);
  });
}

const squares = cases.filter(({ name }) => name === "determinant").map(({ args }) => args[0]);

test("eigenvectors are only stretched", () => {
  for (const A of squares) {
    for (const { value, vector } of matrices.eigen(A)) {
      assert.ok(vectors.close(matrices.matvec(A, vector), vectors.scale(value, vector), 1e-6), JSON.stringify(A));
    }
  }
});

test("singular directions are where the longest and the shortest images point", () => {
  for (const A of squares) {
    const { values, directions } = matrices.singular(A);
    assert.ok(Math.abs(vectors.dot(...directions)) < 1e-12);
    directions.forEach((u, i) => {
      // Aᵀ u has the length of the singular value.
      assert.ok(Math.abs(vectors.norm(matrices.matvec(matrices.transpose(A), u)) - values[i]) < 1e-9, JSON.stringify(A));
    });
  }
});

test("a perpendicular vector keeps the length", () => {
  for (const [a, b] of [[[3, 1], [1, 2]], [[-3, 2], [1, -5]], [[1, 0], [0, 1]]]) {
    const found = vectors.perpendicular(a, b);
    assert.ok(Math.abs(vectors.dot(found, b)) < 1e-12);
    assert.ok(Math.abs(vectors.norm(found) - vectors.norm(a)) < 1e-12);
  }
  assert.deepEqual(vectors.perpendicular([1, 2], [0, 0]), [1, 2]);
});

test("zero has no direction, no cosine and no angle", () => {
  assert.equal(vectors.unit([0, 0]), null);
  assert.equal(vectors.cosine([0, 0], [1, 2]), null);
  assert.equal(vectors.angle([1, 2], [0, 0]), null);
  assert.equal(vectors.project([1, 2], [0, 0]), null);
});

test("shapes are read as people write them", () => {
  for (const text of ["(4, 3)", "4,3", "4 3", "[4, 3]", "(4,3,)", "4x3", "4 × 3"]) assert.deepEqual(shapes.parseShape(text), [4, 3], text);
  assert.deepEqual(shapes.parseShape("()"), []);
  for (const text of ["", "four", "(4, )3", "-1", "4.5"]) assert.equal(shapes.parseShape(text), null, text);
  assert.equal(shapes.shapeText([3]), "(3,)");
});
