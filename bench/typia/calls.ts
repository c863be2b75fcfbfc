/** The calls as types of typia, which writes the checks: `typia generate` reads this file. */
import typia from "typia";
import type { tags } from "typia";

type U32 = number & tags.Type<"uint32">;
type I32 = number & tags.Type<"int32">;
type I16 = I32 & tags.Minimum<-32768> & tags.Maximum<32767>;
type I8 = I32 & tags.Minimum<-128> & tags.Maximum<127>;
type Safe = number &
  tags.TagBase<{
    target: "number";
    kind: "safe";
    value: undefined;
    validate: "Number.isSafeInteger($input) && 0 <= $input";
  }>;
type U64 = bigint &
  tags.TagBase<{
    target: "bigint";
    kind: "u64";
    value: undefined;
    validate: "0n <= $input && $input <= 18446744073709551615n";
  }>;
type Wide = Safe | U64;

interface WSABUF {
  len: U32;
  buf: Uint8Array | null;
}

interface WSAOVERLAPPED {
  Internal: Wide;
  InternalHigh: Wide;
  Offset: U32;
  OffsetHigh: U32;
  hEvent: Wide;
}

/** The arguments of WSPSend. */
export interface WSPSend {
  s: Wide;
  lpBuffers: WSABUF[];
  dwBufferCount: U32;
  lpNumberOfBytesSent: { value: U32 };
  dwFlags: 0;
  lpOverlapped: WSAOVERLAPPED | null;
  lpCompletionRoutine: null;
  lpThreadId: { ThreadHandle: Wide; Reserved: Wide } | null;
  lpErrno: { value: I32 };
}

interface MDL {
  Next: MDL | null;
  MdlFlags: I16;
  MappedSystemVa: Uint8Array;
  ByteCount: U32;
}

interface WSK_BUF {
  Mdl: MDL | null;
  Offset: U32;
  Length: Wide;
}

interface IRP {
  IoStatus: { Status: I32; Information: Wide };
  PendingReturned: boolean;
  StackCount: I8;
  CurrentLocation: I32 & tags.Minimum<2> & tags.Maximum<127>;
  Cancel: boolean;
}

interface WSK_SOCKET {
  Dispatch: { [name: string]: unknown };
}

/** The arguments of WskSend. */
export interface WskSend {
  Socket: WSK_SOCKET;
  Buffer: WSK_BUF;
  Flags: 0 | 2;
  Irp: IRP;
}

/** The arguments of WskSendEx. */
export interface WskSendEx extends WskSend {
  ControlInfoLength: U32;
  ControlInfo: Uint8Array | null;
}

/** The arguments of WskSendTo. */
export interface WskSendTo {
  Socket: WSK_SOCKET;
  Buffer: WSK_BUF;
  Flags: 0;
  RemoteAddress: { sa_family: U32 & tags.Maximum<65535>; sa_data: Uint8Array } | null;
  ControlInfoLength: U32;
  ControlInfo: Uint8Array | null;
  Irp: IRP;
}

/** The types alone, as a boolean. */
export const is = {
  WSPSend: typia.createIs<WSPSend>(),
  WskSend: typia.createIs<WskSend>(),
  WskSendTo: typia.createIs<WskSendTo>(),
  WskSendEx: typia.createIs<WskSendEx>(),
};

/** The types alone, with all errors. */
export const validate = {
  WSPSend: typia.createValidate<WSPSend>(),
  WskSend: typia.createValidate<WskSend>(),
  WskSendTo: typia.createValidate<WskSendTo>(),
  WskSendEx: typia.createValidate<WskSendEx>(),
};
