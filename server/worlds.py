"""The worlds of this home: who may have one, what it shows, painting it, checking, labelling and keeping it.

Blocking; called by the command ``world`` and, in worker threads, by the scene journey. Raises what the rooms raise, and
CommandError for a record that the home does not hold.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assets.brief import Audience, Brief, Lang, Level
from assets.brief_compose import brief_of_idea, brief_of_record, brief_of_shelf
from assets.build import build_world
from assets.check import find_world_faults
from assets.errors import AssetError, BlockedError
from assets.label import Labelled, label_bytes
from assets.label_aigc import Provenance
from assets.painters import Painter, Watch, load_painter
from assets.safety import Audited, BlockList, audit_line, check_image
from assets.store import Entry, Facts, Store
from server.errors import CommandError
from server.labelling import find_signing
from server.settings import Settings

if TYPE_CHECKING:
    from assets.label_c2pa import C2paSigning
    from library.store import Catalogue
    from library.values import Record

BLOCK_FILE, AUDIT_FILE, APPROVED_FILE = "blocked.txt", "worlds-audit.jsonl", "worlds-approved.txt"
REVISION = 2
"""Raised when the same brief and picture would become another file."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A world made now: the file with its label, and what is told about it."""

    labelled: Labelled
    brief: Brief
    facts: Facts
    hotspots: int
    portals: int
    props: int


class Worlds:
    """``store`` None: nothing is kept (the command). ``painter``: handed in by tests, else made from the settings."""

    def __init__(
        self, catalogue: Catalogue, settings: Settings, store: Store | None = None, painter: Painter | None = None
    ) -> None:
        self._catalogue, self._settings, self._store = catalogue, settings, store
        self._painter = painter
        self._signing: C2paSigning | None = None
        self._signing_sought = False
        self._blocked = BlockList.of(_lines(settings.home / BLOCK_FILE))

    @property
    def painter(self) -> Painter:
        """Who paints here; its model is loaded on first use. Raises ModelError."""
        if self._painter is None:
            self._painter = make_painter(self._settings)
        return self._painter

    def brief(
        self, record_id: str | None, shelf: str | None, idea: str | None, lang: Lang, level: Level = "full"
    ) -> Brief:
        """The brief of a record, a theme shelf (words that find its books) or a reader's idea."""
        audience = self._audience(level)
        try:
            if record_id is not None:
                record = self._catalogue.get(record_id)
                if record is None:
                    raise CommandError(f"the catalogue holds no record {record_id}", "unknown_record", "RECORD")
                from library.passages import search_passages

                passages = search_passages(self._catalogue, record.title[:200], limit=4)
                return brief_of_record(record, lang, self._blocked, passages, self._related(record), audience)
            from library.search import search

            if shelf is not None:
                records = [hit.record for hit in search(self._catalogue, shelf[:200], limit=40)]
                return brief_of_shelf(shelf, records, lang, self._blocked, audience)
            if self._settings.world_audience == "children":
                raise CommandError("worlds of free ideas are not offered here", "not_allowed", "idea")
            return brief_of_idea(idea or "", lang, self._blocked, audience)
        except BlockedError as refused:
            self.audit(refused.audited)
            raise

    def brief_of_theme(self, name: str, records: Sequence[Record], lang: Lang, level: Level = "full") -> Brief:
        """The brief of a theme whose books are known."""
        try:
            return brief_of_shelf(name, records, lang, self._blocked, self._audience(level))
        except BlockedError as refused:
            self.audit(refused.audited)
            raise

    def _audience(self, level: Level) -> Audience:
        """Whom a world is for: whoever wants easy reading gets what children get, never the other way."""
        return "children" if level == "easy" else self._settings.world_audience

    def key(self, brief: Brief) -> str:
        """What the finished world of a brief is kept under."""
        return brief.key(f"{self.painter.name}/{REVISION}", self._settings.world_width_px)

    def find(self, key: str) -> Entry | None:
        """A world that is kept, None when it must be made."""
        return self._store.find(key) if self._store is not None else None

    @property
    def approved_file(self) -> Path:
        """Where the hashes stand that staff have approved."""
        return self._settings.home / APPROVED_FILE

    def approved(self) -> list[str]:
        """The hashes that staff have approved."""
        return [line.strip() for line in _lines(self.approved_file) if line.strip()]

    def may_be_shown(self, entry: Entry) -> bool:
        """Has staff approved it, where the home asks for that?"""
        return not self._settings.worlds_reviewed or entry.hash in self.approved()

    def make(self, brief: Brief, watch: Watch) -> Finished:
        """Paint, check, build and label a world. Raises StoppedError, PainterError, BlockedError, AssetError."""
        painter, settings = self.painter, self._settings
        painting = painter.paint(brief, settings.world_width_px, watch)
        if painter.label == "ai":
            try:
                self.audit(check_image(painting.panorama, None, settings.pictures_checked))
            except BlockedError as refused:
                self.audit(refused.audited)
                raise
        made = Provenance(painter.label, settings.producer_code, self.key(brief)[:32], painter.name, painter.licence)
        world = build_world(brief, painting.panorama, made)
        labelled = label_bytes(world.data, made, self._find_signing())
        faults = find_world_faults(labelled.data, painter.label)
        if faults:
            raise AssetError(f"the world is not fit to be entered: {'; '.join(faults)}")
        when = datetime.now(UTC).isoformat(timespec="seconds")
        facts = Facts(painter.label, painter.licence, painter.name, brief.record_id, brief.title, brief.prompt, when)
        return Finished(labelled, brief, facts, world.hotspots, world.portals, world.props)

    def keep(self, finished: Finished) -> Entry:
        """Put a finished world into the store. Raises StoreError."""
        assert self._store is not None
        key = self.key(finished.brief)
        return self._store.put(finished.labelled.data, "glb", finished.facts, key, finished.labelled.sidecar)

    def audit(self, audited: Audited, by: str = "reader") -> None:
        """Write a decision into the home's audit file; the words themselves are never kept."""
        when = datetime.now(UTC).isoformat(timespec="seconds")
        self._settings.home.mkdir(parents=True, exist_ok=True)
        with (self._settings.home / AUDIT_FILE).open("a", encoding="utf-8") as out:
            out.write(json.dumps(audit_line(audited, when, by)) + "\n")

    def _find_signing(self) -> C2paSigning | None:
        if not self._signing_sought:
            name = next(iter(self._settings.library_name.values()), "Library")
            self._signing = find_signing(self._settings.home, name, make=True)
            self._signing_sought = True
        return self._signing

    def _related(self, record: Record) -> list[Record]:
        from library.search import search

        found: dict[str, Record] = {}
        for subject in record.subjects[:4]:
            for hit in search(self._catalogue, subject[:100], limit=8):
                found.setdefault(hit.record.record_id, hit.record)
        found.pop(record.record_id, None)
        return sorted(found.values(), key=lambda one: (one.synthetic, one.record_id))[:4]


def make_painter(settings: Settings) -> Painter:
    """The painter that the settings name. Raises ModelError, PainterError."""
    from assets.errors import ModelError

    if settings.painter == "diffusion":
        if settings.painter_model is None:
            raise ModelError("the painter diffusion needs a model folder: set painter_model, or give --model DIR")
        more = {"loras": settings.painter_loras, "upscaler": settings.painter_upscaler}
        return load_painter("diffusion", model=settings.painter_model, **more)
    if settings.painter == "remote":
        if settings.painter_url is None:
            raise ModelError("the painter remote needs an address: set painter_url")
        return load_painter("remote", url=settings.painter_url)
    return load_painter("procedural")


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8-sig").splitlines() if path.is_file() else []
