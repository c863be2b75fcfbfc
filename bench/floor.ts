/**
 * The floor: the checkers that a careful engineer writes by hand for four calls. They answer what
 * `is…Args` of wskit answers (the rules of strength `must` in the first profile, on x64), with
 * true or false and nothing else: no issue, no message, no profile, no allocation. Each property
 * is read once, in the order in which it is judged, and what throws when read is refused.
 */

/** A checker: true for arguments that break no binding rule. */
export type Checker = (args: unknown) => boolean;

const MAX_64 = 0xffff_ffff_ffff_ffffn;
const MAX_CHAIN = 1_000_000;
const MAX_ITEMS = 2_097_152;
/** MDL_PAGES_LOCKED, MDL_SOURCE_IS_NONPAGED_POOL and MDL_PARTIAL. */
const LOCKED = 0x2 | 0x4 | 0x10;
/** WSS_OPERATION_IN_PROGRESS. */
const IN_PROGRESS = 259;

type Fields = Readonly<Record<string, unknown>>;

/** A getter that typed arrays inherit, which no own property hides and no prototype deceives. */
function inherited<T>(name: PropertyKey): (of: unknown) => T {
  const prototype: object = Object.getPrototypeOf(Uint8Array.prototype);
  const getter = Object.getOwnPropertyDescriptor(prototype, name)?.get as () => T;
  return Function.prototype.call.bind(getter) as (of: unknown) => T;
}

const tagOf = inherited<string | undefined>(Symbol.toStringTag);
const lengthOf = inherited<number>("length");

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isBytes(value: unknown): value is Uint8Array {
  return tagOf(value) === "Uint8Array";
}

function isU32(value: unknown): value is number {
  return typeof value === "number" && value >>> 0 === value;
}

function isI32(value: unknown): value is number {
  return typeof value === "number" && (value | 0) === value;
}

function isI16(value: unknown): value is number {
  return typeof value === "number" && (value << 16) >> 16 === value;
}

function isI8(value: unknown): value is number {
  return typeof value === "number" && (value << 24) >> 24 === value;
}

function isWide(value: unknown): value is number | bigint {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0;
  return typeof value === "bigint" && value >= 0n && value <= MAX_64;
}

function isU32Ref(value: unknown): boolean {
  return isRecord(value) && isU32(value.value);
}

function isI32Ref(value: unknown): boolean {
  return isRecord(value) && isI32(value.value);
}

/** WSPSend: the floor of `isWSPSendArgs`. */
export function isWSPSend(args: unknown): boolean {
  try {
    return (
      isRecord(args) &&
      isDescriptor(args.s) &&
      areBuffers(args.lpBuffers, args.dwBufferCount) &&
      isU32Ref(args.lpNumberOfBytesSent) &&
      isZero(args.dwFlags) &&
      isFreeOverlapped(args.lpOverlapped) &&
      args.lpCompletionRoutine === null &&
      isThreadId(args.lpThreadId) &&
      isI32Ref(args.lpErrno)
    );
  } catch {
    return false;
  }
}

function isDescriptor(value: unknown): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0;
  return typeof value === "bigint" && value >= 0n && value < MAX_64;
}

function areBuffers(value: unknown, count: unknown): boolean {
  if (!Array.isArray(value) || !isU32(count)) return false;
  const { length } = value;
  if (length < count || length > MAX_ITEMS) return false;
  for (let i = 0; i < length; i++) {
    const buffer: unknown = value[i];
    if (!isRecord(buffer)) return false;
    const { len, buf } = buffer;
    if (!isU32(len)) return false;
    if (buf === null ? len !== 0 : !isBytes(buf) || lengthOf(buf) < len) return false;
  }
  return true;
}

function isFreeOverlapped(value: unknown): boolean {
  if (value === null) return true;
  if (!isRecord(value)) return false;
  const { Internal } = value;
  return (
    isWide(Internal) &&
    (typeof Internal === "number" ? Internal : Number(Internal)) !== IN_PROGRESS &&
    isWide(value.InternalHigh) &&
    isU32(value.Offset) &&
    isU32(value.OffsetHigh) &&
    isWide(value.hEvent)
  );
}

function isThreadId(value: unknown): boolean {
  return (
    value === null || (isRecord(value) && isWide(value.ThreadHandle) && isWide(value.Reserved))
  );
}

/** WskSend: the floor of `isWskSendArgs`. */
export function isWskSend(args: unknown): boolean {
  try {
    return (
      isRecord(args) &&
      isSocket(args.Socket) &&
      isWskBuf(args.Buffer) &&
      isSendFlags(args.Flags) &&
      isIrp(args.Irp)
    );
  } catch {
    return false;
  }
}

/** WskSendEx: the floor of `isWskSendExArgs`. */
export function isWskSendEx(args: unknown): boolean {
  try {
    return (
      isRecord(args) &&
      isSocket(args.Socket) &&
      isWskBuf(args.Buffer) &&
      isSendFlags(args.Flags) &&
      isIrp(args.Irp) &&
      isControl(args.ControlInfo, args.ControlInfoLength)
    );
  } catch {
    return false;
  }
}

/** WskSendTo: the floor of `isWskSendToArgs`. */
export function isWskSendTo(args: unknown): boolean {
  try {
    return (
      isRecord(args) &&
      isSocket(args.Socket) &&
      isWskBuf(args.Buffer) &&
      isZero(args.Flags) &&
      isAddress(args.RemoteAddress) &&
      isIrp(args.Irp) &&
      isControl(args.ControlInfo, args.ControlInfoLength)
    );
  } catch {
    return false;
  }
}

/** A comparison that has seen numbers only is a faster one. */
function isZero(value: unknown): boolean {
  return typeof value === "number" && value === 0;
}

/** Socket sends know WSK_FLAG_NODELAY and nothing else. */
function isSendFlags(value: unknown): boolean {
  return typeof value === "number" && (value === 0 || value === 2);
}

function isSocket(value: unknown): boolean {
  return isRecord(value) && isRecord(value.Dispatch);
}

function isIrp(value: unknown): boolean {
  return (
    isRecord(value) &&
    isStatusBlock(value.IoStatus) &&
    typeof value.PendingReturned === "boolean" &&
    isLocation(value.CurrentLocation, value.StackCount) &&
    typeof value.Cancel === "boolean"
  );
}

function isStatusBlock(value: unknown): boolean {
  return isRecord(value) && isI32(value.Status) && isWide(value.Information);
}

/** A location is left for WSK, and the current one is at most one behind the stack. */
function isLocation(current: unknown, count: unknown): boolean {
  return isI8(count) && isI8(current) && current >= 2 && current <= count + 1;
}

function isWskBuf(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { Mdl, Offset, Length } = value;
  if (!isU32(Offset) || !isWide(Length)) return false;
  // What a chain holds is below 2^53, so that a larger bigint may be rounded before it is compared.
  const length = typeof Length === "number" ? Length : Number(Length);
  if (Mdl === null) return length === 0;
  return isRecord(Mdl) && length <= bytesBehind(Mdl, Offset);
}

/** The bytes of a chain behind `offset`, which lies in its first MDL; -1 for a bad chain. */
function bytesBehind(first: Fields, offset: number): number {
  let total = 0;
  let link: unknown = first;
  for (let i = 0; i <= MAX_CHAIN; i++) {
    if (!isRecord(link)) return -1;
    const { Next, MdlFlags, MappedSystemVa, ByteCount } = link;
    if (!isI16(MdlFlags) || (MdlFlags & LOCKED) === 0) return -1;
    if (!isU32(ByteCount)) return -1;
    if (!isBytes(MappedSystemVa) || lengthOf(MappedSystemVa) < ByteCount) return -1;
    if (i === 0 && offset > ByteCount) return -1;
    total += ByteCount;
    if (Next === null) return total - offset;
    link = Next;
  }
  return -1;
}

/** True for a chain of MDLs, for peers that cannot say a recursive type. */
export function isMdlChain(value: unknown): boolean {
  return isRecord(value) && bytesBehind(value, 0) >= 0;
}

function isAddress(value: unknown): boolean {
  if (value === null) return true;
  if (!isRecord(value)) return false;
  const { sa_family, sa_data } = value;
  if (typeof sa_family !== "number" || (sa_family & 0xffff) !== sa_family) return false;
  if (!isBytes(sa_data)) return false;
  if (sa_family === 2) return lengthOf(sa_data) >= 14;
  return sa_family !== 23 || lengthOf(sa_data) >= 26;
}

function isControl(info: unknown, length: unknown): boolean {
  if (!isU32(length)) return false;
  if (info === null) return length === 0;
  if (!isBytes(info) || lengthOf(info) < length) return false;
  return length === 0 || isControlInfo(info, length);
}

/** True for control data objects one behind the other: a cmsg_len of 8 bytes leads each. */
export function isControlInfo(bytes: Uint8Array, length: number): boolean {
  let offset = 0;
  let count = 0;
  for (; offset + 16 <= length; count++) {
    if (word(bytes, offset + 4) !== 0) return false;
    const size = word(bytes, offset);
    if (size < 16 || size > length - offset) return false;
    offset += Math.ceil(size / 8) * 8;
  }
  return count > 0;
}

/** A little-endian number of four bytes. */
function word(bytes: Uint8Array, at: number): number {
  const high = ((bytes[at + 3] ?? 0) << 24) | ((bytes[at + 2] ?? 0) << 16);
  return (high | ((bytes[at + 1] ?? 0) << 8) | (bytes[at] ?? 0)) >>> 0;
}
