// What is wider than its place is scrolled sideways: then keys have to reach it.

globalThis.wxbReach = (root) => {
  for (const each of root.querySelectorAll("pre, .wide, .formula")) {
    if (each.scrollWidth > each.clientWidth) {
      each.tabIndex = 0;
      each.setAttribute("role", "group");
      each.setAttribute("aria-label", each.matches(".formula") ? "Formula" : each.matches("pre") ? "Code" : "Table");
    }
  }
};
globalThis.wxbReach(document);
