"""What a page is: an article, or one of the things that must not be stored as one."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["article", "live_blog", "listing", "gallery", "paywalled", "soft_404", "challenge", "other"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a page is taken for, and every sign that spoke for or against it."""

    kind: Kind
    evidence: tuple[str, ...] = ()
