/** Buffers that no stub judges: those of receives, connects and disconnects. */
import { WSK_FLAG_DRAIN } from "../../generated/index.js";
import type { PCMSGHDR, PWSK_BUF } from "../../generated/index.js";
import { judgeWSK_BUF } from "../../generated/judges.js";
import type { Collector } from "../../support/index.js";
import { describe, isBytes } from "../../support/index.js";
import { requireArguments, requireCell, runtimeRule } from "../refusal.js";
import type { NumberCell } from "./number-cell.js";

/** A WSK_BUF without data. */
export const NO_DATA = { Mdl: null, Offset: 0, Length: 0 } as const;

const bufferRule = (call: string) =>
  runtimeRule(`${call}/Buffer.type`, "a WSK_BUF", "Describe nonpaged or locked memory.");

/** Refuses a buffer to send that is none; NULL is one without data. */
export function requireData(call: string, Buffer: PWSK_BUF | null): void {
  if (Buffer === null) return;
  requireArguments(call, (on) => void on.param(bufferRule(call), "Buffer", judgeWSK_BUF, Buffer));
}

const LAST = runtimeRule(
  "WskDisconnect/Buffer.type",
  "NULL, because WSK_FLAG_ABORTIVE is set",
  "Send the data before, or disconnect gracefully.",
);

/** Refuses data for an abortive disconnect. */
export function refuseLast(on: Collector): void {
  on.breach(LAST, "Buffer", "a WSK_BUF");
}

/** Refuses where control information is to be received, and its length, if they are none. */
export function requireControl(
  call: string,
  [lengthName, length]: readonly [lengthName: string, length: NumberCell | null],
  control: PCMSGHDR | null,
): void {
  requireCell(call, [lengthName, length], { read: true });
  if (control === null || isBytes(control)) return;
  const rule = runtimeRule(`${call}/ControlInfo.type`, "memory", "Pass a Uint8Array, or NULL.");
  requireArguments(call, (on) => on.breach(rule, "ControlInfo", describe(control)));
}

/** Refuses a buffer to receive into that is none, and flags that are no ULONG. */
export function requireReceive(call: string, Buffer: PWSK_BUF, flags: number): void {
  const empty = runtimeRule(
    `${call}/Buffer.drained`,
    "no bytes, because WSK_FLAG_DRAIN is set",
    "Pass a Length of 0.",
  );
  const type = runtimeRule(`${call}/Flags.type`, "a ULONG", "Pass WSK_RECEIVE_FLAGS.");
  requireArguments(call, (on) => {
    if (typeof flags !== "number" || flags >>> 0 !== flags)
      on.breach(type, "Flags", describe(flags));
    if (!on.param(bufferRule(call), "Buffer", judgeWSK_BUF, Buffer)) return;
    const isDrain = (flags & WSK_FLAG_DRAIN) !== 0;
    if (isDrain && Number(Buffer.Length) > 0)
      on.breach(empty, "Buffer.Length", describe(Buffer.Length));
  });
}
