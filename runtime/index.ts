/** The reference runtime: `wskit/runtime`. It fills the generated stubs, and really sends bytes. */
export {
  awaitableIrp, Executive, KernelMode, KEVENT, KeClearEvent, KeInitializeEvent, KeSetEvent,
  KeWaitForSingleObject, NotificationEvent, SynchronizationEvent,
} from "./io/event.js"; // prettier-ignore
export type { EVENT_TYPE } from "./io/event.js";
export {
  IoCompleteRequest, IoMarkIrpPending, passDown, STATUS_CONTINUE_COMPLETION,
} from "./io/device-stack.js"; // prettier-ignore
export type { DriverDispatch, Request } from "./io/device-stack.js";
export {
  IoAllocateIrp,
  IoCancelIrp,
  IoFreeIrp,
  IoReuseIrp,
  IoSetCompletionRoutine,
} from "./io/irp-calls.js";
export { Irp } from "./io/irp.js";
export type { CompletionRoutine } from "./io/irp.js";
export {
  IoAllocateMdl, IoFreeMdl, isMdlInUse, MmBuildMdlForNonPagedPool, MmProbeAndLockPages,
  MmUnlockPages, wskBuf,
} from "./io/mdl.js"; // prettier-ignore
export type { Network, Reach } from "./network/network.js";
export { memoryNetwork, nullNetwork } from "./transport/memory/index.js";
export type {
  Delay,
  MemoryNetwork,
  MemoryOptions,
  Path,
  Target,
} from "./transport/memory/index.js";
export { FaultPlan } from "./fault-plan.js";
export type { Fault, PlannedCall } from "./fault-plan.js";
export { isNativeAvailable, nativeNetwork } from "./transport/native/network.js";
export type { NativeOptions } from "./transport/native/system.js";
export { nodeNetwork } from "./transport/node/index.js";
export { monitorRuntime, MonitorViolation, recordTo } from "./live/live.js";
export type { LiveMonitor, LiveOptions, MonitorMode } from "./live/live.js";
export { setRoutineErrorHandler } from "./report.js";
export { loadProvider } from "./spi/startup.js";
export type { ProviderLibrary, ProviderLibraryOptions } from "./spi/startup.js";
export { SpiProvider } from "./spi/provider.js";
export type {
  GetSockOptArgs, OverlappedResultArgs, RegisterMemoryArgs, SetSockOptArgs,
} from "./spi/provider.js"; // prettier-ignore
export type { ProviderOptions } from "./spi/provider-options.js";
export type * from "./spi/prototypes.js";
export { RecordingSwitch } from "./spi/recording-switch.js";
export type { AlertableWait, Notification } from "./spi/recording-switch.js";
export type { Upcalls } from "./spi/upcalls.js";
export { CONTRACT_RULES, LIFETIME_RULES, RuntimeViolation } from "./violation.js";
export type { LifetimeRule } from "./violation.js";
export * from "./wsk/index.js";
