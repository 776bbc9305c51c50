// What the build puts into the page; sources served as they are lack it.

/** Bytes of engines and weights, by file. */
declare const SIZES: Record<string, number> | undefined;
/** Of sw.js alone: what is named by its content, the pages by the hash of their text, and a name for the version. */
declare const FILES: string[];
declare const PAGES: Record<string, string>;
declare const VERSION: string;

// It comes without types: what is used of it.
declare module "gifenc" {
  export function GIFEncoder(): {
    writeFrame(
      index: Uint8Array,
      width: number,
      height: number,
      options: { palette: number[][]; delay: number },
    ): void;
    finish(): void;
    bytes(): Uint8Array;
  };
  export function quantize(rgba: Uint8ClampedArray, most: number): number[][];
  export function applyPalette(rgba: Uint8ClampedArray, palette: number[][]): Uint8Array;
}
