/** What both adapters of the reference runtime share. */
import { AF_INET6, CallRefused, sockaddrIn, sockaddrIn6 } from "../../index.js";
import type { SOCKADDR } from "../../index.js";
import type { Answer, Command } from "../vocabulary.js";
import { numberOf } from "../vocabulary.js";

const AF_INET = 2;
const LOOPBACK = 0x7f000001;

/** The family that a command means. */
export const familyOf = (command: Command): number => numberOf(command, "family", AF_INET);

/** The address that a command means: with port 0 and no host, any. `af` is what it says it is. */
export function addressOf(command: Command): SOCKADDR {
  const address = honestAddressOf(command);
  return { ...address, sa_family: numberOf(command, "af", address.sa_family) };
}

function honestAddressOf(command: Command): SOCKADDR {
  const port = numberOf(command, "port", 0);
  const isSix = familyOf(command) === AF_INET6;
  const host = numberOf(command, "host", port === 0 ? 0 : isSix ? 1 : LOOPBACK);
  const parts = [24, 16, 8, 0].map((shift) => (host >>> shift) & 255).join(".");
  if (!isSix) return sockaddrIn(parts, port);
  const prefix = numberOf(command, "prefix", 0).toString(16);
  const middle = numberOf(command, "mapped", 0) === 0 ? "0" : "ffff";
  const scope = numberOf(command, "scope", 0);
  return sockaddrIn6(`${prefix}:0:0:0:0:${middle}:${parts}`, port, scope);
}

/** A prime, so that no block of a power of two looks like the next. */
const PERIOD = 251;

/** Bytes by their position in all that a case has asked for, as the programs make them. */
export class Stream {
  #position = 0;

  /** The next bytes. */
  take(length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    for (let i = 0; i < Math.min(length, PERIOD); i++) bytes[i] = (this.#position + i) % PERIOD;
    for (let done = PERIOD; done < length; done *= 2) bytes.copyWithin(done, 0, done);
    this.#position += length;
    return bytes;
  }
}

/** Does a call; a refusal is an answer that names the rules. */
export async function refusable(call: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof CallRefused)) throw error;
    const rules = error.issues
      .filter(({ strength }) => strength === "must")
      .map(({ rule }) => rule);
    return { refused: [...new Set(rules)].join(",") };
  }
}

/** The answer where the runtime has nothing for a step; the case ends there. */
export const cannot = (what: string): Answer => ({ cannot: what });
