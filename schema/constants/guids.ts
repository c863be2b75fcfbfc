/** GUIDs by which a SAN provider is asked for its extension functions. */
import { defineGuids } from "../define.js";

export const SAN_EXTENSIONS = defineGuids({
  name: "SAN_EXTENSIONS",
  doc: "Extension functions of a SAN provider, asked for by SIO_GET_EXTENSION_FUNCTION_POINTER.",
  from: { header: "ws2san.h" },
  values: {
    WSAID_REGISTERMEMORY: {
      value: "C0B422F5-F58C-11D1-AD6C-00C04FA34A2D",
      doc: "WSPRegisterMemory: memory must be registered before it is sent from.",
    },
    WSAID_DEREGISTERMEMORY: {
      value: "C0B422F6-F58C-11D1-AD6C-00C04FA34A2D",
      doc: "WSPDeregisterMemory: ends a registration.",
    },
    WSAID_REGISTERRDMAMEMORY: {
      value: "C0B422F7-F58C-11D1-AD6C-00C04FA34A2D",
      doc: "WSPRegisterRdmaMemory: lets the peer reach memory.",
    },
    WSAID_DEREGISTERRDMAMEMORY: {
      value: "C0B422F8-F58C-11D1-AD6C-00C04FA34A2D",
      doc: "WSPDeregisterRdmaMemory: closes memory to the peer again.",
    },
    WSAID_RDMAWRITE: {
      value: "C0B422F9-F58C-11D1-AD6C-00C04FA34A2D",
      doc: "WSPRdmaWrite: writes into memory of the peer.",
    },
    WSAID_RDMAREAD: {
      value: "C0B422FA-F58C-11D1-AD6C-00C04FA34A2D",
      doc: "WSPRdmaRead: reads memory of the peer.",
    },
    WSAID_MEMORYREGISTRATIONCACHECALLBACK: {
      value: "E5DA4AF8-D824-48CD-A799-6337A98ED2AF",
      doc: "WSPMemoryRegistrationCacheCallback: tells that memory of a cached registration goes.",
    },
  },
});
