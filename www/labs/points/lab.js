// Lab 2 · Diffusion in the plane: points that everybody can draw, an exact denoiser, one trained in the tab, samplers in a race.
import { h } from "../../ui/dom.js";
import { race } from "../../ui/race.js";
import { halves, momentSaid, share } from "../../ui/schedule.js";
import { chart } from "../../ui/schedule-chart.js";
import { createTraining, networkKeys } from "../../ui/training.js";
import { lane } from "./lane.js";
import { meters } from "./meter.js";
import { request } from "./phrases.js";
import { compose as poster } from "./plate.js";
import { sheet } from "./sheet.js";
import { createSights } from "./sights.js";
import { strings } from "./strings.js";
import { training } from "./training.js";
/** @import { Experiment } from "../../types.js" */
/** @import { Composition, Desk } from "../../ui/lab.js" */
/** @import { Training } from "../../ui/training.js" */
/** @import { Words } from "./strings.js" */

/** Set by what is on the plane or beside it, not by a control of the panel; the race has its own. */
const elsewhere = new Set(["data", "denoiser", "view", "trained", "probe_x", "probe_y"]);
/** Views in which a few particles, quickly made, stand for all while the network is being trained. */
const sketched = new Set(["particles", "density"]);

/** @param {Desk<Words>} desk @returns {Composition} */
function compose(desk) {
  const { words, schema, player, palette, redraw, signal } = desk;
  const { t } = words;
  const learning = learn(desk);
  const { trainer, values } = learning;
  /** @type {Training["set"]} */
  const set = (change, more) => (contest.stop(), learning.set(change, more));
  const sights = createSights(player, redraw);
  const workshop = training({
    words,
    home: desk.home,
    trainer,
    ondenoiser: (denoiser) => (denoiser === "exact" && trainer.stop(), set({ denoiser })),
    onrewind: () => (trainer.drop(), set({ trained: 0 })),
    onslower: async () => (
      await set({ rate: Number((Number(values().rate) / 4).toPrecision(2)), trained: 0 }), trainer.start()
    ),
    onrepair: async (repair) => (await set({ ...repair, trained: 0 }), trainer.start()),
    signal,
  });
  const gauges = meters(words);
  const plane = sheet(desk, { ...learning, set }, [workshop.element, gauges.element]);
  const contest = race({
    ...desk,
    parameters: schema.parameters,
    set,
    drawLane: lane,
    quality: t("race.quality.points"),
  });

  /** The same data, seed and step as a way downhill. */
  function openFlow() {
    const { experiment, status } = player.state;
    if (!experiment) return;
    const { data, points, particles, steps, seed } = experiment.values;
    const at = Math.max(0, (status?.at ?? 0) - (experiment.values.journey === "both" ? Number(steps) : 0));
    void desk.visit({
      values: {
        part: "bridge",
        ...{ data, points, seed },
        particles: Math.min(2000, Number(particles)),
        steps: Math.min(400, Number(steps)),
      },
      points: experiment.points ?? null,
      at: Math.min(400, at),
    });
  }

  return {
    stage: plane,
    below: [
      h(
        "div",
        { class: "row" },
        h("button", { type: "button", class: "button", onclick: openFlow }, t("flow.open")),
      ),
    ],
    before: [contest],
    evidence: [chart(words, signal)],
    inner: [
      {
        update: (state, colours, { loss }) => workshop.update(state, colours, loss?.data ?? null),
        equip: workshop.equip,
      },
      { update: ({ readouts }) => gauges.update(readouts, trainer.running()) },
    ],
    set,
    panel: {
      parameters: schema.parameters.filter(({ key, group }) => !elsewhere.has(key) && group !== "race"),
      extras: { data: plane.slot },
    },
    time: {
      share,
      halves: (state) =>
        halves(state, { down: t("time.scattering"), between: t("time.noise"), up: t("time.gathering") }),
      hint: t("time.hint"),
      say: momentSaid(words),
    },
    phrases: {
      goals: { race: contest.element },
      async apply(phrase) {
        const asked = request(phrase, schema, learning);
        if (asked) await set(asked.change, asked.more);
      },
      verbs: { train: trainer.start, race: contest.start, draw: plane.start },
    },
    look: () => sights.frames(trainer.running()),
    listen: ({ wanted }) => wanted && plane.wish(wanted.values),
    keys: plane.isDrawing,
    plate: (imprint) =>
      poster({
        state: player.state,
        frames: sights.frames(false),
        words,
        schema,
        palette: palette(),
        imprint,
      }),
    scale: plane.scale,
    hold: learning.hold,
    leave() {
      trainer.drop();
      contest.stop();
      plane.leave();
    },
  };
}

/** The network of the plane, trained here. @param {Desk<Words>} desk */
function learn(desk) {
  const { player } = desk;
  const learning = createTraining(desk, {
    identity: networkKeys(desk.schema),
    renews: ({ points }) => points !== undefined,
    async prepare(replaying) {
      const { values, set } = learning;
      // A link goes to its own step when its network has learned.
      if (replaying) return;
      if (values().denoiser === "exact") await set({ denoiser: "learned" });
      // Samples are at the end of the way; a field can be watched anywhere.
      const { status } = player.state;
      if (status && status.at < status.length && !["field", "error"].includes(String(values().view)))
        await player.seek(status.length);
    },
    // Between two pulls the engine's sketch of the particles will do, beside the loss; what else depends on the network is computed anew.
    refresh: (resting) =>
      !resting && sketched.has(String(learning.values().view))
        ? player.reread()
        : player.seek(player.state.status?.at ?? 0),
    // Seen: the moons are within the claim's distance at 3000; a smiley has its mouth near 5000, its eyes near 8000.
    good: () => (learning.values().data === "drawn" ? 8000 : 3000),
  });
  return learning;
}

export const lab = {
  strings,
  style: new URL("./style.css", import.meta.url),
  notes: { en: new URL("./notes.en.html", import.meta.url), zh: new URL("./notes.zh.html", import.meta.url) },
  watched: { pull: ["x"], rest: [], once: ["times", "schedule", "data"] },
  numbers: {
    more: [
      "x0",
      "trajectories",
      "field",
      "field_exact",
      "density",
      "error",
      "probe",
      "loss",
      "sketch",
      "race",
      "race_floor",
    ],
    columns: {
      x0: ["x", "y"],
      data: ["x", "y"],
      sketch: ["x", "y"],
      trajectories: ["particle", "step", "axis", "place"],
      field: ["row", "column", "axis", "score"],
      field_exact: ["row", "column", "axis", "score"],
      density: ["row", "column", "density"],
      probe: ["path", "step", "axis", "place"],
    },
  },
  compose,
};
