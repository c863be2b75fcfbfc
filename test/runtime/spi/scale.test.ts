/** Many operations at once: what each costs, and that closing ends them all. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import type { WSAOVERLAPPED } from "wskit";
import { MEM_READ, NO_ERROR, WSA_IO_PENDING, WSA_OPERATION_ABORTED, WSAEINVAL } from "wskit";
import { memoryNetwork } from "wskit/runtime";
import { pattern } from "../peers.js";
import { connected, structure, whole } from "./world.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const LARGE = 4 * 1024 * 1024;

/** A provider whose first send holds up all others. */
async function stalled(profile: "san" | "spi") {
  const all = await connected(memoryNetwork(), true, { profile });
  const { provider, s, errno, send } = all;
  const data = pattern(LARGE);
  const region = { s, lpBuffer: data, dwBufferLength: LARGE, dwFlags: MEM_READ };
  const handle = provider.WSPRegisterMemory(region, errno);
  expect(send([whole(data)])).toBe(WSA_IO_PENDING);
  const buffers = [whole(data.subarray(0, 64))];
  const sent = { value: 0 };
  const post = (lpOverlapped: WSAOVERLAPPED): number =>
    provider.WSPSend(s, buffers, 1, sent, 0, lpOverlapped, null, null, errno);
  return { ...all, handle, post };
}

const many = (count: number): WSAOVERLAPPED[] => Array.from({ length: count }, () => structure());

test.each(["san", "spi"] as const)("100,000 pending operations, profile %s", async (profile) => {
  const { post, provider, s, errno, upcalls, handle } = await stalled(profile);
  const operations = many(100_000);
  collect();
  const before = process.memoryUsage().heapUsed;
  for (const operation of operations) post(operation);
  collect();
  const each = (process.memoryUsage().heapUsed - before) / operations.length;
  expect(errno.value).toBe(WSA_IO_PENDING);
  // Without the structure, which is the caller's.
  expect(each).toBeLessThan(136);
  expect(provider.WSPDeregisterMemory(s, handle, errno)).toBe(-1);
  expect(errno.value).toBe(WSAEINVAL);
  expect(provider.WSPCloseSocket(s, errno)).toBe(0);
  expect(upcalls.notifications).toHaveLength(100_001);
  expect(new Set(upcalls.notifications.map((n) => n.lpOverlapped)).size).toBe(100_001);
  expect(operations.every(({ Internal }) => Internal === WSA_OPERATION_ABORTED)).toBe(true);
});

test("a send costs the same behind 10 and behind 100,000, and the close grows in proportion", async () => {
  const times = async (count: number): Promise<readonly [send: number, close: number]> => {
    const { post, provider, s, errno } = await stalled("spi");
    const operations = many(count);
    for (const operation of operations.slice(0, -1000)) post(operation);
    let begun = performance.now();
    for (const operation of operations.slice(-1000)) post(operation);
    const send = performance.now() - begun;
    begun = performance.now();
    provider.WSPCloseSocket(s, errno);
    return [send, performance.now() - begun];
  };
  await times(20_000);
  const [[few], [many_, close], [, more]] = [await times(1_010), await times(101_000), await times(25_000)];
  // Machines stutter; a search through all of them would be a hundred times as slow.
  expect(many_).toBeLessThan(10 * few + 10);
  expect(close).toBeLessThan(16 * more + 50);
}); // prettier-ignore

test("100,000 registrations, one a send", async () => {
  const { provider, s, errno, send } = await connected(memoryNetwork(), false, { profile: "san" });
  const data = pattern(100_000 * 16);
  const begun = performance.now();
  const handles = Array.from({ length: 100_000 }, (_, i) => {
    const lpBuffer = data.subarray(i * 16, i * 16 + 16);
    return provider.WSPRegisterMemory({ s, lpBuffer, dwBufferLength: 16, dwFlags: MEM_READ }, errno);
  });
  expect(send([whole(data.subarray(800_000, 800_016))])).toBe(NO_ERROR);
  for (const handle of handles) expect(provider.WSPDeregisterMemory(s, handle, errno)).toBe(0);
  expect(performance.now() - begun).toBeLessThan(2_000);
}); // prettier-ignore
