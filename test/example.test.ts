/** The example client: it runs, and its bytes arrive. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const example = fileURLToPath(new URL("../examples/wsk-client.ts", import.meta.url));

test("the client of examples/ sends its messages, and leaves nothing behind", () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--import", "tsx", example], {
    encoding: "utf8",
    timeout: 30_000,
  });
  expect([stderr, status]).toEqual(["", 0]);
  expect(stdout.split("\n").sort()).toEqual(
    [
      "",
      "WskSend: STATUS_SUCCESS, 6 bytes",
      "WskSend: STATUS_SUCCESS, 10 bytes",
      "WskSend: STATUS_SUCCESS, 7 bytes",
      "the client ended with STATUS_SUCCESS",
      'the peer has "three messages, one IRP"',
    ].sort(),
  );
});
