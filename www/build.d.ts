// What the build puts into the page; sources served as they are lack it.

/** Bytes of engines and weights, by file. */
declare const SIZES: Record<string, number> | undefined;
/** Of sw.js alone: what is named by its content, the pages by the hash of their text, and a name for the version. */
declare const FILES: string[];
declare const PAGES: Record<string, string>;
declare const VERSION: string;
