// How visualizers look. A constructed sheet: a strict Content-Security-Policy allows it.

const LIGHT = `
  --bg: #ffffff; --raised: #f4f6f9; --fg: #1b2230; --soft: #566072; --line: #cfd6e0; --grid: #e6eaf0;
  --a: #1758b8; --b: #a84300; --c: #006b52; --yours: #a0237c; --good: #006b3c; --bad: #b3211b;
  --shade: #1758b81f; --hot: #ffe9a8; --on: #ffffff; color-scheme: light;`;
const DARK = `
  --bg: #14181f; --raised: #1e242e; --fg: #e9edf4; --soft: #a4afbf; --line: #414b5a; --grid: #29303b;
  --a: #84b6ff; --b: #ffac70; --c: #58d8b4; --yours: #ff96d6; --good: #6fdc9f; --bad: #ff9a92;
  --shade: #84b6ff26; --hot: #5a4a12; --on: #10141a; color-scheme: dark;`;

export const SHEET = `
.wxb { ${LIGHT}
  container-type: inline-size; box-sizing: border-box; max-width: 58rem; margin: 1rem 0; padding: .75rem;
  color: var(--fg); background: var(--bg); border: 1px solid var(--line); border-radius: .75rem;
  font: 400 1rem/1.45 system-ui, sans-serif; overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) { .wxb { ${DARK} } }
[data-jp-theme-light="true"] .wxb { ${LIGHT} }
[data-jp-theme-light="false"] .wxb { ${DARK} }
.wxb *, .wxb *::before { box-sizing: border-box; }
.wxb .stage { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); margin: .5rem 0; }
.wxb .pictures { display: grid; gap: .75rem; grid-template-columns: minmax(0, 1fr); align-content: start; }
.wxb figure, .wxb p { margin: 0; }
.wxb figcaption, .wxb .caption { font-weight: 600; font-size: .9rem; margin-bottom: .2rem; }
.wxb small { color: var(--soft); font-size: .85em; font-weight: 400; }
.wxb .side { display: grid; gap: .6rem; align-content: start; min-width: 0; }
@container (min-width: 40rem) {
  .wxb .stage:has(> .pictures):has(> .side) { grid-template-columns: minmax(0, 22rem) minmax(0, 1fr); }
  .wxb .stage:has(> .pictures.two) { grid-template-columns: minmax(0, 1fr); }
  .wxb .pictures.two { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .wxb .pictures.two ~ .side { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}
.wxb .plane { display: block; width: 100%; max-width: 26rem; height: auto; aspect-ratio: 1; overflow: hidden;
  background: var(--bg); border: 1px solid var(--line); border-radius: .5rem; touch-action: pan-y pinch-zoom;
  user-select: none; }
.wxb .strip, .wxb .bars { display: block; width: 100%; max-width: 24rem; height: auto; }
.wxb .strip { max-width: none; }
.wxb .grid { stroke: var(--grid); stroke-width: 1; fill: none; }
.wxb .axis { stroke: var(--soft); stroke-width: 1.2; }
.wxb .tick { fill: var(--soft); font-size: 9px; }
.wxb .label { font-size: 13px; font-weight: 600; fill: currentColor; paint-order: stroke; stroke: var(--bg);
  stroke-width: 3.5px; stroke-linejoin: round; }
.wxb .note { font-size: 11px; fill: var(--soft); paint-order: stroke; stroke: var(--bg); stroke-width: 3px; }
.wxb .a { color: var(--a); } .wxb .b { color: var(--b); } .wxb .c { color: var(--c); }
.wxb .mine { color: var(--yours); } .wxb .soft { color: var(--soft); }
.wxb .arrow .shaft { stroke: currentColor; stroke-width: 2.6; fill: none; }
.wxb .arrow .head { fill: currentColor; }
.wxb .arrow .label { fill: currentColor; }
.wxb .dashed .shaft, .wxb .dashed.line, .wxb line.dashed { stroke-dasharray: 5 4; }
.wxb .mine .shaft, .wxb .mine.line { stroke-dasharray: 3 3; stroke-width: 2.2; }
.wxb .line { stroke: currentColor; stroke-width: 2; fill: none; }
.wxb .thin { stroke-width: 1.2; }
.wxb .thick { stroke-width: 10; opacity: .45; }
.wxb .area { fill: currentColor; fill-opacity: .14; stroke: currentColor; stroke-width: 1.4; }
.wxb .warped { stroke: var(--c); stroke-width: 1; fill: none; opacity: .55; }
.wxb .warped.mine { stroke: var(--yours); stroke-dasharray: 3 3; opacity: .8; }
.wxb .half { fill: var(--shade); }
.wxb .handle { outline: none; cursor: grab; color: var(--fg); touch-action: none; }
.wxb .handle.a { color: var(--a); } .wxb .handle.b { color: var(--b); } .wxb .handle.c { color: var(--c); }
.wxb .handle .reach { fill: currentColor; fill-opacity: 0; touch-action: none; }
.wxb .handle .dot { fill: var(--bg); stroke: currentColor; stroke-width: 3; }
.wxb .handle .ring { fill: none; stroke: currentColor; stroke-width: 2.5; opacity: 0; }
.wxb .handle:hover .ring { opacity: .5; }
.wxb .handle:focus .ring { stroke: var(--fg); opacity: 1; }
.wxb .row { display: flex; flex-wrap: wrap; gap: .35rem .5rem; align-items: center; min-width: 0; }
.wxb .row .name { font-weight: 600; }
.wxb .slide .name { flex: 0 1 auto; } .wxb .slide input[type=range] { flex: 1 1 8rem; min-width: 6rem; }
.wxb input[type=range] { accent-color: var(--a); min-height: 2.2rem; margin: 0; }
.wxb input[type=radio], .wxb input[type=checkbox] { accent-color: var(--a); width: 1.1rem; height: 1.1rem; margin: 0; }
.wxb .num { display: inline-flex; align-items: stretch; border: 1px solid var(--soft); border-radius: .4rem;
  background: var(--bg); overflow: hidden; }
.wxb .num:focus-within { outline: 2px solid var(--a); outline-offset: 1px; }
.wxb .num input:not(:focus):not(:disabled) { cursor: ew-resize; }
.wxb .num input { touch-action: pan-y; width: 3.6rem; min-height: 2rem; border: 0; padding: 0 .2rem; text-align: center; font: inherit;
  font-variant-numeric: tabular-nums; color: inherit; background: none; outline: none; }
.wxb button, .wxb select, .wxb .wide, .wxb textarea { font: inherit; color: var(--fg); background: var(--raised);
  border: 1px solid var(--soft); border-radius: .4rem; padding: .25rem .7rem; min-height: 2rem; }
.wxb button { cursor: pointer; }
.wxb .num button { border: 0; border-radius: 0; padding: 0; width: 1.75rem; min-width: 1.75rem; }
.wxb button:hover:not(:disabled) { background: var(--grid); }
.wxb button.main { background: var(--a); color: var(--on); border-color: var(--a); font-weight: 600; }
.wxb button.main:hover:not(:disabled) { filter: brightness(1.1); }
.wxb :disabled { opacity: .55; cursor: default; } .wxb .num input:disabled { opacity: .9; -webkit-text-fill-color: currentColor; }
.wxb button:focus-visible, .wxb select:focus-visible, .wxb input:focus-visible, .wxb summary:focus-visible,
.wxb pre:focus-visible, .wxb .scroll:focus-visible, .wxb textarea:focus-visible { outline: 2px solid var(--a); outline-offset: 2px; }
.wxb .num input:focus-visible { outline: none; }
.wxb .wide { width: 11rem; background: var(--bg); }
.wxb textarea { width: 100%; }
.wxb fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
.wxb .choice { display: flex; flex-wrap: wrap; gap: .35rem; align-items: center; }
.wxb .choice legend { float: left; padding: 0; margin-right: .5rem; font-weight: 600; }
.wxb .option { display: inline-flex; gap: .4rem; align-items: center; min-height: 2rem; padding: .1rem .6rem .1rem .5rem;
  border: 1px solid var(--line); border-radius: 1rem; cursor: pointer; }
.wxb .option:has(:checked) { border-color: var(--a); background: var(--shade); }
.wxb .ask { border: 2px solid var(--a); border-radius: .6rem; padding: .5rem .75rem .7rem; margin: .5rem 0; }
.wxb .ask legend { padding: 0 .4rem; font-weight: 700; color: var(--a); }
.wxb .ask p { margin: 0 0 .5rem; }
.wxb .answered { border-width: 0 0 0 4px; border-radius: 0; padding: .25rem .75rem; }
.wxb .answered.right { border-color: var(--good); } .wxb .answered.wrong { border-color: var(--bad); }
.wxb .answered.right strong { color: var(--good); } .wxb .answered.wrong strong { color: var(--bad); }
.wxb .readouts { margin: 0; display: grid; gap: .2rem; }
.wxb .readout { display: flex; flex-wrap: wrap; gap: 0 .6rem; padding: .1rem .35rem; border-radius: .3rem; }
.wxb .readout dt { font-weight: 600; } .wxb .readout dd { margin: 0; font-variant-numeric: tabular-nums; }
.wxb .readout.yours { color: var(--yours); border-left: 3px dashed var(--yours); }
.wxb .readout.differs dd { font-weight: 700; }
.wxb .warn { color: var(--bad); font-weight: 600; } .wxb .good { color: var(--good); font-weight: 600; }
.wxb .hint { border-left: 4px solid var(--yours); padding: .3rem .75rem; margin: .5rem 0; }
.wxb .hot:not(svg *) { background: var(--hot); }
.wxb .hot.arrow .shaft, .wxb .hot.line { stroke-width: 4.5; }
.wxb .hot > .area { fill-opacity: .5; stroke-width: 3; }
.wxb math { font-size: 1.1em; } .wxb .formula { padding: .1rem .35rem; } .wxb math + math { margin-left: .3em; }
.wxb mrow.hot { background: var(--hot); }
.wxb .tools { margin: .6rem 0 .25rem; }
.wxb details { margin-top: .5rem; } .wxb summary { cursor: pointer; font-weight: 600; padding: .2rem 0; }
.wxb .inside { display: grid; gap: .5rem; padding: .25rem 0 0; margin: 0; }
.wxb .goals li { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; list-style: none; padding: .1rem 0; }
.wxb .goals li.active { font-weight: 600; }
.wxb pre { margin: 0; padding: .5rem .6rem; background: var(--raised); border-radius: .4rem; white-space: pre-wrap;
  font: .85rem/1.45 ui-monospace, monospace; }
.wxb .status { min-height: 1.45em; margin: .4rem 0 0; color: var(--soft); font-size: .9rem; }
.wxb .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.wxb .matrices { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: flex-start; }
.wxb .matrix { min-width: 0; max-width: 100%; overflow-x: auto; }
.wxb .cells { display: grid; grid-template-columns: repeat(var(--columns), minmax(3.1rem, auto)); width: max-content;
  gap: 2px; padding: .25rem .4rem; border: 2px solid var(--soft); border-width: 0 2px; border-radius: .4rem; }
.wxb .cell { min-height: 2.3rem; display: grid; place-items: center; border-radius: .3rem; padding: 0 .15rem;
  font-variant-numeric: tabular-nums; border: 2px solid transparent; background: var(--raised); }
.wxb .cell .num { border: 0; background: none; } .wxb .cell .num input { width: 2.6rem; min-height: 1.9rem; }
.wxb .cell.used { box-shadow: inset 0 -2px 0 var(--soft); }
.wxb .matrix .caption { display: flex; gap: .5rem; justify-content: space-between; align-items: end; flex-wrap: wrap; min-height: 2rem; }
.wxb .nudge { display: inline-flex; gap: 2px; } .wxb .nudge button { padding: 0; min-height: 1.6rem; width: 1.75rem; line-height: 1; }
.wxb .corner { display: grid; grid-template-columns: max-content max-content; gap: .5rem 1rem; align-items: end; }
.wxb .spelled { min-height: 1.45em; font-variant-numeric: tabular-nums; }
.wxb .cell button { border: 0; background: none; width: 100%; padding: 0 .2rem; min-height: 1.9rem; font-variant-numeric: tabular-nums; }
.wxb .cell.row-on { border-color: var(--a); } .wxb .cell.col-on { border-color: var(--b); border-style: dashed; }
.wxb .cell.now { background: var(--hot); font-weight: 700; } .wxb .cell.done { border-color: var(--c); }
.wxb .cell.open { color: var(--soft); } .wxb .cell.changed { background: var(--hot); }
.wxb .matrix.mine .cells, .wxb .slots .mine { border-style: dashed; border-color: var(--yours); color: var(--yours); }
.wxb .cell.off { opacity: .6; text-decoration: line-through; }
.wxb .chips { display: flex; flex-wrap: wrap; gap: .15rem; align-items: center; font-variant-numeric: tabular-nums; font-weight: 600; }
.wxb .chip { border: 2px solid var(--line); border-radius: .4rem; padding: .1rem .55rem; background: var(--raised); }
.wxb .chip.fits { border-color: var(--good); } .wxb .chip.clash { border-color: var(--bad); border-style: dashed; margin: 0 .35rem; }
.wxb .slots { border-collapse: separate; border-spacing: .3rem; font-variant-numeric: tabular-nums; }
.wxb .slots caption { text-align: left; white-space: nowrap; }
.wxb .slots th { text-align: left; font-weight: 600; padding-right: .5rem; }
.wxb .slots td { min-width: 3rem; text-align: center; border: 2px solid var(--line); border-radius: .4rem; padding: .25rem .4rem; background: var(--raised); }
.wxb .slots .none { border-style: dotted; color: var(--soft); } .wxb .slots .stretch { border-color: var(--b); border-style: dashed; }
.wxb .slots .same { border-color: var(--c); } .wxb .slots .error { border-color: var(--bad); border-style: double; color: var(--bad); font-weight: 700; }
.wxb .nobr { white-space: nowrap; display: inline-flex; gap: .15rem; align-items: center; }
.wxb .scroll { overflow-x: auto; max-width: 100%; }
@container (max-width: 28rem) {
  .wxb .cells { grid-template-columns: repeat(var(--columns), minmax(2.55rem, auto)); padding: .25rem .2rem; }
  .wxb .slots { border-spacing: .15rem; } .wxb .slots td { min-width: 2.2rem; padding: .25rem .2rem; } .wxb .slots caption { white-space: normal; }
  .wxb .cell { padding: 0; } .wxb .cell .num input { width: 2.2rem; padding: 0; }
}
@container (max-width: 20rem) { .wxb .corner { grid-template-columns: minmax(0, 1fr); } .wxb .corner .gap { display: none; } }
@container (max-width: 36rem) { .wxb .corner.big { grid-template-columns: minmax(0, 1fr); } .wxb .corner.big .gap { display: none; } }
@media (prefers-reduced-motion: no-preference) { .wxb .cell { transition: background-color .15s; } }
@media (forced-colors: active) {
  .wxb .plane, .wxb .strip, .wxb .bars { forced-color-adjust: auto; }
  .wxb .arrow .shaft, .wxb .line, .wxb .axis { stroke: CanvasText; } .wxb .arrow .head { fill: CanvasText; }
  .wxb .grid { stroke: GrayText; opacity: .4; } .wxb .warped { stroke: CanvasText; opacity: .8; } .wxb .label, .wxb .note { fill: CanvasText; stroke: Canvas; } .wxb .tick { fill: CanvasText; stroke: none; }
  .wxb .handle .dot { fill: Canvas; stroke: Highlight; } .wxb .handle:focus .ring { stroke: Highlight; }
  .wxb .area { fill: none; stroke: CanvasText; } .wxb .half { fill: Highlight; fill-opacity: .15; stroke: none; }
  .wxb .cell { border-color: Canvas; } .wxb .cell.row-on, .wxb .cell.done { border-color: CanvasText; } .wxb .cell.col-on { border-color: Highlight; }
  .wxb .option:has(:checked), .wxb .cell.now, .wxb .cell.changed { outline: 2px solid Highlight; }
}
@media print {
  .wxb { ${LIGHT} break-inside: avoid; border-color: #888; }
  .wxb .tools, .wxb .player, .wxb details, .wxb .status, .wxb .ask, .wxb .choice, .wxb .handle, .wxb .toggle, .wxb button, .wxb input[type=range],
  .wxb .row:has(> button.main) { display: none; }
  .wxb .cell button { display: block; color: inherit; }
}
`;

/** Give a document or shadow root the sheet, once. */
export function dress(root) {
  const host = root.adoptedStyleSheets ? root : document;
  if (host.wxbDressed) return;
  host.wxbDressed = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(SHEET);
  host.adoptedStyleSheets = [...host.adoptedStyleSheets, sheet];
}
