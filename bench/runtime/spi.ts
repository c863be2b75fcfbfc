/** WSPSend and WSPGetOverlappedResult over a network that takes all and carries nothing. */
import {
  AF_INET, MEM_READ, NO_ERROR, sockaddrIn, WSA_FLAG_OVERLAPPED,
} from "../../dist/index.js"; // prettier-ignore
import { nullNetwork, RecordingSwitch, SpiProvider } from "../../dist/runtime/index.js";
import type { Figure } from "./rounds.js";
import { compete } from "./rounds.js";

const BYTES = 64;

/** A send of registered memory, and how it ended, so many times. */
async function sender(): Promise<(times: number) => void> {
  const provider = new SpiProvider({ upcalls: new RecordingSwitch(), network: nullNetwork() });
  const errno = { value: 0 };
  const s = provider.WSPSocket(AF_INET, WSA_FLAG_OVERLAPPED, errno);
  provider.WSPBind(s, sockaddrIn("127.0.0.1", 0), errno);
  provider.WSPConnect(s, sockaddrIn("127.0.0.1", 9), errno);
  if ((await provider.connected(s)) !== NO_ERROR) throw new Error("There is no connection.");
  const buf = new Uint8Array(BYTES);
  const memory = { s, lpBuffer: buf, dwBufferLength: BYTES, dwFlags: MEM_READ };
  provider.WSPRegisterMemory(memory, errno);
  const buffers = [{ len: BYTES, buf }];
  const sent = { value: 0 };
  const lpOverlapped = { Internal: 0, InternalHigh: 0, Offset: 0, OffsetHigh: 0, hEvent: 1 };
  const asked = { s, lpOverlapped, lpcbTransfer: { value: 0 }, lpdwFlags: { value: 0 } };
  return (times) => {
    for (let i = 0; i < times; i++) {
      const result = provider.WSPSend(s, buffers, 1, sent, 0, lpOverlapped, null, null, errno);
      if (result !== 0 || !provider.WSPGetOverlappedResult(asked, errno)) {
        throw new Error(`A send ended with ${errno.value}.`);
      }
    }
  };
}

/** Measures a send with the question how it ended. */
export async function measureSpi(rounds: number): Promise<Figure[]> {
  const subjects = [{ name: "WSPSend + WSPGetOverlappedResult", run: await sender() }];
  const contest = { topic: "spi", case: "64 B, registered", subjects, slot: 0.4, single: true };
  return compete(contest, rounds * 10);
}
