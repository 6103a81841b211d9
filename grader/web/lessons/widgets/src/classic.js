// All visualizers in one file without modules, for pages that are opened from a folder.

import { placeAll } from "./host.js";
import { mount } from "./shell.js";
import { widget as broadcast } from "./broadcast.js";
import { widget as dot } from "./dot.js";
import { widget as forward } from "./forward.js";
import { widget as matmul } from "./matmul.js";
import { widget as reshape } from "./reshape.js";
import { widget as vector } from "./vector.js";
import { widget as warp } from "./warp.js";

const all = { broadcast, dot, forward, matmul, reshape, vector, warp };
const files = Object.fromEntries(Object.entries(all).map(([name, widget]) => [name, { widget, mount }]));

/** As in page.js. */
export const start = (hooks = {}) => placeAll(files, hooks);

globalThis.wxb = { start, widgets: all };
if (!document.currentScript?.hasAttribute("data-wait")) {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => start());
  else start();
}
