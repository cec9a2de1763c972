/* presence_load.c - clients of /v1/ws that meet, for bench/presence.py (one thread, epoll; plan: docs in presence.py).
 *
 * Each client says hello, enters, and sends binary pose frames at --hz. The heading of a pose is its number in the
 * client's own sequence, which the server hands on unchanged; so every pose received is known again: when it was sent,
 * by whom, and what it must say. A pose counts as a delivery when the receiver drew that person already and has a newer
 * pose of them now; what comes with a new view (a full frame, somebody coming into sight) is not timed but checked.
 * At the end nothing is sent for a while; then each client must draw everybody within --sure metres where they stand.
 *
 *   cc -O2 -o presence_load presence_load.c -lm
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define NB 40000 /* 0.25 ms buckets up to 10 s */
#define RING 256
#define TABLE 1024 /* drawn people of one receiver; a power of two */
typedef struct { uint64_t at; int32_t east, north; uint16_t seq; } Sent;
typedef struct { uint32_t number; uint16_t seq; int used; int32_t east, north; } Drawn;
typedef struct {
  int fd, open, entered; uint32_t number; uint16_t seq; double hx, hy; int32_t east, north;
  Sent ring[RING]; Drawn *drawn; int drawn_n;
  uint8_t *rb; size_t rl, rcap; uint8_t *wb; size_t wl, wcap; int wantw, code;
} Conn;
static Conn *C; static uint32_t N; static int ep; static int measuring, idle_only;
static uint32_t *index_of; static uint32_t index_mask; /* person number -> client */
static uint64_t hist[NB + 1], timed, frames, bytes_in, tx, texts, fulls, wrong, lost_gone, closed_n, checked, missing, stale;
static uint64_t now_us(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return (uint64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000; }
static void die(const char *m) { perror(m); exit(2); }
static void drop(Conn *c) { if (c->fd >= 0) { close(c->fd); c->fd = -1; closed_n++; c->open = 0; } }
static void want(Conn *c, int w) { if (c->wantw == w) return; c->wantw = w; struct epoll_event e = {.events = EPOLLIN | (w ? EPOLLOUT : 0), .data.u32 = (uint32_t)(c - C)}; epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &e); }
static void flushw(Conn *c) {
  size_t o = 0;
  while (o < c->wl) { ssize_t r = send(c->fd, c->wb + o, c->wl - o, MSG_NOSIGNAL); if (r < 0) { if (errno == EAGAIN) break; drop(c); return; } o += r; }
  if (o) { memmove(c->wb, c->wb + o, c->wl - o); c->wl -= o; }
  want(c, c->wl > 0);
}
static void out(Conn *c, const void *p, size_t n) { if (c->wl + n > c->wcap) { c->wcap = (c->wl + n) * 2; c->wb = realloc(c->wb, c->wcap); } memcpy(c->wb + c->wl, p, n); c->wl += n; }
static void frame(Conn *c, uint8_t op, const void *p, size_t n) {
  uint8_t h[8] = {0x80 | op}; int k = 2;
  if (n < 126) h[1] = 0x80 | n; else { h[1] = 0x80 | 126; h[2] = n >> 8; h[3] = n; k = 4; }
  memset(h + k, 0, 4); out(c, h, k + 4); out(c, p, n); /* masking key 0: legal, payload unchanged */
}
static Conn *who(uint32_t number) { for (uint32_t i = number * 2654435761u & index_mask;; i = (i + 1) & index_mask) { if (!index_of[i]) return 0; Conn *c = &C[index_of[i] - 1]; if (c->number == number) return c; } }
static void learn(Conn *c) { uint32_t i = c->number * 2654435761u & index_mask; while (index_of[i]) i = (i + 1) & index_mask; index_of[i] = (uint32_t)(c - C) + 1; }
static Drawn *find(Conn *c, uint32_t number, int make) {
  uint32_t i = number * 2654435761u & (TABLE - 1);
  for (int k = 0; k < TABLE; k++, i = (i + 1) & (TABLE - 1)) {
    Drawn *d = &c->drawn[i];
    if (d->number == number) return d;
    if (!d->number) { if (!make) return 0; d->number = number; d->used = 0; return d; }
  }
  memset(c->drawn, 0, TABLE * sizeof(Drawn)); return make ? find(c, number, 1) : 0; /* full of people long gone */
}
static void on_poses(Conn *c, const uint8_t *p, size_t n, uint64_t t) {
  uint16_t count, gone; memcpy(&count, p + 6, 2); memcpy(&gone, p + 8, 2);
  if (n != 16u + 16u * count + 4u * gone) { wrong++; return; }
  static Drawn *before; if (!before) before = malloc(TABLE * sizeof(Drawn));
  int full = p[2] & 1;
  if (measuring) { frames++; bytes_in += n; fulls += full; }
  if (full) { memcpy(before, c->drawn, TABLE * sizeof(Drawn)); for (int i = 0; i < TABLE; i++) c->drawn[i].used = 0; }
  for (int i = 0; i < gone; i++) { uint32_t g; memcpy(&g, p + 16 + 16 * count + 4 * i, 4); Drawn *d = find(c, g, 0); if (!d || !d->used) lost_gone++; else d->used = 0; }
  for (int i = 0; i < count; i++) {
    const uint8_t *q = p + 16 + 16 * i; uint32_t number; int32_t e, no; uint16_t s;
    memcpy(&number, q, 4); memcpy(&e, q + 4, 4); memcpy(&no, q + 8, 4); memcpy(&s, q + 12, 2);
    Conn *o = who(number); if (!o) { continue; }
    Sent *sent = &o->ring[s % RING];
    if (sent->seq != s || sent->east != e || sent->north != no) { wrong++; continue; }
    checked++;
    Drawn *d = find(c, number, 1);
    int drawn = full ? before[d - c->drawn].number == number && before[d - c->drawn].used : d->used;
    if (drawn && (int16_t)(s - d->seq) < 0) stale++;
    if (measuring && drawn && (int16_t)(s - d->seq) > 0) { uint64_t b = (t - sent->at) / 250; hist[b > NB ? NB : b]++; timed++; }
    d->seq = s; d->used = 1; d->east = e; d->north = no;
  }
}
static void on_text(Conn *c, char *p, size_t n) {
  texts++;
  if (!memmem(p, n, "\"type\":\"entered\"", 16)) return;
  char *q = memmem(p, n, "\"number\":", 9); if (!q) return;
  c->number = strtoul(q + 9, 0, 10); if (!c->entered) learn(c); c->entered = 1;
}
static const char *hello, *enter;
static void on_read(Conn *c) {
  for (int g = 0; g < 4; g++) {
    if (c->rcap - c->rl < 16384) { c->rcap = c->rl + 32768; c->rb = realloc(c->rb, c->rcap); }
    ssize_t r = recv(c->fd, c->rb + c->rl, c->rcap - c->rl, 0);
    if (r == 0) { drop(c); return; }
    if (r < 0) { if (errno == EAGAIN) break; drop(c); return; }
    c->rl += r; uint64_t t = now_us(); size_t o = 0;
    if (!c->open) {
      uint8_t *e = memmem(c->rb, c->rl, "\r\n\r\n", 4); if (!e) continue;
      if (memcmp(c->rb + 9, "101", 3)) { drop(c); return; }
      o = e + 4 - c->rb; c->open = 1; frame(c, 1, hello, strlen(hello)); if (!idle_only) frame(c, 1, enter, strlen(enter)); flushw(c);
    }
    while (c->fd >= 0 && c->rl - o >= 2) {
      uint8_t *p = c->rb + o, op = p[0] & 15; uint64_t n = p[1] & 127; size_t h = 2;
      if (n == 126) { if (c->rl - o < 4) break; n = p[2] << 8 | p[3]; h = 4; } else if (n == 127) { if (c->rl - o < 10) break; n = 0; for (int i = 0; i < 8; i++) n = n << 8 | p[2 + i]; h = 10; }
      if (c->rl - o < h + n) break;
      if (op == 9) { frame(c, 10, p + h, n); flushw(c); }
      else if (op == 8) { c->code = n >= 2 ? p[h] << 8 | p[h + 1] : 1005; drop(c); return; }
      else if (op == 1) on_text(c, (char *)p + h, n);
      else if (op == 2 && n >= 16 && p[h] == 2) on_poses(c, p + h, n, t);
      o += h + n;
    }
    if (c->fd < 0) return;
    if (o) { memmove(c->rb, c->rb + o, c->rl - o); c->rl -= o; }
    if (r < 16384) break;
  }
}
static double uniform(void) { return rand() / (RAND_MAX + 1.0); }
static void send_pose(Conn *c, double wander) {
  if (c->wl > 65536) return;
  c->east = lround(100 * (c->hx + (2 * uniform() - 1) * wander)); c->north = lround(100 * (c->hy + (2 * uniform() - 1) * wander)); c->seq++;
  Sent *s = &c->ring[c->seq % RING]; s->at = now_us(); s->seq = c->seq; s->east = c->east; s->north = c->north;
  uint8_t b[32] = {2, 1}; b[6] = 1; memcpy(b + 20, &c->east, 4); memcpy(b + 24, &c->north, 4); memcpy(b + 28, &c->seq, 2); b[31] = 8;
  frame(c, 2, b, 32); flushw(c); tx++;
}
static double pct(double q) { if (!timed) return -1; uint64_t a = 0, k = (uint64_t)(timed * q); for (int i = 0; i <= NB; i++) { a += hist[i]; if (a > k) return (i + 0.5) * 0.25; } return NB * 0.25; }
static double cpu(void) { struct rusage r; getrusage(RUSAGE_SELF, &r); return r.ru_utime.tv_sec + r.ru_stime.tv_sec + (r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6; }
static void pump(int us) {
  struct epoll_event ev[512]; struct timespec ts = {.tv_nsec = us * 1000}; int n = epoll_pwait2(ep, ev, 512, &ts, 0);
  for (int i = 0; i < n; i++) { Conn *c = &C[ev[i].data.u32]; if (c->fd >= 0 && ev[i].events & EPOLLOUT) flushw(c); if (c->fd >= 0 && ev[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) on_read(c); }
}
int main(int ac, char **av) {
  int ports[8], np = 0; double hz = 10, warm = 2, secs = 4, side = 100, wander = 0.2, sure = 10; const char *sig = 0;
  for (int i = 1; i < ac; i++) {
#define A(s) (!strcmp(av[i], s) && i + 1 < ac)
    if (A("--port")) { if (np < 8) ports[np++] = atoi(av[++i]); } else if (A("--clients")) N = atoi(av[++i]); else if (A("--hz")) hz = atof(av[++i]);
    else if (A("--warm")) warm = atof(av[++i]); else if (A("--secs")) secs = atof(av[++i]); else if (A("--side")) side = atof(av[++i]); else if (A("--wander")) wander = atof(av[++i]);
    else if (A("--sure")) sure = atof(av[++i]); else if (A("--hello")) hello = av[++i]; else if (A("--enter")) enter = av[++i]; else if (A("--sig")) sig = av[++i];
    else if (!strcmp(av[i], "--idle")) idle_only = 1; else { fprintf(stderr, "unknown argument %s\n", av[i]); return 2; }
  }
  if (!N || !np || !hello || !enter) { fprintf(stderr, "--port --clients --hello --enter are needed\n"); return 2; }
  C = calloc(N, sizeof *C); for (index_mask = 1024; index_mask < 4 * N; index_mask *= 2) {} index_of = calloc(index_mask--, 4); ep = epoll_create1(0); srand(1);
  uint32_t started = 0, ready = 0, dead = 0; uint64_t t0 = now_us();
  while (ready + dead < N && now_us() - t0 < 90000000) {
    while (started < N && started - ready - dead < 64) {
      Conn *c = &C[started]; c->drawn = idle_only ? 0 : calloc(TABLE, sizeof(Drawn)); c->hx = uniform() * side; c->hy = uniform() * side; c->fd = socket(AF_INET, SOCK_STREAM, 0); if (c->fd < 0) die("socket");
      struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(ports[started % np])}; a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      if (connect(c->fd, (void *)&a, sizeof a)) die("connect");
      int one = 1; setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one); fcntl(c->fd, F_SETFL, O_NONBLOCK);
      struct epoll_event e = {.events = EPOLLIN, .data.u32 = started}; epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &e);
      char b[512]; int n = snprintf(b, sizeof b, "GET /v1/ws HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: shelfway.v1\r\n\r\n", ports[started % np]);
      out(c, b, n); flushw(c); started++;
    }
    pump(20000); ready = dead = 0; for (uint32_t i = 0; i < started; i++) { if (C[i].fd < 0) dead++; else if (idle_only ? C[i].open : C[i].entered) ready++; }
  }
  if (ready < N) { printf("{\"error\":\"%u of %u entered\",\"close_code\":%d}\n", ready, N, C[0].code); return 1; }
  double connect_s = (now_us() - t0) / 1e6; uint64_t s0 = now_us(), period = (uint64_t)(1e6 / hz), tm = s0 + (uint64_t)(warm * 1e6), te = tm + (uint64_t)(secs * 1e6), k = 0, m0 = 0, tx0 = 0, late = 0; double c0 = 0;
  for (uint64_t t; (t = now_us()) < te;) {
    if (!measuring && t >= tm) { measuring = 1; c0 = cpu(); m0 = t; tx0 = tx; late = 0; if (sig) { FILE *g = fopen(sig, "w"); if (g) fclose(g); } }
    int64_t to = 20000;
    if (!idle_only) for (int b = 0; b < 256; b++) { uint64_t due = s0 + (k / N) * period + (k % N) * period / N; t = now_us(); if (due > t) { to = (int64_t)(due - t) < 20000 ? (int64_t)(due - t) : 20000; break; } if (t - due > late) late = t - due; Conn *c = &C[k++ % N]; if (c->fd >= 0) send_pose(c, wander); to = 0; }
    pump((int)to);
  }
  double T = (now_us() - m0) / 1e6, cu = cpu() - c0; measuring = 0;
  for (uint64_t end = now_us() + 500000; now_us() < end;) pump(20000);
  uint32_t alive = 0; for (uint32_t i = 0; i < N; i++) alive += C[i].fd >= 0;
  uint64_t pairs = 0;
  if (!idle_only) for (uint32_t i = 0; i < N; i++) for (uint32_t j = 0; j < N; j++) { /* who is near is drawn, where they stand */
    double de = (C[i].east - C[j].east) / 100.0, dn = (C[i].north - C[j].north) / 100.0; if (de * de + dn * dn > sure * sure || C[i].fd < 0 || C[j].fd < 0) continue;
    pairs++; Drawn *d = find(&C[i], C[j].number, 0); if (!d || !d->used || d->east != C[j].east || d->north != C[j].north) missing++; }
  int code = 0; for (uint32_t i = 0; i < N; i++) if (C[i].code) code = C[i].code;
  printf("{\"clients\":%u,\"alive\":%u,\"close_code\":%d,\"connect_s\":%.2f,\"secs\":%.2f,\"tx_per_s\":%.0f,\"frames_per_s\":%.0f,\"deliveries_per_s\":%.0f,\"full_share\":%.3f,\"mb_per_s\":%.2f,\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"p999_ms\":%.2f,\"gen_cpu\":%.3f,\"gen_late_ms\":%.1f,\"texts\":%lu,\"checked\":%lu,\"wrong\":%lu,\"stale\":%lu,\"gone_unseen\":%lu,\"near_pairs\":%lu,\"near_missing\":%lu}\n",
         N, alive, code, connect_s, T, (tx - tx0) / T, frames / T, timed / T, frames ? (double)fulls / frames : 0, bytes_in / T / 1e6, pct(.5), pct(.99), pct(.999), cu / T, late / 1000.0, texts, checked, wrong, stale, lost_gone, pairs, missing);
  return 0;
}
