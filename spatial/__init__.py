"""The building: from a venue file to a walk that a reader can follow.

``read_imdf`` or ``read_osm`` gives a ``Plan`` and its faults; ``read_shelves`` puts shelf faces on it; ``locate`` finds
places by what people write. ``build_building`` makes the plan walkable, ``find_route`` finds the exact shortest walk,
``wording`` says it, and ``Guide`` leads a reader along it. ``check_plan`` says what is wrong with the whole.

Everything is a frozen value in map metres (``frames``); nothing here reads a clock or a network. The search is
compiled at its first use (some seconds) and kept in numba's cache: beside the code, or in ``NUMBA_CACHE_DIR`` where the
code lies in a folder that cannot be written.
"""
