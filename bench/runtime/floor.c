/*
 * The floor under the runtime: what a C program does with the same sockets, and nothing else.
 *
 *   floor sink              prints a TCP and a UDP port; reads both and forgets, until its input ends
 *   floor send <tcp> <udp>  reads lines "tcp|udp <bytes> <times>"; sends, and prints the nanoseconds
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MOST (256 * 1024)

static struct sockaddr_in local(int port) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port)};
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return at;
}

/* MSG_TRUNC: nothing is copied, so that a sink keeps up with whoever sends. */
static void *forget(void *given) {
  int fd = (int)(long)given, kind;
  socklen_t size = sizeof kind;
  getsockopt(fd, SOL_SOCKET, SO_TYPE, &kind, &size);
  while (recv(fd, NULL, kind == SOCK_DGRAM ? 0 : MOST, MSG_TRUNC) > 0) continue;
  close(fd);
  return NULL;
}

static void start(int fd) {
  pthread_t thread;
  pthread_create(&thread, NULL, forget, (void *)(long)fd);
  pthread_detach(thread);
}

static int bound(int kind) {
  struct sockaddr_in at = local(0);
  int fd = socket(AF_INET, kind, 0);
  if (bind(fd, (void *)&at, sizeof at) != 0) exit(1);
  return fd;
}

static int port_of(int fd) {
  struct sockaddr_in at;
  socklen_t length = sizeof at;
  getsockname(fd, (void *)&at, &length);
  return ntohs(at.sin_port);
}

static void *accept_all(void *given) {
  for (;;) start(accept((int)(long)given, NULL, NULL));
  return NULL;
}

static int sink(void) {
  int tcp = bound(SOCK_STREAM), udp = bound(SOCK_DGRAM), room = MOST;
  pthread_t thread;
  setsockopt(udp, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  listen(tcp, 64);
  printf("%d %d\n", port_of(tcp), port_of(udp));
  fflush(stdout);
  start(udp);
  pthread_create(&thread, NULL, accept_all, (void *)(long)tcp);
  while (getchar() != EOF) continue;
  return 0;
}

static long long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000ll + t.tv_nsec;
}

static int send_all(int tcp_port, int udp_port) {
  struct sockaddr_in to_tcp = local(tcp_port), to_udp = local(udp_port);
  int one = 1, tcp = socket(AF_INET, SOCK_STREAM, 0), udp = socket(AF_INET, SOCK_DGRAM, 0);
  char kind[8], *data = calloc(1, MOST);
  long bytes, times;
  if (connect(tcp, (void *)&to_tcp, sizeof to_tcp) != 0) return 1;
  setsockopt(tcp, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  while (scanf("%7s %ld %ld", kind, &bytes, &times) == 3) {
    int is_tcp = strcmp(kind, "tcp") == 0;
    long long from = now();
    for (long i = 0; i < times; i++) {
      long sent = 0;
      while (sent < bytes) {
        long more = is_tcp
            ? send(tcp, data + sent, bytes - sent, MSG_NOSIGNAL)
            : sendto(udp, data, bytes, MSG_NOSIGNAL, (void *)&to_udp, sizeof to_udp);
        if (more < 0) return 1;
        sent += more;
      }
    }
    printf("%lld\n", now() - from);
    fflush(stdout);
  }
  return 0;
}

int main(int count, char **words) {
  if (count == 2 && strcmp(words[1], "sink") == 0) return sink();
  if (count == 4 && strcmp(words[1], "send") == 0) return send_all(atoi(words[2]), atoi(words[3]));
  return 2;
}
