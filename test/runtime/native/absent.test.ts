/** Where koffi or Linux is missing, and how long the native network keeps a process alive. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { missing, titled } from "./peers.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Makes koffi a package that is not installed. */
const WITHOUT_KOFFI = `
  const { Module } = await import("node:module");
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, ...rest) {
    if (request !== "koffi") return resolve.call(this, request, ...rest);
    throw Object.assign(new Error("Cannot find module 'koffi'"), { code: "MODULE_NOT_FOUND" });
  };
`;
const elsewhere = (name: "platform" | "arch", value: string): string =>
  `Object.defineProperty(process, ${JSON.stringify(name)}, { value: ${JSON.stringify(value)} });`;

/** Runs a module in a process of its own; returns what it prints. */
function run(source: string): string {
  const text = `
    const { isNativeAvailable, nativeNetwork } = await import("./runtime/transport/native/network.ts");
    ${source}`;
  const { stdout, stderr, status, signal } = spawnSync(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", text],
    { cwd: root, encoding: "utf8", timeout: 20_000 },
  );
  expect([status, signal, stderr]).toEqual([0, null, ""]);
  return stdout.trim();
}

const SAY = `
  try {
    nativeNetwork();
  } catch (error) {
    console.log(isNativeAvailable(), error.message, error.cause?.code);
  }`;

describe("the native network where it cannot be", () => {
  test("without koffi it says how to get it", () => {
    // Where there is no Linux that is what is said first.
    const there = `${elsewhere("platform", "linux")} ${elsewhere("arch", "x64")}`;
    expect(run(WITHOUT_KOFFI + there + SAY)).toBe(
      "false The native network is not available: it needs the package koffi, which cannot be " +
        "loaded; npm install koffi@3.3.4 brings it. MODULE_NOT_FOUND",
    );
  });

  test("elsewhere it says what it needs", () => {
    expect(run(elsewhere("platform", "darwin") + SAY)).toBe(
      "false The native network is not available: it needs Linux, and this is darwin. undefined",
    );
    expect(run(elsewhere("platform", "linux") + elsewhere("arch", "s390x") + SAY)).toBe(
      "false The native network is not available: it needs x64 or arm64, and this is s390x. undefined",
    );
  });

  test("everything else works without koffi", () => {
    const rest = `
      const { createConnectionSocket } = await import("./runtime/index.ts");
      console.log(typeof createConnectionSocket({ family: 2 }).Dispatch.WskSend);`;
    expect(run(WITHOUT_KOFFI + rest)).toBe("function");
  });

  test("importing the runtime, and the network's module, loads no koffi", () => {
    const look = `
      await import("./runtime/index.ts");
      const { createRequire } = await import("node:module");
      console.log(Object.keys(createRequire(import.meta.url).cache).filter((f) => f.includes("koffi")));`;
    expect(run(look)).toBe("[]");
  });
});

describe.skipIf(missing !== null)(titled("a process with the native network"), () => {
  const CONNECT = `
    let peer, told = 0, wanted = Infinity;
    const events = {
      reached(bytes) {
        told += bytes;
        if (told !== wanted) return;
        console.log("all");
        peer.pause();
      },
      writable() {}, endSent() {}, received() {}, ended() {}, failed() {},
    };
    const deaf = await new Promise((resolve) => nativeNetwork({ receiveBuffer: 4096 }).listen({
      at: { host: "127.0.0.1", port: 0 }, reach: "accepted", listening: resolve,
      accepted: (connection) => (connection.pause(), peer = connection, events),
    }));
    const connect = (reach) => new Promise((resolve) => nativeNetwork().connect({
      to: deaf.local, reach,
      connected: (connection) => (resolve(connection), connection.pause(), events),
    }));
  `;

  test("ends where nothing is read and nothing is pending", () => {
    const idle = `${CONNECT}
      const connection = await connect("acked");
      deaf.close();
      console.log(isNativeAvailable(), connection.writeOne(new Uint8Array(0)));`;
    expect(run(idle)).toBe("true 0");
  });

  test.each(["accepted", "acked"])("stays for a send that is pending: %s", (reach) => {
    const pending = `${CONNECT}
      const connection = await connect("${reach}");
      wanted = ${reach === "accepted" ? 16 << 20 : 256 << 10};
      console.log(connection.writeOne(new Uint8Array(wanted)) > 0);
      await new Promise((resolve) => setTimeout(resolve, 50));
      deaf.close();
      setTimeout(() => peer.resume(), 100).unref();
      process.on("exit", () => console.log("left"));`;
    expect(run(pending)).toBe("true\nall\nleft");
  });
});
