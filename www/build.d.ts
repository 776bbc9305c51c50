// What the build puts into the page; sources served as they are lack it.

/** Bytes of engines and weights, by file. */
declare const SIZES: Record<string, number> | undefined;
