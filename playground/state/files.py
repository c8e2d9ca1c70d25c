"""Files that were sent, by file id. Pure; the bytes stay in memory, bounded."""

import hashlib
import itertools
from collections import deque
from dataclasses import dataclass

from playground.wire import Json

CAPACITY = 256 * 1024 * 1024
"""Bytes kept; beyond that the oldest files go."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file: its ids, the path it is downloaded under, and what is in it."""

    file_id: str
    unique_id: str
    path: str
    name: str
    mime_type: str
    content: bytes

    def view(self) -> Json:
        """Give the Bot API's File object."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
            "file_path": self.path,
        }

    def document(self) -> Json:
        """Give the Bot API's Document object."""
        return {
            "file_name": self.name,
            "mime_type": self.mime_type,
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
        }


class Files:
    """All files, found by id or by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._order: deque[StoredFile] = deque()
        self._size = 0
        self._numbers = itertools.count()

    def add(self, folder: str, name: str, mime_type: str, content: bytes) -> StoredFile:
        """Store a file under a path of our own making ("documents/file_7.pdf")."""
        number = next(self._numbers)
        digest = hashlib.sha256(f"{number}/{folder}".encode() + content).hexdigest()
        suffix = name.rpartition(".")[2] if "." in name else ""
        ending = f".{suffix}" if suffix.isascii() and suffix.isalnum() else ""
        file = StoredFile(
            file_id=f"BQACAgIAAx0{digest[:48]}",
            unique_id=f"AgAD{digest[48:59]}",
            path=f"{folder}/file_{number}{ending}",
            name=name,
            mime_type=mime_type,
            content=content,
        )
        self._by_id[file.file_id] = self._by_path[file.path] = file
        self._order.append(file)
        self._size += len(content)
        self._forget_oldest()
        return file

    def by_id(self, file_id: str) -> StoredFile | None:
        """Find a file by its id."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        """Find a file by the path that getFile gave; nothing else is reachable."""
        return self._by_path.get(path)

    def _forget_oldest(self) -> None:
        while self._size > CAPACITY and len(self._order) > 1:
            oldest = self._order.popleft()
            del self._by_id[oldest.file_id], self._by_path[oldest.path]
            self._size -= len(oldest.content)
