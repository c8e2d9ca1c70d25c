"""An HTTP body unpacked in bounded steps: a megabyte that unpacks to a gigabyte does no harm."""

import zlib

_STEP = 65_536


class TooMuch(Exception):
    """The body is longer than it may be. (`most` is told by whoever set it.)"""


class Damaged(Exception):
    """The body is not what its encoding says, or ends too early."""


class Unpacker:
    """Takes a body's pieces as they come over the wire and holds at most `most` bytes of it.

    `encoding` is the Content-Encoding: none, `gzip` or `deflate` (with or without zlib's head).
    """

    def __init__(self, encoding: str, most: int) -> None:
        encoding = encoding.strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise Damaged(f"the encoding {encoding[:20]!r} was not asked for")
        self._packed = encoding not in ("", "identity")
        self._zlib = zlib.decompressobj(wbits=47)  # gzip or zlib, by their heads
        self._raw_deflate = encoding == "deflate"
        self._most = most
        self._size = 0
        self._parts: list[bytes] = []

    def feed(self, piece: bytes) -> None:
        """Takes the next piece. Raises TooMuch or Damaged."""
        if not self._packed:
            self._keep(piece)
            return
        while piece and not self._zlib.eof:
            self._keep(self._inflated(piece))
            piece = self._zlib.unconsumed_tail

    def body(self) -> bytes:
        """The whole body, after the last piece. Raises Damaged when it is cut off."""
        if self._packed and self._size and not self._zlib.eof:
            raise Damaged("the packed body is cut off")
        return b"".join(self._parts)

    def _inflated(self, piece: bytes) -> bytes:
        try:
            return self._zlib.decompress(piece, _STEP)
        except zlib.error as error:
            if not self._raw_deflate or self._size:
                raise Damaged(f"the body can't be unpacked: {error}") from error
        self._raw_deflate, self._zlib = False, zlib.decompressobj(wbits=-15)
        return self._inflated(piece)

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > self._most:
            self._parts.clear()
            raise TooMuch
        self._parts.append(part)
