// What a browser remembers of its visitor's ways; one that lends no storage, in a private window or a frame, remembers nothing.

/** @param {string} key */
export function remembered(key) {
  try {
    return localStorage.getItem(`chailou.${key}`);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
export function remember(key, value) {
  try {
    localStorage.setItem(`chailou.${key}`, value);
  } catch {
    // It is a convenience: the link says it too.
  }
}
