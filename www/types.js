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
 * @property {[number, number][] | null} [points] drawn points of the plane
 * @property {Fork[]} [forks] forks of the trajectory
 * @property {string | null} [prompt] what a language model reads first
 * @property {string | null} [text] what a language model is to learn from
 * @property {Intervention[]} [surgery] what is done to the model
 * @property {string[]} [expressions] formulas that were typed
 * @property {[number, number][]} [loop] corners of a loop on a chart
 * @property {[number, number, number][]} [paint] spots of heat: place and heat
 */

/**
 * Something done to a language model; layers, heads and positions count from 1, and a cell is [who looks, at whom].
 * In `cut` and `window` layer or head 0 means all of them.
 * @typedef {{op: "head", layer: number, head: number}
 *   | {op: "layer", layer: number, part: "attention" | "mlp" | "both"}
 *   | {op: "token", token: number}
 *   | {op: "cut", layer: number, head: number, cells: [number, number][]}
 *   | {op: "window", layer: number, head: number, width: number}
 *   | {op: "set", layer: number, head: number, cell: [number, number], value: number}
 *   | {op: "freeze", layer: number, head: number}
 *   | {op: "patch", layer: number, head: number, prompt: string}} Intervention
 */

/**
 * A fork: from state `at` of track `parent` on, something is different.
 * @typedef {object} Fork
 * @property {number} parent 0 is the original, j the j-th fork
 * @property {number} at
 * @property {Record<string, string | number>} [set] settings that change
 * @property {string | null} [noise] seed of the fresh noise of the one step after `at`
 * @property {[number, number][]} [paint] painted numbers of x: place, value
 * @property {number} [sample] the sample painted on
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
 * @property {"data" | "training" | "picture" | "model" | "sampler" | "race" | "schedule" | "view" | "surface" | "ant" | "what" | "point" | "law" | "lanes" | "particles" | "twins"} group
 * @property {{key: string, is: string[]}} [shown_when]
 * @property {{key: string, is: string[]}} [and_when] a second condition
 * @property {string[]} affects page, view, run, network, race or reach
 */

/** What a menu says of a lab, and the engine that it needs. @typedef {{id: string, title: Text, line: Text, question: Text, article: Link, engine: "core" | "maths" | "core-then-networks" | "networks"}} LabHead */
/** @typedef {LabHead & {groups: {id: string, title: Text}[], first: string[], forks: string[], prepares: string[], measures: string[], inputs: string[], parameters: Parameter[]}} LabSchema */
/** @typedef {{shape: number[], pictures: number, labels: Text[]}} GallerySchema shape: [C, H, W] */
/** All labs by their heads, one whole, and what that one adds. @typedef {{v: number, common: Parameter[], labs: LabHead[], lab: LabSchema, galleries: Record<string, GallerySchema>, surfaces: Surface[], landscapes: Land[], potential: string}} Schema */
/** A landscape to choose: its formula, what of the plane it is shown on (x from, to, y from, to), values that suit it. @typedef {{id: string, formula: string, window: number[], start: Record<string, number>}} Land */
/**
 * A sheet to choose: how its lengths are given, what its coordinates are called, values that suit it.
 * @typedef {object} Surface
 * @property {string} id
 * @property {Text} title
 * @property {"metric" | "conformal" | "embedding"} kind
 * @property {string[]} formulas
 * @property {boolean} typed whether a visitor types them
 * @property {string[]} names of the coordinates
 * @property {Record<string, number>} start
 * @property {string | null} curvature
 * @property {string[] | null} christoffel
 * @property {boolean} turns the second coordinate is an angle
 */
/** @typedef {{experiment: Experiment, warnings: Message[]}} Parsed */

/**
 * What broke a training run.
 * @typedef {object} Broke
 * @property {number | null} twin which of several networks, from 0
 * @property {number | null} seed which of several runs, from 0
 * @property {number | null} step
 * @property {Text | null} place what the first number that was not finite is
 * @property {boolean | null} backward whether it is a slope
 * @property {string | null} value NaN, inf or -inf
 * @property {Text} cause what is likely to have done it
 * @property {{values: Experiment["values"], name: Text}[]} repairs at most three
 */

/**
 * @typedef {object} Status
 * @property {number} at
 * @property {number} length
 * @property {number} [prompt] characters that a language model read before it wrote; 0 where nothing is written
 * @property {number} [context] most characters that it can hold in mind
 * @property {boolean} [mlp] whether the blocks of a language model have an MLP
 * @property {number} computed the furthest state that exists
 * @property {number} limit the furthest state that this engine can compute: less than the last one while the network is on its way
 * @property {"demolish" | "rebuild" | "write"} [phase]
 * @property {number} [t] diffusion time of the shown state
 * @property {number} [calls] network calls so far
 * @property {number | null} step_ms median time of a step that asks the network
 * @property {number} cores that a pull is cut among
 * @property {"core" | "maths" | "cpu" | "webgpu"} device
 * @property {Message[]} warnings
 * @property {Record<string, {done: number, total: number}>} tasks what is worked on beside the timeline
 * @property {number} [s] how far somebody has walked
 * @property {number} [time] how long something has flowed
 * @property {number} [keys] how many keys a row of attention has read
 * @property {number} [tokens] how many tokens a text has grown to
 * @property {number} [positions] rows of an attention map
 * @property {number} [width] numbers in a query of a head
 * @property {Broke} [broke] what broke when training failed last
 * @property {number} [head_steps] training steps of the network whose head is looked at
 * @property {{key: string, done: number, total: number}} [lent] a network that learnt in another lab: the key of its training, how far it is here, how far the link says
 * @property {string} [text] how what trained networks read begins
 * @property {number} [planned] training steps of all twins together
 * @property {boolean} [stands] whether there is ground to stand on
 * @property {Text | null} [stop] why a walk ended early
 * @property {number | null} [conjugate] where neighbours meet
 * @property {number | null} [enclosed] area inside a loop
 * @property {Misread[]} [misread]
 * @property {{curvature: string | null, christoffel: (string | null)[]} | null} [formulas] of a sheet that was typed; null: they are long
 * @property {[number, number, number]} [start] a walk's place and heading
 * @property {string | null} model name of the weights in use
 * @property {{parent: number, at: number, fork: number}[]} [tracks] the original and the forks that could be used; fork: number in the experiment
 */

/** A formula that cannot be read: which, at which character, and why. @typedef {Text & {letter: string, at: number}} Misread */

/** @typedef {{name: string, shape: number[], data: Float32Array}} Frame */

/**
 * What a pull is to bring beside the status. A film is asked for by ranges: `film:37` is every state from the 37th on, and
 * `film_states:37` says which those are. What an engine cannot give yet is left out of its answer.
 * @typedef {{frames: string[], readouts: boolean}} Want
 */
/** Status, frames and readouts of one state. @typedef {{status: Status, frames: Frame[], readouts: Readout[] | null}} Answer */
/** What is looked at in a session: no new one is needed for it. @typedef {{select?: number, track?: number, head?: [number, number], token?: number, probe?: [number, number], [key: string]: unknown}} Selection */
/** What keeps a player busy: steps or units of a task, or an engine that is still on its way. @typedef {{done: number, total: number, task?: string} | {waiting: "network"}} Busy */

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
 * @property {string | Record<string, number>} [detail] the engine's own words, not translated, or the numbers that the sentence tells
 */

/** A change of the experiment, and the share of the journey to stand at afterwards. @typedef {Partial<Experiment> & {part?: number}} Change */

/**
 * What a lab wants to see of its session: frames with every pull; with the pulls at rest, and now and then while it plays;
 * and once an opening. The film of the shown sample is `film` among the second.
 * @typedef {{pull: string[], rest: string[], once: string[]}} Frames
 */

/** What is carried over to another lab. @typedef {Pick<Experiment, "values" | "at"> & Partial<Omit<Experiment, "lab">>} Visit */

/**
 * What leaves the page; its code comes when somebody asks for it.
 * @typedef {object} Home
 * @property {(section?: "numbers" | "network" | "film" | "runs") => void} open what there is to take along
 * @property {(file: File) => Promise<void>} bring a file of weights that was dropped on the page
 * @property {(what: "readouts" | string[] | (string | number)[][][], name: string) => Promise<void>} csv claims, frames by name, or tables as they are, as one file
 */

/**
 * What the page lends a lab.
 * @typedef {object} LabContext
 * @property {import("./ui/i18n.js").Words} words
 * @property {LabSchema} schema
 * @property {Schema["galleries"]} galleries
 * @property {Schema} catalogue the whole schema, with what the lab adds to it
 * @property {import("./ui/player.js").Player} player
 * @property {import("./ui/popover.js").Help} help
 * @property {() => import("./views/palette.js").Palette} palette
 * @property {(change: Change) => Promise<void>} edit changes the experiment and the link
 * @property {(draft: Visit) => Promise<void>} visit the lab that this one has a door to, with what is carried over; a place to come back from
 * @property {(values: Experiment["values"]) => void} note what a session has become, for the link
 * @property {(name: string) => Promise<{frame: Frame, labels: Uint8Array}>} gallery real pictures that no model was trained on
 * @property {HTMLElement} titleblock
 * @property {Home} home
 * @property {import("./ui/controls.js").More} more
 * @property {string | null} embed of a figure in somebody else's page what is wanted besides: "1" the player, "settings" these too, "figure" nothing
 */

/**
 * A lab on the page.
 * @typedef {object} Mounted
 * @property {Element[]} elements
 * @property {(event: KeyboardEvent) => void} keys
 * @property {() => void} repaint the colours changed
 * @property {() => void} later what can wait until the first picture is there
 * @property {() => Promise<() => void>} hold what goes on by itself stands still and is noted, until the answer is called
 * @property {() => void} leave another experiment comes that the lab did not ask for: what runs or is open belongs to the one before
 * @property {(imprint: import("./views/imprint.js").Imprint) => any} plate the picture to save
 * @property {{columns: import("./ui/tables.js").Columns, names: string[]}} numbers what its frames are called, and all of them
 * @property {() => {element: Element, source: import("./ui/source.js").Source}[]} figures those that are seen
 * @property {() => void} paint draws everything anew, at once
 * @property {() => number | null} scale
 * @property {Element} stage what is drawn large
 * @property {() => void} destroy all that it listens to, waits for or holds ends with it
 */
/** @typedef {{mount: (context: LabContext) => Mounted, watched: Frames}} Lab */

export {};
