/** A provider as its DLL shows it: WSPStartup, and the versions that it speaks. */
import {
  NO_ERROR, SOCKET_ERROR, WSAEFAULT, WSANOTINITIALISED, WSAVERNOTSUPPORTED,
} from "../../generated/index.js"; // prettier-ignore
import type { INT, LPINT } from "../../generated/index.js";
import { isRecord } from "../../support/index.js";
import type { Names } from "../option-names.js";
import { requireNames } from "../option-names.js";
import { requireWritable } from "../refusal.js";
import type {
  LPWPUCOMPLETEOVERLAPPEDREQUEST, LPWSPSTARTUP,
} from "./prototypes.js"; // prettier-ignore
import type { ProviderOptions } from "./provider-options.js";
import { SpiProvider } from "./provider.js";
import { CELL, failed } from "./result.js";
import { procTable } from "./table.js";
import type { Upcalls } from "./upcalls.js";

/** What a provider is loaded with, besides what WSPStartup tells. */
export interface ProviderLibraryOptions extends Omit<
  ProviderOptions,
  "upcalls" | "catalogEntryId"
> {
  /**
   * What WPUCompleteOverlappedRequest is where the table of upcalls has none: only the table for
   * SAN providers has a slot for it, others import it from the Windows Sockets DLL.
   */
  readonly WPUCompleteOverlappedRequest?: LPWPUCOMPLETEOVERLAPPEDREQUEST;
}

/** What the DLL of a provider exports. */
export interface ProviderLibrary {
  readonly WSPStartup: LPWSPSTARTUP;
}

const NAMES: Names<ProviderLibraryOptions> = {
  WPUCompleteOverlappedRequest: true,
  profile: true,
  maxMessageSize: true,
  network: true,
  faults: true,
};

const LOWEST = { major: 2, minor: 0 };
const HIGHEST = { major: 2, minor: 2 };

/** The upcalls without which nothing can be sent. */
const NEEDED = [
  "WPUCreateSocketHandle",
  "WPUCloseSocketHandle",
  "WPUCompleteOverlappedRequest",
] as const;

/**
 * Loads a provider, which WSPStartup starts. It speaks 2.0 to 2.2: below, WSAVERNOTSUPPORTED. For
 * each start there is to be one WSPCleanup; the last one closes all sockets, and tells nobody.
 * WSPStartup answers WSAEFAULT where it is passed no table to fill, or upcalls are missing.
 */
export function loadProvider(options: ProviderLibraryOptions = {}): ProviderLibrary {
  requireNames("loadProvider", options, NAMES);
  const { WPUCompleteOverlappedRequest: _import, ...settings } = options;
  let starts = 0;
  // The one that was started last; after its clean-up it has no sockets.
  let provider: SpiProvider | null = null;

  const WSPCleanup = (lpErrno: LPINT): INT => {
    requireWritable("WSPCleanup", { lpErrno }, CELL);
    if (starts === 0) return failed(lpErrno, WSANOTINITIALISED, SOCKET_ERROR);
    starts -= 1;
    if (starts > 0) return 0;
    provider?.cleanUp();
    return 0;
  };

  const WSPStartup: LPWSPSTARTUP = (...args) => {
    const [wVersionRequested, lpWSPData, lpProtocolInfo, UpcallTable, lpProcTable] = args;
    if (!isRecord(lpWSPData) || !isRecord(lpProcTable)) return WSAEFAULT;
    const version = versionFor(wVersionRequested);
    lpWSPData.wHighVersion = word(HIGHEST);
    lpWSPData.wVersion = word(version ?? HIGHEST);
    lpWSPData.szDescription = "wskit reference provider";
    if (version === null) return WSAVERNOTSUPPORTED;
    const upcalls = upcallsOf(UpcallTable, options);
    if (upcalls === null) return WSAEFAULT;
    const { dwCatalogEntryId: catalogEntryId } = lpProtocolInfo ?? {};
    const current = (): SpiProvider =>
      (provider ??= new SpiProvider({ ...settings, upcalls, catalogEntryId }));
    if (starts === 0) provider = null;
    starts += 1;
    current();
    Object.assign(lpProcTable, procTable({ current, WSPCleanup, isStarted: () => starts > 0 }));
    return NO_ERROR;
  };
  return { WSPStartup };
}

/** The version that both sides speak; null where the caller's is too old. */
function versionFor(requested: number): typeof HIGHEST | null {
  const [major, minor] = [requested & 0xff, (requested >>> 8) & 0xff];
  if (major < LOWEST.major) return null;
  const isLower = major === HIGHEST.major && minor < HIGHEST.minor;
  return isLower ? { major, minor } : HIGHEST;
}

/** As MAKEWORD: the major version is the low byte. */
const word = ({ major, minor }: typeof HIGHEST): number => major | (minor << 8);

function upcallsOf(table: unknown, imports: ProviderLibraryOptions): Upcalls | null {
  if (!isRecord(table)) return null;
  const { WPUCompleteOverlappedRequest } = imports;
  const all: Record<string, unknown> = { WPUCompleteOverlappedRequest };
  for (const [name, upcall] of Object.entries(table)) {
    if (typeof upcall === "function") all[name] = upcall;
  }
  const isWhole = NEEDED.every((name) => typeof all[name] === "function");
  // The slots of the generated table have no prototypes; these are those of ws2spi.h.
  return isWhole ? (all as unknown as Upcalls) : null;
}
