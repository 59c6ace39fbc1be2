"""CSS selectors matched over a page's own index of classes and ids.

A profile asks a page some forty selectors, most of which find nothing. Here a selector starts from the
few elements that carry its last part's class or id, and checks what stands above them; what this small
matcher does not know (sibling combinators, most pseudo-classes) is left to XPath.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from cssselect import HTMLTranslator, parse
from cssselect import parser as css
from lxml import etree

from archiver.page import Element, Page

Test = Callable[[Element], bool]


class UnknownSyntax(Exception):  # noqa: N818 - not an error: XPath knows it
    """A selector that only XPath can match."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where candidates come from: the class, id or tag of a selector's last part."""

    kind: str  # "class", "id" or "tag"
    name: str

    def among(self, page: Page) -> Sequence[Element]:
        """The candidates, in document order."""
        if self.kind == "tag":
            return page.elements if self.name == "*" else page.by_tag.get(self.name, ())
        return (page.by_class if self.kind == "class" else page.by_id).get(self.name, ())


@dataclass(frozen=True, slots=True)
class Matcher:
    """One compiled selector: its start and test where the index serves, its XPath always."""

    path: etree.XPath
    start: Start | None
    test: Test | None
    needs: tuple[Start, ...] = ()

    def find(self, where: Page | Element) -> list[Element]:
        """The elements it selects in a page (by the index) or below an element (by XPath)."""
        if not isinstance(where, Page):
            return cast("list[Element]", self.path(where))
        if self.start is None or self.test is None:
            return cast("list[Element]", self.path(where.root))
        for need in self.needs:
            if not need.among(where):
                return []
        return [each for each in self._candidates(where) if self.test(each)]

    def _candidates(self, page: Page) -> Sequence[Element]:
        """Where to look: for a bare tag below something named, only there."""
        if self.start is None or self.start.kind != "tag" or not self.needs:
            return () if self.start is None else self.start.among(page)
        inner = {each for holder in self.needs[0].among(page) for each in holder.iter(self.start.name)}
        return page.in_order(inner)


def compile_selector(text: str) -> Matcher:
    """One selector, compiled; a bad one raises `cssselect.SelectorError` or `etree.XPathError`."""
    path = etree.XPath(HTMLTranslator().css_to_xpath(text, prefix="descendant::"))
    try:
        (selector,) = parse(text)
        if selector.pseudo_element:
            raise UnknownSyntax
        tree = selector.parsed_tree
        last = tree.subselector if isinstance(tree, css.CombinedSelector) else tree
        return Matcher(path, _start(last), _test(tree), tuple(_needs(tree)))
    except (UnknownSyntax, ValueError):
        return Matcher(path, None, None)


def _start(tree: object) -> Start:
    if isinstance(tree, css.Hash):
        return Start("id", tree.id)
    if isinstance(tree, css.Class):
        inner = tree.selector
        return _start(inner) if isinstance(inner, css.Hash) else Start("class", tree.class_name)
    if isinstance(tree, css.Attrib | css.Negation):
        return _start(tree.selector)
    if isinstance(tree, css.Element):
        return Start("tag", tree.element.lower() if tree.element else "*")
    raise UnknownSyntax


def _needs(tree: object) -> Iterator[Start]:
    """Every class and id that must occur on a page for the selector to find anything there."""
    if isinstance(tree, css.CombinedSelector):
        yield from _needs(tree.selector)
        yield from _needs(tree.subselector)
    elif isinstance(tree, css.Class):
        yield Start("class", tree.class_name)
        yield from _needs(tree.selector)
    elif isinstance(tree, css.Hash):
        yield Start("id", tree.id)
        yield from _needs(tree.selector)
    elif isinstance(tree, css.Attrib):
        yield from _needs(tree.selector)


def _test(tree: object) -> Test:
    """A test of one element against a selector's tree."""
    if isinstance(tree, css.CombinedSelector):
        return _combined(tree)
    if isinstance(tree, css.Element):
        tag = tree.element.lower() if tree.element else None
        return (lambda element: True) if tag is None else (lambda element: element.tag == tag)
    if isinstance(tree, css.Hash):
        return _and(_test(tree.selector), "id", tree.id)
    if isinstance(tree, css.Class):
        inner, name = _test(tree.selector), tree.class_name
        return lambda element: bool(
            (said := element.get("class")) and name in said and name in said.split() and inner(element)
        )
    if isinstance(tree, css.Attrib):
        return _attribute(tree)
    raise UnknownSyntax


def _and(inner: Test, attribute: str, value: str) -> Test:
    return lambda element: element.get(attribute) == value and inner(element)


def _attribute(tree: css.Attrib) -> Test:
    inner, name, operator = _test(tree.selector), tree.attrib.lower(), tree.operator
    if operator == "exists":
        return lambda element: element.get(name) is not None and inner(element)
    value = tree.value.value if tree.value is not None else ""
    value = value or ""
    tests: Mapping[str, Callable[[str], bool]] = {
        "=": lambda said: said == value,
        "~=": lambda said: value in said.split(),
        "*=": lambda said: value in said,
        "^=": lambda said: said.startswith(value),
        "$=": lambda said: said.endswith(value),
    }
    if operator not in tests:
        raise UnknownSyntax
    holds = tests[operator]
    return lambda element: (said := element.get(name)) is not None and holds(said) and inner(element)


def _combined(tree: css.CombinedSelector) -> Test:
    above, own = _test(tree.selector), _test(tree.subselector)
    if tree.combinator == ">":
        return lambda element: own(element) and (parent := element.getparent()) is not None and above(parent)
    if tree.combinator == " ":
        return lambda element: own(element) and any(map(above, element.iterancestors()))
    raise UnknownSyntax
