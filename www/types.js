// The shapes that cross between engine and page, for the type checker.

/** @typedef {{en: string, zh: string}} Text */
/** @typedef {Text & {key: string}} Message */
/** @typedef {{title: string, href: string}} Link */

/**
 * @typedef {object} Experiment
 * @property {string} lab
 * @property {Record<string, string | number>} values every parameter, defaults filled in
 * @property {number | null} at the step shown
 * @property {string | null} check fingerprint that the link promises
 * @property {number[] | null} pixels a painted picture, 64 ink levels 0..16
 */

/**
 * @typedef {object} Parameter
 * @property {string} key
 * @property {"seed" | "integer" | "number" | "choice"} kind
 * @property {string | number} default
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [step]
 * @property {{value: string, title: Text}[]} [options]
 * @property {string} [unit]
 * @property {string} [symbol] TeX
 * @property {Text} title
 * @property {Text} help
 * @property {Link | null} link
 * @property {"picture" | "model" | "sampler" | "schedule" | "view"} group
 * @property {{key: string, is: string[]}} [shown_when]
 */

/** @typedef {{id: string, title: Text, article: Link, model: string, parameters: Parameter[]}} LabSchema */
/** @typedef {{v: number, common: Parameter[], labs: LabSchema[]}} Schema */
/** @typedef {{experiment: Experiment, link: string, warnings: Message[]}} Parsed */

/**
 * @typedef {object} Status
 * @property {number} at
 * @property {number} length
 * @property {number} computed the furthest state that exists
 * @property {"demolish" | "rebuild"} phase
 * @property {number} t diffusion time of the shown state
 * @property {number} calls network calls so far
 * @property {number | null} step_ms median time of a step of the building
 * @property {"cpu" | "webgpu"} device
 * @property {Message[]} warnings
 * @property {{done: number, total: number}} measure
 */

/** @typedef {{name: string, shape: number[], data: Float32Array}} Frame */

/**
 * @typedef {object} Readout
 * @property {string} id
 * @property {Text} title
 * @property {number | null} value
 * @property {number | null} expected
 * @property {number | null} tolerance
 * @property {"equals" | "below" | "above"} relation
 * @property {string} unit
 * @property {"holds" | "fails" | "open"} verdict
 * @property {Text} note
 * @property {Link} reference
 */

/** @typedef {{verdict: "exact" | "close" | "differs" | "unreadable", rms: number | null, tolerance: number, message: Text}} Comparison */

/** @typedef {{file: string, loaded: number, total: number | null}} Progress bytes, uncompressed */

/**
 * A sentence from the engine's house: handed over, lost, refused.
 * @typedef {object} Notice
 * @property {string} key
 * @property {"quiet" | "info" | "warning"} level quiet ones only change the title block
 * @property {string} [detail] the engine's own words, not translated
 */

export {};
