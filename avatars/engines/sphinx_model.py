"""pocketsphinx's acoustic model read as arrays: which sounds there are, and how well each fits a moment of speech.

A phone in its neighbourhood (a triphone) is three states in a row; each state is a senone, of which there are some five
thousand. A senone scores a feature vector by mixture weights over 128 Gaussians of its phone's codebook, in three
streams (cepstra, their slope, their curve). Format and sums: pocketsphinx ``bin_mdef.c``, ``ptm_mgau.c``,
``ms_gauden.c``, ``tmat.c``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numba as nb
import numpy as np
import numpy.typing as npt

from avatars.engines import EngineError

F32 = npt.NDArray[np.float32]
I32 = npt.NDArray[np.int32]

BEGIN, END, INSIDE, SINGLE = 0, 1, 2, 3
"""Where a phone stands in its word: the order of the model file (b, e, i, s)."""

_UNIT: Final = float(np.log(1.0001) * 1024)  # mixture weights are bytes of this many natural logarithms
_FLOOR: Final = float(np.float32(-96 * _UNIT))  # pocketsphinx lets no Gaussian be further below the frame's best
_TOP: Final = 4


@dataclass(frozen=True, slots=True)
class AcousticModel:
    """``senones``: of each triphone, int32 (triphones, 3); ``triphone``: int32 (4, phones, phones, phones) by place in
    the word, phone, left and right neighbour; ``alone``: of each phone without neighbours. ``moves``: float32 (phones,
    3, 4), log probability of each step from state to state, the fourth being the way out. ``quiet``: numbers of the
    phones that are no speech. The rest are Gaussians by codebook, stream, dimension and density, and their shares.
    """

    phones: tuple[str, ...]
    number: dict[str, int]
    quiet: tuple[int, ...]
    senones: I32
    triphone: I32
    alone: I32
    moves: F32
    means: F32
    weights: F32
    constants: F32
    mixtures: npt.NDArray[np.uint8]
    codebook: I32
    shares: npt.NDArray[np.float64]

    def score(self, features: F32, wanted: I32) -> F32:
        """How well each wanted senone fits each frame, float32 (frames, senones), natural logarithms.

        features: float32 (frames, 3, 13). Columns of other senones are not filled. Lets go of Python's lock.
        """
        out: F32 = np.empty((len(features), len(self.codebook)), dtype=np.float32)
        _score(
            np.ascontiguousarray(features), self.means, self.weights, self.constants, self.mixtures, self.codebook,
            self.shares, wanted, out,
        )  # fmt: skip
        return out


@nb.njit(nogil=True, cache=True, fastmath=True, boundscheck=False)
def _score(
    features: F32,
    means: F32,
    weights: F32,
    constants: F32,
    mixtures: Any,
    codebook: I32,
    shares: Any,
    wanted: I32,
    out: F32,
) -> None:  # pragma: no cover
    frames = features.shape[0]
    books, streams, width, densities = means.shape
    fit = np.empty(densities, np.float32)
    best = np.empty((books, streams, _TOP), np.float32)
    which = np.empty((books, streams, _TOP), np.int32)
    for t in range(frames):
        for s in range(streams):
            peak = np.float32(-1e30)
            for b in range(books):
                for d in range(densities):
                    fit[d] = constants[b, s, d]
                for i in range(width):
                    x = features[t, s, i]
                    for d in range(densities):
                        away = x - means[b, s, i, d]
                        fit[d] -= away * away * weights[b, s, i, d]
                for k in range(_TOP):
                    best[b, s, k] = np.float32(-1e30)
                    which[b, s, k] = 0
                for d in range(densities):
                    value = fit[d]
                    if value > best[b, s, _TOP - 1]:
                        k = _TOP - 1
                        while k > 0 and value > best[b, s, k - 1]:
                            best[b, s, k] = best[b, s, k - 1]
                            which[b, s, k] = which[b, s, k - 1]
                            k -= 1
                        best[b, s, k] = value
                        which[b, s, k] = d
                if best[b, s, 0] > peak:
                    peak = best[b, s, 0]
            for b in range(books):
                for k in range(_TOP):
                    best[b, s, k] = np.exp(max(best[b, s, k] - peak, np.float32(_FLOOR)))
        for n in wanted:
            b = codebook[n]
            product = 1.0
            for s in range(streams):
                total = 0.0
                for k in range(_TOP):
                    total += best[b, s, k] * shares[mixtures[s, which[b, s, k], n]]
                product *= total
            out[t, n] = np.log(product)


@lru_cache(maxsize=2)
def read_model(folder: Path) -> AcousticModel:
    """The model in ``folder``. Raises EngineError when it is none or of another kind."""
    try:
        return _read(folder)
    except (OSError, ValueError, IndexError, KeyError) as error:
        raise EngineError(f"the acoustic model in {folder} cannot be read: install pocketsphinx again") from error


def _read(folder: Path) -> AcousticModel:
    phones, quiet, senones, triphone, alone, phone_of, kind = _read_definition((folder / "mdef").read_bytes())
    means, variances = (_read_gaussians((folder / name).read_bytes()) for name in ("means", "variances"))
    variances = np.maximum(variances, 1e-4)
    constants = -0.5 * np.log(2 * np.pi * variances).sum(axis=3)
    mixtures = _read_mixtures((folder / "sendump").read_bytes(), means.shape[1], means.shape[2])
    codebook = np.zeros(mixtures.shape[2], np.int32)
    for row, phone in zip(senones, phone_of, strict=True):
        codebook[row] = phone
    return AcousticModel(
        phones=phones,
        number={name: i for i, name in enumerate(phones)},
        quiet=quiet,
        senones=senones,
        triphone=triphone,
        alone=alone,
        moves=_read_moves((folder / "transition_matrices").read_bytes())[kind],
        means=np.ascontiguousarray(means.transpose(0, 1, 3, 2)),
        weights=np.ascontiguousarray((0.5 / variances).transpose(0, 1, 3, 2)),
        constants=constants.astype(np.float32),
        mixtures=mixtures,
        codebook=codebook,
        shares=np.exp(-_UNIT * np.arange(256)),
    )


def _read_definition(data: bytes) -> tuple[tuple[str, ...], tuple[int, ...], I32, I32, I32, I32, I32]:
    if data[:4] != b"BMDF":
        raise ValueError("mdef")
    at = 12 + int.from_bytes(data[8:12], "little")
    head = np.frombuffer(data, "<i4", 10, at)
    count, triphones, states, rows, leaves, silence = (int(head[i]) for i in (0, 1, 2, 6, 8, 9))
    if states != 3:
        raise ValueError("mdef: three states a phone are expected")
    at += 40
    names = data[at:].split(b"\0", count)[:count]
    phones = tuple(name.decode("ascii") for name in names)
    size = sum(len(name) + 1 for name in names)
    at += (size + 3 & ~3) + leaves * 8
    entry = np.dtype([("row", "<i4"), ("moves", "<i4"), ("info", "u1", 4)])
    entries = np.frombuffer(data, entry, triphones, at)
    at += triphones * entry.itemsize + 4
    table = np.frombuffer(data, "<u2", rows * 3, at).reshape(rows, 3).astype(np.int32)
    quiet = tuple(i for i in range(count) if entries["info"][i, 0] or i == silence)
    triphone = np.empty((4, count, count, count), np.int32)
    triphone[:] = entries["row"][:count][None, :, None, None]
    near = entries[count:]
    place, phone, left, right = (near["info"][:, i].astype(np.int64) for i in range(4))
    for other in (INSIDE, BEGIN, END, SINGLE):  # a neighbourhood unknown at one place is taken from another
        mine = place == other
        triphone[:, phone[mine], left[mine], right[mine]] = near["row"][mine]
    triphone[place, phone, left, right] = near["row"]
    phone_of = np.zeros(rows, np.int32)
    phone_of[entries["row"][:count]] = np.arange(count)
    phone_of[near["row"]] = phone
    alone = entries["row"][:count].astype(np.int32)
    return phones, quiet, table, triphone, alone, phone_of, entries["moves"][:count].astype(np.int32)


def _after_header(data: bytes) -> int:
    """Where the numbers of a file of Sphinx's third format begin: behind the header and the mark of byte order."""
    if data[:3] != b"s3\n":
        raise ValueError("an s3 header is expected")
    at = data.index(b"endhdr\n") + 7
    if data[at : at + 4] != b"\x44\x33\x22\x11":
        raise ValueError("little-endian numbers are expected")
    return at + 4


def _read_gaussians(data: bytes) -> npt.NDArray[np.float64]:
    """(codebooks, streams, densities, width)."""
    at = _after_header(data)
    books, streams, densities = (int(n) for n in np.frombuffer(data, "<i4", 3, at))
    widths = np.frombuffer(data, "<i4", streams, at + 12)
    if len(set(widths.tolist())) != 1:
        raise ValueError("streams of one width are expected")
    start = at + 12 + 4 * streams
    total = int(np.frombuffer(data, "<i4", 1, start)[0])
    values = np.frombuffer(data, "<f4", total, start + 4).astype(np.float64)
    return values.reshape(books, streams, densities, int(widths[0]))


def _read_mixtures(data: bytes, streams: int, densities: int) -> npt.NDArray[np.uint8]:
    """(streams, densities, senones): bytes of ``_UNIT``."""
    at, packed = 0, False
    while True:
        size = int.from_bytes(data[at : at + 4], "little")
        at += 4
        if size == 0:
            break
        packed |= data[at : at + size].startswith((b"cluster_count 1", b"cluster_bits 4"))
        at += size
    if packed:
        raise ValueError("mixture weights of 8 bits are expected")
    rows, columns = (int(n) for n in np.frombuffer(data, "<i4", 2, at))
    if rows != densities:
        raise ValueError("one weight for each Gaussian is expected")
    found = np.frombuffer(data, np.uint8, streams * rows * columns, at + 8)
    return found.reshape(streams, rows, columns).copy()


def _read_moves(data: bytes) -> F32:
    at = _after_header(data)
    count, states, ways, _ = (int(n) for n in np.frombuffer(data, "<i4", 4, at))
    values = np.frombuffer(data, "<f4", count * states * ways, at + 16).reshape(count, states, ways).astype(np.float64)
    values = values / values.sum(axis=2, keepdims=True)
    with np.errstate(divide="ignore"):
        moves: F32 = np.maximum(np.log(values), -1e4).astype(np.float32)
    return moves
