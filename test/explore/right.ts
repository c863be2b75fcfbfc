/** Clients as Microsoft's pages want them: no run of these breaks a rule. */
import {
  NT_SUCCESS, STATUS_MORE_PROCESSING_REQUIRED, STATUS_PENDING, STATUS_SUCCESS, STATUS_TIMEOUT,
  STATUS_UNSUCCESSFUL, WSA_IO_PENDING,
} from "wskit"; // prettier-ignore
import { KEVENT, SynchronizationEvent } from "wskit/explore";
import type { CompletionRoutine, Irp, Program, World } from "wskit/explore";

const MORE = STATUS_MORE_PROCESSING_REQUIRED;

/** Wakes whoever waits, and keeps the IRP. */
const wakeUp =
  ({ KeSetEvent }: World): CompletionRoutine<KEVENT> =>
  (_DeviceObject, _Irp, Event) => {
    KeSetEvent(Event);
    return MORE;
  };

/**
 * Makes a call with an IRP, and waits for its end. It waits whatever the call returns: also where a
 * call fails, the IRP is completed, and the pages do not say when (`lateFailures`).
 */
export function waitFor(world: World, irp: Irp, call: () => number): number {
  const Event = new KEVENT();
  world.KeInitializeEvent(Event, SynchronizationEvent, false);
  world.IoSetCompletionRoutine(irp, wakeUp(world), Event, true, true, true);
  call();
  world.KeWaitForSingleObject(Event, 0, 0, false, null);
  return irp.IoStatus.Status;
}

/** The same as most drivers have it: they wait for STATUS_PENDING alone. */
export function waitIfPending(world: World, irp: Irp, call: () => number): number {
  const Event = new KEVENT();
  world.KeInitializeEvent(Event, SynchronizationEvent, false);
  world.IoSetCompletionRoutine(irp, wakeUp(world), Event, true, true, true);
  const status = call();
  if (status !== STATUS_PENDING) return status;
  world.KeWaitForSingleObject(Event, 0, 0, false, null);
  return irp.IoStatus.Status;
}

/** One send and one close that are waited for where they are pending. */
export const pendingOnly: Program = (world) => {
  const socket = world.connectionSocket();
  const irp = world.IoAllocateIrp(1, false);
  const Mdl = world.IoAllocateMdl(world.ExAllocatePool(64));
  world.MmProbeAndLockPages(Mdl);
  const Buffer = { Mdl, Offset: 0, Length: 64 };
  waitIfPending(world, irp, () => socket.Dispatch.WskSend(socket, Buffer, 0, irp));
  world.MmUnlockPages(Mdl);
  world.IoFreeMdl(Mdl);
  world.IoReuseIrp(irp, STATUS_UNSUCCESSFUL);
  waitIfPending(world, irp, () => socket.Dispatch.WskCloseSocket(socket, irp));
  world.IoFreeIrp(irp);
};

/** One send that is waited for; then the socket is closed. */
export const synchronous: Program = (world) => {
  const socket = world.connectionSocket();
  const irp = world.IoAllocateIrp(1, false);
  const Mdl = world.IoAllocateMdl(world.ExAllocatePool(64));
  world.MmProbeAndLockPages(Mdl);
  world.frame(() => {
    const Buffer = world.local("WSK_BUF", { Mdl, Offset: 0, Length: 64 });
    const status = waitFor(world, irp, () => socket.Dispatch.WskSend(socket, Buffer, 0, irp));
    if (NT_SUCCESS(status) && irp.IoStatus.Information !== 64) throw new Error("some are missing");
  });
  world.MmUnlockPages(Mdl);
  world.IoFreeMdl(Mdl);
  world.IoReuseIrp(irp, STATUS_UNSUCCESSFUL);
  waitFor(world, irp, () => socket.Dispatch.WskCloseSocket(socket, irp));
  world.IoFreeIrp(irp);
};

/** So many sends at once; each IRP is freed by its routine, and the last one wakes the program. */
export const asynchronous =
  (count: number): Program =>
  (world) => {
    const socket = world.connectionSocket();
    const done = new KEVENT();
    let left = 1;
    const finish = (): void => {
      left -= 1;
      if (left === 0) world.KeSetEvent(done);
    };
    for (let i = 0; i < count; i++) {
      const irp = world.IoAllocateIrp(1, false);
      const routine: CompletionRoutine<null> = (_DeviceObject, Irp) => {
        world.IoFreeIrp(Irp);
        finish();
        return MORE;
      };
      world.IoSetCompletionRoutine(irp, routine, null, true, true, true);
      left += 1;
      const status = socket.Dispatch.WskSend(socket, world.wskBuf(16), 0, irp);
      if (status !== STATUS_SUCCESS && status !== STATUS_PENDING) break;
    }
    finish();
    world.KeWaitForSingleObject(done);
    const irp = world.IoAllocateIrp(1, false);
    waitFor(world, irp, () => socket.Dispatch.WskCloseSocket(socket, irp));
    world.IoFreeIrp(irp);
  };

/** One IRP for several sends, one after the other. */
export const reusing: Program = (world) => {
  const socket = world.connectionSocket();
  const irp = world.IoAllocateIrp(1, false);
  for (let i = 0; i < 3; i++) {
    if (i > 0) world.IoReuseIrp(irp, STATUS_UNSUCCESSFUL);
    const Buffer = world.wskBuf(16);
    const status = waitFor(world, irp, () => socket.Dispatch.WskSend(socket, Buffer, 0, irp));
    if (!NT_SUCCESS(status)) break;
  }
  world.IoReuseIrp(irp, STATUS_UNSUCCESSFUL);
  waitFor(world, irp, () => socket.Dispatch.WskCloseSocket(socket, irp));
  world.IoFreeIrp(irp);
};

/** Closes while sends are pending: their routines run before the close is complete. */
export const closing: Program = (world) => {
  const socket = world.connectionSocket();
  let pending = 0;
  for (let i = 0; i < 2; i++) {
    const irp = world.IoAllocateIrp(1, false);
    const routine: CompletionRoutine<null> = (_DeviceObject, Irp) => {
      world.IoFreeIrp(Irp);
      pending -= 1;
      return MORE;
    };
    world.IoSetCompletionRoutine(irp, routine, null);
    pending += 1;
    const status = socket.Dispatch.WskSend(socket, world.wskBuf(16), 0, irp);
    if (status !== STATUS_SUCCESS && status !== STATUS_PENDING) break;
  }
  const irp = world.IoAllocateIrp(1, false);
  waitFor(world, irp, () => socket.Dispatch.WskCloseSocket(socket, irp));
  if (pending !== 0) throw new Error("the close was quicker than a send");
  world.IoFreeIrp(irp);
};

/** Cancels a send that takes too long, and waits for its end all the same. */
export const cancelling: Program = (world) => {
  const socket = world.connectionSocket();
  const irp = world.IoAllocateIrp(1, false);
  const Event = new KEVENT();
  world.KeInitializeEvent(Event, SynchronizationEvent, false);
  world.IoSetCompletionRoutine(irp, wakeUp(world), Event, true, true, true);
  socket.Dispatch.WskSend(socket, world.wskBuf(16), 0, irp);
  if (world.KeWaitForSingleObject(Event, 0, 0, false, -10_000_000) === STATUS_TIMEOUT) {
    world.IoCancelIrp(irp);
    world.KeWaitForSingleObject(Event);
  }
  world.IoReuseIrp(irp, STATUS_UNSUCCESSFUL);
  waitFor(world, irp, () => socket.Dispatch.WskCloseSocket(socket, irp));
  world.IoFreeIrp(irp);
};

/** Ends gracefully while a send is pending, and closes. */
export const disconnecting: Program = (world) => {
  const socket = world.connectionSocket();
  const send = world.IoAllocateIrp(1, false);
  const routine: CompletionRoutine<null> = (_DeviceObject, Irp) => {
    world.IoFreeIrp(Irp);
    return MORE;
  };
  world.IoSetCompletionRoutine(send, routine, null);
  const status = socket.Dispatch.WskSend(socket, world.wskBuf(16), 0, send);
  const irp = world.IoAllocateIrp(1, false);
  if (status === STATUS_SUCCESS || status === STATUS_PENDING) {
    waitFor(world, irp, () => socket.Dispatch.WskDisconnect(socket, null, 0, irp));
    world.IoReuseIrp(irp, STATUS_UNSUCCESSFUL);
  }
  waitFor(world, irp, () => socket.Dispatch.WskCloseSocket(socket, irp));
  world.IoFreeIrp(irp);
};

/** Sends with the IRP of another driver: its routine marks it pending, and lets it go on. */
export const passingDown: Program = (world) => {
  const socket = world.connectionSocket();
  world.passDown((_DeviceObject, irp) => {
    const routine: CompletionRoutine<null> = (_Device, Irp) => {
      if (Irp.PendingReturned) world.IoMarkIrpPending(Irp);
      return STATUS_SUCCESS;
    };
    world.IoSetCompletionRoutine(irp, routine, null, true, true, true);
    world.IoMarkIrpPending(irp);
    socket.Dispatch.WskSend(socket, world.wskBuf(16), 0, irp);
    return STATUS_PENDING;
  });
};

/** A datagram with an address in a frame, which outlasts the send. */
export const datagram: Program = (world) => {
  const socket = world.datagramSocket();
  const irp = world.IoAllocateIrp(1, false);
  world.frame(() => {
    const address = { sa_family: 2, sa_data: new Uint8Array(14) };
    world.local("SOCKADDR", address);
    const Buffer = world.wskBuf(16);
    waitFor(world, irp, () => socket.Dispatch.WskSendTo(socket, Buffer, 0, address, 0, null, irp));
  });
  world.IoReuseIrp(irp, STATUS_UNSUCCESSFUL);
  waitFor(world, irp, () => socket.Dispatch.WskCloseSocket(socket, irp));
  world.IoFreeIrp(irp);
};

/** An overlapped send whose end is asked for until it has come. */
export const polling: Program = (world) => {
  const s = world.descriptor();
  const [sent, flags, lpErrno] = [world.DWORD(), world.DWORD(), world.DWORD()];
  const lpOverlapped = world.overlapped(true);
  const memory = world.ExAllocatePool(16);
  world.WSPRegisterMemory(memory);
  const buffers = [{ len: 16, buf: memory }];
  const result = world.WSPSend(s, buffers, 1, sent, 0, lpOverlapped, null, null, lpErrno);
  if (result !== 0 && lpErrno.value === WSA_IO_PENDING) {
    const bytes = world.DWORD();
    while (!world.WSPGetOverlappedResult(s, lpOverlapped, bytes, false, flags, lpErrno)) {
      if (lpErrno.value !== 996) break;
    }
  }
  world.WSPDeregisterMemory(memory);
  world.WSPCloseSocket(s, lpErrno);
};

/** Overlapped sends whose ends are told; the structures are used again then. */
export const notified: Program = (world) => {
  let left = 2;
  const lpErrno = world.DWORD();
  const s = world.descriptor((lpOverlapped, dwError) => {
    if (dwError === 0 && left > 0) send(lpOverlapped);
  });
  const buffers = [{ len: 16, buf: world.ExAllocatePool(16) }];
  const send = (lpOverlapped: ReturnType<World["overlapped"]>): void => {
    left -= 1;
    world.WSPSend(s, buffers, 1, world.DWORD(), 0, lpOverlapped, null, null, lpErrno);
  };
  send(world.overlapped());
};

/** The routine prepares its IRP for the next send, and makes that. */
export const chaining: Program = (world) => {
  const socket = world.connectionSocket();
  const done = new KEVENT();
  let left = 3;
  const send = (irp: Irp): void => {
    left -= 1;
    world.IoSetCompletionRoutine(irp, routine, null, true, true, true);
    socket.Dispatch.WskSend(socket, world.wskBuf(16), 0, irp);
  };
  const routine: CompletionRoutine<null> = (_DeviceObject, Irp) => {
    const isFine = NT_SUCCESS(Irp.IoStatus.Status);
    world.IoReuseIrp(Irp, STATUS_UNSUCCESSFUL);
    if (isFine && left > 0) send(Irp);
    else world.KeSetEvent(done);
    return MORE;
  };
  const irp = world.IoAllocateIrp(1, false);
  send(irp);
  world.KeWaitForSingleObject(done);
  world.IoReuseIrp(irp, STATUS_UNSUCCESSFUL);
  waitFor(world, irp, () => socket.Dispatch.WskCloseSocket(socket, irp));
  world.IoFreeIrp(irp);
};

const keep: CompletionRoutine<null> = () => MORE;

/** Each call of the schema once. */
export const EVERY_CALL: Readonly<Record<string, Program>> = {
  WskSend: (world) => {
    const socket = world.streamSocket();
    const irp = world.IoAllocateIrp(1, false);
    world.IoSetCompletionRoutine(irp, keep, null);
    socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, irp);
  },
  WskSendEx: (world) => {
    const socket = world.connectionSocket();
    const irp = world.IoAllocateIrp(1, false);
    world.IoSetCompletionRoutine(irp, keep, null);
    socket.Dispatch.WskSendEx(socket, world.wskBuf(8), 0, 0, null, irp);
  },
  WskSendTo: (world) => {
    const socket = world.datagramSocket();
    const irp = world.IoAllocateIrp(1, false);
    const address = { sa_family: 2, sa_data: new Uint8Array(14) };
    world.IoSetCompletionRoutine(irp, keep, null);
    socket.Dispatch.WskSendTo(socket, world.wskBuf(8), 0, address, 0, null, irp);
  },
  WskSendMessages: (world) => {
    const socket = world.datagramSocket();
    const irp = world.IoAllocateIrp(1, false);
    const address = { sa_family: 2, sa_data: new Uint8Array(14) };
    const list = { Buffer: world.wskBuf(8), Next: { Buffer: world.wskBuf(9), Next: null } };
    world.IoSetCompletionRoutine(irp, keep, null);
    socket.Dispatch.WskSendMessages(socket, list, 0, address, 0, null, irp);
  },
  WSPSend: (world) => {
    const buffers = [{ len: 8, buf: world.ExAllocatePool(8) }];
    const [sent, error] = [world.DWORD(), world.DWORD()];
    const ov = world.overlapped();
    world.WSPSend(world.descriptor(), buffers, 1, sent, 0, ov, null, null, error);
  },
  WSPSendTo: (world) => {
    const buffers = [{ len: 8, buf: world.ExAllocatePool(8) }];
    const [sent, error] = [world.DWORD(), world.DWORD()];
    const ov = world.overlapped();
    const [s, to] = [world.descriptor(), { sa_family: 2, sa_data: new Uint8Array(14) }];
    world.WSPSendTo(s, buffers, 1, sent, 0, to, 16, ov, null, null, error);
  },
  WSPSendDisconnect: (world) => {
    const [s, error] = [world.descriptor(), world.DWORD()];
    world.WSPSendDisconnect(s, null, error);
    world.WSPCloseSocket(s, error);
  },
};
