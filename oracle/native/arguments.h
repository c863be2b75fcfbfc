/* What the calls of Winsock are passed: addresses and buffers, as a command says. */
#ifndef ORACLE_ARGUMENTS_H
#define ORACLE_ARGUMENTS_H

#include <winsock2.h>
#include <ws2tcpip.h>
#include <stdlib.h>
#include "command.h"

#define BUFFERS 4096

/*
 * An address of loopback, at a port, or the address that `host` says; its length. `af` makes it
 * say that it is of another family.
 */
static int address(struct sockaddr_storage *out, unsigned short at)
{
    memset(out, 0, sizeof(*out));
    if (number_of("family", AF_INET) == AF_INET6) {
        struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)out;
        in6->sin6_family = AF_INET6;
        in6->sin6_port = htons(at);
        in6->sin6_addr.s6_addr[15] = at == 0 ? 0 : 1;
        return sizeof(*in6);
    } else {
        struct sockaddr_in *in = (struct sockaddr_in *)out;
        in->sin_family = number_of("af", AF_INET);
        in->sin_port = htons(at);
        in->sin_addr.s_addr = htonl(at == 0 ? INADDR_ANY : number_of("host", INADDR_LOOPBACK));
        return sizeof(*in);
    }
}

/*
 * Reads `bufs`: lengths between commas; `null` is a NULL pointer, `null:5` one of length 5. Then
 * come `many` of one byte each.
 */
static DWORD read_buffers(WSABUF *buffers, char **memory)
{
    const char *text = text_of("bufs");
    unsigned long total = 0;
    DWORD count = 0;

    for (const char *at = text; at != NULL && *at > ' ' && count < BUFFERS; count++) {
        int is_null = strncmp(at, "null", 4) == 0;
        if (is_null) at += at[4] == ':' ? 5 : 4;
        buffers[count].len = read_number(&at);
        buffers[count].buf = is_null ? NULL : (char *)1;
        if (!is_null) total += buffers[count].len;
        if (*at == ',') at++;
    }
    for (unsigned long many = number_of("many", 0); many > 0 && count < BUFFERS; many--, count++) {
        buffers[count].len = 1;
        buffers[count].buf = (char *)1;
        total++;
    }
    char *next = *memory = malloc(total + 1);
    fill((unsigned char *)next, total);
    for (DWORD i = 0; i < count; i++) {
        if (buffers[i].buf == NULL) continue;
        buffers[i].buf = next;
        next += buffers[i].len;
    }
    return count;
}

#endif
