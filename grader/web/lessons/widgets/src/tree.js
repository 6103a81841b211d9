// A small tree of elements: written as values, put on the page with as few changes as possible.
// Elements stay themselves between two drawings, so that focus, drag and selection survive.

const SPACES = { svg: "http://www.w3.org/2000/svg", math: "http://www.w3.org/1998/Math/MathML" };
const HTML = "http://www.w3.org/1999/xhtml";
//: What is set as a property: the attribute only says how it began.
const PROPERTIES = new Set(["checked", "open", "selected"]);

/** One element. Children may be nested lists; what is null or false is left out. */
export function h(tag, attributes, ...children) {
  const kept = children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false);
  return { tag, attributes: attributes ?? {}, children: kept.map((c) => (c.tag ? c : String(c))) };
}

/** Make the children of `parent` what `list` says. */
export function patch(parent, list) {
  const nodes = list.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false);
  const old = new Map();
  const names = new Map();
  const nameOf = (tag, key) => {
    const base = key === undefined ? tag : `${tag}:${key}`;
    const count = names.get(base) ?? 0;
    names.set(base, count + 1);
    return `${base}#${count}`;
  };
  for (const node of parent.childNodes) old.set(node.wxbName, node);
  const wanted = nodes.map((vnode) => {
    const text = !vnode.tag;
    const name = nameOf(text ? "#text" : vnode.tag, text ? undefined : vnode.attributes.key);
    const found = old.get(name);
    old.delete(name);
    const node = found ?? create(vnode, parent);
    node.wxbName = name;
    if (text) {
      if (node.data !== String(vnode)) node.data = String(vnode);
    } else {
      apply(node, vnode.attributes);
      patch(node, vnode.children);
      settle(node, vnode.attributes);
    }
    return node;
  });
  for (const node of old.values()) node.remove();
  wanted.forEach((node, i) => {
    if (parent.childNodes[i] !== node) parent.insertBefore(node, parent.childNodes[i] ?? null);
  });
}

function create(vnode, parent) {
  if (!vnode.tag) return document.createTextNode(String(vnode));
  const above = parent.namespaceURI ?? HTML;
  return document.createElementNS(SPACES[vnode.tag] ?? above, vnode.tag);
}

function apply(node, attributes) {
  const before = node.wxbAttributes ?? {};
  for (const name of Object.keys(before)) {
    if (!(name in attributes) && !name.startsWith("on")) node.removeAttribute(name);
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "key" || name === "value" || PROPERTIES.has(name)) continue;
    if (name.startsWith("on")) listen(node, name.slice(2));
    else if (name === "style") {
      for (const [key, text] of Object.entries(value)) node.style.setProperty(key, text);
    } else if (value === false || value === null || value === undefined) node.removeAttribute(name);
    else {
      const text = value === true ? "" : String(value);
      if (node.getAttribute(name) !== text) node.setAttribute(name, text);
    }
  }
  node.wxbAttributes = attributes;
}

/** What depends on the children, such as the chosen option. A field that is typed in keeps its text. */
function settle(node, attributes) {
  for (const name of PROPERTIES) {
    if (name in attributes && node[name] !== attributes[name]) node[name] = attributes[name];
  }
  if (!("value" in attributes)) return;
  const text = String(attributes.value);
  const typing = node.getRootNode().activeElement === node && node.wxbTyped === text;
  if (!typing && node.value !== text) node.value = text;
}

function listen(node, type) {
  node.wxbListens ??= new Set();
  if (node.wxbListens.has(type)) return;
  node.wxbListens.add(type);
  node.addEventListener(type, (event) => node.wxbAttributes[`on${type}`]?.(event));
}

const escape = (text) =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

/** The same tree as text, for a page without a script: no listeners, no styles. */
export function toText(vnode) {
  if (!vnode.tag) return escape(String(vnode));
  const space = vnode.tag === "svg" ? ` xmlns="${SPACES.svg}"` : "";
  const attributes = Object.entries(vnode.attributes)
    .filter(([name, value]) => !name.startsWith("on") && name !== "key" && name !== "style"
      && value !== false && value !== null && value !== undefined)
    .map(([name, value]) => ` ${name}="${escape(value === true ? "" : String(value))}"`);
  const inside = vnode.children.map(toText).join("");
  return `<${vnode.tag}${space}${attributes.join("")}>${inside}</${vnode.tag}>`;
}
