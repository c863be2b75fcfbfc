/** The sends of Linux as what a provider is given: buffers, flags, an address. */
import { sockaddrIn, sockaddrIn6 } from "../../../support/index.js";
import { MSG_DONTROUTE, MSG_OOB } from "../../../generated/constants/msg-flags.js";
import type { AddressValue, BufferValue, Sending } from "../spi.js";
import { addressValue, bufferOf } from "../spi.js";
import type { Called } from "./line.js";
import type { Value } from "./value.js";

/** One send; a call of sendmmsg is several. */
export interface Message extends Omit<Sending, "s"> {
  /** The call of Linux, with what a provider is not told. */
  readonly as: string;
  /** What sendmmsg tells of each message: the bytes that were sent. */
  readonly sent?: number;
}

/** Flags that both systems have, under the same name. */
const FLAGS: ReadonlyMap<string, number> = new Map([
  ["MSG_OOB", MSG_OOB],
  ["MSG_DONTROUTE", MSG_DONTROUTE],
]);

const SENDS: Readonly<Record<string, (call: Called) => readonly Message[]>> = {
  send: oneBuffer,
  sendto: oneBuffer,
  write: oneBuffer,
  writev: ({ name, args }) => [fromParts(name, { iov: args[1], flags: undefined })],
  sendmsg: ({ name, args }) => [fromHeader(name, args[1], args[2])],
  sendmmsg: manyMessages,
};

/** True for a call that sends. */
export const isSend = (name: string): boolean => Object.hasOwn(SENDS, name);

/** The messages of a call that sends; none for other calls. */
export const messagesOf = (call: Called): readonly Message[] => SENDS[call.name]?.(call) ?? [];

/** The number that an argument is; 0 for what is none. */
export const numberOf = (value: Value | undefined): number => {
  const number = value?.kind === "word" ? Number(value.text) : Number.NaN;
  return Number.isSafeInteger(number) ? number : 0;
};

/** The text of an argument that is a word; empty for others. */
export const wordOf = (value: Value | undefined): string =>
  value?.kind === "word" ? value.text : "";

const isNull = (value: Value | undefined): boolean =>
  value === undefined || wordOf(value) === "NULL";

function oneBuffer({ name, args }: Called): readonly Message[] {
  const [, data, length, flags, address, addressLength] = args;
  const len = numberOf(length);
  const buffer: BufferValue = isNull(data) ? { len, buf: null } : bufferOf(len);
  const to = toOf(address, addressLength);
  return [{ buffers: [buffer], count: 1, ...flagsOf(name, flags), ...to }];
}

interface Parts {
  readonly iov: Value | undefined;
  readonly flags: Value | undefined;
  readonly name?: Value | undefined;
  readonly nameLength?: Value | undefined;
  readonly control?: Value | undefined;
}

function fromParts(call: string, { iov, flags, name, nameLength, control }: Parts): Message {
  const to = toOf(name, nameLength);
  const told = flagsOf(call, flags, controlTypes(control));
  if (iov?.kind !== "list") {
    const buffers = isNull(iov) ? null : wordOf(iov);
    return { buffers, count: buffers === null ? 0 : 1, ...told, ...to };
  }
  const buffers = iov.items.flatMap((item) => (item.kind === "struct" ? [partOf(item)] : []));
  return { buffers, count: buffers.length, ...told, ...to };
}

function partOf({ fields }: Value & { readonly kind: "struct" }): BufferValue {
  const len = numberOf(fields.get("iov_len"));
  return isNull(fields.get("iov_base")) ? { len, buf: null } : bufferOf(len);
}

function fromHeader(call: string, header: Value | undefined, flags: Value | undefined): Message {
  if (header?.kind !== "struct")
    return { buffers: isNull(header) ? null : wordOf(header), count: 1, ...flagsOf(call, flags) };
  const { fields } = header;
  return fromParts(call, {
    iov: fields.get("msg_iov"),
    flags,
    name: fields.get("msg_name"),
    nameLength: fields.get("msg_namelen"),
    control: fields.get("msg_control"),
  });
}

function manyMessages({ name, args }: Called): readonly Message[] {
  const [, list, , flags] = args;
  if (list?.kind !== "list") return [fromHeader(name, list, flags)];
  return list.items.flatMap((item) => {
    if (item.kind !== "struct") return [];
    const length = item.fields.get("msg_len");
    const sent = length === undefined ? {} : { sent: numberOf(length) };
    return [{ ...fromHeader(name, item.fields.get("msg_hdr"), flags), ...sent }];
  });
}

/** The flags that a provider knows, and the others as a part of what was called. */
function flagsOf(
  call: string,
  value: Value | undefined,
  more: readonly string[] = [],
): Pick<Message, "flags" | "as"> {
  const names = wordOf(value).split("|");
  const known = names.flatMap((name) => FLAGS.get(name) ?? []);
  const rest = names.filter((name) => name !== "" && name !== "0" && !FLAGS.has(name));
  return {
    flags: known.reduce((all, flag) => all | flag, 0),
    as: [call, ...rest, ...more].join(", "),
  };
}

/** Control information by its types; a provider's sends carry none. */
function controlTypes(control: Value | undefined): string[] {
  if (control?.kind !== "list") return [];
  return control.items.flatMap((item) =>
    item.kind === "struct" ? [wordOf(item.fields.get("cmsg_type"))] : [],
  );
}

function toOf(address: Value | undefined, length: Value | undefined): Pick<Message, "to"> {
  if (isNull(address)) return {};
  return { to: { address: addressOf(address), length: numberOf(length) } };
}

/** An address; a text where strace could not read it, or it is of a family without a SOCKADDR. */
export function addressOf(value: Value | undefined): AddressValue | string {
  if (value?.kind !== "struct") return wordOf(value);
  const { fields, loose } = value;
  const family = wordOf(fields.get("sa_family"));
  try {
    if (family === "AF_INET")
      return addressValue(
        sockaddrIn(textIn(fields.get("sin_addr")), madeNumber(fields.get("sin_port"))),
      );
    if (family === "AF_INET6") {
      const part = loose.find((item) => item.kind === "made" && item.by === "inet_pton");
      const text = part === undefined ? textIn(fields.get("sin6_addr")) : textIn(part);
      const port = madeNumber(fields.get("sin6_port"));
      return addressValue(sockaddrIn6(text, port, numberOf(fields.get("sin6_scope_id"))));
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return family;
}

/** The string among the arguments of `inet_addr(…)` or `inet_pton(…)`. */
function textIn(value: Value | undefined): string {
  const texts = value?.kind === "made" ? value.args : [];
  return texts.flatMap((part) => (part.kind === "text" ? [part.text] : []))[0] ?? "";
}

/** The number in `htons(…)`. */
const madeNumber = (value: Value | undefined): number =>
  value?.kind === "made" ? numberOf(value.args[0]) : numberOf(value);
