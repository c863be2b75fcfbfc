/** Recordings that are no text, known by their first bytes, and what to do about each. */

/** How many of the first bytes are looked at. */
export const HEAD_SIZE = 128;

interface Known {
  readonly is: (head: Buffer, name: string) => boolean;
  /** What it is, and what to do with a file of that name: sentences. */
  readonly says: (name: string) => string;
}

const begins =
  (...magics: readonly (readonly number[])[]) =>
  (head: Buffer): boolean =>
    magics.some((magic) => magic.every((byte, i) => head[i] === byte));

const spelled = (text: string): readonly number[] => [...Buffer.from(text, "latin1")];

const isNamed = (name: string, end: RegExp): boolean => end.test(name);

/** A buffer of whole kilobytes, whose first event is the system's header of 32 or 64 bits. */
const isEtl = (head: Buffer): boolean =>
  head.length >= 0x4c &&
  head.readUInt32LE(0) > 0 &&
  head.readUInt32LE(0) % 1024 === 0 &&
  (head[0x4a] === 1 || head[0x4a] === 2) &&
  head[0x4b] === 0xc0;

const OTHERWISE =
  "record calls instead: strace, the AFD events of ETW, Wine's relay, or the script of wskit frida";

/** The name with .xml at its end; a name with blanks stands in quotation marks. */
const renamed = (name: string, end: string): string => {
  const stem = name.replace(/"$/, "");
  const short = stem.toLowerCase().endsWith(end) ? stem.slice(0, -end.length) : stem;
  return `${short}.xml${name.endsWith('"') ? '"' : ""}`;
};

const unpack = (what: string, command: string) => (name: string) =>
  `it is packed by ${what}; unpack it first: ${command} ${name} | wskit convert -`;

const KNOWN: readonly Known[] = [
  {
    is: (head, name) => isEtl(head) || isNamed(name, /\.etl$/i),
    says: (name) =>
      "it is a binary event trace (.etl); convert it on Windows, and read the XML: " +
      `tracerpt ${name} -o ${renamed(name, ".etl")} -of XML -y`,
  },
  {
    is: begins(
      [0x0a, 0x0d, 0x0d, 0x0a],
      [0xd4, 0xc3, 0xb2, 0xa1],
      [0xa1, 0xb2, 0xc3, 0xd4],
      [0x4d, 0x3c, 0xb2, 0xa1],
      spelled("GMBU"),
    ),
    says: () =>
      "it has packets (pcapng, pcap, Network Monitor), and packets are no calls: nothing in them " +
      `tells which function was called, with what, and what it returned; ${OTHERWISE}`,
  },
  {
    is: begins(spelled("PML_")),
    says: () =>
      "it is a log of Process Monitor (.pml), whose rows have lengths, and no calls; " + OTHERWISE,
  },
  {
    is: (_, name) => isNamed(name, /\.apmx(?:64|86)$/i),
    says: () => `it is a capture of API Monitor (.apmx), whose format is not public; ${OTHERWISE}`,
  },
  {
    is: begins(spelled("ElfFile\0")),
    says: (name) =>
      "it is an event log (.evtx); convert it on Windows, and read the XML: " +
      `tracerpt ${name} -o ${renamed(name, ".evtx")} -of XML -y`,
  },
  {
    is: begins(spelled("PK\u0003\u0004")),
    says: (name) => `it is a zip archive; unpack it first: unzip -p ${name} | wskit convert -`,
  },
  { is: begins([0x28, 0xb5, 0x2f, 0xfd]), says: unpack("zstd", "zstd -dc") },
  { is: begins([0xfd, ...spelled("7zXZ")]), says: unpack("xz", "xz -dc") },
  {
    is: begins(spelled("MDMP"), spelled("PAGEDU")),
    says: () => `it is a dump of memory: one moment, and no calls; ${OTHERWISE}`,
  },
];

/** Why a file that begins so cannot be read; undefined for what may be text. */
export function whyBinary(bytes: Uint8Array, name: string): string | undefined {
  const head = Buffer.from(bytes);
  if (begins([0xff, 0xfe], [0xfe, 0xff])(head) || !looksBinary(head)) return undefined;
  const known = KNOWN.find(({ is }) => is(head, name));
  return (
    known?.says(/\s/.test(name) ? `"${name}"` : name) ??
    "it is binary, and of no kind that is known; traces are text"
  );
}

/** Text has no control characters but white space, and the escapes that colour it. */
const looksBinary = (head: Buffer): boolean =>
  head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) ||
  begins([0x0a, 0x0d, 0x0d, 0x0a], ...["GMBU", "PML_", "ElfFile", "PAGEDU"].map(spelled))(head);
