/*
 * The few types of Winsock Kernel that the driver needs, declared from what the project knows of
 * them (`schema/structs/`, `schema/layouts/`): mingw-w64 has no header of them.
 */
#ifndef ORACLE_WSK_H
#define ORACLE_WSK_H

#include <ntddk.h>

typedef struct { PMDL Mdl; ULONG Offset; SIZE_T Length; } WSK_BUF;
typedef struct { const void *Dispatch; } WSK_SOCKET;

struct sockaddr_of_loopback {
    USHORT sin_family;
    UCHAR sin_port[2], sin_addr[4], sin_zero[8];
};

typedef NTSTATUS NTAPI addressed_call(WSK_SOCKET *, void *address, ULONG flags, IRP *);
typedef NTSTATUS NTAPI buffered_call(WSK_SOCKET *, WSK_BUF *, ULONG flags, IRP *);
typedef NTSTATUS NTAPI close_call(WSK_SOCKET *, IRP *);

/* WSK_PROVIDER_CONNECTION_DISPATCH; what the driver does not call is a pointer only. */
struct connection_dispatch {
    void *WskControlSocket;
    close_call *WskCloseSocket;
    addressed_call *WskBind, *WskConnect;
    void *WskGetLocalAddress, *WskGetRemoteAddress;
    buffered_call *WskSend, *WskReceive, *WskDisconnect;
    void *WskRelease, *WskConnectEx, *WskSendEx, *WskReceiveEx;
};

/* WSK_PROVIDER_DISPATCH. */
struct provider_dispatch {
    USHORT Version, Reserved;
    NTSTATUS (NTAPI *WskSocket)(void *client, USHORT family, USHORT type, ULONG protocol, ULONG flags,
                                void *context, const void *dispatch, PEPROCESS, PETHREAD, void *, IRP *);
    void *WskSocketConnect, *WskControlClient, *WskGetAddressInfo, *WskFreeAddressInfo, *WskGetNameInfo;
};

struct wsk_registration { ULONGLONG State; void *Context; KSPIN_LOCK Lock; };
struct wsk_client_dispatch { USHORT Version, Reserved; void *WskClientEvent; };
struct wsk_client { void *Context; const struct wsk_client_dispatch *Dispatch; };
struct wsk_provider { void *Client; const struct provider_dispatch *Dispatch; };

NTSTATUS NTAPI WskRegister(struct wsk_client *, struct wsk_registration *);
NTSTATUS NTAPI WskCaptureProviderNPI(struct wsk_registration *, ULONG timeout, struct wsk_provider *);

#define WSK_FLAG_CONNECTION_SOCKET 2
#define WSK_INFINITE_WAIT 0xffffffff

#endif
