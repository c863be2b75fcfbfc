/** How long the memory of a WSK send belongs to WSK. */
import type { Rule } from "../define-call.js";
import type { From, Rules } from "./shared.js";

/** The MDL chain, and the description of it. */
export function bufferRules<const P extends "Buffer" | "BufferList">(
  from: { readonly locked: From },
  of: { readonly param: P; readonly mdl: string },
): Rules<P> {
  const { param, mdl } = of;
  const buffer = mdl.replace(/\.Mdl$/, "");
  // An MDL is more than described: it stays longer, by a rule of its own.
  const described = [...new Set([param, buffer]), `${buffer}.Offset`, `${buffer}.Length`];
  return {
    "mdl-stays-locked": {
      says: "The MDL chain stays locked, and in place, from the call until the completion.",
      expects: "an MDL chain that stays locked until the IRP is completed",
      advice: "Unlock and free the MDLs in the completion routine, not behind the call.",
      on: [param],
      strength: "must",
      seenBy: "protocol",
      from: from.locked,
      catalog: ["WSK-D5"],
      lifetime: {
        after: "call",
        until: "completion",
        of: [mdl, `${mdl}.MappedSystemVa`],
        forbids: ["unlock", "free", "leave-frame"],
      },
      accepts: [
        { events: ["return STATUS_PENDING", "completion", `unlock ${mdl}`, `free ${mdl}`] },
        { events: ["completion", `free ${mdl}`, "return STATUS_PENDING"] },
      ],
      rejects: [
        { events: ["return STATUS_PENDING", `unlock ${mdl}`, "completion"] },
        { events: ["return STATUS_PENDING", `free ${mdl}`, "completion"] },
        { events: [`free ${mdl}`, "return STATUS_PENDING", "completion"] },
        { events: ["return STATUS_PENDING", `unlock ${mdl}.Next`, "completion"] },
        { events: ["return STATUS_PENDING", `leave-frame ${mdl}`, "completion"] },
        { events: ["return STATUS_PENDING", `free ${mdl}.MappedSystemVa`, "completion"] },
      ],
    },
    "description-lasts-the-call": {
      says: "What only describes the send may go when the call has returned, not before.",
      expects: "the structure in place until the call has returned",
      advice: "Keep it until the call returns; keep it until the completion to be safe.",
      on: [param],
      strength: "must",
      seenBy: "protocol",
      from: { decision: "description-lifetime" },
      catalog: ["WSK-D8"],
      lifetime: {
        after: "call",
        until: ["return", "completion"],
        of: described,
        forbids: ["free", "write", "leave-frame"],
      },
      accepts: [
        { events: ["return STATUS_PENDING", `free ${param}`, "completion"] },
        { events: ["completion", `free ${param}`, "return STATUS_PENDING"] },
      ],
      rejects: [
        { events: [`free ${param}`, "return STATUS_PENDING"] },
        ...described.map((field) => ({ events: [`write ${field}`, "return STATUS_PENDING"] })),
      ],
    },
    "description-lasts-the-send": {
      says: "In the careful reading, what describes the send stays until the completion as well.",
      expects: "the structure in place until the IRP is completed",
      advice: "Keep it with the IRP's context: no source says that WSK has read it by then.",
      on: [param],
      strength: { strict: "should" },
      seenBy: "protocol",
      from: { decision: "description-lifetime" },
      catalog: ["WSK-D8"],
      lifetime: {
        after: "STATUS_PENDING",
        until: "completion",
        of: described,
        forbids: ["free", "write", "leave-frame"],
      },
      accepts: [
        { events: ["return STATUS_PENDING", "completion", `free ${param}`], profile: "strict" },
      ],
      rejects: [
        { events: ["return STATUS_PENDING", `free ${param}`, "completion"], profile: "strict" },
        {
          events: ["return STATUS_PENDING", `write ${buffer}.Length`, "completion"],
          profile: "strict",
        },
      ],
    },
  };
}

/** The remote address: a parameter without a length, read at the call. */
export const addressRules: Rules<"RemoteAddress"> = {
  "address-lasts-the-call": {
    says: "RemoteAddress stays as it is until the call has returned.",
    expects: "the address in place until the call has returned",
    advice: "Keep it until the call returns; keep it until the completion to be safe.",
    on: ["RemoteAddress"],
    strength: "must",
    seenBy: "protocol",
    from: { decision: "description-lifetime" },
    catalog: ["WSK-D8"],
    lifetime: {
      after: "call",
      until: ["return", "completion"],
      of: ["RemoteAddress", "RemoteAddress.sa_family", "RemoteAddress.sa_data"],
      forbids: ["free", "write", "leave-frame"],
    },
    accepts: [{ events: ["return STATUS_PENDING", "free RemoteAddress", "completion"] }],
    rejects: [
      { events: ["free RemoteAddress", "return STATUS_PENDING"] },
      { events: ["write RemoteAddress.sa_data", "return STATUS_PENDING"] },
    ],
  },
  "address-lasts-the-send": {
    says: "In the careful reading, RemoteAddress stays until the completion as well.",
    expects: "the address in place until the IRP is completed",
    advice: "Keep it with the IRP's context: no source says that WSK has read it by then.",
    on: ["RemoteAddress"],
    strength: { strict: "should" },
    seenBy: "protocol",
    from: { decision: "description-lifetime" },
    catalog: ["WSK-D8"],
    lifetime: {
      after: "STATUS_PENDING",
      until: "completion",
      of: ["RemoteAddress", "RemoteAddress.sa_family", "RemoteAddress.sa_data"],
      forbids: ["free", "write", "leave-frame"],
    },
    accepts: [
      {
        events: ["return STATUS_PENDING", "completion", "free RemoteAddress"],
        profile: "strict",
      },
    ],
    rejects: [
      {
        events: ["return STATUS_PENDING", "free RemoteAddress", "completion"],
        profile: "strict",
      },
    ],
  },
};

/** The control information, which WSK may read until the end. */
export function controlInfoLifetime(
  from: From,
  { catalog, strength = "must" }: { catalog: string; strength?: Rule["strength"] },
): Rules<"ControlInfo"> {
  return {
    "control-info-stays-valid": {
      says: "ControlInfo stays valid from the call until the IRP is completed.",
      expects: "control information that stays in place until the IRP is completed",
      advice: "Free it in the completion routine; on the stack, wait for the completion first.",
      on: ["ControlInfo"],
      strength,
      seenBy: "protocol",
      from,
      catalog: [catalog],
      lifetime: {
        after: "call",
        until: "completion",
        of: [
          "ControlInfo",
          "ControlInfo.cmsg_len",
          "ControlInfo.cmsg_level",
          "ControlInfo.cmsg_type",
        ],
        forbids: ["free", "write", "leave-frame"],
      },
      accepts: [{ events: ["return STATUS_PENDING", "completion", "free ControlInfo"] }],
      rejects: [
        { events: ["return STATUS_PENDING", "free ControlInfo", "completion"] },
        { events: ["free ControlInfo", "return STATUS_PENDING", "completion"] },
        { events: ["return STATUS_PENDING", "leave-frame ControlInfo", "completion"] },
        { events: ["return STATUS_PENDING", "write ControlInfo.cmsg_len", "completion"] },
      ],
    },
  };
}
