"""Exact shortest paths over a triangle mesh: Polyanya (Cui, Harabor, Grastien, IJCAI 2017), compiled by numba.

A search node is an interval on the entry edge of a triangle together with its root, the last turning point; the
straight lines from the root through the interval are the paths it stands for. Nodes are taken in the order of the
least length any path through them can have, so the first one that reaches the goal is the shortest path.

Three things make it quick without touching exactness: a node with one successor, or whose best successor cannot be
beaten, is followed without the heap; dead-end trees of triangles are entered only to reach a goal in them; and the
whole mesh travels as two arrays, the whole working memory as two more, because each argument costs time.
"""

from __future__ import annotations

import math

import numba as nb

from spatial.triangles import Floats, Ints

_NEAR = 1e-8
"""Metres by which a point may lie outside a triangle and still be found in it."""

HEAD_F, HEAD_I = 6, 4
NODE_F, NODE_I = 8, 5  # left x y, right x y, root x y, g, f | half-edge, root, parent, left vertex, right vertex


@nb.njit(cache=True, inline="always")
def _bound(px: float, py: float, lx: float, ly: float, qx: float, qy: float, tx: float, ty: float) -> float:
    """Least length from root p through the interval from l (left) to q (right) to the target t, walls left aside."""
    ex, ey = qx - lx, qy - ly
    side = ex * (ty - ly) - ey * (tx - lx)
    if side < 0.0:  # behind the interval: as far as its mirror image before it
        k = 2.0 * side / (ex * ex + ey * ey + 1e-300)
        tx += k * ey
        ty -= k * ex
    dx, dy = tx - px, ty - py
    ax, ay = lx - px, ly - py
    if ax * dy - ay * dx > 0.0:
        return math.sqrt(ax * ax + ay * ay) + math.sqrt((tx - lx) ** 2 + (ty - ly) ** 2)
    bx, by = qx - px, qy - py
    if bx * dy - by * dx < 0.0:
        return math.sqrt(bx * bx + by * by) + math.sqrt((tx - qx) ** 2 + (ty - qy) ** 2)
    return math.sqrt(dx * dx + dy * dy)


@nb.njit(cache=True)
def locate(x: float, y: float, mf: Floats, mi: Ints) -> int:
    """The open triangle in which the point lies deepest, or −1 when it lies in none."""
    m, side = mi[0], mi[2]
    fi, fj = (x - mf[0]) * mf[2], (y - mf[1]) * mf[3]
    if not (-1.0 < fi < side + 1.0 and -1.0 < fj < side + 1.0):
        return -1
    i = min(side - 1, max(0, int(fi)))
    j = min(side - 1, max(0, int(fj)))
    exits = HEAD_I + 6 * m
    starts = exits + m + mi[1]
    members = starts + side * side + 1
    best, found = -_NEAR, -1
    c = starts + i * side + j
    for s in range(members + mi[c], members + mi[c + 1]):
        t = mi[s]
        if mi[exits + t] == -3:
            continue
        at = HEAD_F + 6 * t
        depth = 1e300
        for k in range(3):
            ax, ay = mf[at + 2 * k], mf[at + 2 * k + 1]
            n = at + 2 * ((k + 1) % 3)
            ex, ey = mf[n] - ax, mf[n + 1] - ay
            size = math.sqrt(ex * ex + ey * ey)
            d = (ex * (y - ay) - ey * (x - ax)) / (size + 1e-300)
            depth = min(depth, d)
        if depth > best:
            best, found = depth, t
            if depth > _NEAR:
                break
    return found


@nb.njit(cache=True)
def _push(hf: Floats, hi: Ints, n: int, f: float, i: int) -> int:
    c = n
    while c > 0:
        p = (c - 1) >> 1
        if hf[p] <= f:
            break
        hf[c], hi[c] = hf[p], hi[p]
        c = p
    hf[c], hi[c] = f, i
    return n + 1


@nb.njit(cache=True)
def _pop(hf: Floats, hi: Ints, n: int) -> int:
    """Remove the top; returns the new size. The caller has read ``hi[0]``."""
    n -= 1
    f, i = hf[n], hi[n]
    p = 0
    while True:
        c = 2 * p + 1
        if c >= n:
            break
        if c + 1 < n and hf[c + 1] < hf[c]:
            c += 1
        if f <= hf[c]:
            break
        hf[p], hi[p] = hf[c], hi[c]
        p = c
    hf[p], hi[p] = f, i
    return n


@nb.njit(cache=True)
def search(
    sx: float, sy: float, tx: float, ty: float, mf: Floats, mi: Ints, wf: Floats, wi: Ints, tick: int
) -> tuple[float, int, int]:
    """(length, turning points, nodes expanded); turning vertices lie at the start of ``wi`` in walking order.

    Length −1: start or goal in no open triangle; −2: no way; −3: the working memory is too small.
    """
    m, nv = mi[0], mi[1]
    cap = (wf.shape[0] - nv) // (NODE_F + 1)
    P = mf[HEAD_F : HEAD_F + 6 * m].reshape(3 * m, 2)  # noqa: N806 start of each half-edge
    HE = mi[HEAD_I : HEAD_I + 6 * m].reshape(3 * m, 2)  # noqa: N806 start vertex, twin
    exits = mi[HEAD_I + 6 * m : HEAD_I + 7 * m]
    corner = mi[HEAD_I + 7 * m : HEAD_I + 7 * m + nv]
    F = wf[: NODE_F * cap].reshape(cap, NODE_F)  # noqa: N806
    hf = wf[NODE_F * cap : (NODE_F + 1) * cap]
    best = wf[(NODE_F + 1) * cap : (NODE_F + 1) * cap + nv]
    path = wi[:nv]
    seen = wi[nv : 2 * nv]
    live = wi[2 * nv : 2 * nv + m]
    at = 2 * nv + m
    I = wi[at : at + NODE_I * cap].reshape(cap, NODE_I)  # noqa: N806, E741
    hi = wi[at + NODE_I * cap : at + (NODE_I + 1) * cap]

    ts, tt = locate(sx, sy, mf, mi), locate(tx, ty, mf, mi)
    if ts < 0 or tt < 0:
        return -1.0, 0, 0
    if ts == tt:
        return math.sqrt((tx - sx) ** 2 + (ty - sy) ** 2), 0, 0
    for t0 in (ts, tt):
        t = t0
        while t >= 0 and live[t] != tick:
            live[t] = tick
            t = exits[t]

    nodes, heap, expanded = 0, 0, 0
    for k in range(3):
        h = 3 * ts + k
        w = HE[h, 1]
        if w < 0 or (exits[w // 3] != -2 and live[w // 3] != tick):
            continue
        o = 3 * ts + (k + 1) % 3
        F[nodes, 0], F[nodes, 1] = P[o, 0], P[o, 1]
        F[nodes, 2], F[nodes, 3] = P[h, 0], P[h, 1]
        F[nodes, 4], F[nodes, 5], F[nodes, 6] = sx, sy, 0.0
        I[nodes, 0], I[nodes, 1], I[nodes, 2], I[nodes, 3], I[nodes, 4] = w, -1, -1, HE[o, 0], HE[h, 0]
        f = _bound(sx, sy, P[o, 0], P[o, 1], P[h, 0], P[h, 1], tx, ty)
        heap = _push(hf, hi, heap, f, nodes)
        nodes += 1

    follow = -1
    while heap > 0 or follow >= 0:
        if follow >= 0:
            i, follow = follow, -1
        else:
            i = hi[0]
            heap = _pop(hf, hi, heap)
        root, g = I[i, 1], F[i, 6]
        if I[i, 0] < 0:  # the goal itself
            n = 0
            p = i
            last = -1
            while p >= 0:
                r = I[p, 1]
                if r >= 0 and r != last:
                    path[n] = r
                    n += 1
                    last = r
                p = I[p, 2]
            for z in range(n // 2):
                path[z], path[n - 1 - z] = path[n - 1 - z], path[z]
            return g, n, expanded
        if root >= 0 and seen[root] == tick and g > best[root] + 1e-10:
            continue
        if nodes + 8 > cap:
            return -3.0, 0, expanded
        expanded += 1
        h = I[i, 0]
        t = h // 3
        k = h - 3 * t
        hr, hl = 3 * t + (k + 1) % 3, 3 * t + (k + 2) % 3  # far edges: b→c on the right, c→a on the left
        px, py = F[i, 4], F[i, 5]
        lx, ly, qx, qy = F[i, 0] - px, F[i, 1] - py, F[i, 2] - px, F[i, 3] - py  # the cone, seen from the root
        li, ri = I[i, 3], I[i, 4]
        # the root lies on the interval itself: everything beyond is in sight
        wide = lx * qy - ly * qx > -1e-13 * (lx * lx + ly * ly + qx * qx + qy * qy) and lx * qx + ly * qy <= 0.0

        if t == tt:
            dx, dy = tx - px, ty - py
            slack = 1e-12 * (abs(dx) + abs(dy))
            nr, nx, ny, ng = root, px, py, g
            if not wide and lx * dy - ly * dx > slack * (abs(lx) + abs(ly)):
                if li < 0:
                    continue
                nr, nx, ny, ng = li, F[i, 0], F[i, 1], g + math.sqrt(lx * lx + ly * ly)
            elif not wide and qx * dy - qy * dx < -slack * (abs(qx) + abs(qy)):
                if ri < 0:
                    continue
                nr, nx, ny, ng = ri, F[i, 2], F[i, 3], g + math.sqrt(qx * qx + qy * qy)
            total = ng + math.sqrt((tx - nx) ** 2 + (ty - ny) ** 2)
            F[nodes, 6] = total
            I[nodes, 0], I[nodes, 1], I[nodes, 2] = -1, nr, i
            heap = _push(hf, hi, heap, total, nodes)
            nodes += 1
            continue

        wl, wr = HE[hl, 1], HE[hr, 1]
        if wl >= 0 and exits[wl // 3] != -2 and live[wl // 3] != tick:
            wl = -1
        if wr >= 0 and exits[wr // 3] != -2 and live[wr // 3] != tick:
            wr = -1
        if wl < 0 and wr < 0:
            continue
        a, b, c = HE[h, 0], HE[hr, 0], HE[hl, 0]
        ax, ay, bx, by = P[h, 0], P[h, 1], P[hr, 0], P[hr, 1]
        cx, cy = P[hl, 0], P[hl, 1]
        first = nodes
        if wide:
            if wl >= 0:
                F[nodes, 0], F[nodes, 1], F[nodes, 2], F[nodes, 3] = ax, ay, cx, cy
                I[nodes, 0], I[nodes, 1], I[nodes, 3], I[nodes, 4] = wl, root, a, c
                F[nodes, 4], F[nodes, 5], F[nodes, 6] = px, py, g
                nodes += 1
            if wr >= 0:
                F[nodes, 0], F[nodes, 1], F[nodes, 2], F[nodes, 3] = cx, cy, bx, by
                I[nodes, 0], I[nodes, 1], I[nodes, 3], I[nodes, 4] = wr, root, c, b
                F[nodes, 4], F[nodes, 5], F[nodes, 6] = px, py, g
                nodes += 1
        else:
            ux, uy = cx - px, cy - py
            slack = 1e-11 * (abs(ux) + abs(uy) + abs(lx) + abs(ly) + abs(qx) + abs(qy))
            cl = lx * uy - ly * ux  # > 0: the apex lies left of the cone
            cr = qx * uy - qy * ux  # < 0: right of it
            # where the cone's two edges leave the triangle; a vertex keeps its number
            if cl < -slack:  # the left ray leaves through the left far edge
                if li == a:
                    gx, gy, gi = ax, ay, a
                else:
                    ex, ey = cx - ax, cy - ay
                    den = lx * ey - ly * ex
                    s = (lx * (py - ay) - ly * (px - ax)) / den if den != 0.0 else 0.0
                    s = min(1.0, max(0.0, s))
                    gx, gy, gi = ax + s * ex, ay + s * ey, -1
            elif cl <= slack:
                gx, gy, gi = cx, cy, c
            else:
                ex, ey = bx - cx, by - cy
                den = lx * ey - ly * ex
                s = (lx * (py - cy) - ly * (px - cx)) / den if den != 0.0 else 1.0
                s = min(1.0, max(0.0, s))
                gx, gy, gi = cx + s * ex, cy + s * ey, -1
            if cr > slack:  # the right ray leaves through the right far edge
                if ri == b:
                    kx, ky, ki = bx, by, b
                else:
                    ex, ey = bx - cx, by - cy
                    den = qx * ey - qy * ex
                    s = (qx * (py - cy) - qy * (px - cx)) / den if den != 0.0 else 1.0
                    s = min(1.0, max(0.0, s))
                    kx, ky, ki = cx + s * ex, cy + s * ey, -1
            elif cr >= -slack:
                kx, ky, ki = cx, cy, c
            else:
                ex, ey = cx - ax, cy - ay
                den = qx * ey - qy * ex
                s = (qx * (py - ay) - qy * (px - ax)) / den if den != 0.0 else 0.0
                s = min(1.0, max(0.0, s))
                kx, ky, ki = ax + s * ex, ay + s * ey, -1
            # in sight, left far edge: from the left ray to the apex or the right ray
            if wl >= 0 and cl < -slack:
                F[nodes, 0], F[nodes, 1], I[nodes, 3] = gx, gy, gi
                if cr < -slack:
                    F[nodes, 2], F[nodes, 3], I[nodes, 4] = kx, ky, ki
                else:
                    F[nodes, 2], F[nodes, 3], I[nodes, 4] = cx, cy, c
                I[nodes, 0], I[nodes, 1] = wl, root
                F[nodes, 4], F[nodes, 5], F[nodes, 6] = px, py, g
                nodes += 1
            if wr >= 0 and cr > slack:
                F[nodes, 2], F[nodes, 3], I[nodes, 4] = kx, ky, ki
                if cl > slack:
                    F[nodes, 0], F[nodes, 1], I[nodes, 3] = gx, gy, gi
                else:
                    F[nodes, 0], F[nodes, 1], I[nodes, 3] = cx, cy, c
                I[nodes, 0], I[nodes, 1] = wr, root
                F[nodes, 4], F[nodes, 5], F[nodes, 6] = px, py, g
                nodes += 1
            # out of sight, round the left end: everything left of the left ray
            if li == a and corner[a] and cl >= -slack:
                ng = g + math.sqrt(lx * lx + ly * ly)
                if seen[a] != tick or ng <= best[a] + 1e-10:
                    if seen[a] != tick or ng < best[a]:
                        seen[a], best[a] = tick, ng
                    if wl >= 0:
                        F[nodes, 0], F[nodes, 1], F[nodes, 2], F[nodes, 3] = ax, ay, cx, cy
                        I[nodes, 0], I[nodes, 1], I[nodes, 3], I[nodes, 4] = wl, a, a, c
                        F[nodes, 4], F[nodes, 5], F[nodes, 6] = ax, ay, ng
                        nodes += 1
                    if wr >= 0 and cl > slack:
                        F[nodes, 0], F[nodes, 1], F[nodes, 2], F[nodes, 3] = cx, cy, gx, gy
                        I[nodes, 0], I[nodes, 1], I[nodes, 3], I[nodes, 4] = wr, a, c, gi
                        F[nodes, 4], F[nodes, 5], F[nodes, 6] = ax, ay, ng
                        nodes += 1
            if ri == b and corner[b] and cr <= slack:
                ng = g + math.sqrt(qx * qx + qy * qy)
                if seen[b] != tick or ng <= best[b] + 1e-10:
                    if seen[b] != tick or ng < best[b]:
                        seen[b], best[b] = tick, ng
                    if wr >= 0:
                        F[nodes, 0], F[nodes, 1], F[nodes, 2], F[nodes, 3] = cx, cy, bx, by
                        I[nodes, 0], I[nodes, 1], I[nodes, 3], I[nodes, 4] = wr, b, c, b
                        F[nodes, 4], F[nodes, 5], F[nodes, 6] = bx, by, ng
                        nodes += 1
                    if wl >= 0 and cr < -slack:
                        F[nodes, 0], F[nodes, 1], F[nodes, 2], F[nodes, 3] = kx, ky, cx, cy
                        I[nodes, 0], I[nodes, 1], I[nodes, 3], I[nodes, 4] = wl, b, ki, c
                        F[nodes, 4], F[nodes, 5], F[nodes, 6] = bx, by, ng
                        nodes += 1
        if nodes - first == 1:
            I[first, 2] = i
            follow = first
            continue
        low, lowest = -1, 1e300
        for j in range(first, nodes):
            I[j, 2] = i
            f = F[j, 6] + _bound(F[j, 4], F[j, 5], F[j, 0], F[j, 1], F[j, 2], F[j, 3], tx, ty)
            F[j, 7] = f
            if f < lowest:
                low, lowest = j, f
        if low >= 0 and (heap == 0 or lowest <= hf[0]):
            follow = low
        else:
            low = -1
        for j in range(first, nodes):
            if j != low:
                heap = _push(hf, hi, heap, F[j, 7], j)
    return -2.0, 0, expanded
