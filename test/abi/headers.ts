/** The types of user mode that mingw-w64 declares. */

/** What a file includes to have them. */
export const INCLUDES = `#define _WIN32_WINNT 0x0A00
#include <stddef.h>
#include <winsock2.h>
#include <ws2tcpip.h>
#include <ws2spi.h>
#include <mswsock.h>
`;

/** Types that its headers have under the same name. */
export const HEADERS: ReadonlySet<string> = new Set([
  "SOCKADDR", "SOCKADDR_IN", "SOCKADDR_IN6", "SOCKADDR_STORAGE", "IN_ADDR", "IN6_ADDR",
  "WSABUF", "WSAOVERLAPPED", "OVERLAPPED", "WSATHREADID", "WSACMSGHDR", "WSAMSG", "WSPDATA",
  "IN_PKTINFO", "IN6_PKTINFO", "SCOPE_ID", "SOCKADDR_INET", "GUID", "LIST_ENTRY", "LARGE_INTEGER",
  "WSPPROC_TABLE", "WSPUPCALLTABLE",
]); // prettier-ignore
