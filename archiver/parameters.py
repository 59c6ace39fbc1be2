"""Parameters of a site's addresses that say nothing of what is shown there: a session, the page that a link stood on.

They are known by what the site does, not by a name. A parameter is idle where the site puts it on all of its links,
several stories were read the same to the letter under another value of it, one of them without it too (or they give as
their own an address without it), and nothing that differs by it alone tells another story. What is not put on all links
is left alone: a section's number may say nothing beside a story's, and everything beside a listing's.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import TypeAlias
from urllib.parse import unquote_plus

from archiver.article import Article
from archiver.errors import AddressError
from archiver.urls import canonicalise, key_of, parameters_of

STORIES = 3  # that were read the same whatever the value
PAGES = 2  # all of whose links have the parameter
LINKS, ALMOST_ALL = 3, 0.8  # of a page: as many at least, and the share of them that has it
LONG = 200  # letters of a text that is the same by no chance
ALIKE = 0.8  # of what two listings lead to, by its titles
MOST = 20_000  # addresses that are remembered, of each sort

Values: TypeAlias = frozenset[tuple[str, str]]
Known: TypeAlias = dict[tuple[str, Values, str | None], tuple[str, frozenset[int]]]
"""The value of one name and the titles shown, at an address but for that name; or the titles at the whole of it."""


class Parameters:
    """What is known of the parameters of one site's addresses; `idle` are the names that say nothing."""

    def __init__(self, idle: Iterable[str] = ()) -> None:
        self.idle = frozenset(idle)
        # the first address of a path and text
        self._first: dict[tuple[str, int], str] = {}
        # what stories are called; what listings lead to
        self._titles: Known = {}
        self._lists: Known = {}
        # the title that gave an address as its own
        self._owners: dict[str, int] = {}
        # texts, by the name that made no difference; by what they leave out of the address that they give as their own
        self._same: defaultdict[str, set[int]] = defaultdict(set)
        self._dropped: defaultdict[str, set[int]] = defaultdict(set)
        # names without which a story was read all the same; by which alone two differ; on all links of how many pages
        self._needless: set[str] = set()
        self._telling: set[str] = set()
        self._on_links: Counter[str] = Counter()
        self._own_addresses_lie = False

    def plain(self, url: str) -> str:
        """A canonical address without the parameters that say nothing."""
        return without(url, self.idle)

    def read_story(self, article: Article, on_links: Iterable[str]) -> bool:
        """Takes in a story and what is on all links of its page; whether a parameter turns out to be idle by it."""
        base, values = _parts(article.url)
        title, text = hash(article.title), hash((article.title, article.body))
        self._telling |= _told_apart(self._titles, base, values, frozenset({title}))
        if len(article.body or "") < LONG:
            return False
        self._on_links.update(on_links)
        if values:
            self._note_own_address(article.canonical_url, base, values, title, text)
        first = self._first.setdefault((base, text), article.url)
        self._note_same(_parts(first)[1], values, text)
        self._forget()
        return self._learn()

    def to_try(self, url: str) -> str | None:
        """An address of a story without what seems to say nothing, to see whether it is needed; None where
        nothing seems so.
        """
        names = [name for name, stories in self._same.items() if self._seems_idle(name, stories)]
        tried = without(url, names)
        return tried if tried != url else None

    def seen_as(self, article: Article) -> str | None:
        """The address under which a story was read before that is this one's but for a value, which is no number, of
        a name that is on all links and told nothing apart so far."""
        base, values = _parts(article.url)
        first = self._first.get((base, hash((article.title, article.body))), article.url)
        differing = _parts(first)[1] ^ values
        names = {name for name, _ in differing}
        is_idle = names and all(self._on_links[name] and name not in self._telling for name in names)
        return first if is_idle and not any(value.isdigit() for _, value in differing) else None

    def read_list(self, url: str, leads_to: Iterable[str]) -> None:
        """Takes in a page that is no story, and the titles of what it leads to."""
        titles = frozenset(map(hash, filter(None, leads_to)))
        self._telling |= _told_apart(self._lists, *_parts(url), titles)

    def read_twin(self, article: Article, other: str) -> bool:
        """Takes in that a story is known under another address; whether a parameter turns out to be idle by it."""
        (base, values), (other_base, others) = _parts(article.url), _parts(other)
        if base == other_base and len(article.body or "") >= LONG:
            self._note_same(others, values, hash((article.title, article.body)))
        return self._learn()

    def _note_own_address(self, url: str, base: str, values: Values, title: int, text: int) -> None:
        """Notes what a story leaves out of the address that it gives as its own, unless another gives the same."""
        try:
            own_base, own = _parts(canonicalise(url))
        except AddressError:
            return
        if own_base != base or not own < values:
            return
        if self._owners.setdefault(key_of(canonicalise(url)), title) != title:
            self._own_addresses_lie = True
        for name, _ in values - own:
            self._dropped[name].add(text)

    def _note_same(self, one: Values, other: Values, text: int) -> None:
        names = {name for name, _ in one ^ other}
        if len(names) == 1:
            self._same[name := names.pop()].add(text)
            if not all(name in dict(values) for values in (one, other)):
                self._needless.add(name)

    def _learn(self) -> bool:
        """Takes what is known well enough for idle; whether there was any."""
        learnt = {name for name in self._on_links if self._said_idle(name) or self._is_idle(name)} - self.idle
        self.idle |= learnt
        return bool(learnt)

    def _said_idle(self, name: str) -> bool:
        return not self._own_addresses_lie and self._seems_idle(name, self._dropped[name])

    def _is_idle(self, name: str) -> bool:
        return name in self._needless and self._seems_idle(name, self._same[name])

    def _seems_idle(self, name: str, stories: set[int]) -> bool:
        return (
            len(stories) >= STORIES
            and self._on_links[name] >= PAGES
            and name not in self._telling | self.idle
        )

    def _forget(self) -> None:
        """Lets go of the oldest: what is not put on all links soon is not worth the room."""
        for held in (self._first, self._titles, self._owners, self._lists):
            while len(held) > MOST:
                held.pop(next(iter(held)))  # type: ignore[call-overload]


def without(url: str, names: Collection[str]) -> str:
    """A canonical address without the parameters of these names."""
    base, question, query = url.partition("?")
    if not names or not question:
        return url
    pairs = [pair for pair in query.split("&") if unquote_plus(pair.partition("=")[0]) not in names]
    return f"{base}?{'&'.join(pairs)}" if pairs else base


def on_all_links(url: str, links: Iterable[str]) -> frozenset[str]:
    """The parameters of a page's address that all its links have, be it with one value or each with its own: a name
    with some values that come again is of what is linked.
    """
    own = parameters_of(url.partition("?")[2])
    queries = (link.partition("?")[2] for link in links) if own else ()
    found = [dict(parameters_of(each)) for each in queries]
    least = max(LINKS, ALMOST_ALL * len(found))
    names = set()
    for name, _ in own:
        given = [each[name] for each in found if name in each]
        if len(given) >= least and len(set(given)) in (1, len(given)):
            names.add(name)
    return frozenset(names)


def _parts(url: str) -> tuple[str, Values]:
    """The address without its parameters, in its one form, and these."""
    base, _, query = url.partition("?")
    return key_of(base), frozenset(parameters_of(query)) if query else frozenset()


def _without(values: Values, name: str) -> Values:
    return frozenset(pair for pair in values if pair[0] != name)


def _told_apart(known: Known, base: str, values: Values, titles: frozenset[int]) -> set[str]:
    """Takes in an address and the titles shown there; the names by which alone it differs from one of other titles."""
    known.setdefault((base, values, None), ("", titles))
    names = set()
    for name, value in values:
        rest, here = _without(values, name), (value, titles)
        for other, theirs in (
            known.get((base, rest, None), here),
            known.setdefault((base, rest, name), here),
        ):
            if other != value and not _are_alike(theirs, titles):
                names.add(name)
    return names


def _are_alike(one: frozenset[int], other: frozenset[int]) -> bool:
    return len(one & other) >= ALIKE * max(len(one), len(other))
