// What each visualizer is called, its modes, and the state in which it begins. Strict JSON after the
// equals sign: Python reads it, too.

export const STATES = {
  "vector": {
    "title": "Vector",
    "modes": {"length": "length", "unit": "unit vector", "add": "add", "subtract": "subtract", "scale": "scale"},
    "defaults": {
      "mode": "length",
      "a": [3, -4],
      "b": [1, 2],
      "c": 2,
      "wide": false
    }
  },
  "dot": {
    "title": "Dot product",
    "modes": {"dot": "two vectors", "neuron": "a neuron"},
    "defaults": {
      "mode": "dot",
      "a": [3, 1],
      "b": [1, 3],
      "lock": "none",
      "w": [2, 1],
      "X": [[3, 2], [-1, 4], [2, -3], [-4, -1]],
      "eta": 0.25,
      "bias": 0,
      "pick": 0
    }
  },
  "warp": {
    "title": "What a matrix does to the plane",
    "modes": {"warp": "W x", "affine": "W x + b", "compose": "two maps", "shears": "three shears"},
    "defaults": {
      "mode": "warp",
      "W": [[1, 1], [0, 1]],
      "x": [1, 2],
      "t": 1,
      "b": [1, 2],
      "A": [[0, -1], [1, 0]],
      "k": [0, 0, 0],
      "u": [1, 0.5],
      "v": [-0.5, 1],
      "eigens": false,
      "ellipse": false,
      "probe": false
    }
  },
  "matmul": {
    "title": "Matrix multiplication",
    "modes": {"product": "A B", "layer": "X Wᵀ", "rows": "W x, row by row", "columns": "W x, column by column"},
    "defaults": {
      "mode": "product",
      "reading": "dot",
      "A": [[1, 2, 3], [4, 5, 6]],
      "B": [[7, 8], [9, 10], [11, 12]],
      "x": [1, 2, 4],
      "W": [[1, 0, -1], [2, 1, 0]],
      "b": [1, -5],
      "bias": false,
      "rectify": false,
      "step": 0,
      "quiz": false,
      "score": [0, 0]
    }
  },
  "forward": {
    "title": "A batch through one layer",
    "modes": {"trace": "step by step", "change": "change one thing"},
    "defaults": {
      "mode": "trace",
      "X": [[1, 2, 0], [0, 1, 1], [2, -1, 1], [-1, 0, 2]],
      "W": [[1, 0.5, -1], [-1, 1, 0.5]],
      "b": [0.5, -1],
      "activation": "relu",
      "order": "sample",
      "step": 0,
      "touch": "sample",
      "which": 1,
      "amount": 0
    }
  },
  "broadcast": {
    "title": "Broadcasting",
    "modes": {"shapes": "any two shapes", "bias": "adding a bias"},
    "defaults": {
      "mode": "shapes",
      "left": [4, 3],
      "right": [3],
      "at": 0
    }
  },
  "reshape": {
    "title": "Transpose and reshape, in memory",
    "modes": {"transpose": "transpose", "reshape": "reshape", "view": "view"},
    "defaults": {
      "mode": "transpose",
      "shape": [2, 3],
      "target": [3, 2],
      "step": 0
    }
  }
};
