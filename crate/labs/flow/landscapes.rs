//! The landscapes to choose from, each with a window that shows it and values that suit it.

use serde_json::{Map, Value as Json, json};

/// f in x and y, and a: the condition number.
#[derive(Debug)]
pub struct Known {
    pub id: &'static str,
    /// Empty: it lies under points.
    pub formula: &'static str,
    /// x from, to, y from, to: what the map shows.
    pub window: [f64; 4],
    /// Where to start, how long a step of a point is, and one of a cloud.
    pub start: [f64; 4],
}

/// The potential on the line before one is typed.
pub const POTENTIAL: &str = "x^4/4 - 3x^2/2 + x/3";

const WIDE: [f64; 4] = [-4.4, 4.4, -3.0, 3.0];

/// As the lab of points has it, and more to both sides.
const PLANE: [f64; 4] = [-4.38, 4.38, -3.0, 3.0];

pub const ALL: &[Known] = &[
    Known { id: "bowl", formula: "(x^2 + y^2)/2", window: WIDE, start: [3.0, 1.0, 0.22, 0.02] },
    Known { id: "ellipse", formula: "(x^2 + a y^2)/2", window: WIDE, start: [3.0, 1.0, 0.22, 0.02] },
    Known { id: "ravine", formula: "x^2/8 + 3 (y - sin(x))^2", window: WIDE, start: [-3.4, 2.2, 0.1, 0.02] },
    Known {
        id: "wells",
        formula: "(x^2 - 4)^2/8 + y^2/2 + x/6",
        window: WIDE,
        start: [0.4, 2.2, 0.15, 0.02],
    },
    Known { id: "barrier", formula: "a (x^2/4 - 1)^2 + y^2/2", window: WIDE, start: [-2.4, 1.2, 0.1, 0.02] },
    Known {
        id: "rosenbrock",
        formula: "(1 - x)^2 + 100 (y - x^2)^2",
        window: [-2.4, 2.4, -0.9, 2.4],
        start: [-1.2, 1.0, 0.0015, 0.001],
    },
    Known {
        id: "himmelblau",
        formula: "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
        window: [-7.0, 7.0, -4.8, 4.8],
        start: [-0.4, -1.2, 0.01, 0.002],
    },
    Known { id: "saddle", formula: "(x^2 - y^2)/2", window: WIDE, start: [3.0, 0.05, 0.2, 0.02] },
    Known { id: "ring", formula: "(x^2 + y^2 - 4)^2/8", window: WIDE, start: [3.2, 1.2, 0.08, 0.01] },
    // KL(N(0, 1) ‖ N(x, y²)): a normal distribution is fitted.
    Known {
        id: "fit",
        formula: "ln(y) + (1 + x^2)/(2 y^2) - 1/2",
        window: [-3.0, 3.0, 0.2, 4.31],
        start: [2.0, 1.2, 0.1, 0.01],
    },
    Known { id: "skyline", formula: "", window: PLANE, start: [0.0, 2.6, 0.02, 0.005] },
    Known { id: "drawn", formula: "", window: PLANE, start: [0.0, 0.0, 0.02, 0.005] },
    Known {
        id: "typed",
        formula: "sin(2x) cos(2y) + (x^2 + y^2)/8",
        window: WIDE,
        start: [2.6, 1.6, 0.12, 0.02],
    },
];

/// What a page must know of them: they join the schema.
pub fn schema() -> Map<String, Json> {
    let one = |known: &Known| {
        let [x, y, alpha, h] = known.start;
        json!({
            "id": known.id, "formula": known.formula, "window": known.window,
            "start": { "x": x, "y": y, "alpha": alpha, "h": h },
        })
    };
    let landscapes = ("landscapes".to_owned(), ALL.iter().map(one).collect());
    [landscapes, ("potential".to_owned(), json!(POTENTIAL))].into_iter().collect()
}
