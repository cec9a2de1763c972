"""``GET /v1/tours``: the tours that the home keeps, for menus; each is begun by the message ``lead_tour``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request

from server.tours import Finding, NoTour, list_tours, read_tour
from wire.messages.base import Message

if TYPE_CHECKING:
    from server.parts import Parts


class TourTitle(Message):
    """A tour by name, with its title and its stops' names by language."""

    name: str
    title: dict[str, str]
    stops: tuple[dict[str, str], ...]


class ToursBody(Message):
    """The tours of the home; one that cannot be walked here is left out."""

    tours: tuple[TourTitle, ...]


def tours_router() -> APIRouter:
    """The path of the tours."""
    router = APIRouter()

    @router.get("/v1/tours")
    async def tours(request: Request) -> ToursBody:
        """The tours that the home keeps."""
        parts: Parts = request.app.state.parts
        return await parts.workers.run("thinking", lambda: _list(parts))

    return router


def _list(parts: Parts) -> ToursBody:
    home, finding = parts.settings.home, Finding(parts.place_of, parts.finder.locate)
    found = ((name, read_tour(home, name, finding)) for name in list_tours(home))
    return ToursBody(
        tours=tuple(
            TourTitle(name=name, title=dict(tour[0]), stops=tuple(dict(stop.name) for stop in tour[1]))
            for name, tour in found
            if not isinstance(tour, NoTour)
        )
    )
