// What all visualizers share: state, prediction, presets, challenges, code, and the student's own
// functions. A visualizer says what is particular to it; docs/visualizers.md lists the parts.

import { button, choice, toggle } from "./controls.js";
import { emptyDraft, inWords, isAnswer, isRight, panel } from "./predict.js";
import { scaleOf } from "./plane.js";
import { dress } from "./sheet.js";
import { h, patch } from "./tree.js";
import { shapeText } from "./shapes.js";
import { fmt } from "./text.js";

//: Long enough that a drag is spoken of once, when it rests.
const SPEAK_AFTER = 500;
//: What the host says of a function that is still a stub: it is neither right nor wrong.
const UNWRITTEN = "not written yet";
const COMMON = { goal: "", mine: false };
//: Half edges of planes: what a lesson needs, and rounded ones for whatever a call brings.
const RANGES = [4, 6, 10, 20, 50, 100, 200, 500, 1e3, 1e4, 1e5, 1e6];

/** Keep of `value` what has the form of `like`; the rest is as in `like`. */
export function shaped(value, like) {
  if (Array.isArray(like)) {
    if (!Array.isArray(value) || value.length > 64) return like;
    if (!like.length) return value.filter((x) => typeof x === "string");
    const kept = value.map((x, i) => shaped(x, like[Math.min(i, like.length - 1)]));
    const rows = kept.filter(Array.isArray);
    if (!kept.length && typeof like[0] === "number") return [];
    return kept.length && rows.every((row) => row.length === rows[0].length) ? kept : like;
  }
  if (typeof like === "number") {
    return typeof value === "number" && Number.isFinite(value) ? Math.min(1e6, Math.max(-1e6, value)) : like;
  }
  return typeof value === typeof like ? value : like;
}

/** A whole and legal state from anything: a link that somebody edited draws all the same. */
export function cleaned(widget, given) {
  const like = { ...COMMON, ...widget.defaults };
  const state = Object.fromEntries(Object.keys(like).map((key) => [key, shaped(given?.[key], like[key])]));
  if (!(state.mode in widget.modes)) state.mode = widget.defaults.mode;
  return widget.clean ? widget.clean(state) : state;
}

export const stateKeys = (widget) => [...Object.keys(COMMON), ...Object.keys(widget.defaults)];

/** The shape of nested lists; null where rows have different lengths. */
export function shapeOfValue(value) {
  if (!Array.isArray(value)) return [];
  const inner = value.map(shapeOfValue);
  if (inner.some((s) => s === null || s.join() !== inner[0].join())) return null;
  return [value.length, ...(inner[0] ?? [])];
}

/**
 * What came back from the student's function beside what is expected.
 * Returns {same, text, value}; `value` only where it has the expected shape and can be drawn.
 */
export function compared(answer, expected, tolerance = 1e-6) {
  if (!answer) return { same: null, text: "…" };
  if (answer.error === UNWRITTEN) return { same: null, text: answer.error };
  if (answer.error) return { same: false, text: answer.error };
  const [got, want] = [shapeOfValue(answer.value), shapeOfValue(expected)];
  if (got === null || got.join() !== want.join()) {
    return { same: false, text: `shape ${got ? shapeText(got) : "uneven"}, expected ${shapeText(want)}` };
  }
  const flat = (v) => [v].flat(Infinity);
  const [left, right] = [flat(answer.value), flat(expected)];
  if (!left.every((x) => typeof x === "number")) {
    const equal = left.every((x, i) => x === right[i]);
    return { same: equal, text: left.join(", ") || "nothing", value: answer.value };
  }
  const same = left.every((x, i) => Math.abs(x - right[i]) <= tolerance * Math.max(1, Math.abs(right[i])));
  const text = left.length === 1 ? fmt(left[0]) : `(${left.slice(0, 6).map((x) => fmt(x)).join(", ")}${left.length > 6 ? ", …" : ""})`;
  return { same, text, value: answer.value };
}

class Ui {
  constructor(widget, model, root) {
    Object.assign(this, { widget, model, root });
    // A page may hold several files like this one, so that a counter would begin again in each.
    this.prefix = `wxb${Math.random().toString(36).slice(2, 9)}`;
    this.reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.initial = this.read();
    this.timer = null;
    this.pace = 800;
    this.spoken = "";
    this.round = {};
    this.cells = {};
    this.copied = "";
    this.asked = "";
    this.call = 0;
    this.restart();
  }

  // ---- state

  read() {
    const given = Object.fromEntries(stateKeys(this.widget).map((key) => [key, this.model.get(key)]));
    if (!this.modes.includes(given.mode) && !this.isBeyond(given.mode)) [given.mode] = this.modes;
    return cleaned(this.widget, given);
  }

  get s() { return (this.now ??= this.paper ? this.whole(this.read()) : this.read()); }

  /** On paper nothing can be played or predicted: what comes out stands there. */
  whole(state) {
    const last = this.widget.last?.(state);
    return last === undefined ? state : { ...state, step: last };
  }

  option(name, otherwise) { return this.model.get(name) ?? otherwise; }

  get modes() {
    const asked = this.option("modes", null);
    const all = Object.keys(this.widget.modes);
    const known = all.filter((mode) => !(mode in (this.widget.beyond ?? {})));
    const kept = asked?.length ? all.filter((mode) => asked.includes(mode)) : known;
    return kept.length ? kept : known;
  }

  /** Whether a mode goes beyond the lesson: "more" leads there, from one of the modes that it has. */
  isBeyond(mode) {
    const from = this.widget.beyond?.[mode];
    return !!from && this.option("more", true) && this.modes.includes(from) && !this.modes.includes(mode);
  }

  /** Change some keys; everything follows from the state. */
  set(change) {
    const next = cleaned(this.widget, { ...this.s, ...change });
    const before = this.s;
    this.own = true;
    for (const key of stateKeys(this.widget)) {
      if (JSON.stringify(next[key]) !== JSON.stringify(before[key])) this.model.set(key, next[key]);
    }
    this.own = false;
    this.now = null;
    if (next.mode !== before.mode) this.restart();
    this.check();
    this.save();
    this.draw();
  }

  save() {
    // A drag changes state with each frame; who listens far away hears of it a few times a second.
    this.saving ??= setTimeout(() => { this.saving = null; this.model.save_changes(); }, 40);
  }

  changed() {
    if (this.own) return;
    this.now = null;
    this.draw();
  }

  // ---- prediction

  /** The question of the mode; none where it makes no sense, as for a product that does not exist. */
  get question() {
    const found = this.widget.questions[this.s.mode];
    return found && (this.said || !found.fits || found.fits(this.s)) ? found : undefined;
  }

  /** What was predicted, and of which state, whatever it has become since: {said, then}. */
  get said() { return this.saidIn(this.s.mode); }

  saidIn(mode) {
    const found = this.option("predicted", {})[mode];
    const question = this.widget.questions[mode];
    const then = cleaned(this.widget, { ...found?.at, mode });
    return question && isAnswer(question, found?.said, then) ? { ...found, then } : undefined;
  }

  get locked() { return !this.paper && this.option("predict", true) && !!this.question && this.said === undefined; }
  /** Whether a mode still asks for its prediction. */
  waits(mode) {
    return mode === this.s.mode ? this.locked : this.option("predict", true) && !this.saidIn(mode);
  }
  /** Whether a picture takes no input at all. */
  get still() { return this.locked; }

  restart() {
    this.pause();
    this.now = null;
    if (this.question) this.draft = emptyDraft(this.question, this.s);
  }

  drafted(value) { this.draft = value; this.draw(); }

  predicted(change) {
    this.own = true;
    this.model.set("predicted", { ...this.option("predicted", {}), ...change });
    this.own = false;
    this.save();
  }

  lockIn() {
    const [question, state] = [this.question, this.s];
    const { defaults } = this.widget;
    const at = Object.fromEntries(Object.keys(defaults)
      .filter((key) => key !== "mode" && JSON.stringify(state[key]) !== JSON.stringify(defaults[key]))
      .map((key) => [key, state[key]]));
    this.predicted({ [state.mode]: { said: this.draft, at } });
    const right = isRight(question, this.draft, state);
    this.say(`${right ? "As you predicted" : "Not as you predicted"}: ${inWords(question, question.answer(state), state)}. ${question.why?.(state) ?? ""}`, true);
    this.widget.unlock?.(this);
    this.draw();
    this.root.querySelector(".answered button")?.focus({ preventScroll: true });
  }

  askAgain() {
    const { mode } = this.s;
    const rest = { ...this.option("predicted", {}) };
    delete rest[mode];
    this.own = true;
    this.model.set("predicted", rest);
    this.own = false;
    const { again } = this.question;
    this.round[mode] = (this.round[mode] ?? -1) + 1;
    this.restart();
    this.set(again[this.round[mode] % again.length]);
    this.draft = emptyDraft(this.question, this.s);
    this.draw();
    this.root.querySelector(".ask input")?.focus({ preventScroll: true });
  }

  // ---- challenges

  get goals() {
    return this.widget.goals.filter(({ mode }) => this.modes.includes(mode)
      || (mode === this.s.mode && this.isBeyond(mode)));
  }
  get reached() { return this.option("reached", []); }

  check() {
    const goal = this.goals.find((one) => one.id === this.s.goal && one.mode === this.s.mode);
    if (!goal || this.locked || this.reached.includes(goal.id) || !goal.reached(this.s)) return;
    this.own = true;
    this.model.set("reached", [...this.reached, goal.id]);
    this.own = false;
    this.say(`Challenge reached: ${goal.text}`, true);
  }

  // ---- scale

  /**
   * A plane that shows all of these points, at least from -least to least. While something is
   * dragged it stays as it is: a plane that shrinks under the hand cannot be aimed at.
   */
  scale(least, points) {
    const before = this.range;
    if (!this.dragging || !before) {
      const far = Math.max(...points.flat().map(Math.abs), 0);
      this.range = RANGES.find((range) => range >= Math.max(least, Math.min(far, 1e6)));
    }
    if (this.range !== before || !this.P) this.P = scaleOf(this.range);
    return this.P;
  }

  // ---- motion

  get playing() { return this.timer !== null; }

  play(step) {
    this.pause();
    const tick = () => {
      this.timer = setTimeout(tick, this.pace);
      if (!step()) this.pause();
    };
    this.timer = setTimeout(tick, 0);
    this.draw();
  }

  pause() {
    if (this.timer === null) return;
    clearTimeout(this.timer);
    this.timer = null;
    this.draw();
  }

  speed(ms) { this.pace = ms; this.draw(); }

  /** Let one number run to its end within a second; at once where motion is unwanted. */
  glide(key, from, to) {
    cancelAnimationFrame(this.frame);
    if (this.reduced) { this.set({ [key]: to }); return; }
    const began = performance.now();
    const move = (time) => {
      const part = Math.min(1, Math.max(0, (time - began) / 900));
      const eased = part * part * (3 - 2 * part);
      this.set({ [key]: Number((from + (to - from) * eased).toFixed(3)) });
      if (part < 1) this.frame = requestAnimationFrame(move);
    };
    this.frame = requestAnimationFrame(move);
  }

  // ---- speech

  /** Say something when things have come to rest. News are not lost to what is said after them. */
  say(text, news = false) {
    if (news) this.news = text;
    else this.latest = text;
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => {
      this.spoken = [this.news, this.latest].filter(Boolean).join(" ");
      this.news = this.latest = "";
      this.draw();
    }, SPEAK_AFTER);
  }

  // ---- the student's functions

  get offers() { return this.option("functions", []); }
  get canCall() { return this.widget.calls && this.widget.uses(this.s).some((name) => this.offers.includes(name)); }
  get mine() { return this.s.mine && this.canCall && !this.locked; }

  ask() {
    if (this.paper) return;
    if (!this.mine) { this.asked = ""; return; }
    const calls = this.widget.calls(this.s, this.offers).filter((each) => this.offers.includes(each.function));
    const text = JSON.stringify(calls);
    if (text === this.asked) return;
    this.asked = text;
    this.call += 1;
    this.own = true;
    this.model.set("calls", { id: this.call, calls });
    this.own = false;
    this.model.save_changes();
  }

  /** The answer of the student's function to a call that equals this one; undefined without one. */
  answer(name, ...args) {
    if (!this.mine) return undefined;
    const { calls = [] } = this.option("calls", {});
    const { answers = [] } = this.option("answers", {});
    const wanted = JSON.stringify(args);
    const at = calls.findIndex((one) => one.function === name && JSON.stringify(one.arguments) === wanted);
    // Until the new answers are there, the old ones stay: without that, a drag would flicker.
    return answers[at];
  }

  /** A line that compares the student's value with the expected one. */
  yours(name, args, expected) {
    const answer = this.answer(name, ...args);
    if (!this.mine || !this.offers.includes(name)) return null;
    const { same, text } = compared(answer, expected);
    return h("div", { class: `readout yours ${same === false ? "differs" : ""}`, key: `yours ${name}` },
      h("dt", {}, `your ${name}`), h("dd", {}, text, same === null ? null : same ? " ✓" : " ✗ differs"));
  }

  // ---- the page

  id(name) { return `${this.prefix}-${name.replace(/[^a-z0-9]+/gi, "-")}`; }

  copy(what, text) {
    const done = () => { this.copied = what; this.say(`${what} copied.`, true); this.draw(); };
    const failed = () => { this.byHand = text; this.draw(); };
    if (!navigator.clipboard) { failed(); return; }
    navigator.clipboard.writeText(text).then(done, failed);
  }

  /** Light up what has one of these names, separated by spaces. */
  light(names) {
    if (this.hot === names) return;
    this.hot = names;
    const wanted = names?.split(" ") ?? [];
    for (const node of this.root.querySelectorAll("[data-link]")) {
      const own = node.getAttribute("data-link").split(" ");
      node.classList.toggle("hot", wanted.some((name) => own.includes(name)));
    }
  }

  draw() {
    if (!this.root.isConnected && this.drawn) return;
    this.drawn = true;
    this.now = null;
    this.ask();
    patch(this.root, frameOf(this));
    const sentence = this.locked ? "" : this.widget.say(this.s);
    if (this.sentence !== undefined && sentence !== this.sentence && !this.playing && !this.paper) this.say(sentence);
    if (!this.paper) this.sentence = sentence;
    const hot = this.hot;
    this.hot = undefined;
    this.light(hot);
  }
}

function frameOf(ui) {
  const { widget, s, question } = ui;
  const { hint } = ui.option("answers", {});
  return [
    ui.modes.length > 1 && choice(ui, {
      label: "Mode", hidden: true, value: s.mode, options: ui.modes.map((mode) => [mode, widget.modes[mode]]),
      set: (mode) => ui.set({ mode, step: 0 }),
    }),
    ui.isBeyond(s.mode) && button(`Back to ${widget.modes[widget.beyond[s.mode]]}`,
      () => ui.set({ mode: widget.beyond[s.mode], step: 0 }), { key: "back" }),
    question && ui.option("predict", true) && panel(ui, question),
    h("div", { class: "stage", key: "stage" }, widget.view(ui)),
    ui.mine && hint && h("p", { class: "hint", key: "hint" }, hint),
    h("div", { class: "row tools", key: "presets", role: "group", "aria-label": "Presets" },
      Object.entries(widget.presets).filter(([, preset]) => !preset.mode || ui.modes.includes(preset.mode))
        .filter(([, preset]) => !preset.only || preset.only.includes(s.mode))
        .map(([name, { only, ...preset }]) => button(name, () => ui.set(preset), { disabled: ui.locked })),
      button("Reset", () => { ui.pause(); ui.set({ ...ui.initial, goal: s.goal, mode: s.mode }); }, { disabled: ui.locked })),
    ui.canCall && h("div", { class: "row", key: "mine" },
      toggle("Use my code", s.mine, (mine) => ui.set({ mine }), ui.locked),
      s.mine && h("small", {}, "yours is drawn dashed, beside what is expected")),
    goalsOf(ui),
    widget.more && ui.option("more", true) && h("details", { key: "more" },
      h("summary", {}, "More"), h("div", { class: "inside" }, ui.locked
        ? h("p", {}, "Lock in your prediction first.") : widget.more(ui))),
    codeOf(ui),
    h("p", { key: "status", role: "status", "aria-live": "polite", class: "status" }, ui.spoken),
  ];
}

function goalsOf(ui) {
  const { goals, reached, s } = ui;
  if (!goals.length) return null;
  const done = goals.filter((goal) => reached.includes(goal.id)).length;
  return h("details", { key: "goals", class: "goals" },
    h("summary", {}, `Challenges: ${done} of ${goals.length}`),
    h("ul", { class: "inside" }, goals.map((goal) => {
      const active = s.goal === goal.id;
      return h("li", { key: goal.id, class: active ? "active" : null },
        h("span", {}, reached.includes(goal.id) ? "✓ " : "", goal.text),
        reached.includes(goal.id) ? h("small", {}, " reached")
          : ui.waits(goal.mode) ? h("small", {}, " predict first")
          : button(active ? "Start again" : "Start", () => ui.set({ mode: goal.mode, ...goal.start, goal: goal.id }),
            { "aria-label": `${active ? "Start again" : "Start"}: ${goal.text}` }));
    })));
}

function codeOf(ui) {
  const code = ui.widget.code(ui.s);
  const names = [["NumPy", code.numpy], ["PyTorch", code.torch]];
  return h("details", { key: "code", class: "code" },
    h("summary", {}, "Code and link"),
    h("div", { class: "inside" },
      names.map(([name, text]) => h("pre", { key: name, tabindex: 0, role: "group", "aria-label": `${name} code` }, text)),
      h("div", { class: "row" },
        names.map(([name, text]) => button(`Copy ${name}`, () => ui.copy(name, text))),
        ui.model.link && button("Copy link", () => ui.copy("Link", ui.model.link())),
        ui.copied && h("small", {}, `${ui.copied} copied`)),
      ui.byHand && h("label", {}, "Copy this with Ctrl+C: ", h("textarea", { readonly: true, rows: 3, value: ui.byHand }))));
}

/** Put a visualizer into an element. Returns what takes it away again. */
export function mount(widget, model, el) {
  const root = document.createElement("section");
  root.className = `wxb wxb-${widget.name}`;
  // JupyterLab would take arrow keys for its cells.
  root.setAttribute("data-lm-suppress-shortcuts", "true");
  dress(el.getRootNode());
  el.append(root);
  const ui = new Ui(widget, model, root);
  // Two of a kind on one page differ in what they are for.
  const few = ui.modes.length < Object.keys(widget.modes).length;
  root.setAttribute("aria-label", few ? `${widget.title}: ${ui.modes.map((mode) => widget.modes[mode]).join(", ")}` : widget.title);
  const heard = [...stateKeys(widget), "predicted", "reached", "answers", "functions", "modes", "predict", "more"];
  const changed = () => ui.changed();
  for (const key of heard) model.on(`change:${key}`, changed);
  const over = (event) => ui.light(event.target.closest?.("[data-link]")?.getAttribute("data-link"));
  root.addEventListener("pointerover", over);
  root.addEventListener("focusin", over);
  const printed = matchMedia("print");
  const toPaper = ({ matches }) => { ui.paper = matches; ui.draw(); };
  printed.addEventListener("change", toPaper);
  ui.draw();
  return () => {
    ui.pause();
    printed.removeEventListener("change", toPaper);
    clearTimeout(ui.speaking);
    clearTimeout(ui.saving);
    cancelAnimationFrame(ui.frame);
    for (const key of heard) model.off(`change:${key}`, changed);
    root.remove();
  };
}

/** A visualizer in the contract of anywidget: `export default { render }`. */
export const widgetOf = (widget) => ({ render: ({ model, el }) => mount(widget, model, el) });
