/* What the calls of Winsock are passed: addresses and buffers, as a command says. */
#ifndef ORACLE_ARGUMENTS_H
#define ORACLE_ARGUMENTS_H

#include <winsock2.h>
#include <ws2tcpip.h>
#include <stdlib.h>
#include "command.h"

#define BUFFERS 8192

/*
 * An address of loopback, at a port, or the address that `host` says; without a port, any. `af`
 * makes it say that it is of another family. Of an address of IPv6 `host` is the last four bytes,
 * `prefix` the first two, and `mapped` puts 0xffff between them.
 */
static int address(struct sockaddr_storage *out, unsigned short at)
{
    int is_six = number_of("family", AF_INET) == AF_INET6;
    unsigned long host = number_of("host", at == 0 ? 0 : is_six ? 1 : INADDR_LOOPBACK);

    memset(out, 0, sizeof(*out));
    if (is_six) {
        struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)out;
        unsigned char *bytes = in6->sin6_addr.s6_addr;
        unsigned long prefix = number_of("prefix", 0);
        in6->sin6_family = number_of("af", AF_INET6);
        in6->sin6_port = htons(at);
        in6->sin6_scope_id = number_of("scope", 0);
        bytes[0] = prefix >> 8, bytes[1] = prefix;
        if (number_of("mapped", 0)) bytes[10] = bytes[11] = 0xff;
        for (int i = 0; i < 4; i++) bytes[12 + i] = host >> (24 - 8 * i);
        return sizeof(*in6);
    } else {
        struct sockaddr_in *in = (struct sockaddr_in *)out;
        in->sin_family = number_of("af", AF_INET);
        in->sin_port = htons(at);
        in->sin_addr.s_addr = htonl(host);
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
