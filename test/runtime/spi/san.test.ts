/** A SAN provider: what its reference wants of a socket before it sends. */
import { expect, test } from "vitest";
import {
  MEM_READ, MEM_WRITE, NO_ERROR, sockaddrIn, WSAEFAULT, WSAEINVAL, WSAENOTCONN,
} from "wskit"; // prettier-ignore
import { memoryNetwork } from "wskit/runtime";
import { pattern } from "../peers.js";
import { connected, HOST, setUp, whole } from "./world.js";

const data = pattern(8);
const buffers = [whole(data)];

test("that it is bound comes before that it is connected; with the SDK only the latter counts", () => {
  for (const [profile, unbound] of [["san", WSAEINVAL], ["spi", WSAENOTCONN]] as const) {
    const { send, code, provider, s } = setUp({ network: memoryNetwork(), profile });
    expect(send(buffers)).toBe(unbound);
    expect(code((lpErrno) => provider.WSPBind(s, sockaddrIn(HOST, 0), lpErrno))).toBe(NO_ERROR);
    expect(send(buffers)).toBe(WSAENOTCONN);
  }
}); // prettier-ignore

test("a socket without WSA_FLAG_OVERLAPPED sends nothing, connected or not", async () => {
  for (const [profile, answer] of [["san", WSAEINVAL], ["spi", NO_ERROR]] as const) {
    const { send } = await connected(memoryNetwork(), false, { profile, dwFlags: 0 });
    expect(send(buffers)).toBe(answer);
  }
}); // prettier-ignore

test("memory that is registered for reading; that it may be written is not enough", async () => {
  const { send, provider, s, errno } = await connected(memoryNetwork(), false, { profile: "san" });
  const answers = [0, MEM_WRITE, MEM_READ].map((dwFlags) => {
    const args = { s, lpBuffer: data, dwBufferLength: data.length, dwFlags };
    const handle = dwFlags === 0 ? 0 : provider.WSPRegisterMemory(args, errno);
    const answer = send(buffers);
    if (handle !== 0) expect(provider.WSPDeregisterMemory(s, handle, errno)).toBe(0);
    return answer;
  });
  expect(answers).toEqual([WSAEFAULT, WSAEFAULT, NO_ERROR]);
});
