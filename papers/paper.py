"""A paper as arXiv announces it, and nothing about where it is kept or shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. Title and abstract are kept as received; `papers.text.clean` derives what is read.

    `id` is the arXiv id without version (`2002.10187`, `quant-ph/9802028`), or for papers from
    elsewhere `doi:10.1101/…` or the address itself. `categories` has the primary category first.
    """

    id: str
    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    comment: str = ""
    doi: str = ""

    @property
    def link(self) -> str:
        """The address of the page about this paper (arXiv asks to link there, not to the PDF)."""
        if self.id.startswith(("https://", "http://")):
            return self.id
        if self.id.startswith("doi:"):
            return f"https://doi.org/{self.id.removeprefix('doi:')}"
        return f"https://arxiv.org/abs/{self.id}"
