/** How much a WSK_BUF_LIST asks to go through: its entries may all share one long MDL chain. */
import type { PFN_WSK_SEND_MESSAGES, PMDL, PWSK_BUF_LIST } from "../../generated/index.js";
import { isRecord, MAX_CHAIN } from "../../support/index.js";
import { requireArguments, runtimeRule } from "../refusal.js";

/** So many links are gone through in any case. */
const ENOUGH = 65_536;

/** Where there are more, each link and entry counts for so many at most. */
const SHARED = 16;

const CALL = "WskSendMessages";

const RULE = runtimeRule(
  `${CALL}/BufferList.shared`,
  `MDL chains that share their links at most ${SHARED} times`,
  "Give each WSK_BUF a chain of its own, or send fewer of them.",
);

/** A WskSendMessages that goes through no list before it is known to be worth it. */
export function bounded(send: PFN_WSK_SEND_MESSAGES): PFN_WSK_SEND_MESSAGES {
  return (...args) => {
    requireFewLinks(args[1]);
    return send(...args);
  };
}

/**
 * Refuses a list that takes far longer to go through than it took to make, before anything does.
 * What is no list, or has no end, is the stub's to judge.
 */
function requireFewLinks(first: PWSK_BUF_LIST): void {
  let isRefused;
  try {
    const all = hasMore(first, ENOUGH) ? made(first) : null;
    isRefused = all !== null && hasMore(first, all * SHARED);
  } catch {
    return;
  }
  if (!isRefused) return;
  requireArguments(CALL, (on) => on.breach(RULE, "BufferList", "a list that shares more"));
}

/** True where going through all chains of all entries takes more steps. */
function hasMore(first: PWSK_BUF_LIST, most: number): boolean {
  let steps = 0;
  for (let entry: PWSK_BUF_LIST | null = first; isRecord(entry); entry = entry.Next) {
    let links = 0;
    for (let link: PMDL | null = entry.Buffer.Mdl; isRecord(link); link = link.Next) {
      links += 1;
      // A chain that is as long as that has no end.
      if (links > MAX_CHAIN) return false;
    }
    steps += links + 1;
    if (steps > most) return true;
  }
  return false;
}

/** How many entries and links there are; null for a list without an end. */
function made(first: PWSK_BUF_LIST): number | null {
  const links = new Set<object>();
  for (let entry: PWSK_BUF_LIST | null = first; isRecord(entry); entry = entry.Next) {
    if (links.has(entry)) return null;
    links.add(entry);
    for (let link: PMDL | null = entry.Buffer.Mdl; isRecord(link); link = link.Next) {
      if (links.has(link)) break;
      links.add(link);
    }
  }
  return links.size;
}
