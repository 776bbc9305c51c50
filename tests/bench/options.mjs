// What a script that drives an engine in Node is asked for: the folder of the engines, then options.
import process from "node:process";

/**
 * The engines' folder, and what was asked of them; ends the process with `usage` where none is named.
 * @param {string} usage what the script takes, without its name
 */
export function asked(usage) {
  const [engines, ...rest] = process.argv.slice(2);
  if (!engines || engines.startsWith("--")) {
    console.error(`node ${process.argv[1]} ${usage}`);
    process.exit(2);
  }
  return {
    engines,
    /** The value after `--name`. @param {string} name @param {any} [otherwise] */
    option(name, otherwise) {
      const at = rest.indexOf(`--${name}`);
      return at < 0 ? otherwise : rest[at + 1];
    },
    /** Whether `--name` is there. @param {string} name */
    flag: (name) => rest.includes(`--${name}`),
  };
}

let wrong = 0;

/** Prints what was seen, and remembers where it does not hold. @param {string} text */
export function row(text, holds = true) {
  console.log(text + (holds ? "" : "  WRONG"));
  wrong += Number(!holds);
}

/** Ends the process: with 1 where a row did not hold. */
export const end = () => process.exit(wrong ? 1 : 0);
