/** A process that may open no further file: its connects fail with that, and it lives on. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const child = fileURLToPath(new URL("few-handles.ts", import.meta.url));
const hasUlimit = spawnSync("bash", ["-c", "ulimit -n 500"]).status === 0;

test.runIf(hasUlimit)("connects end with STATUS_TOO_MANY_OPENED_FILES", async () => {
  const server = createServer((socket) => socket.on("error", () => undefined)).listen(
    0,
    "127.0.0.1",
  );
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const line = `ulimit -n 500; exec "${process.execPath}" --import tsx "${child}" ${port}`;
  const process_ = spawn("bash", ["-c", line], { stdio: ["ignore", "pipe", "pipe"] });
  let [out, err] = ["", ""];
  process_.stdout.on("data", (text) => (out += String(text)));
  process_.stderr.on("data", (text) => (err += String(text)));
  await once(process_, "close");
  server.close();
  expect(err).toBe("");
  expect(JSON.parse(out)).toEqual({
    statuses: ["STATUS_SUCCESS", "STATUS_TOO_MANY_OPENED_FILES"],
    again: "STATUS_SUCCESS",
  });
});
