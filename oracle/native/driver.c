/*
 * Does what the oracle says with WskSend, and tells what came of it. It is a driver that Wine
 * loads; ORACLE_PORT, given when it is compiled, is where the oracle listens.
 */
#include "wsk.h"
#include "command.h"

#define SLOTS 8

/* A request, its IRP and the memory that it sends from. */
struct operation {
    IRP *irp;
    KEVENT done;
    MDL *mdl;
    WSK_BUF buffer;
};

static struct wsk_registration registration;
static struct wsk_provider provider;
static const struct wsk_client_dispatch client_dispatch = {0x100, 0, NULL};
static struct wsk_client client = {NULL, &client_dispatch};
static WSK_SOCKET *sockets[SLOTS], *control;
static struct operation *operations[SLOTS], line_operation;

static NTSTATUS NTAPI completed(DEVICE_OBJECT *device, IRP *irp, void *context)
{
    (void)device, (void)irp;
    KeSetEvent(context, 0, FALSE);
    return STATUS_MORE_PROCESSING_REQUIRED;
}

/* A fresh IRP that signals `done` when it is completed. */
static IRP *prepare(struct operation *op)
{
    KeInitializeEvent(&op->done, NotificationEvent, FALSE);
    op->irp = IoAllocateIrp(1, FALSE);
    IoSetCompletionRoutine(op->irp, completed, &op->done, TRUE, TRUE, TRUE);
    return op->irp;
}

static int has_ended(struct operation *op, ULONG milliseconds)
{
    LARGE_INTEGER time;

    time.QuadPart = -10000LL * milliseconds;
    return KeWaitForSingleObject(&op->done, Executive, KernelMode, FALSE, &time) == STATUS_SUCCESS;
}

/* What a call returned and how its IRP was completed, if it was. */
static void tell_outcome(struct operation *op, NTSTATUS status)
{
    tell("returned", (ULONG)status);
    if (op == NULL) return;
    if (!has_ended(op, number_of("ms", 300))) {
        tell("completed", 0);
        return;
    }
    tell("completed", 1);
    tell("Status", (ULONG)op->irp->IoStatus.Status);
    tell("Information", op->irp->IoStatus.Information);
}

static const struct connection_dispatch *table(WSK_SOCKET *socket) { return socket->Dispatch; }

static struct operation *operation_at(void)
{
    return operations[number_of("op", 0) % SLOTS];
}

static struct operation *new_operation(void)
{
    struct operation *op = ExAllocatePool(NonPagedPool, sizeof(*op));

    memset(op, 0, sizeof(*op));
    operations[number_of("op", 0) % SLOTS] = op;
    prepare(op);
    return op;
}

/* An MDL of `mdl` bytes, of which the buffer describes `length` at `offset`. */
static WSK_BUF *make_buffer(struct operation *op)
{
    ULONG size = number_of("mdl", 0);

    op->buffer.Offset = number_of("offset", 0);
    op->buffer.Length = number_of("length", size);
    if (text_of("mdl") != NULL) {
        void *memory = ExAllocatePool(NonPagedPool, size + 1);
        fill(memory, size);
        op->mdl = IoAllocateMdl(memory, size, FALSE, FALSE, NULL);
        MmBuildMdlForNonPagedPool(op->mdl);
    }
    op->buffer.Mdl = op->mdl;
    return &op->buffer;
}

static NTSTATUS open_socket(struct operation *op, WSK_SOCKET **out)
{
    NTSTATUS status = provider.Dispatch->WskSocket(
        provider.Client, number_of("family", 2), 1, 6, WSK_FLAG_CONNECTION_SOCKET, NULL, NULL, NULL, NULL,
        NULL, op->irp);

    *out = has_ended(op, 1000) ? (WSK_SOCKET *)op->irp->IoStatus.Information : NULL;
    return status;
}

static struct sockaddr_of_loopback loopback(ULONG port)
{
    struct sockaddr_of_loopback name;

    memset(&name, 0, sizeof(name));
    name.sin_family = 2;
    name.sin_port[0] = port >> 8;
    name.sin_port[1] = port;
    if (port != 0) name.sin_addr[0] = 127, name.sin_addr[3] = 1;
    return name;
}

static void run(void)
{
    ULONG at = number_of("at", 0) % SLOTS, flags = number_of("flags", 0);
    struct operation *op = is_verb("wait") || is_verb("end") ? operation_at() : new_operation();
    struct sockaddr_of_loopback name = loopback(number_of("port", 0));
    IRP *irp = number_of("irp", 1) && op != NULL ? op->irp : NULL;
    struct operation *waited = irp ? op : NULL;
    WSK_SOCKET *socket = sockets[at];

    if (is_verb("socket")) {
        NTSTATUS status = open_socket(op, &sockets[at]);
        op->irp->IoStatus.Information = 0;
        tell_outcome(op, status);
    } else if (is_verb("bind")) tell_outcome(waited, table(socket)->WskBind(socket, &name, flags, irp));
    else if (is_verb("connect")) tell_outcome(waited, table(socket)->WskConnect(socket, &name, flags, irp));
    else if (is_verb("send"))
        tell_outcome(waited, table(socket)->WskSend(socket, make_buffer(op), flags, irp));
    else if (is_verb("receive"))
        tell_outcome(waited, table(socket)->WskReceive(socket, make_buffer(op), flags, irp));
    else if (is_verb("disconnect")) {
        WSK_BUF *last = text_of("mdl") ? make_buffer(op) : NULL;
        tell_outcome(waited, table(socket)->WskDisconnect(socket, last, flags, irp));
    } else if (is_verb("close")) {
        sockets[at] = NULL;
        tell_outcome(waited, table(socket)->WskCloseSocket(socket, irp));
    } else if (is_verb("wait")) tell_outcome(op, 0);
    else if (is_verb("end")) {
        for (int i = 0; i < SLOTS; i++) {
            struct operation closing;
            memset(&closing, 0, sizeof(closing));
            if (sockets[i] == NULL) continue;
            prepare(&closing);
            table(sockets[i])->WskCloseSocket(sockets[i], closing.irp);
            if (has_ended(&closing, 1000)) IoFreeIrp(closing.irp);
            sockets[i] = NULL;
        }
        position = 0;
        tell("ok", 1);
    } else tell("unknown", 1);
}

/* Moves bytes over the connection to the oracle; 0 where it has ended. */
static SIZE_T transfer(buffered_call *call, char *memory, SIZE_T length)
{
    struct operation *op = &line_operation;

    prepare(op);
    op->buffer.Mdl = IoAllocateMdl(memory, length, FALSE, FALSE, NULL);
    MmBuildMdlForNonPagedPool(op->buffer.Mdl);
    op->buffer.Offset = 0;
    op->buffer.Length = length;
    call(control, &op->buffer, 0, op->irp);
    KeWaitForSingleObject(&op->done, Executive, KernelMode, FALSE, NULL);
    SIZE_T moved = op->irp->IoStatus.Status == 0 ? op->irp->IoStatus.Information : 0;
    IoFreeMdl(op->buffer.Mdl);
    IoFreeIrp(op->irp);
    return moved;
}

static int read_command(void)
{
    int length = 0;

    while (length < LINE - 1 && transfer(table(control)->WskReceive, command + length, 1) == 1) {
        if (command[length] == '\n') {
            command[length] = 0;
            return 1;
        }
        length++;
    }
    return 0;
}

static void NTAPI serve(void *context)
{
    struct sockaddr_of_loopback any = loopback(0), to = loopback(ORACLE_PORT);

    (void)context;
    prepare(&line_operation);
    open_socket(&line_operation, &control);
    prepare(&line_operation);
    table(control)->WskBind(control, &any, 0, line_operation.irp);
    has_ended(&line_operation, 1000);
    prepare(&line_operation);
    table(control)->WskConnect(control, &to, 0, line_operation.irp);
    has_ended(&line_operation, 1000);
    while (read_command()) {
        answer[0] = 0;
        run();
        strcat(answer, "\n");
        transfer(table(control)->WskSend, answer, strlen(answer));
    }
}

NTSTATUS NTAPI DriverEntry(DRIVER_OBJECT *driver, UNICODE_STRING *path)
{
    HANDLE thread;
    NTSTATUS status;

    (void)driver, (void)path;
    status = WskRegister(&client, &registration);
    if (status == 0) status = WskCaptureProviderNPI(&registration, WSK_INFINITE_WAIT, &provider);
    if (status == 0) status = PsCreateSystemThread(&thread, GENERIC_ALL, NULL, NULL, NULL, serve, NULL);
    return status;
}
