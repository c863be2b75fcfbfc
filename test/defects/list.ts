/** The defects that are put into the runtime: such as are made when it is written. */

/** A defect: a piece of a file, which is there once, and what stands there instead. */
export interface Defect {
  readonly says: string;
  readonly file: string;
  readonly find: string;
  readonly put: string;
  /** The tests that should notice it; only where they do not, all are run. */
  readonly by: readonly string[];
}

const ENGINE = ["test/runtime/engine"];
const IRPS = ["test/runtime/irp.test.ts"];
const SENDS = ["test/runtime/wsk-send.test.ts", "test/runtime/connecting.test.ts"];
const NODE = ["test/runtime/network/node.conformance.test.ts"];
const FAULTS = ["test/runtime/faults/faults.test.ts"];

const PROVIDER = ["test/runtime/provider.test.ts"];
const CLOSING = ["test/runtime/spi/closing.test.ts"];
const DATAGRAMS = ["test/runtime/spi/datagrams.test.ts"];
const MEMORY = [
  "test/runtime/network/memory.test.ts",
  "test/runtime/network/memory.conformance.test.ts",
];

const QUEUE = "runtime/engine/send-queue.ts";
const STREAM = "runtime/engine/stream.ts";
const IRP = "runtime/io/irp.ts";
const MDL = "runtime/io/mdl.ts";

const queue: readonly Defect[] = [
  { says: "a send is done though only a part of its bytes has been reached", file: QUEUE, by: ENGINE,
    find: "send.bytes > this.#credit", put: "this.#credit <= 0 && send.bytes > 0" },
  { says: "bytes that have been reached count for every send", file: QUEUE, by: ENGINE,
    find: "      this.#credit -= send.bytes;\n", put: "" },
  { says: "a full connection is written to", file: QUEUE, by: ENGINE,
    find: "(!this.#isTurn && !this.#isFull)", put: "!this.#isTurn" },
  { says: "what was refused is handed over again", file: QUEUE, by: ENGINE,
    find: "this.#waiting = send.next;\n      send.queue = null;", put: "this.#waiting = send.next;" },
  { says: "a failure ends only the oldest send", file: QUEUE, by: ENGINE,
    find: "    for (let send = this.#head; send !== null; send = this.#head) {\n      this.#unlink(send);\n      this.#settle(send, this.#failure);\n    }",
    put: "    const send = this.#head;\n    if (send !== null) {\n      this.#unlink(send);\n      this.#settle(send, this.#failure);\n    }" },
  { says: "a failed connection takes new sends", file: QUEUE, by: ENGINE,
    find: "  submit(send: Transmission, now: boolean): Submitted {\n    if (this.#failure !== null) return this.#failure;",
    put: "  submit(send: Transmission, now: boolean): Submitted {" },
  { says: "the later failure is told, not the first", file: QUEUE, by: ENGINE,
    find: "this.#failure ??= failure;", put: "this.#failure = failure;" },
  { says: "bytes on their way are withdrawn", file: QUEUE, by: [...ENGINE, ...FAULTS],
    find: "if (send.queue !== this || send === this.#last) return false;", put: "if (send === this.#last) return false;" },
  { says: "a cancelled send stays in the queue", file: QUEUE, by: ENGINE,
    find: "    this.#unlink(send);\n    this.#settle(send, CANCELLED);", put: "    this.#settle(send, CANCELLED);" },
  { says: "what was promised is withdrawn", file: QUEUE, by: ENGINE,
    find: "      if (!send.isPromised) {", put: "      if (send.queue !== undefined) {" },
  { says: "what was promised leaves together with what may be withdrawn", file: QUEUE, by: ENGINE,
    find: "      else if (send.isPromised !== isPromised) break;\n", put: "" },
  { says: "who leaves a lost connection is told of an abort", file: QUEUE, by: PROVIDER,
    find: "this.#failure ?? CANCELLED", put: "CANCELLED" },
  { says: "nodelay waits for the end of the turn", file: QUEUE, by: ENGINE,
    find: "(this.#isTurn && !now)", put: "this.#isTurn" },
  { says: "sends of one turn leave one by one", file: QUEUE, by: ENGINE,
    find: "    this.#isTurn = true;\n", put: "" },
  { says: "a group has no bound", file: QUEUE, by: ENGINE,
    find: "sends < GROUP_SENDS && bytes < GROUP_BYTES", put: "sends < Infinity" },
  { says: "memory that is gone fails the whole group", file: QUEUE, by: ENGINE,
    find: "        this.#settle(send, FAULT);\n        continue;", put: "        this.#settle(send, FAULT);\n        return this.fail(FAULT);" },
  { says: "the end is told when it is handed over", file: QUEUE, by: ENGINE,
    find: "if (send === this.#last && !this.#isEndSent) return;", put: "" },
  { says: "the end leaves before what waits", file: QUEUE, by: ENGINE,
    find: "if (isLast) connection.end();", put: "if (this.#last !== null) connection.end();" },
  { says: "the answer of one send is taken for that of another", file: QUEUE, by: ENGINE,
    find: "    this.#answer = outerAnswer;\n", put: "" },
  { says: "a refused end is answered and told", file: QUEUE, by: ENGINE,
    find: "    return this.#flushWith(last);", put: "    this.#flush();\n    return this.#failure ?? TAKEN;" },
  { says: "an end whose memory is gone ends the connection", file: QUEUE, by: ENGINE,
    find: "if (send === this.#last) this.#last = null;", put: "" },
  { says: "one that throws stops the others", file: QUEUE, by: SENDS,
    find: "    try {\n      send.settle(failure);\n    } catch (error) {\n      reportError(error);\n    }", put: "    send.settle(failure);" },
]; // prettier-ignore

const streams: readonly Defect[] = [
  { says: "a socket that is closed leaves its sends pending", file: STREAM, by: [...SENDS, ...FAULTS],
    find: "    this.sends.fail(CANCELLED);\n", put: "" },
  { says: "a close is always clean", file: STREAM, by: SENDS,
    find: "    if (isClean) this.#connection?.close();", put: "    if (isClean || !isClean) this.#connection?.close();" },
  { says: "a lost connection leaves its sends pending", file: STREAM, by: FAULTS,
    find: "    this.sends.fail(failure);\n", put: "" },
  { says: "an attempt to connect survives the close", file: STREAM, by: SENDS,
    find: "    this.sends.fail(CANCELLED);\n    this.giveUp();\n", put: "    this.sends.fail(CANCELLED);\n" },
  { says: "an attempt to connect survives the close of a provider", file: STREAM, by: PROVIDER,
    find: "    this.sends.withdraw();\n    this.giveUp();\n", put: "    this.sends.withdraw();\n" },
  { says: "a connection that is left does not wait for what was promised", file: STREAM, by: CLOSING,
    find: "if (!this.sends.isBusy) return this.#connection.close();", put: "return this.#connection.close();" },
  { says: "a connection that is left is reset behind what was promised", file: STREAM, by: CLOSING,
    find: "this.close(this.sends.failure === null);", put: "this.close(false);" },
  { says: "a connection that is left waits for its peer for ever", file: STREAM, by: CLOSING,
    find: "setTimeout(() => this.close(false), patience)", put: "setTimeout(() => undefined, patience)" },
  { says: "the attempt is given up without a word", file: STREAM, by: SENDS,
    find: "      cancel();\n      attempt(() => done(failure));", put: "      cancel();" },
]; // prettier-ignore

const irps: readonly Defect[] = [
  { says: "an IRP is completed twice", file: IRP, by: IRPS,
    find: 'if (this.#owner !== "wsk")', put: 'if (this.#owner === "freed")' },
  { says: "a completed IRP is sent again without reuse", file: IRP, by: IRPS,
    find: 'if (this.#owner === "completed") throw new RuntimeViolation(call, "irp-not-reused");', put: 'if (this.#owner === "completed") this.#owner = "caller";' },
  { says: "half a routine is enough", file: IRP, by: IRPS,
    find: "this.#routine === null || this.#invokeOn !== ON_ALL", put: "this.#routine === null" },
  { says: "whatever a routine answers is right", file: IRP, by: IRPS,
    find: '      throw new RuntimeViolation("IoCompleteRequest", "irp-routine-result", statusName(result));', put: "      return;" },
  { says: "a pending IRP is freed", file: IRP, by: IRPS,
    find: '    if (irp.#owner !== "completed") Irp.#require(irp, call, "caller");', put: "" },
  { says: "a failed send tells a byte count", file: IRP, by: [...SENDS, ...FAULTS],
    find: ": this.complete(failure.status, 0);", put: ": this.complete(failure.status, this.bytes);" },
  { says: "the data of a completed send stays locked", file: IRP, by: IRPS,
    find: "    if (mdl !== null) releaseChain(mdl);\n", put: "" },
  { says: "the data of a pending send is not locked", file: IRP, by: IRPS,
    find: "    if (Mdl !== null) holdChain(Mdl);\n", put: "" },
  { says: "a routine runs for outcomes that it did not ask for", file: IRP, by: IRPS,
    find: "routine !== null && (irp.#invokeOn & conditionsOf(status, irp.Cancel)) !== 0", put: "routine !== null" },
  { says: "PendingReturned is never set", file: IRP, by: IRPS,
    find: "  pend(): NTSTATUS {\n    this.PendingReturned = true;", put: "  pend(): NTSTATUS {" },
  { says: "an IRP that its driver keeps goes up all the same", file: IRP, by: IRPS,
    find: "    if (result === STATUS_MORE_PROCESSING_REQUIRED) return;\n    if (isInvoked", put: "    if (isInvoked" },
  { says: "routines nest without bound", file: "runtime/io/completion.ts", by: IRPS,
    find: "depth < MAX_DEPTH && ", put: "" },
  { says: "a routine overtakes those that wait", file: "runtime/io/completion.ts", by: IRPS,
    find: " && (depth === 0 || waiting.length === 0)", put: "" },
  { says: "those that wait run inside each other", file: "runtime/io/completion.ts", by: IRPS,
    find: "  isDraining = true;\n", put: "" },
  { says: "the offset counts in every MDL", file: MDL, by: SENDS,
    find: "    from = 0;\n", put: "" },
  { says: "a whole MDL is sent where a part was asked for", file: MDL, by: SENDS,
    find: "if (offset === 0 && length === lengthOf(memory) && length === first.ByteCount) return memory;", put: "if (offset === 0 && length > 0) return memory;" },
  { says: "only the first MDL is held", file: MDL, by: IRPS,
    find: "  for (let link: MDL | null = first; link !== null; link = link.Next) CountedMdl.use(link, 1);", put: "  CountedMdl.use(first, 1);" },
]; // prettier-ignore

const TCP = "runtime/transport/node/tcp.ts";
const CONNECTION = "runtime/transport/node/connection.ts";
const networks: readonly Defect[] = [
  { says: "what the kernel has not taken is called done", file: CONNECTION, by: [...NODE, ...FAULTS],
    find: "    if (this.#socket.writableLength === 0) return DONE;\n    this.#underWay = bytes;", put: "    return DONE;\n    this.#underWay = bytes;" },
  { says: "a reset lets what was under way count as reached", file: CONNECTION, by: [...NODE, ...FAULTS],
    find: "if (bytes === 0 || this.#socket.writableLength > 0 || !this.#isWell) return;", put: "if (bytes === 0) return;" },
  { says: "a reset behind data is taken for an end", file: CONNECTION, by: NODE,
    find: "    if (this.#isReset()) this.#fail(RESET);\n    else this.#events?.ended();", put: "    this.#events?.ended();" },
  { says: "a reset behind data is taken for an end where this side has ended", file: CONNECTION, by: NODE,
    find: "    this.#readSlowly();\n", put: "" },
  { says: "a send whose memory was taken away under way is called done", file: CONNECTION, by: NODE,
    find: "    if (!isWhole) return this.#torn();\n", put: "" },
  { says: "a write that fails is followed by an end", file: CONNECTION, by: SENDS,
    find: "    resetWhereTorn(socket);\n", put: "" },
  { says: "an abort sends what waits, and an end", file: CONNECTION, by: [...NODE, ...FAULTS],
    find: "  if (!hasEnded) socket.resetAndDestroy();\n  socket.destroy();", put: "  socket.resetAndDestroy();" },
  { says: "an aborted connection goes on telling", file: CONNECTION, by: NODE,
    find: "    this.#over = CANCELLED;\n    this.#events = null;\n    reset(this.#socket);", put: "    this.#over = CANCELLED;\n    reset(this.#socket);" },
  { says: "what was under way with the end is never told", file: CONNECTION, by: FAULTS,
    find: "    this.#events?.reached(bytes);\n    if (this.#isEnding)", put: "    if (!this.#isEnding) this.#events?.reached(bytes);\n    if (this.#isEnding)" },
  { says: "a connect that was given up fails later all the same", file: TCP, by: SENDS,
    find: "    if (isOver) return;\n    isOver = true;\n    socket.destroy();\n  };", put: "    if (!socket.connecting) return;\n    isOver = true;\n    socket.destroy();\n  };" },
  { says: "datagrams leave before they may", file: "runtime/transport/node/udp.ts", by: NODE,
    find: "    if (!this.#owed.delete(owed)) return;\n", put: "" },
  { says: "a datagram has more pieces than the system takes", file: "runtime/transport/node/udp.ts", by: DATAGRAMS,
    find: "chunks.length > MOST_PIECES", put: "chunks.length > 1_000_000" },
  { says: "a close in memory waits for what was withdrawn", file: "runtime/transport/memory/connection.ts", by: MEMORY,
    find: "    this.#sending.withdraw();\n", put: "" },
  { says: "a reset in memory overtakes what was sent", file: "runtime/transport/memory/sending.ts", by: MEMORY,
    find: "    this.withdraw();\n    this.#transmit();\n", put: "    this.withdraw();\n" },
]; // prettier-ignore

const SPI_DATAGRAMS = "runtime/spi/datagram-socket.ts";
const provider: readonly Defect[] = [
  { says: "a connect has the code of a send", file: "runtime/spi/stream-socket.ts", by: ["test/runtime/spi/connecting.test.ts"],
    find: "failure === null ? NO_ERROR : connectingCode(failure)", put: "failure?.error ?? NO_ERROR" },
  { says: "broadcasts stay allowed", file: SPI_DATAGRAMS, by: DATAGRAMS,
    find: "    this.#port?.setBroadcast(isAllowed);\n", put: "" },
  { says: "a bounce is told twice", file: SPI_DATAGRAMS, by: DATAGRAMS,
    find: "    if (bounce !== null) this.lastError = NO_ERROR;\n", put: "" },
  { says: "a bounce of nobody's meets the next send", file: SPI_DATAGRAMS, by: DATAGRAMS,
    find: "this.#fixed === null ? null : failure", put: "failure" },
]; // prettier-ignore

/** All defects. */
export const DEFECTS: readonly Defect[] = [...queue, ...streams, ...irps, ...networks, ...provider];
