/** Traces of a few objects in any order, most of them senseless. */
import fc from "fast-check";
import { isTraceEvent } from "../../trace/check-event.js";
import type { TraceEvent } from "../../trace/format.js";

const isEvent = (event: unknown): event is TraceEvent => isTraceEvent(event);

const id = fc.integer({ min: 1, max: 4 });
const irp = fc.constantFrom("irp:1", "irp:2");
const time = fc.option(fc.integer({ min: -3, max: 30 }), { nil: undefined });
const status = fc.constantFrom("STATUS_PENDING", "STATUS_SUCCESS");
const args = fc.record({ Socket: fc.constantFrom("a", 1), Irp: fc.option(irp) });
const event = fc.oneof(
  fc.record({ event: fc.constant("call"), id, function: fc.constant("F"), args, time }),
  fc.record({ event: fc.constant("return"), id, status, time }),
  fc.record({ event: fc.constant("complete"), irp, status, time }),
  fc.record({ event: fc.constant("transmit"), id, bytes: id, time }),
  fc.record({ event: fc.constant("cancel"), ref: irp, time }),
  fc.record({ event: fc.constant("free"), ref: irp, time }),
  fc.record({ event: fc.constant("object"), ref: irp, type: fc.constant("IRP"), time }),
);

/** Any order of events. */
export const anyEvents: fc.Arbitrary<TraceEvent[]> = fc
  .array(event, { maxLength: 25 })
  .map((events) => events.filter(isEvent));
