// Prints, for each mode and preset of each visualizer, the code that it offers and what it shows.

const src = process.env.WXB_SRC;
const load = (name) => import(`${src}/${name}.js`);
const { cleaned } = await load("shell");
const answer = ({ mode }, values) => (mode === "rows" || mode === "columns" ? values.flat() : values);
const shown = {
  vector: ({ result }) => (s) => [result(s)],
  dot: () => null,
  warp: ({ image }) => (s) => (s.mode === "warp" || s.mode === "affine" ? [image(s, s.x)] : null),
  matmul: ({ after, plan, fits }) => (s) => (fits(s) ? [answer(s, after(s, plan(s).length).values)] : "error"),
  forward: ({ trace }) => (s) => [trace(s).out],
  broadcast: ({ answerText }) => (s) => (answerText(s.left, s.right) === "error" ? "error" : null),
  reshape: ({ reading }) => (s) => (reading(s).strides ? null : s.mode === "view" && reading(s).shape ? "copy" : "error"),
};
const found = [];
for (const name of Object.keys(shown)) {
  const module = await load(name);
  const { widget } = module;
  for (const mode of Object.keys(widget.modes)) {
    const presets = Object.entries(widget.presets).filter(([, { only }]) => !only || only.includes(mode));
    for (const [preset, { only, ...change }] of [["", {}], ...presets]) {
      const state = cleaned(widget, { mode, ...change, bias: true, rectify: true });
      found.push({ what: `${name} ${mode} ${preset}`, ...widget.code(state), shown: shown[name](module)?.(state) ?? null });
    }
  }
}
process.stdout.write(JSON.stringify(found));
