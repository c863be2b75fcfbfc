/** The parameters of the functions that a trace tells of, in the order that the runtime has. */
import { TRACED } from "../../generated/traced/index.js";

const OTHERS: Readonly<Record<string, readonly string[]>> = {
  WskBind: ["Socket", "LocalAddress", "Flags", "Irp"],
  WskConnect: ["Socket", "RemoteAddress", "Flags", "Irp"],
  WskConnectEx: ["Socket", "RemoteAddress", "Buffer", "Flags", "Irp"],
  WskListen: ["Socket", "Irp"],
  WskDisconnect: ["Socket", "Buffer", "Flags", "Irp"],
  WskCloseSocket: ["Socket", "Irp"],
  WskReceive: ["Socket", "Buffer", "Flags", "Irp"],
  WskReceiveEx: [
    "Socket",
    "Buffer",
    "Flags",
    "ControlInfoLength",
    "ControlInfo",
    "ControlFlags",
    "Irp",
  ],
  WskReceiveFrom: [
    "Socket",
    "Buffer",
    "Flags",
    "RemoteAddress",
    "ControlLength",
    "ControlInfo",
    "ControlFlags",
    "Irp",
  ],
  WSPBind: ["s", "name", "lpErrno"],
  WSPConnect: ["s", "name", "lpErrno"],
  WSPShutdown: ["s", "lpErrno", "how"],
  WSPCloseSocket: ["s", "lpErrno"],
  WSPDeregisterMemory: ["s", "handle", "lpErrno"],
};

const ALL: ReadonlyMap<string, readonly string[]> = new Map([
  ...Object.entries(OTHERS),
  ...TRACED.map(({ watched, params }) => [watched.name, params.map(({ name }) => name)] as const),
]);

/** The names of a function's parameters; none of one that matters to no send. */
export const parametersOf = (name: string): readonly string[] => ALL.get(name) ?? [];

/** True for a function that a trace tells of. */
export const isTold = (name: string): boolean => ALL.has(name);
