"""Our components say the same as those of the design base: each is held against the HTML that govuk-frontend publishes.

The fixtures are in the locked npm package that set-up installs (`assets/node_modules`). Where they are not, these tests say
so and skip. Compared is what a browser and a screen reader are told: names, values, labels, descriptions in their order,
states, roles and base classes. What we leave out on purpose stands in `LEFT_OUT`, each with its reason.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django_cotton.compiler_regex import CottonCompiler

import gumruk
from gumruk.rules.types import Finding, Severity

pytestmark = pytest.mark.django_db  # faults are worded by the law of the day
ROOT = Path(gumruk.__file__).parent.parent.parent
FIXTURES = ROOT / "assets" / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"
OURS = ROOT / "src" / "gumruk" / "web" / "templates" / "cotton"
VOID = frozenset({"input", "br", "hr", "img", "link", "meta"})
LEFT_OUT = {
    "data-module": "the scripts of the design base are not used",
    "draggable": "belongs to the script that lets the space bar press a link",
    "role=button": "a link without that script does not answer to the space bar, so it stays a link",
}
DAY = date(2026, 3, 2)

if not FIXTURES.exists():  # pragma: no cover
    pytest.skip(
        "the npm package of the design base is not installed: python scripts/assets.py", allow_module_level=True
    )


@dataclass(slots=True)
class Element:
    tag: str
    attributes: dict[str, str]
    inside: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        parts = (one if isinstance(one, str) else one.text for one in self.inside)
        return " ".join(" ".join(parts).split())

    def every(self) -> list[Element]:
        found = [self]
        for one in self.inside:
            if isinstance(one, Element):
                found += one.every()
        return found

    def first(self, *tags: str) -> Element:
        return next(one for one in self.every() if one.tag in tags)

    def by_id(self, name: str) -> Element:
        return next(one for one in self.every() if one.attributes.get("id") == name)

    @property
    def base(self) -> set[str]:
        """The classes of the design base, without those of a state: our states have names of their own."""
        said = self.attributes.get("class", "").split()
        return {one for one in said if one.startswith("govuk-") and not one.endswith(("--error", "--success"))}


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("root", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_endtag(self, tag: str) -> None:
        if len(self.open) > 1 and self.open[-1].tag == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read(html: str) -> Element:
    reader = Reader()
    reader.feed(html)
    return reader.root


def theirs(component: str, name: str) -> tuple[dict[str, Any], Element]:
    said = json.loads((FIXTURES / component / "fixtures.json").read_text(encoding="utf-8"))
    found = next(one for one in said["fixtures"] if one["name"] == name)
    return found["options"], read(found["html"])


def ours(source: str, **context: Any) -> Element:
    return read(Template(CottonCompiler().process(source)).render(Context({"day": DAY, **context})))


def told(root: Element, *tags: str) -> dict[str, Any]:
    """What is told about the one control in `root`."""
    control = root.first(*tags)
    about = control.attributes.get("aria-describedby", "").split()
    label = next(one for one in root.every() if one.tag == "label")
    assert label.attributes["for"] == control.attributes["id"]
    return {
        "tag": control.tag,
        "name": control.attributes["name"],
        "id": control.attributes["id"],
        "type": control.attributes.get("type", "text") if control.tag == "input" else "",
        "value": control.attributes.get("value", "") if control.tag == "input" else control.text,
        "inputmode": control.attributes.get("inputmode", ""),
        "rows": control.attributes.get("rows", ""),
        "base": control.base,
        "label": label.text,
        # Ours adds the code of the rule as a link; theirs begins with a hidden word.
        "described": [re.sub(r"^Error: ", "", root.by_id(name).text).partition(" FLC-")[0] for name in about],
    }


def fault(said: str) -> Finding:
    """A finding that no rule words: its code is its sentence."""
    return Finding(said, Severity.ERROR, "x", "1", "", "", "", {})


def compared(component: str, name: str, kind: str, *tags: str) -> None:
    options, said = theirs(component, name)
    error = (options.get("errorMessage") or {}).get("text", "")
    made = ours(
        '<c-field :name="name" :id="id" :label="label" :hint="hint" :value="value" :kind="kind" :faults="faults" :day="day" '
        ':rows="rows" :options="options" />',
        name=options["name"],
        id=options.get("id", options["name"]),
        label=options["label"]["text"],
        hint=(options.get("hint") or {}).get("text", ""),
        value=options.get("value", ""),
        kind="number" if options.get("inputmode") == "decimal" else kind,
        faults=(fault(error),) if error else (),
        rows=options.get("rows", 5),
        options=[(one.get("value", ""), one.get("text", "")) for one in options.get("items", []) if one],
    )
    left, right = told(made, *tags), told(said, *tags)
    if error:
        assert made.first(*tags).attributes["aria-invalid"] == "true"
        left["described"] = [
            text.removesuffix(f" {error}") for text in left["described"]
        ]  # its code is the sentence again
    assert left == right, name


@pytest.mark.parametrize(
    "name",
    [
        "default",
        "with hint text",
        "with error message",
        "with error and hint",
        "id",
        "value",
        "zero value",
        "inputmode",
    ],
)
def test_an_input_tells_what_the_design_base_tells(name: str) -> None:
    compared("input", name, "text", "input")


@pytest.mark.parametrize(
    "name",
    [
        "default",
        "with hint",
        "with error message",
        "with hint and error message",
        "with default value",
        "with custom rows",
    ],
)
def test_a_textarea_tells_what_the_design_base_tells(name: str) -> None:
    compared("textarea", name, "textarea", "textarea")


@pytest.mark.parametrize("name", ["default", "hint", "error", "with hint text and error message"])
def test_a_select_tells_what_the_design_base_tells(name: str) -> None:
    compared("select", name, "select", "select")


def test_a_select_shows_what_is_chosen() -> None:
    options, said = theirs("select", "with selected value")
    pairs = [(one.get("value", one["text"]), one["text"]) for one in options["items"]]
    made = ours(
        '<c-field name="n" label="L" kind="select" :options="options" :value="value" />',
        options=pairs,
        value=options["value"],
    )
    chosen = [[one.text for one in root.every() if "selected" in one.attributes] for root in (made, said)]
    assert chosen[0] == chosen[1] == [next(text for value, text in pairs if value == options["value"])]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("default", "<c-button>Save and continue</c-button>"),
        ("secondary", '<c-button kind="quiet" name="secondary" act="x">Secondary button</c-button>'),
        ("warning", '<c-button kind="warning" name="Warning" act="x">Warning button</c-button>'),
        ("name", '<c-button name="start-now" act="x">Submit</c-button>'),
        ("type", '<c-button type="button">Submit</c-button>'),
        ("link", '<c-button href="/">Link button</c-button>'),
        (
            "link attributes",
            '<c-button href="/" aria-controls="test-target-element" data-tracking-dimension="123">Submit</c-button>',
        ),
    ],
)
def test_a_button_tells_what_the_design_base_tells(name: str, source: str) -> None:
    _, said = theirs("button", name)
    right, left = said.first("button", "a"), ours(source).first("button", "a")
    assert (left.tag, left.text, left.base) == (right.tag, right.text, right.base)
    for attribute, value in right.attributes.items():
        if attribute in LEFT_OUT or f"{attribute}={value}" in LEFT_OUT or attribute == "class":
            continue
        assert left.attributes.get(attribute) == value, (name, attribute)


def test_an_error_summary_tells_what_the_design_base_tells() -> None:
    options, said = theirs("error-summary", "default")
    findings = [
        Finding(one["text"], Severity.ERROR, one["href"].removeprefix("#"), "1", "", "", "", {})
        for one in options["errorList"]
    ]
    made = ours('<c-error_summary :findings="findings" :day="day" />', findings=findings)

    def links(root: Element) -> list[tuple[str, str]]:
        return [(one.text, one.attributes["href"]) for one in root.every() if one.tag == "a"]

    # Ours lead to fields, whose ids begin with f-.
    assert links(made) == [(text, href.replace("#", "#f-")) for text, href in links(said)]
    assert made.first("h2").text == said.first("h2").text
    assert made.first("h2").base == said.first("h2").base
    whole = made.first("div")
    assert whole.base == {"govuk-error-summary"}
    assert whole.attributes["role"] == "alert"
    assert whole.attributes["aria-labelledby"] == made.first("h2").attributes["id"]
    assert whole.attributes["tabindex"] == "-1"  # it takes the focus


@pytest.mark.parametrize("name", ["default", "expanded"])
def test_an_expander_tells_what_details_of_the_design_base_tell(name: str) -> None:
    options, said = theirs("details", name)
    open_ = ' open="yes"' if options.get("open") else ""
    made = ours(f'<c-expander title="{options["summaryText"]}"{open_}>{options["text"]}</c-expander>')
    for root in (made, said):
        assert root.first("summary").text == options["summaryText"]
        assert root.first("details").text == f"{options['summaryText']} {options['text']}"
        assert ("open" in root.first("details").attributes) is bool(options.get("open"))


def test_a_notice_is_an_alert_where_the_design_base_has_one() -> None:
    _, said = theirs("notification-banner", "with type as success")
    made = ours('<c-notice tone="good" title="Success" alert="yes">Email sent to example@email.com</c-notice>')
    assert made.first("div").attributes["role"] == said.first("div").attributes["role"] == "alert"
    assert made.first("h2").text == said.first("h2").text
    assert made.first("div").text == said.first("div").text
    _, quiet = theirs("notification-banner", "default")
    assert quiet.first("div").attributes["role"] == "region"
    assert (
        "role" not in ours("<c-notice>Words</c-notice>").first("div").attributes
    )  # in the order of the page: no landmark


def test_what_we_have_no_component_for_is_known() -> None:
    have = {path.stem for path in OURS.glob("*.html")}
    assert not have & {"radios", "checkboxes", "character_count", "tabs", "accordion"}, (
        "compare it with its fixtures here"
    )


@pytest.mark.parametrize("path", sorted(OURS.glob("*.html")), ids=lambda path: str(path.stem))
def test_each_component_is_on_the_page_of_components_and_in_its_list(path: Path) -> None:
    gallery = "".join(
        one.read_text(encoding="utf-8") for one in (OURS.parent / "web" / "shared").glob("gallery_*.html")
    ) + (OURS.parent / "web" / "shared" / "components.html").read_text(encoding="utf-8")
    bound_to_a_declaration = {"act", "draft_form"}  # they need a stored declaration; their parts are shown
    if path.stem not in bound_to_a_declaration:
        assert f"<c-{path.stem}" in gallery
    assert f"`c-{path.stem}`" in (ROOT / "docs" / "reference" / "components.md").read_text(encoding="utf-8")
