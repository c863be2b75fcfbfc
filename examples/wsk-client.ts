/**
 * A client as it would stand in a driver: it registers, captures the provider, makes a socket,
 * and sends with one IRP that it reuses. What C writes with -> is written with a dot, where C waits
 * there is an await; all else reads line for line alike. Run it with `npm start`.
 */
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import {
  AF_INET,
  IPPROTO_TCP,
  NT_SUCCESS,
  ntstatusName,
  SOCK_STREAM,
  sockaddrIn,
  STATUS_MORE_PROCESSING_REQUIRED,
  STATUS_PENDING,
  STATUS_SUCCESS,
  STATUS_UNSUCCESSFUL,
  WSK_FLAG_CONNECTION_SOCKET,
  WSK_NO_WAIT,
} from "wskit";
import type { NTSTATUS, PSOCKADDR, WSK_BUF } from "wskit";
import {
  ConnectionSocket,
  Executive,
  IoAllocateIrp,
  IoAllocateMdl,
  IoFreeIrp,
  IoFreeMdl,
  IoReuseIrp,
  IoSetCompletionRoutine,
  KEVENT,
  KeClearEvent,
  KeInitializeEvent,
  KeSetEvent,
  KeWaitForSingleObject,
  KernelMode,
  SynchronizationEvent,
  MAKE_WSK_VERSION,
  MmProbeAndLockPages,
  MmUnlockPages,
  wsk,
  WSK_REGISTRATION,
  wskSocketOf,
} from "wskit/runtime";
import type { CompletionRoutine, Irp, WSK_PROVIDER_NPI } from "wskit/runtime";

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Wakes whoever waits for the IRP, and keeps it: it will be used again. */
const SyncCompletion: CompletionRoutine<KEVENT> = (_DeviceObject, _Irp, Event) => {
  KeSetEvent(Event);
  return STATUS_MORE_PROCESSING_REQUIRED;
};

/** Makes a call with an IRP, waits where it is pending, and returns how it ended. */
async function Wait(irp: Irp, Event: KEVENT, call: () => NTSTATUS): Promise<NTSTATUS> {
  IoReuseIrp(irp, STATUS_UNSUCCESSFUL);
  IoSetCompletionRoutine(irp, SyncCompletion, Event, true, true, true);
  KeClearEvent(Event);

  const Status = call();

  if (Status === STATUS_PENDING) {
    await KeWaitForSingleObject(Event, Executive, KernelMode, false, null);
  }
  return irp.IoStatus.Status;
}

/** Sends one message; its memory is locked until WSK is done with it. */
async function Send(
  Socket: ConnectionSocket,
  Message: string,
  irp: Irp,
  Event: KEVENT,
): Promise<NTSTATUS> {
  const Memory = Buffer.from(Message);
  const Mdl = IoAllocateMdl(Memory, Memory.length);
  MmProbeAndLockPages(Mdl);

  const WskBuffer: WSK_BUF = { Mdl, Offset: 0, Length: Memory.length };
  const Status = await Wait(irp, Event, () => Socket.Dispatch.WskSend(Socket, WskBuffer, 0, irp));

  MmUnlockPages(Mdl);
  IoFreeMdl(Mdl);
  return Status;
}

/** The life of a client: from registering to deregistering. */
async function Client(RemoteAddress: PSOCKADDR, Messages: readonly string[]): Promise<NTSTATUS> {
  const Registration = new WSK_REGISTRATION();
  const ClientDispatch = {
    Version: MAKE_WSK_VERSION(1, 0),
    Reserved: 0,
    WskClientEvent: null,
  } as const;
  const Npi: WSK_PROVIDER_NPI = { Client: null, Dispatch: null };
  let Status = wsk.WskRegister({ ClientContext: null, Dispatch: ClientDispatch }, Registration);
  if (!NT_SUCCESS(Status)) return Status;

  Status = await wsk.WskCaptureProviderNPI(Registration, WSK_NO_WAIT, Npi);
  if (Npi.Client === null || Npi.Dispatch === null) {
    await wsk.WskDeregister(Registration);
    return Status;
  }
  const { Client: WskClient, Dispatch } = Npi;

  const irp = IoAllocateIrp(1, false);
  const Event = new KEVENT();
  KeInitializeEvent(Event, SynchronizationEvent, false);

  Status = await Wait(irp, Event, () =>
    Dispatch.WskSocket(
      WskClient, AF_INET, SOCK_STREAM, IPPROTO_TCP, WSK_FLAG_CONNECTION_SOCKET,
      null, null, null, null, null, irp,
    ),
  ); // prettier-ignore

  if (NT_SUCCESS(Status)) {
    const Socket = wskSocketOf(irp, ConnectionSocket);
    const LocalAddress = sockaddrIn("0.0.0.0", 0);
    Status = await Wait(irp, Event, () => Socket.Dispatch.WskBind(Socket, LocalAddress, 0, irp));

    if (NT_SUCCESS(Status)) {
      Status = await Wait(irp, Event, () =>
        Socket.Dispatch.WskConnect(Socket, RemoteAddress, 0, irp),
      );
    }
    for (const Message of Messages) {
      if (!NT_SUCCESS(Status)) break;
      Status = await Send(Socket, Message, irp, Event);
      print(`WskSend: ${ntstatusName(Status)}, ${irp.IoStatus.Information} bytes`);
    }
    if (NT_SUCCESS(Status)) {
      Status = await Wait(irp, Event, () => Socket.Dispatch.WskDisconnect(Socket, null, 0, irp));
    }
    await Wait(irp, Event, () => Socket.Dispatch.WskCloseSocket(Socket, irp));
  }

  IoFreeIrp(irp);
  wsk.WskReleaseProviderNPI(Registration);
  await wsk.WskDeregister(Registration);
  return Status;
}

const peer = createServer((connection) => {
  let heard = "";
  connection.setEncoding("utf8").on("data", (text: string) => (heard += text));
  connection.on("error", () => undefined);
  connection.on("close", () => {
    print(`the peer has ${JSON.stringify(heard)}`);
    peer.close();
  });
});
peer.listen(0, "127.0.0.1", () => {
  const { port } = peer.address() as AddressInfo;
  const Messages = ["three ", "messages, ", "one IRP"];
  void Client(sockaddrIn("127.0.0.1", port), Messages).then((Status) => {
    print(`the client ended with ${ntstatusName(Status)}`);
    if (Status !== STATUS_SUCCESS) process.exitCode = 1;
  });
});
