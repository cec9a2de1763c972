"""The store's files in a bucket: S3 and what speaks like it, through obstore (extra ``s3``).

``url``: ``s3://bucket/prefix`` with the usual AWS_* variables (AWS_ENDPOINT_URL for Garage, SeaweedFS and others), or
``memory:///`` and ``file:///path`` for trials.

Errors: StoreError.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assets.errors import StoreError
from assets.store import Held


class ObjectFiles:
    """Files in one bucket. ``store``: an obstore store, for tests; otherwise opened from ``url``."""

    def __init__(self, url: str, store: Any = None) -> None:
        try:
            import obstore
            from obstore.store import from_url
        except ImportError as fault:
            raise StoreError("a bucket needs the package obstore: pip install 'shelfway[s3]'") from fault
        self._obstore: Any = obstore
        self._errors: Any = obstore.exceptions
        self._url = url
        try:
            self._store = store if store is not None else from_url(url)
        except self._errors.BaseError as fault:
            raise StoreError(f"the bucket {url} cannot be opened; check its address and the AWS_* variables") from fault

    def write(self, name: str, data: bytes) -> None:
        """A put is whole or not at all."""
        try:
            self._obstore.put(self._store, name, data)
        except self._errors.BaseError as fault:
            raise StoreError(f"{self._url} does not take {name}") from fault

    def read(self, name: str, start: int = 0, stop: int | None = None) -> bytes | None:
        """Bytes from start up to, not including, stop."""
        try:
            size = self._obstore.head(self._store, name)["size"]
            end = size if stop is None else min(stop, size)
            if start >= end:
                return b""
            return bytes(self._obstore.get_range(self._store, name, start=start, end=end))
        except (FileNotFoundError, self._errors.NotFoundError):
            return None
        except self._errors.BaseError as fault:
            raise StoreError(f"{self._url} does not give {name}") from fault

    def size(self, name: str) -> int | None:
        """Bytes of a file."""
        try:
            return int(self._obstore.head(self._store, name)["size"])
        except (FileNotFoundError, self._errors.NotFoundError):
            return None
        except self._errors.BaseError as fault:
            raise StoreError(f"{self._url} does not answer for {name}") from fault

    def remove(self, name: str) -> None:
        """Nothing happens when it is not there."""
        try:
            self._obstore.delete(self._store, name)
        except (FileNotFoundError, self._errors.NotFoundError):
            return
        except self._errors.BaseError as fault:
            raise StoreError(f"{self._url} does not remove {name}") from fault

    def touch(self, name: str) -> None:
        """Buckets keep no time of use: an entry is small, so it is written again."""
        data = self.read(name)
        if data is not None:
            self.write(name, data)

    def list(self) -> Iterator[Held]:
        """Every file."""
        try:
            for page in self._obstore.list(self._store):
                for one in page:
                    yield Held(str(one["path"]), int(one["size"]), one["last_modified"].timestamp())
        except self._errors.BaseError as fault:
            raise StoreError(f"{self._url} cannot be listed") from fault
