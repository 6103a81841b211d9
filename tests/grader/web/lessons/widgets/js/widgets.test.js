import assert from "node:assert/strict";
import test from "node:test";

const src = process.env.WXB_SRC;
const load = (name) => import(`${src}/${name}.js`);
const { cleaned, compared, stateKeys } = await load("shell");
const { isAnswer, isRight } = await load("predict");
const { readHash, writeHash, pageModel } = await load("host");
const { h, toText } = await load("tree");
const { fmt, float } = await load("text");
const NAMES = ["broadcast", "dot", "forward", "matmul", "reshape", "vector", "warp"];
const modules = Object.fromEntries(await Promise.all(NAMES.map(async (name) => [name, await load(name)])));
const all = Object.values(modules).map(({ widget }) => widget);

/** One way to reach each goal, from where it starts. */
const SOLUTIONS = {
  "vector-diagonal": { a: [-3, 3] }, "vector-double": { a: [3, 4] }, "vector-upright": { b: [3, 4] },
  "vector-cancel": { b: [-2, -1] }, "vector-opposite": { c: -0.5 },
  "dot-same": { a: [4, 0] }, "dot-opposite": { a: [-4, 2] }, "dot-perpendicular": { a: [2, -2] },
  "neuron-all": { w: [3, 1] }, "neuron-boundary": { X: [[-1, 2], [-1, 3], [1, -4], [-3, -2]] },
  "warp-undo": { W: [[1, -1], [0, 1]] }, "warp-line": { W: [[1, 0.5], [2, 1]] }, "warp-mirror": { W: [[1, 0], [0, -1]] },
  "warp-origin": { b: [-1, -2] }, "warp-shears": { k: [-1, 1, -1] },
  "matmul-fit": { A: [[1, 2], [3, 4]] }, "matmul-permute": { A: [[0, 1], [1, 0]] }, "matmul-layer": { W: [[1, 0, 0], [0, 1, 0]] },
  "matmul-quiz": { score: [4, 5] }, "matmul-silent": { x: [1, -1, 1] }, "matmul-basis": { x: [0, 1, 0] },
  "forward-dead": { b: [-9, 0.5] }, "forward-one": { b: [-1.5, 0.5] }, "forward-column": { touch: "neuron", amount: 1 },
  "broadcast-both": { left: [4, 1] }, "broadcast-rows": { right: [4, 1] }, "broadcast-clash": { left: [3, 2] },
  "reshape-still": { shape: [1, 3] }, "reshape-agree": { shape: [1, 6], target: [6, 1] }, "reshape-view": { target: [3, 2] },
};

test("each goal starts unreached, and can be reached", () => {
  for (const widget of all) {
    assert.ok(widget.goals.length >= 3, widget.name);
    for (const goal of widget.goals) {
      const start = cleaned(widget, { mode: goal.mode, ...goal.start });
      assert.equal(goal.reached(start), false, goal.id);
      assert.equal(goal.reached(cleaned(widget, { ...start, ...SOLUTIONS[goal.id] })), true, goal.id);
    }
  }
  assert.deepEqual(all.flatMap(({ goals }) => goals.map(({ id }) => id)).sort(), Object.keys(SOLUTIONS).sort());
});

test("each mode asks a question, and knows its answer in every round", () => {
  for (const widget of all) {
    for (const mode of Object.keys(widget.modes)) {
      const question = widget.questions[mode];
      for (const change of [{}, ...question.again]) {
        const state = cleaned(widget, { mode, ...change });
        const answer = question.answer(state);
        const where = `${widget.name} ${mode} ${JSON.stringify(change)}`;
        assert.ok(question.ask(state).length > 10, where);
        assert.equal(isRight(question, answer, state), true, where);
        assert.equal(question.fits?.(state) ?? true, true, where);
        assert.equal(isAnswer(question, answer, state), true, where);
        for (const junk of [null, undefined, 3, {}, ["no"], [NaN], [[1]]]) assert.equal(isAnswer(question, junk, state), false, where);
        if (question.options) {
          const keys = question.options(state).map(([key]) => key);
          for (const each of [answer].flat()) assert.ok(keys.includes(each), where);
        }
        if (question.kind === "numbers") {
          assert.ok(answer.every(Number.isFinite), where);
          assert.equal(isRight(question, answer.map((x) => x + 5), state), false, where);
        }
        assert.ok((question.why?.(state) ?? "why").length > 2, where);
      }
    }
  }
});

test("presets are legal states, and what is said of them is a sentence", () => {
  for (const widget of all) {
    for (const [name, { only, ...preset }] of Object.entries(widget.presets)) {
      for (const mode of only ?? Object.keys(widget.modes)) {
        const state = cleaned(widget, { mode, ...preset });
        for (const [key, value] of Object.entries(preset)) assert.deepEqual(state[key], value, `${widget.name} ${name} ${key}`);
        assert.match(widget.say(state), /\w/);
      }
    }
  }
});

test("any state that somebody writes into a link becomes a legal one", () => {
  let seed = 7;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const pick = (list) => list[Math.floor(random() * list.length)];
  const junk = () => pick([null, true, -1, 0, 3, 1e300, "", "x", [], [[]], [1], [[1], [2, 3]], [[1, 2], [3, 4], [5, 6]], {}, { a: 1 }, [null], [[NaN]], [1, 2, 3, 4, 5, 6, 7, 8, 9], [0, 0], "add", [["a"]]]);
  for (const widget of all) {
    for (let i = 0; i < 120; i += 1) {
      const given = Object.fromEntries(stateKeys(widget).filter(() => random() < 0.6).map((key) => [key, junk()]));
      given.mode = pick([...Object.keys(widget.modes), "nothing"]);
      const state = cleaned(widget, given);
      const where = `${widget.name} ${JSON.stringify(given)}`;
      assert.deepEqual(cleaned(widget, state), state, where);
      assert.equal(typeof widget.say(state), "string", where);
      widget.code(state);
      widget.calls?.(state, widget.uses(state));
      for (const goal of widget.goals) assert.equal(typeof goal.reached(state), "boolean", `${goal.id} ${where}`);
      widget.questions[state.mode].answer(state);
    }
  }
});

test("every frame of a product ends at the same numbers", async () => {
  const { after, plan, finishes } = modules.matmul;
  for (const reading of ["dot", "columns", "samples", "outer"]) {
    const state = cleaned(modules.matmul.widget, { reading });
    const steps = plan(state).length;
    assert.deepEqual(after(state, steps).values, [[58, 64], [139, 154]], reading);
    assert.deepEqual(after(state, 0).values, [[0, 0], [0, 0]]);
    const ended = Array.from({ length: steps }, (_, i) => finishes(state, i)).filter(Boolean);
    assert.equal(ended.length, reading === "dot" ? 4 : 0);
  }
  for (const [mode, steps] of [["rows", 6], ["columns", 3]]) {
    const state = cleaned(modules.matmul.widget, { mode });
    assert.equal(plan(state).length, steps);
    assert.deepEqual(after(state, steps).values, [[17], [38]]);
  }
  const layer = cleaned(modules.matmul.widget, { mode: "layer", bias: true, rectify: true });
  assert.deepEqual(after(layer, plan(layer).length).values, [[0, 0], [0, 8]]);
});

test("a sample changes its row of Z alone, a neuron its column", () => {
  const { changed, plan, trace, widget } = modules.forward;
  const cells = (given) => changed(cleaned(widget, { mode: "change", amount: 1, ...given }));
  assert.deepEqual(cells({ touch: "sample", which: 2 }).map((row) => row.some(Boolean)), [false, false, true, false]);
  for (const row of cells({ touch: "neuron", which: 1 })) assert.equal(row[0], false);
  assert.equal(plan(cleaned(widget, {})).length, 40);
  assert.equal(plan(cleaned(widget, { order: "stage" })).length, 40);
  assert.ok(trace(cleaned(widget, {})).out.flat().every((x) => x >= 0));
});

test("what a student's function says is compared by shape, then by value", () => {
  assert.equal(compared({ value: [1, 2] }, [1, 2]).same, true);
  assert.equal(compared({ value: [1, 2.5] }, [1, 2]).same, false);
  assert.match(compared({ value: [[1], [2]] }, [1, 2]).text, /shape \(2, 1\), expected \(2,\)/);
  assert.match(compared({ value: [[1], [2, 3]] }, [1, 2]).text, /uneven/);
  assert.equal(compared({ error: "ValueError: no" }, 5).text, "ValueError: no");
  assert.equal(compared(undefined, 5).same, null);
  assert.equal(compared({ error: "not written yet" }, 5).same, null);
});

test("the address keeps what differs, and survives what cannot be read", () => {
  const hash = writeHash("#other=1", "vector", { a: [1, 2], mode: "add" });
  assert.deepEqual(readHash(hash, "vector"), { a: [1, 2], mode: "add" });
  assert.deepEqual(readHash(hash, "other"), 1);
  assert.deepEqual(readHash("#vector=%7Bbroken", "vector"), {});
  assert.deepEqual(readHash("", "vector"), {});
  assert.equal(writeHash(hash, "vector", {}), "#other=1");
  const place = { hash: "", href: "http://here/page", protocol: "http:" };
  const model = pageModel({ id: "v", initial: { a: 1, predicted: {} }, keep: ["a", "predicted"], personal: ["predicted"], location: place });
  let heard = 0;
  model.on("change:a", () => { heard += 1; });
  model.set("a", 1);
  model.set("a", 2);
  model.set("predicted", { x: 1 });
  assert.equal(heard, 1);
  assert.deepEqual(readHash(new URL(model.link()).hash, "v"), { a: 2 });
});

test("only the latest calls are answered", async () => {
  const waiting = [];
  const answer = () => new Promise((done) => { waiting.push(done); });
  const place = { hash: "", href: "http://here/", protocol: "http:" };
  const model = pageModel({ id: "v", initial: {}, keep: [], answer, location: place });
  model.set("calls", { id: 1, calls: [] });
  model.set("calls", { id: 2, calls: [1] });
  waiting[1]({ answers: ["new"] });
  waiting[0]({ answers: ["old"] });
  await new Promise((done) => { setImmediate(done); });
  assert.deepEqual(model.get("answers"), { id: 2, answers: ["new"] });
});

test("text is escaped, and numbers are written as people and as Python write them", () => {
  assert.equal(toText(h("p", { title: "\"<", onclick: () => 1 }, "<b>", h("b", {}, 1))), "<p title=\"&quot;&lt;\">&lt;b&gt;<b>1</b></p>");
  assert.deepEqual([-0, 0.1 + 0.2, -2.5, 1e-7, Infinity, NaN].map((x) => fmt(x)), ["0", "0.3", "−2.5", "1.0e−7", "inf", "nan"]);
  assert.deepEqual([-0, 3, -0.25, 1e21].map(float), ["0.0", "3.0", "-0.25", "1e+21"]);
});
