// The lab on the page: fetched with its first link, kept while links and settings change, taken down with its language or for another lab.
import { notLoaded } from "./loading.js";
/** @import { Lab, LabContext, Mounted } from "../types.js" */

/** @param {readonly {id: string, load: () => Promise<Lab>}[]} labs */
export function createMounting(labs) {
  /** @type {{id: string, lab: Lab} | null} */
  let fetched = null;
  /** @type {Mounted | null} */
  let mounted = null;
  /** What `mounted` was made for. */
  let language = "";
  /** Whether what can wait has been fetched for the labs of this visit: from then on, nothing waits. */
  let equipped = false;

  function takeDown() {
    mounted?.destroy();
    mounted = null;
  }

  return {
    lab: () => mounted,
    /** What was fetched says which frames it wants and what happens there. */
    fetched: () => /** @type {Lab} */ (fetched?.lab),
    /** Another lab than the one that is there. @param {string} id @returns {Promise<(() => void) | null>} puts it in the place of the one before; null if it is there already */
    async fetch(id) {
      if (fetched?.id === id) return null;
      const known = labs.find((lab) => lab.id === id) ?? labs[0];
      const lab = await known.load().catch((error) => {
        // What does not arrive is a TypeError; anything else is an error in the file.
        throw error instanceof TypeError ? notLoaded(`labs/${known.id}: ${error.message}`) : error;
      });
      return () => {
        takeDown();
        equipped = false;
        fetched = { id, lab };
      };
    },
    /** Mounts what was fetched, unless it stands there in these words. @param {() => LabContext} lend */
    mount(lend, /** @type {string} */ words) {
      if (!fetched || (mounted && language === words)) return;
      takeDown();
      language = words;
      mounted = fetched.lab.mount(lend());
      if (equipped) mounted.later();
    },
    /** Another experiment comes by a link. */
    leave: () => mounted?.leave(),
    isEquipped: () => equipped,
    /** The first picture is there: what could wait need not any more. */
    equip() {
      if (!equipped) mounted?.later();
      equipped = true;
    },
  };
}
