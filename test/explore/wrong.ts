/** Clients that are wrong, each in one thing, and the rule that says so. */
import {
  NT_SUCCESS, STATUS_CANCELLED, STATUS_MORE_PROCESSING_REQUIRED, STATUS_PENDING, STATUS_SUCCESS,
  STATUS_TIMEOUT, STATUS_UNSUCCESSFUL,
} from "wskit"; // prettier-ignore
import { KEVENT } from "wskit/explore";
import type { CompletionRoutine, ExploreOptions, Irp, Program, World } from "wskit/explore";
import { waitFor } from "./right.js";

const MORE = STATUS_MORE_PROCESSING_REQUIRED;

/** A client with a mistake. */
export interface Wrong {
  readonly what: string;
  /** The rule that it breaks, or how else it fails. */
  readonly by: string;
  readonly program: Program;
  readonly options?: ExploreOptions;
}

const keep: CompletionRoutine<null> = () => MORE;

/** An IRP that is ready. */
function ready(world: World, routine: CompletionRoutine<null> = keep): Irp {
  const irp = world.IoAllocateIrp(1, false);
  world.IoSetCompletionRoutine(irp, routine, null, true, true, true);
  return irp;
}

const withIrps: readonly Wrong[] = [
  {
    what: "an IRP is used for another send while it is pending",
    by: "WskSend/irp-of-one-send",
    program: (world) => {
      const socket = world.connectionSocket();
      const irp = ready(world);
      const status = socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, irp);
      if (status === STATUS_PENDING) socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, irp);
    },
  },
  {
    what: "an IRP is freed while it is pending",
    by: "WskSend/irp-of-one-send",
    program: (world) => {
      const socket = world.connectionSocket();
      const irp = ready(world);
      socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, irp);
      world.IoFreeIrp(irp);
    },
  },
  {
    what: "the end of a call that fails is not waited for",
    by: "WskSend/irp-of-one-send",
    program: (world) => {
      const socket = world.connectionSocket();
      const Event = new KEVENT();
      const irp = ready(world, () => {
        world.KeSetEvent(Event);
        return MORE;
      });
      const status = socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, irp);
      if (status === STATUS_PENDING) world.KeWaitForSingleObject(Event);
      world.IoFreeIrp(irp);
    },
    options: { lateFailures: true },
  },
  {
    what: "an IRP is reused while it is pending",
    by: "WskSend/irp-of-one-send",
    program: (world) => {
      const socket = world.connectionSocket();
      const irp = ready(world);
      socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, irp);
      world.IoReuseIrp(irp, STATUS_UNSUCCESSFUL);
    },
  },
  {
    what: "an IRP is used again without IoReuseIrp",
    by: "WskSend/irp-reused-properly",
    program: (world) => {
      const socket = world.connectionSocket();
      const irp = world.IoAllocateIrp(1, false);
      const send = () => socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, irp);
      if (NT_SUCCESS(waitFor(world, irp, send))) waitFor(world, irp, send);
    },
  },
  {
    what: "there is no completion routine",
    by: "WskSend/irp-routine-always",
    program: (world) => {
      const socket = world.connectionSocket();
      const irp = world.IoAllocateIrp(1, false);
      socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, irp);
    },
  },
  {
    what: "the completion routine is not invoked on cancellation",
    by: "WskSend/irp-routine-always",
    program: (world) => {
      const socket = world.connectionSocket();
      const irp = world.IoAllocateIrp(1, false);
      world.IoSetCompletionRoutine(irp, keep, null, true, true, false);
      socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, irp);
    },
  },
  {
    what: "the completion routine lets the IRP go on",
    by: "WskSend/irp-kept-by-routine",
    program: (world) => {
      const socket = world.connectionSocket();
      const irp = ready(world, () => STATUS_SUCCESS);
      socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, irp);
    },
  },
  {
    what: "the completion routine frees the IRP, and lets it go on",
    by: "WskSend/irp-kept-by-routine",
    program: (world) => {
      const socket = world.connectionSocket();
      const irp = ready(world, (_DeviceObject, Irp) => {
        world.IoFreeIrp(Irp);
        return STATUS_SUCCESS;
      });
      socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, irp);
    },
  },
  {
    what: "IoStatus is read after the routine has freed the IRP",
    by: "WskSend/irp-gone-after-free",
    program: (world) => {
      const socket = world.connectionSocket();
      let isOver = false;
      const irp = ready(world, (_DeviceObject, Irp) => {
        world.IoFreeIrp(Irp);
        isOver = true;
        return MORE;
      });
      socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, irp);
      if (isOver && !NT_SUCCESS(irp.IoStatus.Status)) throw new Error("not sent");
    },
  },
  {
    what: "an IRP is cancelled that its routine may have freed",
    by: "WskSend/irp-gone-after-free",
    program: (world) => {
      const socket = world.connectionSocket();
      const Event = new KEVENT();
      const irp = ready(world, (_DeviceObject, Irp) => {
        world.KeSetEvent(Event);
        world.IoFreeIrp(Irp);
        return MORE;
      });
      socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, irp);
      if (world.KeWaitForSingleObject(Event, 0, 0, false, -1) !== STATUS_TIMEOUT) return;
      world.IoCancelIrp(irp);
      if (irp.IoStatus.Status === STATUS_CANCELLED) throw new Error("cancelled");
    },
  },
  {
    what: "the status is used without waiting for a pending send",
    by: "WskSend/pending-is-open",
    program: (world) => {
      const socket = world.connectionSocket();
      const irp = ready(world);
      const status = socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, irp);
      if (NT_SUCCESS(status) && irp.IoStatus.Information !== 8) throw new Error("not all");
    },
  },
  {
    what: "an IRP that was passed down is freed",
    by: "WskSend/irp-passed-down-not-freed",
    program: (world) => {
      const socket = world.connectionSocket();
      world.passDown((_DeviceObject, irp) => {
        const routine: CompletionRoutine<null> = (_Device, Irp) => {
          world.IoFreeIrp(Irp);
          return MORE;
        };
        world.IoSetCompletionRoutine(irp, routine, null);
        return socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, irp);
      });
    },
  },
  {
    what: "the routine of a passed-down IRP does not mark it pending",
    by: "WskSend/irp-passed-down-pending",
    program: (world) => {
      const socket = world.connectionSocket();
      world.passDown((_DeviceObject, irp) => {
        world.IoSetCompletionRoutine(irp, () => STATUS_SUCCESS, null);
        socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, irp);
        return STATUS_PENDING;
      });
    },
  },
];

const withMemory: readonly Wrong[] = [
  {
    what: "the MDL is unlocked while the send is pending",
    by: "WskSend/mdl-stays-locked",
    program: (world) => {
      const socket = world.connectionSocket();
      const Mdl = world.IoAllocateMdl(world.ExAllocatePool(8));
      world.MmProbeAndLockPages(Mdl);
      socket.Dispatch.WskSend(socket, { Mdl, Offset: 0, Length: 8 }, 0, ready(world));
      world.MmUnlockPages(Mdl);
    },
  },
  {
    what: "the second MDL of a chain is freed while the send is pending",
    by: "WskSend/mdl-stays-locked",
    program: (world) => {
      const socket = world.connectionSocket();
      const [Mdl, Next] = [world.ExAllocatePool(8), world.ExAllocatePool(8)].map((block) => {
        const mdl = world.IoAllocateMdl(block);
        world.MmBuildMdlForNonPagedPool(mdl);
        return mdl;
      });
      if (Mdl === undefined || Next === undefined) return;
      Mdl.Next = Next;
      socket.Dispatch.WskSend(socket, { Mdl, Offset: 0, Length: 16 }, 0, ready(world));
      world.IoFreeMdl(Next);
    },
  },
  {
    what: "the frame with the WSK_BUF is left while the send is pending",
    by: "WskSend/description-lasts-the-send",
    options: { profile: "strict", strength: "should" },
    program: (world) => {
      const socket = world.connectionSocket();
      world.frame(() => {
        const Buffer = world.local("WSK_BUF", world.wskBuf(8));
        socket.Dispatch.WskSend(socket, Buffer, 0, ready(world));
      });
    },
  },
  {
    what: "the ControlInfo is freed while the send is pending",
    by: "WskSendTo/control-info-stays-valid",
    program: (world) => {
      const socket = world.datagramSocket();
      const address = { sa_family: 2, sa_data: new Uint8Array(14) };
      const info = world.ExAllocatePool(32);
      info.set([32, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 19]);
      const { WskSendTo } = socket.Dispatch;
      WskSendTo(socket, world.wskBuf(8), 0, address, 32, info, ready(world));
      world.ExFreePool(info);
    },
  },
  {
    what: "the frame with the ControlInfo is left while the send is pending",
    by: "WskSendTo/control-info-stays-valid",
    program: (world) => {
      const socket = world.datagramSocket();
      const address = { sa_family: 2, sa_data: new Uint8Array(14) };
      world.frame(() => {
        const info = world.local("MEMORY", world.ExAllocatePool(32));
        info.set([32, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 19]);
        const { WskSendTo } = socket.Dispatch;
        WskSendTo(socket, world.wskBuf(8), 0, address, 32, info, ready(world));
      });
    },
  },
  {
    what: "the client believes that a failed send has sent",
    by: "exception",
    program: (world) => {
      const socket = world.connectionSocket();
      const irp = ready(world, (_DeviceObject, { IoStatus }) => {
        if (IoStatus.Information !== 8) throw new Error("Information is not Length");
        return MORE;
      });
      socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, irp);
    },
  },
];

const withSockets: readonly Wrong[] = [
  {
    what: "a routine closes the socket while the call has not returned",
    by: "WskSend/no-close-within-call",
    program: (world) => {
      const socket = world.connectionSocket();
      const irp = ready(world, (_DeviceObject, { IoStatus }) => {
        const close = ready(world);
        if (!NT_SUCCESS(IoStatus.Status)) socket.Dispatch.WskCloseSocket(socket, close);
        return MORE;
      });
      socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, irp);
    },
  },
  {
    what: "a send is made on a socket that a routine may have closed",
    by: "WskSend/no-close-within-call",
    program: (world) => {
      const socket = world.connectionSocket();
      const first = ready(world, (_DeviceObject, { IoStatus }) => {
        const close = ready(world);
        if (!NT_SUCCESS(IoStatus.Status)) socket.Dispatch.WskCloseSocket(socket, close);
        return MORE;
      });
      if (socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, first) !== STATUS_PENDING) return;
      socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, ready(world));
    },
  },
  {
    what: "a send is made after the close",
    by: "WskSend/no-call-after-close",
    program: (world) => {
      const socket = world.connectionSocket();
      socket.Dispatch.WskCloseSocket(socket, ready(world));
      socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, ready(world));
    },
  },
  {
    what: "a send is made after a forced close",
    by: "WskSend/closed-after-forced-close",
    program: (world) => {
      const socket = world.connectionSocket();
      socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, ready(world));
      socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, ready(world));
    },
  },
  {
    what: "WskSend is called on a datagram socket",
    by: "WskSend/category-connected",
    program: (world) => {
      const stream = world.streamSocket();
      const socket = world.datagramSocket();
      stream.Dispatch.WskSend(socket, world.wskBuf(8), 0, ready(world));
    },
  },
  {
    what: "WskSend is called through the table of a datagram socket",
    by: "WskSend/table-connected",
    program: (world) => {
      const socket = world.connectionSocket();
      world.datagramSocket().Dispatch.WskSend(socket, world.wskBuf(8), 0, ready(world));
    },
  },
];

const ofProviders: readonly Wrong[] = [
  {
    what: "an overlapped structure is used again while it is outstanding",
    by: "WSPSend/overlapped-stays-valid",
    program: (world) => {
      const s = world.descriptor();
      const [buffers, lpErrno] = [[{ len: 8, buf: world.ExAllocatePool(8) }], world.DWORD()];
      const ov = world.overlapped();
      world.WSPSend(s, buffers, 1, world.DWORD(), 0, ov, null, null, lpErrno);
      world.WSPSend(s, buffers, 1, world.DWORD(), 0, ov, null, null, lpErrno);
    },
  },
  {
    what: "lpNumberOfBytesSent is read while the send is pending",
    by: "WSPSend/count-not-read-if-pending",
    program: (world) => {
      const s = world.descriptor();
      const [buffers, lpErrno] = [[{ len: 8, buf: world.ExAllocatePool(8) }], world.DWORD()];
      const sent = world.DWORD();
      world.WSPSend(s, buffers, 1, sent, 0, world.overlapped(), null, null, lpErrno);
      if (sent.value > 8) throw new Error("too many");
    },
  },
  {
    what: "memory is deregistered while it is used",
    by: "WSPSend/memory-stays-registered",
    program: (world) => {
      const s = world.descriptor();
      const [memory, lpErrno] = [world.ExAllocatePool(8), world.DWORD()];
      world.WSPRegisterMemory(memory);
      const buffers = [{ len: 8, buf: memory }];
      world.WSPSend(s, buffers, 1, world.DWORD(), 0, world.overlapped(), null, null, lpErrno);
      world.WSPDeregisterMemory(memory);
    },
  },
  {
    what: "the data is freed while the send is pending",
    by: "WSPSend/data-stays",
    program: (world) => {
      const s = world.descriptor();
      const [memory, lpErrno] = [world.ExAllocatePool(8), world.DWORD()];
      const buffers = [{ len: 8, buf: memory }];
      world.WSPSend(s, buffers, 1, world.DWORD(), 0, world.overlapped(), null, null, lpErrno);
      world.ExFreePool(memory);
    },
  },
];

const byScript: readonly Wrong[] = [
  {
    what: "a provider completes an IRP twice",
    by: "WskSend/completed-once",
    program: (world) => {
      const { stub } = world;
      const { returns } = stub.wskSend;
      returns("STATUS_PENDING").then.completes("STATUS_SUCCESS").then.completes("STATUS_SUCCESS");
      const socket = world.connectionSocket();
      socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, ready(world));
    },
  },
  {
    what: "a provider never completes an IRP",
    by: "WskSend/completed-at-all",
    program: (world) => {
      world.stub.wskSend.returns("STATUS_PENDING").then.nothing();
      const socket = world.connectionSocket();
      socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, ready(world));
    },
  },
  {
    what: "a provider completes with fewer bytes than Length",
    by: "WskSend/information-is-length",
    program: (world) => {
      world.stub.wskSend.returns("STATUS_PENDING").then.completes("STATUS_SUCCESS", 7);
      const socket = world.connectionSocket();
      socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, ready(world));
    },
  },
  {
    what: "a provider returns what its page excludes",
    by: "WSPSend/returns.listed",
    program: (world) => {
      world.stub.wspSend.breaking.returns("WSAEWOULDBLOCK");
      const s = world.descriptor();
      const [buffers, lpErrno] = [[{ len: 8, buf: world.ExAllocatePool(8) }], world.DWORD()];
      world.WSPSend(s, buffers, 1, world.DWORD(), 0, world.overlapped(), null, null, lpErrno);
    },
  },
];

const inGeneral: readonly Wrong[] = [
  {
    what: "a wake-up is lost: the event is cleared after the send",
    by: "deadlock",
    program: (world) => {
      const socket = world.connectionSocket();
      const Event = new KEVENT();
      const irp = ready(world, () => {
        world.KeSetEvent(Event);
        return MORE;
      });
      const status = socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, irp);
      world.KeClearEvent(Event);
      if (status === STATUS_PENDING) world.KeWaitForSingleObject(Event);
    },
  },
  {
    what: "a completion routine waits",
    by: "irql",
    program: (world) => {
      const socket = world.connectionSocket();
      const Event = new KEVENT();
      const irp = ready(world, () => {
        world.KeWaitForSingleObject(Event);
        return MORE;
      });
      socket.Dispatch.WskSend(socket, world.wskBuf(8), 0, irp);
    },
  },
  {
    what: "the program does not end",
    by: "endless",
    program: (world) => {
      for (;;) world.yield();
    },
  },
];

/** All of them. */
export const WRONG: readonly Wrong[] = [
  ...withIrps,
  ...withMemory,
  ...withSockets,
  ...ofProviders,
  ...byScript,
  ...inGeneral,
];
