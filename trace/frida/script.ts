/** A script for Frida, made of the schema: it records the sends of a process as a trace. */
import {
  SOCKADDR_LAYOUT, WSABUF_LAYOUT, WSAOVERLAPPED_LAYOUT,
} from "../../generated/layouts/index.js"; // prettier-ignore
import * as codes from "../../generated/codes/wsaerror.js";
import { SD_RECEIVE } from "../../generated/constants/shutdown-directions.js";
import { SOCKET_ERROR } from "../../generated/constants/wsp-results.js";
import type { Layout } from "../../support/index.js";
import { TRACE_VERSION } from "../format.js";
import { HOOKS, READERS } from "./body.js";
import type { SchemaCall } from "./hooks.js";
import { sendHooks } from "./hooks.js";

/** What the script is made of. */
export interface FridaOptions {
  /** The calls of the schema. */
  readonly calls: readonly SchemaCall[];
  /** The flags of a send by name. */
  readonly flags: Readonly<Record<string, number>>;
  /** Which functions to hook. */
  readonly functions: readonly string[];
}

const LAYOUTS: readonly Layout[] = [WSABUF_LAYOUT, WSAOVERLAPPED_LAYOUT, SOCKADDR_LAYOUT];

/** The text of the script. */
export function fridaScript({ calls, flags, functions }: FridaOptions): string {
  const header = { event: "trace", version: TRACE_VERSION, producer: "wskit frida" };
  const tables = {
    HEADER: { ...header, profile: "spi", cut: true },
    FUNCTIONS: functions,
    SENDS: Object.fromEntries(sendHooks(calls)),
    LAYOUTS: Object.fromEntries(LAYOUTS.map((layout) => [layout.name, placesOf(layout)])),
    // Pointer shares its place with Offset and OffsetHigh.
    OVERLAPPED_FIELDS: Object.keys(WSAOVERLAPPED_LAYOUT.x64.members).filter(
      (name) => name !== "Pointer",
    ),
    FLAGS: flags,
    SOCKET_ERROR,
    WSA_IO_PENDING: codes.WSA_IO_PENDING,
    WSA_IO_INCOMPLETE: codes.WSA_IO_INCOMPLETE,
    SD_RECEIVE,
    MOST_BUFFERS: 1024,
    MOST_ADDRESS: 128,
  };
  const constants = Object.entries(tables).map(
    ([name, value]) => `const ${name} = ${JSON.stringify(value, null, 2)};`,
  );
  return `${BANNER}${constants.join("\n")}\n${READERS}${HOOKS}`;
}

const BANNER = `// Made by "wskit frida" of the schema of wskit: do not edit, make it anew.
// frida -f PROGRAM.exe -l THIS_FILE -o trace.ndjson
"use strict";

`;

const ARCHES = ["x64", "x86", "arm64"] as const;

/** Where the members lie, on each architecture, without what no reader needs. */
function placesOf(layout: Layout): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    ARCHES.map((arch) => {
      const { size, members } = layout[arch];
      const places = Object.entries(members).map(([name, { offset, size: width, as }]) => [
        name,
        { offset, size: width, as },
      ]);
      return [arch, { size, members: Object.fromEntries(places) }];
    }),
  );
}
