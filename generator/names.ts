/**
 * Names: which may be used, and how one becomes another. Identifiers are rejected, never escaped.
 */

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;
const SLUG = /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/;
const RULE = /^(?:[A-Za-z_][A-Za-z0-9_]*\.)?[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

const WORDS = `abstract any arguments as asserts async await bigint boolean break case catch class
  const constructor continue debugger declare default delete do else enum eval export extends false
  finally for from function get global if implements import in infer instanceof interface is keyof
  let module namespace never new null number object of override package private protected prototype
  public readonly require return satisfies set static string super switch symbol this throw true try
  type typeof undefined unique unknown using var void while with yield __proto__`.split(/\s+/);

const UTILITIES = `Awaited Exclude Extract InstanceType NoInfer NonNullable Omit Parameters Partial
  Pick Readonly Record Required ReturnType`.split(/\s+/);

/** Names that generated functions use for themselves. */
const LOCALS = new Set([
  "args", "body", "contract", "element", "facts", "given", "how", "i", "judge", "known", "link",
  "mark", "on", "onIssues", "options", "result", "returned", "spare", "steps", "terms", "value",
  "verdict", "weigh", "_facts", "_given", "_on", "BigInt", "Number", "String",
]); // prettier-ignore

/** Names that generated modules use for themselves, besides. */
const MODULES = new Set([
  "length", "lifetimes", "outcomes", "walk", "z", "CALL", "OPERATION", "PROFILES", "TERMS",
  "TRACED",
]); // prettier-ignore

const KEYWORDS = new Set(WORDS);
const OBJECT = new Set(Object.getOwnPropertyNames(Object.prototype));
const GLOBALS = new Set([...UTILITIES, ...Object.getOwnPropertyNames(globalThis)]);

/** Files that every output has. */
const FILES = new Set([
  "checks",
  "index",
  "is",
  "types",
  "guards",
  "verdicts",
  "judges",
  "codes",
  "constants",
  "facts",
  "dispatch",
  "schema",
]);

/** True for a C identifier. */
export const isIdentifier = (name: string): boolean => IDENTIFIER.test(name);

/** True for a lower-case name with hyphens and dots: facts, pages. */
export const isSlug = (name: string): boolean => SLUG.test(name);

/** True for the key of a rule: a slug, or a parameter and a word. */
export const isRuleKey = (name: string): boolean => RULE.test(name);

const BY_LANGUAGE = "in JavaScript or TypeScript";
const BY_WSKIT = "by the code that wskit generates";

/** By whom a name at the top of a module is reserved, because it would hide something. */
export function reservedGlobal(name: string): string | undefined {
  if (KEYWORDS.has(name) || OBJECT.has(name) || GLOBALS.has(name)) return BY_LANGUAGE;
  return LOCALS.has(name) || MODULES.has(name) ? BY_WSKIT : undefined;
}

/** By whom the name of a parameter or field is reserved. */
export function reservedMember(name: string): string | undefined {
  if (KEYWORDS.has(name) || OBJECT.has(name)) return BY_LANGUAGE;
  return LOCALS.has(name) ? BY_WSKIT : undefined;
}

/** True where `export const name` cannot be written. */
export const isKeyword = (name: string): boolean => KEYWORDS.has(name);

/** True where a call may not have this stem. */
export const isReservedStem = (stem: string): boolean => FILES.has(stem);

/** The file stem of a C name: WskSendTo is `wsk-send-to`, WSPSend `wsp-send`. */
export function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .replaceAll("_", "-")
    .toLowerCase();
}

/** The file stem of a struct: WSK_BUF is `wsk-buf`. */
export const structStem = (name: string): string => name.toLowerCase().replaceAll("_", "-");

/** The names that the codec of a struct exports: `readWskBuf`, `writeWskBuf`, `WskBufImage`… */
export function codecNames(name: string): Readonly<Record<CodecName, string>> {
  const words = name.split("_").filter((word) => word !== "");
  const isUpper = name === name.toUpperCase();
  const stem = words
    .map(
      (word) =>
        word.charAt(0).toUpperCase() + (isUpper ? word.slice(1).toLowerCase() : word.slice(1)),
    )
    .join("");
  return {
    codec: `codecOf${stem}`,
    read: `read${stem}`,
    readArray: `read${stem}Array`,
    write: `write${stem}`,
    writeArray: `write${stem}Array`,
    readImage: `read${stem}Image`,
    image: `${stem}Image`,
  };
}

type CodecName = "codec" | "read" | "readArray" | "write" | "writeArray" | "readImage" | "image";

/** The constant of a rule: `Flags.must-be` is `flagsMustBe`. */
export function camel(key: string): string {
  const joined = key.replace(/[._-]+(\w)/g, (_, letter: string) => letter.toUpperCase());
  return joined.charAt(0).toLowerCase() + joined.slice(1);
}
