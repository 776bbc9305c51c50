// When the address is written, and for whom: a while after things rest, and never over an address that somebody has gone to meanwhile.
/** @import { Experiment } from "../types.js" */

/** ms of rest before the address is written. */
const rest = 300;

/**
 * @param {object} needs
 * @param {() => string} needs.read the fragment that the address has now
 * @param {(fragment: string) => void} needs.write
 * @param {(experiment: Experiment) => Promise<string>} needs.format
 * @param {(error: unknown) => void} needs.fail
 */
export function createAddress({ read, write, format, fail }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** What is to be written, or was last. @type {Experiment | null} */
  let planned = null;
  let due = false;
  /** The fragment that was read or written last: if the address has another one, it is no longer ours. */
  let known = read();
  let visits = 0;

  async function save() {
    clearTimeout(timer);
    if (!due || !planned) return;
    due = false;
    const mine = visits;
    const fragment = await format(planned);
    if (mine !== visits || read() !== known || fragment === known) return;
    write(fragment);
    known = read();
  }
  const flush = () => save().catch(fail);

  return {
    /** Somebody has come here by a link, Back or Forward: what was to be written belonged to another address. */
    visit() {
      clearTimeout(timer);
      visits++;
      planned = null;
      due = false;
      return (known = read());
    },
    /** This experiment is on the screen and rests. @param {Experiment} experiment */
    plan(experiment) {
      if (planned && same(planned, experiment)) return;
      clearTimeout(timer);
      planned = experiment;
      due = true;
      timer = setTimeout(flush, rest);
    },
    /** The page may not live until the time has come. */
    flush,
    /** The same experiment on a page that is asked for otherwise. @param {string} fragment */
    rewrite(fragment) {
      write(fragment);
      known = read();
    },
  };
}

/** Keys of how a page looks: an address without any others is no experiment of anybody's. */
const looks = ["lab", "lang", "theme", "type", "controls", "device"];

/**
 * An address that names a lab and nothing else, as the lab begins in a language. Links that the page writes say what they began with.
 * @param {string} fragment @param {{id: string, begins?: Partial<Record<"en" | "zh", string>>}[]} labs @param {"en" | "zh"} language
 */
export function begun(fragment, labs, language) {
  const keys = new URLSearchParams(fragment);
  const begins = labs.find(({ id }) => id === keys.get("lab"))?.begins?.[language];
  return begins && [...keys.keys()].every((key) => looks.includes(key)) ? `${fragment}&${begins}` : fragment;
}

/** What an address says of the frame that it stands in, not of the experiment. */
const framing = ["embed", "host"];

/** @param {string} fragment */
export const unframed = (fragment) =>
  fragment
    .split("&")
    .filter((pair) => !framing.includes(pair.split("=")[0]))
    .join("&");

/** @param {Experiment} one @param {Experiment} other */
const same = (one, other) =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].every(
    (key) => one[/** @type {"at"} */ (key)] === other[/** @type {"at"} */ (key)],
  );
