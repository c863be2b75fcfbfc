/** Events in a few words, and the object that each is about. */
import type { EventOf, TraceEvent } from "../trace/format.js";
import { codeText } from "./codes.js";

/** Events that tell what happens to an object, besides calls and completions. */
export type Happening = Exclude<
  TraceEvent,
  EventOf<"trace" | "object" | "call" | "return" | "complete" | "transmit" | "suppress" | "note">
>;

/** The object that an event is about, by its name; null where it names none. */
export function subjectOf(event: Happening | EventOf<"complete">): string | null {
  const ref = "ref" in event ? event.ref : "irp" in event ? event.irp : undefined;
  const other = "overlapped" in event ? event.overlapped : undefined;
  const name = ref ?? other;
  return name === undefined ? null : String(name);
}

/** How an operation has ended: `STATUS_SUCCESS, 1024 bytes`. */
export function outcomeText(event: EventOf<"complete">): string {
  const status = codeText(event.status ?? event.error);
  const bytes = event.information === undefined ? "" : `${event.information} bytes`;
  return [status, bytes].filter((text) => text !== "").join(", ");
}

/** What has happened, in a few words: `write IoStatus.Status`, `routine returned 259`. */
export function happeningText(event: Happening): string {
  switch (event.event) {
    case "touch": {
      const by = event.by === "callee" ? " by the callee" : "";
      const field = event.field === undefined ? "" : ` ${event.field}`;
      return `${event.access ?? "read"}${field}${by}`;
    }
    case "routine":
      return event.returned === undefined ? "routine" : `routine: ${codeText(event.returned)}`;
    case "notify":
    case "result": {
      const bytes = event.information === undefined ? "" : `: ${event.information} bytes`;
      return `${event.event}${bytes}`;
    }
    default:
      return event.event;
  }
}
