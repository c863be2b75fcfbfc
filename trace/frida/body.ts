/** The part of the script that is the same for every schema; it reads the tables in front of it. */

/** Reading memory: members by the layouts of the schema, on the architecture that runs. */
export const READERS = String.raw`
const ARCH = Process.arch === "ia32" ? "x86" : Process.arch;

const emit = (event, thread) =>
  console.log(
    JSON.stringify({
      ...event,
      time: String(Date.now()) + "000000",
      thread: thread ?? Process.getCurrentThreadId(),
      process: Process.id,
    }),
  );

// A number, as decimal text where JSON has none that wide.
const plain = (value) => {
  const number = Number(value.toString());
  return Number.isSafeInteger(number) ? number : value.toString();
};

const member = (type, address, name) => {
  const { offset, size, as } = LAYOUTS[type][ARCH].members[name];
  const at = address.add(offset);
  if (as === "pointer") return at.readPointer();
  return plain(at[(as === "signed" ? "readS" : "readU") + size * 8]());
};

const refOf = (pointer) => (pointer.isNull() ? null : pointer.toString());
const socketOf = (pointer) => "s" + pointer.toString();

// What cannot be read is told by its address.
const attempt = (read, pointer) => {
  try {
    return read();
  } catch {
    return refOf(pointer);
  }
};

const bufferAt = (address) => {
  const len = member("WSABUF", address, "len");
  return { len, buf: member("WSABUF", address, "buf").isNull() ? null : { bytes: len } };
};

const hexOf = (address, length) =>
  length === 0
    ? ""
    : Array.from(new Uint8Array(address.readByteArray(length)), (byte) =>
        byte.toString(16).padStart(2, "0"),
      ).join("");

const addressAt = (address, length) => {
  const at = LAYOUTS.SOCKADDR[ARCH].members.sa_data.offset;
  const hex = hexOf(address.add(at), Math.max(0, Math.min(length, MOST_ADDRESS) - at));
  return { sa_family: member("SOCKADDR", address, "sa_family"), sa_data: { hex } };
};

const overlappedAt = (address) =>
  Object.fromEntries(
    OVERLAPPED_FIELDS.map((name) => [name, member("WSAOVERLAPPED", address, name)]),
  );

const flagsOf = (flags) =>
  Object.entries(FLAGS)
    .filter(([, bit]) => (flags & bit) !== 0)
    .map(([name]) => name)
    .join("|");
`;

/** The hooks: a send is a call and a return; what ends an operation or a socket is told too. */
export const HOOKS = String.raw`
const READ = {
  socket: (pointer) => socketOf(pointer),
  number: (pointer) => pointer.toUInt32(),
  cell: (pointer) => (pointer.isNull() ? null : { value: 0 }),
  routine: (pointer) => (pointer.isNull() ? null : { routine: pointer.toString() }),
  pointer: (pointer) => refOf(pointer),
  overlapped: (pointer) => refOf(pointer),
  buffers: (pointer, args) => {
    if (pointer.isNull()) return null;
    const { size } = LAYOUTS.WSABUF[ARCH];
    const count = Math.min(args.dwBufferCount ?? 1, MOST_BUFFERS);
    return attempt(
      () => Array.from({ length: count }, (_, i) => bufferAt(pointer.add(i * size))),
      pointer,
    );
  },
  address: (pointer, args) =>
    pointer.isNull() ? null : attempt(() => addressAt(pointer, args.iTolen), pointer),
};

// What a provider is given beyond this function: nothing, or a cell.
const absent = ({ optional }) => (optional ? null : { value: 0 });

const known = new Set();
const pending = new Set();
let calls = 0;

const introduce = (ref, type, state) => {
  const event = { event: "object", ref, type };
  emit(state === undefined ? event : { ...event, state });
};

function meet(socket) {
  if (known.has(socket)) return;
  known.add(socket);
  introduce(socket, "SOCKET");
}

function enterSend(hook, name, args) {
  const values = {};
  const pointers = {};
  const readLater = new Set(["buffers", "address"]);
  const read = ({ name, at, reading, optional }) => {
    if (at === null) values[name] = absent({ optional });
    else values[name] = READ[reading]((pointers[name] = args[at]), values);
  };
  for (const param of hook.params) if (!readLater.has(param.reading)) read(param);
  for (const param of hook.params) if (readLater.has(param.reading)) read(param);
  meet(values.s);
  if (typeof values.lpOverlapped === "string") {
    const state = attempt(() => overlappedAt(pointers.lpOverlapped), NULL);
    introduce(values.lpOverlapped, "WSAOVERLAPPED", state ?? undefined);
  }
  return { ...tellCall(hook, name, values), count: pointers.lpNumberOfBytesSent ?? NULL };
}

// send and sendto: one buffer, no overlapped structure, and the count is what they return.
function enterPlain(name, args) {
  const len = args[2].toUInt32();
  const hasAddress = name === "sendto" && !args[4].isNull();
  const values = {
    s: socketOf(args[0]),
    lpBuffers: [{ len, buf: args[1].isNull() ? null : { bytes: len } }],
    dwBufferCount: 1,
    lpNumberOfBytesSent: { value: 0 },
    dwFlags: args[3].toUInt32(),
  };
  if (hasAddress) values.iTolen = args[5].toInt32();
  if (hasAddress) values.lpTo = READ.address(args[4], values);
  return tellCall(SENDS[hasAddress ? "WSASendTo" : "WSASend"], name, values);
}

function tellCall(hook, name, values) {
  const { s, lpOverlapped } = values;
  meet(s);
  const flags = flagsOf(values.dwFlags ?? 0);
  // In the order of the prototype.
  const valueOf = (param) => (param.name in values ? values[param.name] : absent(param));
  const passed = hook.params.map((param) => [param.name, valueOf(param)]);
  const as = flags === "" ? name : name + ", " + flags;
  const id = ++calls;
  emit({ event: "call", id, function: hook.function, args: Object.fromEntries(passed), as });
  return { id, socket: s, lpOverlapped };
}

const countAt = (pointer) => (pointer.isNull() ? undefined : pointer.readU32());

function leaveSend({ id, lpOverlapped, count }, result, error) {
  if (result === SOCKET_ERROR) {
    if (error === WSA_IO_PENDING && typeof lpOverlapped === "string") pending.add(lpOverlapped);
    emit({ event: "return", id, status: result, error });
    return;
  }
  const lpNumberOfBytesSent = countAt(count);
  const told = lpNumberOfBytesSent === undefined ? {} : { out: { lpNumberOfBytesSent } };
  emit({ event: "return", id, status: result, ...told });
}

function leavePlain({ id }, result, error) {
  if (result === SOCKET_ERROR) emit({ event: "return", id, status: result, error });
  else emit({ event: "return", id, status: 0, out: { lpNumberOfBytesSent: result } });
}

function leaveResult({ overlapped, count }, result, error) {
  if (result === 0 && error === WSA_IO_INCOMPLETE) return;
  const bytes = result === 0 ? undefined : countAt(count);
  const information = bytes === undefined ? {} : { information: bytes };
  if (pending.delete(overlapped))
    emit({ event: "complete", overlapped, error: result === 0 ? error : 0, ...information });
  if (result !== 0) emit({ event: "result", overlapped, ...information });
}

const OTHERS = {
  WSAGetOverlappedResult: {
    onEnter(args) {
      this.asked = { overlapped: refOf(args[1]), count: args[2] };
    },
    onLeave(result) {
      if (this.asked.overlapped !== null)
        leaveResult(this.asked, result.toInt32(), this.lastError);
    },
  },
  shutdown: {
    onEnter(args) {
      this.socket = socketOf(args[0]);
      this.how = args[1].toInt32();
    },
    onLeave(result) {
      if (result.toInt32() === 0 && this.how !== SD_RECEIVE)
        introduce(this.socket, "SOCKET", { "shut-down": true });
    },
  },
  closesocket: {
    onEnter(args) {
      this.socket = socketOf(args[0]);
    },
    onLeave(result) {
      if (result.toInt32() !== 0) return;
      introduce(this.socket, "SOCKET", { closed: true });
      // The handle may be given out again, and is another socket then.
      emit({ event: "free", ref: this.socket });
      known.delete(this.socket);
    },
  },
};

const sendHook = (name, hook) => ({
  onEnter(args) {
    this.sent = enterSend(hook, name, args);
  },
  onLeave(result) {
    leaveSend(this.sent, result.toInt32(), this.lastError);
    if (name === "WSASendDisconnect" && result.toInt32() === 0)
      introduce(this.sent.socket, "SOCKET", { "shut-down": true });
  },
});

const plainHook = (name) => ({
  onEnter(args) {
    this.sent = enterPlain(name, args);
  },
  onLeave(result) {
    leavePlain(this.sent, result.toInt32(), this.lastError);
  },
});

const hookOf = (name) => {
  if (name in SENDS) return sendHook(name, SENDS[name]);
  return name in OTHERS ? OTHERS[name] : plainHook(name);
};

emit(HEADER);
const ws2_32 = Process.findModuleByName("ws2_32.dll") ?? Module.load("ws2_32.dll");
for (const name of FUNCTIONS) Interceptor.attach(ws2_32.getExportByName(name), hookOf(name));
`;
