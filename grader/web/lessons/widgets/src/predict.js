// First say what will happen: the prediction is locked in before anything moves.

import { fmt, tuple } from "./text.js";
import { button, numberField } from "./controls.js";
import { h } from "./tree.js";

/** Whether what was said is what comes out. Numbers may be off by the question's tolerance. */
export function isRight(question, said, state) {
  const answer = question.answer(state);
  if (question.right) return question.right(said, answer, state);
  if (question.kind === "numbers") {
    return said.every((x, i) => Math.abs(x - answer[i]) <= (question.tolerance ?? 0.01));
  }
  if (question.kind === "many") {
    return JSON.stringify([...said].sort()) === JSON.stringify([...answer].sort());
  }
  return said === answer;
}

const fieldsOf = (question, state) =>
  typeof question.fields === "function" ? question.fields(state) : question.fields;

/** Whether something has the form of an answer to a question: a link may hold anything. */
export function isAnswer(question, said, state) {
  if (question.kind === "numbers") {
    return Array.isArray(said) && said.length === fieldsOf(question, state).length && said.every(Number.isFinite);
  }
  const keys = question.options?.(state).map(([key]) => key);
  if (question.kind === "many") return Array.isArray(said) && said.every((key) => keys.includes(key));
  return typeof said === "string" && (!keys || keys.includes(said));
}

export function emptyDraft(question, state) {
  if (question.kind === "numbers") return fieldsOf(question, state).map(() => 0);
  return question.kind === "many" ? [] : "";
}

/** An answer in words. */
export function inWords(question, value, state) {
  if (question.kind === "numbers") return value.length > 1 ? tuple(value) : fmt(value[0]);
  const names = question.options && Object.fromEntries(question.options(state));
  if (question.kind === "many") return value.map((key) => names[key]).join(", ") || "none";
  return names ? names[value] : value;
}

/** The panel: the question with its fields, or what was said beside what it is. */
export function panel(ui, question) {
  if (!ui.said) return asking(ui, question);
  const { said, then: state } = ui.said;
  const right = isRight(question, said, state);
  const words = (value) => inWords(question, value, state);
  return h("div", { class: `ask answered ${right ? "right" : "wrong"}`, key: "answered" },
    h("p", {}, h("strong", {}, right ? "✓ As you predicted: " : "✗ Not as you predicted: "),
      right ? `${words(question.answer(state))}.`
        : `you said ${words(said)}, and it is ${words(question.answer(state))}.`, " ",
      question.why?.(state)),
    button("Predict another", () => ui.askAgain()));
}

function asking(ui, question) {
  const { draft, s } = ui;
  const set = (value) => ui.drafted(value);
  let fields;
  if (question.kind === "numbers") {
    fields = fieldsOf(question, s).map((label, i) => h("span", { class: "row", key: label },
      h("span", {}, `${label} `),
      numberField(ui, {
        label: `prediction, ${label}`, value: draft[i], free: true, min: -999, max: 999,
        step: question.step ?? 0.5,
        set: (x) => set(draft.map((old, k) => (k === i ? x : old))),
      })));
  } else if (question.kind === "text") {
    fields = h("input", {
      type: "text", class: "wide", "aria-label": "Your prediction", value: draft, autocomplete: "off",
      placeholder: question.placeholder,
      oninput: (event) => { event.target.wxbTyped = event.target.value; set(event.target.value); },
    });
  } else {
    const many = question.kind === "many";
    fields = question.options(s).map(([key, text]) => h("label", { class: "option", key },
      h("input", {
        type: many ? "checkbox" : "radio", name: ui.id("prediction"), value: key,
        checked: many ? draft.includes(key) : draft === key,
        onchange: () => {
          if (!many) set(key);
          else set(draft.includes(key) ? draft.filter((k) => k !== key) : [...draft, key]);
        },
      }), h("span", {}, text)));
  }
  const empty = typeof draft === "string" && !draft.trim();
  return h("fieldset", { class: "ask", key: "asking" },
    h("legend", {}, "Predict first"),
    h("p", {}, question.ask(s), question.note ? h("small", {}, ` ${question.note}`) : null),
    h("div", { class: "row" }, fields,
      button("Lock in", () => ui.lockIn(), { class: "main", disabled: empty })));
}
