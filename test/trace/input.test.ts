/** Text of traces: encodings, gzip, what is missing, and what is binary. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chunksOf, InputError, textOf } from "../../trace/input.js";
import { LineSplitter, linesOf } from "../../trace/lines.js";
import { temporaryFolder } from "../temp.js";

const TEXT = "eins – zwei\r\n𝒟rei\n";

function utf16be(text: string): Buffer {
  return Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, "utf16le").swap16()]);
}
const utf16le = (text: string): Buffer => Buffer.from(`\ufeff${text}`, "utf16le");

async function* pieces(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const size of sizes) {
    yield bytes.subarray(at, at + size);
    at += size;
  }
  yield bytes.subarray(at);
}

async function all(chunks: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const chunk of chunks) text += chunk;
  return text;
}

const ENCODED: readonly (readonly [string, Buffer])[] = [
  ["UTF-8", Buffer.from(TEXT)],
  ["UTF-8 with a mark", Buffer.from(`\ufeff${TEXT}`)],
  ["UTF-16 LE", utf16le(TEXT)],
  ["UTF-16 BE", utf16be(TEXT)],
  ["gzip", gzipSync(TEXT)],
  ["gzip of UTF-16", gzipSync(utf16le(TEXT))],
  ["two members of gzip", Buffer.concat([gzipSync("eins – zwei\r\n"), gzipSync("𝒟rei\n")])],
];

describe("the same text, however it is cut", () => {
  test.each(ENCODED)("%s", async (_, bytes) => {
    const sizes = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(sizes, async (cuts) => {
        expect(await all(textOf(pieces(bytes, cuts), "it"))).toBe(TEXT);
      }),
      { numRuns: 50 },
    );
  });

  test("an empty input is an empty text", async () => {
    expect(await all(textOf(pieces(Buffer.of(), []), "it"))).toBe("");
  });
});

test("lines have no ends, and the last one needs none", async () => {
  const lines: string[] = [];
  for await (const some of linesOf(textOf(pieces(Buffer.from("a\r\n\nb\rc"), [1, 1, 1]), "it")))
    lines.push(...some);
  expect(lines).toEqual(["a", "", "b\rc"]);
});

test("a line without an end does not fill the memory", () => {
  const splitter = new LineSplitter();
  const chunk = "x".repeat(2 ** 20);
  const fill = () => {
    for (let i = 0; i <= 64; i++) splitter.push(chunk);
  };
  expect(fill).toThrow("a line has more than 67108864 characters; this is no trace");
});

describe("what cannot be read", () => {
  const folder = temporaryFolder();
  const file = (name: string, bytes: Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  const etl = Buffer.alloc(256);
  etl.writeUInt32LE(0x10000, 0);
  etl.set([2, 0, 2, 0xc0], 0x48);

  test.each([
    ["a.etl", etl, /\.etl\); .*tracerpt \S*a\.etl -o \S*a\.xml -of XML -y$/],
    ["b.bin", etl, /binary event trace/],
    ["a b.etl", etl, /tracerpt "\S*a b\.etl" -o "\S*a b\.xml" -of XML -y$/],
    ["a.pcapng", Buffer.from([0x0a, 0x0d, 0x0d, 0x0a, 0x6c, 0, 0, 0]), /packets are no calls/],
    ["a.pcap", Buffer.from([0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0]), /packets are no calls/],
    ["a.pml", Buffer.from("PML_\t\0\0\0"), /Process Monitor/],
    ["a.apmx64", Buffer.from([1, 2, 3]), /API Monitor/],
    ["a.zip", Buffer.from("PK\u0003\u0004"), /unzip -p/],
    ["a.evtx", Buffer.from("ElfFile\0"), /event log/],
    ["a.gz", gzipSync(etl), /binary event trace/],
    ["a.zst", Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]), /zstd -dc/],
    ["a.dat", Buffer.from([0, 1, 2, 3]), /of no kind that is known/],
    ["cut.gz", gzipSync(TEXT).subarray(0, 20), /end in the middle/],
    ["bad.gz", Buffer.from([0x1f, 0x8b, 8, 0, 9, 9, 9, 9, 9, 9, 255, 255]), /damaged/],
  ])("%s", async (name, bytes, reason) => {
    const reading = all(chunksOf(file(name, bytes)));
    await expect(reading).rejects.toThrow(InputError);
    await expect(reading).rejects.toThrow(reason);
  });

  test("nothing there, and a folder", async () => {
    await expect(all(chunksOf(join(folder, "no")))).rejects.toThrow("there is no such file");
    await expect(all(chunksOf(folder))).rejects.toThrow("it is a folder, not a file");
  });
});
