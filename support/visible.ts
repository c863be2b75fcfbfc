/** Characters that change what a reader, a parser or a terminal sees, made visible. */

// Controls except the line feed, line separators, direction marks, and halves of surrogate pairs.
const INVISIBLE =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The text with each such character written as `\uXXXX`. Line feeds stay. */
export function visible(text: string): string {
  return text.replace(
    INVISIBLE,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
