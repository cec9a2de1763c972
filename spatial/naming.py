"""Names that tell one room from another: placeholders that a drawing tool left on most rooms do not."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from spatial.plan import Labels, Plan, Unit

_MANY, _SHARE = 4, 0.3


def telling_name(plan: Plan, unit: Unit) -> Labels:
    """The unit's name, or nothing when more than four units and a third of all carry the same one."""
    texts = tuple(tuple(u.name.values()) for u in plan.units)
    blank = _placeholders(texts)
    return {} if any(text in blank for text in unit.name.values()) else unit.name


@lru_cache(maxsize=8)
def _placeholders(texts: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    counts = Counter(text for names in texts for text in set(names))
    named = sum(1 for names in texts if names)
    return frozenset(text for text, n in counts.items() if n > _MANY and n > _SHARE * named)
