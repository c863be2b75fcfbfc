/** What an IRP says about itself and its stack locations. */
import { defineConstants } from "../define.js";

export const IO_TYPES = defineConstants({
  name: "IO_TYPES",
  doc: "What the first field of an object of the I/O manager says that it is.",
  use: "numbers",
  from: { header: "wdm.h", line: 29672 },
  values: {
    IO_TYPE_IRP: { value: 6, doc: "An IRP." },
  },
});

export const STACK_CONTROL_FLAGS = defineConstants({
  name: "STACK_CONTROL_FLAGS",
  doc: "Bits of IO_STACK_LOCATION.Control: when the completion routine is called.",
  use: "flags",
  from: { header: "wdm.h", line: 31368 },
  values: {
    SL_PENDING_RETURNED: { value: 0x1, doc: "The driver below answered STATUS_PENDING." },
    SL_ERROR_RETURNED: { value: 0x2, doc: "The driver below failed the request." },
    SL_INVOKE_ON_CANCEL: { value: 0x20, doc: "Call the routine when the IRP was cancelled." },
    SL_INVOKE_ON_SUCCESS: { value: 0x40, doc: "Call the routine when the IRP succeeded." },
    SL_INVOKE_ON_ERROR: { value: 0x80, doc: "Call the routine when the IRP failed." },
  },
});

export const IRP_MAJOR_FUNCTIONS = defineConstants({
  name: "IRP_MAJOR_FUNCTIONS",
  doc: "What a stack location of an IRP asks its driver for.",
  use: "numbers",
  from: { header: "wdm.h", line: 29688 },
  values: {
    IRP_MJ_CREATE: { value: 0x00, doc: "Open a file or device." },
    IRP_MJ_CREATE_NAMED_PIPE: { value: 0x01, doc: "Make or open the server end of a pipe." },
    IRP_MJ_CLOSE: { value: 0x02, doc: "The last reference to a file object is gone." },
    IRP_MJ_READ: { value: 0x03, doc: "Read; a receive, for a transport driver." },
    IRP_MJ_WRITE: { value: 0x04, doc: "Write; a send, for a transport driver." },
    IRP_MJ_QUERY_INFORMATION: { value: 0x05, doc: "Tell something about a file." },
    IRP_MJ_SET_INFORMATION: { value: 0x06, doc: "Change something about a file." },
    IRP_MJ_QUERY_EA: { value: 0x07, doc: "Read extended attributes." },
    IRP_MJ_SET_EA: { value: 0x08, doc: "Change extended attributes." },
    IRP_MJ_FLUSH_BUFFERS: { value: 0x09, doc: "Write out what is still in memory." },
    IRP_MJ_QUERY_VOLUME_INFORMATION: { value: 0x0a, doc: "Tell something about a volume." },
    IRP_MJ_SET_VOLUME_INFORMATION: { value: 0x0b, doc: "Change something about a volume." },
    IRP_MJ_DIRECTORY_CONTROL: { value: 0x0c, doc: "List a directory or watch it." },
    IRP_MJ_FILE_SYSTEM_CONTROL: { value: 0x0d, doc: "A control code for a file system." },
    IRP_MJ_DEVICE_CONTROL: { value: 0x0e, doc: "A control code from user mode." },
    IRP_MJ_INTERNAL_DEVICE_CONTROL: { value: 0x0f, doc: "A control code from another driver." },
    IRP_MJ_SCSI: {
      aliasOf: "IRP_MJ_INTERNAL_DEVICE_CONTROL",
      doc: "The name that storage drivers have for it.",
    },
    IRP_MJ_SHUTDOWN: { value: 0x10, doc: "The system is going down." },
    IRP_MJ_LOCK_CONTROL: { value: 0x11, doc: "Lock or unlock a range of a file." },
    IRP_MJ_CLEANUP: {
      value: 0x12,
      doc: "The last handle of a file object is closed: complete what is pending.",
    },
    IRP_MJ_CREATE_MAILSLOT: { value: 0x13, doc: "Make or open a mailslot." },
    IRP_MJ_QUERY_SECURITY: { value: 0x14, doc: "Read a security descriptor." },
    IRP_MJ_SET_SECURITY: { value: 0x15, doc: "Change a security descriptor." },
    IRP_MJ_POWER: { value: 0x16, doc: "Change or ask for a power state." },
    IRP_MJ_SYSTEM_CONTROL: { value: 0x17, doc: "A request of WMI." },
    IRP_MJ_DEVICE_CHANGE: { value: 0x18, doc: "Reserved for changes of devices." },
    IRP_MJ_QUERY_QUOTA: { value: 0x19, doc: "Read disk quotas." },
    IRP_MJ_SET_QUOTA: { value: 0x1a, doc: "Change disk quotas." },
    IRP_MJ_PNP: { value: 0x1b, doc: "Start, stop, remove or describe a device." },
    IRP_MJ_PNP_POWER: { aliasOf: "IRP_MJ_PNP", doc: "An old name, from before power was apart." },
    IRP_MJ_MAXIMUM_FUNCTION: {
      aliasOf: "IRP_MJ_PNP",
      doc: "The last of them; a driver's table has one entry more than that.",
    },
  },
});
