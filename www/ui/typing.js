// Typing as it is meant: what an input method is still composing is not yet text, and its keys are none of the page's.

/** Whether a key belongs to an input method; Safari says so by a number only. @param {{isComposing?: boolean, keyCode?: number}} event */
export const isComposed = ({ isComposing, keyCode }) => Boolean(isComposing) || keyCode === 229;

/** No key that composes is heard by anything on the page; what it does to the field it does all the same. @param {EventTarget} page the window */
export const leaveComposing = (page) =>
  page.addEventListener(
    "keydown",
    (event) => isComposed(/** @type {KeyboardEvent} */ (event)) && event.stopImmediatePropagation(),
    { capture: true },
  );

/**
 * @param {EventTarget} field
 * @param {object} on
 * @param {() => void} on.begin a hand is in the field: from now on it is not to be overwritten, and what stood before is not meant any more
 * @param {() => void} on.typed the text is another one, and nothing of it is being composed
 */
export function whenTyped(field, { begin, typed }) {
  let composing = false;
  field.addEventListener("compositionstart", () => {
    composing = true;
    begin();
  });
  // Some browsers write the last input before this, some after it.
  field.addEventListener("compositionend", () => {
    composing = false;
    typed();
  });
  field.addEventListener("input", () => {
    begin();
    if (!composing) typed();
  });
}
