// What may come late: fetched when it is first asked for, once; again after a failure.

/** @template T @param {() => Promise<T>} load @returns {() => Promise<T>} */
export const once = (load) => {
  /** @type {Promise<T> | undefined} */
  let promise;
  return () => (promise ??= load().catch((error) => ((promise = undefined), Promise.reject(error))));
};
