"""Worlds of books: asked for, waited for, seen in the making, ready to be fetched by HTTP."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from wire.messages.base import Id, Lang, Message, Number


class OpenWorld(Message):
    """Open the world of a record, of a theme shelf or of an idea: exactly one of the three."""

    type: Literal["open_world"] = "open_world"
    id: Id
    record_id: Annotated[str, Field(max_length=128)] | None = None
    shelf: Annotated[str, Field(max_length=200, description="Words that find the books of a theme.")] | None = None
    idea: Annotated[str, Field(max_length=500, description="What the reader would like to see.")] | None = None
    lang: Lang | None = Field(default=None, description="Language of the words in it; absent: the session's.")
    level: Literal["full", "easy"] = Field(
        default="full", description="Reading level; easy: short sentences, and the pictures that children get."
    )


class CancelWorld(Message):
    """I no longer want the world that I asked for under this id; what others wait for goes on."""

    type: Literal["cancel_world"] = "cancel_world"
    of: Id


class WorldQueued(Message):
    """The request waits. Sent again when the place changes."""

    type: Literal["world_queued"] = "world_queued"
    of: str = Field(description="Id of the request.")
    position: int = Field(ge=0, description="Worlds that are painted before this one; 0: it is being painted.")
    wait_s: Number = Field(description="Seconds until it is likely to be ready, by the last ones.")
    shared: bool = Field(description="Somebody else waits for the same world already.")


class WorldProgress(Message):
    """How far the painting is. Droppable."""

    type: Literal["world_progress"] = "world_progress"
    of: str
    done: int = Field(description="Steps done.")
    steps: int = Field(description="Steps in all.")


class WorldPreview(Message):
    """The picture in the making, small. Droppable."""

    type: Literal["world_preview"] = "world_preview"
    of: str
    jpeg: str = Field(description="Base64 of a JPEG of a few kilobytes.")


class WorldReady(Message):
    """The world can be fetched."""

    type: Literal["world_ready"] = "world_ready"
    of: str
    url: str = Field(description="Path on this server; its bytes never change.")
    hash: str = Field(description="SHA-256 of the file, hex.")
    bytes: int = Field(description="Size of the file.")
    title: str
    record_id: str = ""
    label: Literal["ai", "algorithmic"] = Field(description="How it was made; show it to the reader.")
    licence: str
    painter: str
    cached: bool = Field(description="It was made before.")
    room: str = Field(default="", description="The room of those who are in this world; enter it to meet them.")


class WorldCancelled(Message):
    """The request is withdrawn."""

    type: Literal["world_cancelled"] = "world_cancelled"
    of: str
