"""What a desk remembers of one story's deliveries, without a store."""

from __future__ import annotations

from dataclasses import dataclass, field

from workstation.export.cms.delivery import SentPicture


@dataclass
class Kept:
    """A memory, for one story."""

    number: str = ""
    address: str = ""
    left: str = ""
    pictures: dict[str, SentPicture] = field(default_factory=dict)

    def post(self) -> str:
        return self.number

    def state(self) -> str:
        return self.left

    def keep_post(self, post: str, address: str, state: str) -> None:
        self.number, self.address, self.left = post, address, state

    def picture(self, sha256: str) -> SentPicture | None:
        return self.pictures.get(sha256)

    def keep_picture(self, sha256: str, sent: SentPicture) -> None:
        self.pictures[sha256] = sent
