"""Public codes of the command line: which exception is which ``code`` in ``{error, code, where}``."""

from __future__ import annotations

from server.errors import CommandError, SettingsError


def code_of(fault: Exception) -> str:
    """The code of an exception; "internal" for one that nobody foresaw."""
    if isinstance(fault, CommandError):
        return fault.code
    if isinstance(fault, SettingsError):
        return "bad_setting"
    for cls in type(fault).__mro__:
        known = CODES.get(f"{cls.__module__}.{cls.__qualname__}")
        if known:
            return known
    return "cannot_read" if isinstance(fault, OSError) else "internal"


CODES: dict[str, str] = {
    "spatial.errors.VenueError": "bad_venue",
    "spatial.errors.ShelfListError": "bad_shelf_list",
    "spatial.errors.TwinError": "bad_twin",
    "spatial.errors.PlaceError": "unknown_place",
    "spatial.shapes.ShapeError": "bad_venue",
    "spatial.read_shelves._RowError": "bad_shelf_list",
    "library.marc_marc8.Marc8Error": "bad_catalogue",
    "spatial.errors.SpatialError": "bad_building",
    "library.errors.CallNumberError": "bad_call_number",
    "library.errors.CatalogueError": "bad_catalogue",
    "library.errors.DocumentError": "bad_document",
    "library.errors.LibraryError": "bad_library",
    "avatars.errors.PersonaError": "bad_persona",
    "avatars.errors.PictureError": "bad_picture",
    "avatars.errors.HistoryError": "bad_history",
    "avatars.errors.EngineError": "engine_failed",
    "avatars.errors.EngineMissing": "engine_missing",
    "avatars.engines.EngineError": "engine_failed",
    "avatars.errors.AvatarError": "librarian_failed",
    "assets.errors.FormatError": "unknown_format",
    "assets.errors.FontError": "font_missing",
    "assets.errors.ModelError": "bad_model",
    "assets.errors.MemoryShortError": "out_of_memory",
    "assets.errors.PainterError": "painter_failed",
    "assets.errors.BriefError": "no_brief",
    "assets.errors.BlockedError": "blocked",
    "assets.errors.StoreFullError": "store_full",
    "assets.errors.StoreError": "store_failed",
    "assets.errors.LabelError": "label_failed",
    "assets.errors.AssetError": "asset_failed",
    "server.errors.ReviewError": "bad_review",
    "server.errors.KeptError": "bad_visits",
}
"""Qualified name of an exception → code. Names, not classes, so that no room is imported to refuse a command."""
