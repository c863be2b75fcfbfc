/** The parts that socket control codes are made of, and one that is not WSK's own. */
import { defineConstants } from "../define.js";

export const IOCTL_DIRECTIONS = defineConstants({
  name: "IOCTL_DIRECTIONS",
  doc: "The top bits of a socket control code: which way its parameters go.",
  use: "flags",
  from: { header: "ws2def.h", line: 672 },
  values: {
    IOC_VOID: { value: 0x2000_0000, doc: "Nothing goes in or out." },
    IOC_OUT: { value: 0x4000_0000, doc: "The provider fills the output buffer." },
    IOC_IN: { value: 0x8000_0000, doc: "The provider reads the input buffer." },
    IOC_INOUT: { value: 0xc000_0000, doc: "Both: IOC_IN and IOC_OUT." },
  },
});

export const IOCTL_FAMILIES = defineConstants({
  name: "IOCTL_FAMILIES",
  doc: "The middle bits of a socket control code: who has defined it.",
  use: "numbers",
  from: { header: "ws2def.h", line: 376 },
  values: {
    IOC_UNIX: { value: 0x0, doc: "Taken over from Unix." },
    IOC_WS2: { value: 0x0800_0000, doc: "Of Windows Sockets 2, for every provider." },
    IOC_WSK: { value: 0x0f00_0000, doc: "Of WSK, for kernel sockets." },
    IOC_PROTOCOL: { value: 0x1000_0000, doc: "Of one address family." },
    IOC_VENDOR: { value: 0x1800_0000, doc: "Of one provider's vendor." },
  },
});

export const WSA_IOCTLS = defineConstants({
  name: "WSA_IOCTLS",
  doc: "Control codes of WSPIoctl.",
  use: "numbers",
  from: { header: "ws2def.h", line: 399 },
  values: {
    SIO_GET_EXTENSION_FUNCTION_POINTER: {
      value: 0xc800_0006,
      doc: "Asks a provider for an extension function by GUID; see SAN_EXTENSIONS.",
    },
  },
});
