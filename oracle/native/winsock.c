/*
 * Does what the oracle says with the sends of Winsock, and tells what came of it. The first
 * argument is the port of the oracle.
 */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <stdlib.h>
#include "command.h"
#include "arguments.h"

#define SLOTS 8
#define UNTOUCHED 0x7777

/* An overlapped structure, and what its completion routine was told. */
struct operation {
    WSAOVERLAPPED overlapped;
    HANDLE event;
    char *memory;
    int calls;
    DWORD error, bytes;
};

static SOCKET sockets[SLOTS], control;
static struct operation *operations[SLOTS];
static HANDLE port;

static SOCKET socket_at(void) { return sockets[number_of("at", 0) % SLOTS]; }

static struct operation *operation_at(void)
{
    unsigned long i = number_of("op", 0) % SLOTS;

    if (operations[i] == NULL) {
        operations[i] = calloc(1, sizeof(struct operation));
        operations[i]->event = CreateEventA(NULL, TRUE, FALSE, NULL);
    }
    return operations[i];
}

static void returned(int result)
{
    int error = WSAGetLastError();

    tell("returned", (unsigned)result);
    if (result != 0) tell("error", error);
}

/* The structure as the program sees it. */
static void tell_operation(struct operation *op)
{
    tell("Internal", op->overlapped.Internal);
    tell("InternalHigh", op->overlapped.InternalHigh);
    tell("event", WaitForSingleObject(op->event, 0) == WAIT_OBJECT_0);
}

static void CALLBACK routine(DWORD error, DWORD bytes, WSAOVERLAPPED *overlapped, DWORD flags)
{
    struct operation *op = (struct operation *)overlapped;

    (void)flags;
    op->calls++;
    op->error = error;
    op->bytes = bytes;
}

static struct operation *begin_operation(char *memory)
{
    struct operation *op;

    if (is_word("op", "none")) return NULL;
    op = operation_at();
    if (number_of("again", 0) == 0) {
        ULONG_PTR event = (ULONG_PTR)op->event | number_of("lowbit", 0);
        memset(&op->overlapped, 0, sizeof(op->overlapped));
        op->overlapped.Internal = op->overlapped.InternalHigh = UNTOUCHED;
        op->overlapped.hEvent = is_word("event", "none") ? NULL : (HANDLE)event;
        if (number_of("signalled", 0)) SetEvent(op->event);
        else ResetEvent(op->event);
        op->calls = 0;
    }
    op->memory = memory;
    return op;
}

static void send_bytes(int has_address)
{
    static WSABUF buffers[BUFFERS];
    char *memory;
    DWORD count = read_buffers(buffers, &memory), sent = UNTOUCHED, flags = number_of("flags", 0);
    DWORD *out = number_of("sent", 1) ? &sent : NULL;
    struct operation *op = begin_operation(memory);
    WSAOVERLAPPED *overlapped = op ? &op->overlapped : NULL;
    WSABUF *given = count > 0 || text_of("bufs") ? buffers : NULL;
    LPWSAOVERLAPPED_COMPLETION_ROUTINE called = number_of("routine", 0) ? routine : NULL;
    struct sockaddr_storage to;
    int size = 0, result;

    count = number_of("count", count);
    if (text_of("port")) size = address(&to, (unsigned short)number_of("port", 0));
    size = number_of("size", size);
    WSASetLastError(0);
    if (has_address)
        result = WSASendTo(socket_at(), given, count, out, flags,
                           text_of("port") ? (struct sockaddr *)&to : NULL, size, overlapped, called);
    else
        result = WSASend(socket_at(), given, count, out, flags, overlapped, called);
    returned(result);
    tell("sent", sent);
    if (op) tell_operation(op);
}

static void get_result(void)
{
    struct operation *op = operation_at();
    DWORD bytes = UNTOUCHED, flags = UNTOUCHED;
    BOOL wait = number_of("wait", 0) != 0;
    BOOL ok = WSAGetOverlappedResult(socket_at(), &op->overlapped, &bytes, wait, &flags);
    int error = WSAGetLastError();

    tell("ok", ok);
    if (!ok) tell("error", error);
    tell("bytes", bytes);
    tell("flags", flags);
}

/* Waits until an operation has ended, as the structure tells; for two seconds at most. */
static void wait_for(void)
{
    struct operation *op = operation_at();

    for (int i = 0; i < 400 && op->overlapped.Internal == 0x103; i++) Sleep(5);
    tell_operation(op);
}

/* Gives completion routines a chance to run, and tells of the operation's. */
static void alert(void)
{
    struct operation *op = operation_at();

    SleepEx(number_of("ms", 50), TRUE);
    tell("calls", op->calls);
    if (op->calls == 0) return;
    tell("error", op->error);
    tell("bytes", op->bytes);
}

static void take_packets(void)
{
    DWORD bytes, count = 0;
    ULONG_PTR key;
    OVERLAPPED *overlapped;

    while (GetQueuedCompletionStatus(port, &bytes, &key, &overlapped, 50) || overlapped) count++;
    tell("packets", count);
}

static void make_socket(void)
{
    int family = number_of("family", AF_INET), type = number_of("type", SOCK_STREAM);
    DWORD flags = number_of("overlapped", 1) ? WSA_FLAG_OVERLAPPED : 0;
    SOCKET made = WSASocketA(family, type, 0, NULL, 0, flags);

    sockets[number_of("at", 0) % SLOTS] = made;
    returned(made == INVALID_SOCKET ? SOCKET_ERROR : 0);
}

static void set_option(void)
{
    DWORD value = number_of("value", 1);
    int size = number_of("size", sizeof(value));

    returned(setsockopt(socket_at(), number_of("level", SOL_SOCKET), number_of("name", 0),
                        (char *)&value, size));
}

static void get_option(void)
{
    DWORD value = 0;
    int size = number_of("size", sizeof(value));
    int result = getsockopt(socket_at(), number_of("level", SOL_SOCKET), number_of("name", 0),
                            (char *)&value, &size);

    returned(result);
    if (result == 0) tell("value", value);
}

static void tear_down(void)
{
    struct linger abort = {1, 0};

    for (int i = 0; i < SLOTS; i++) {
        if (sockets[i] != 0) {
            setsockopt(sockets[i], SOL_SOCKET, SO_LINGER, (char *)&abort, sizeof(abort));
            closesocket(sockets[i]);
        }
        sockets[i] = 0;
        operations[i] = NULL; /* one that never ended may still be written: it is left alone */
    }
    if (port != NULL) CloseHandle(port);
    port = NULL;
    position = 0;
    SleepEx(0, TRUE);
    tell("ok", 1);
}

static void run_socket(void)
{
    struct sockaddr_storage name;
    WSABUF data = {4, "data"};
    u_long yes = 1;

    if (is_verb("socket")) make_socket();
    else if (is_verb("bind")) {
        int size = address(&name, (unsigned short)number_of("port", 0));
        returned(bind(socket_at(), (struct sockaddr *)&name, size));
    } else if (is_verb("connect")) {
        int size = address(&name, (unsigned short)number_of("port", 0));
        returned(connect(socket_at(), (struct sockaddr *)&name, size));
    } else if (is_verb("nonblocking")) returned(ioctlsocket(socket_at(), FIONBIO, &yes));
    else if (is_verb("shutdown")) returned(shutdown(socket_at(), number_of("how", SD_SEND)));
    else if (is_verb("disconnect"))
        returned(WSASendDisconnect(socket_at(), number_of("data", 0) ? &data : NULL));
    else if (is_verb("setopt")) set_option();
    else if (is_verb("getopt")) get_option();
    else if (is_verb("close")) returned(closesocket(socket_at()));
    else tell("unknown", 1);
}

static void run(void)
{
    if (is_verb("send")) send_bytes(0);
    else if (is_verb("sendto")) send_bytes(1);
    else if (is_verb("look")) tell_operation(operation_at());
    else if (is_verb("result")) get_result();
    else if (is_verb("wait")) wait_for();
    else if (is_verb("alert")) alert();
    else if (is_verb("cancel")) {
        struct operation *op = operation_at();
        BOOL ok = CancelIoEx((HANDLE)socket_at(), number_of("all", 0) ? NULL : (OVERLAPPED *)&op->overlapped);
        DWORD error = GetLastError();
        tell("ok", ok);
        if (!ok) tell("error", error);
    } else if (is_verb("queue")) {
        port = CreateIoCompletionPort((HANDLE)socket_at(), NULL, 1, 0);
        tell("ok", port != NULL);
    } else if (is_verb("packets")) take_packets();
    else if (is_verb("end")) tear_down();
    else run_socket();
}

static int read_command(void)
{
    int length = 0;

    while (length < LINE - 1 && recv(control, command + length, 1, 0) == 1) {
        if (command[length] == '\n') {
            command[length] = 0;
            return 1;
        }
        length++;
    }
    return 0;
}

int main(int argc, char **argv)
{
    WSADATA data;
    struct sockaddr_storage to;

    WSAStartup(MAKEWORD(2, 2), &data);
    control = WSASocketA(AF_INET, SOCK_STREAM, 0, NULL, 0, 0);
    int size = address(&to, (unsigned short)atoi(argc > 1 ? argv[1] : "0"));
    if (connect(control, (struct sockaddr *)&to, size) != 0) return 1;
    while (read_command()) {
        answer[0] = 0;
        run();
        strcat(answer, "\n");
        send(control, answer, strlen(answer), 0);
    }
    return 0;
}
