"""`warraq extract`: one page in, one article out."""

import json

import click

from archiver.cli._fetch import as_plain, fetched_at_option, page_argument, page_from, url_option
from archiver.cli._golden import ARTICLE_KINDS
from archiver.extract import read_page

NOT_PRINTED = frozenset({"provenance", "blocks", "body"})


@click.command()
@page_argument
@url_option
@fetched_at_option
@click.option("--json", "as_json", is_flag=True, help="The whole item as one JSON object.")
@click.pass_context
def command(ctx: click.Context, source: str, url: str | None, fetched_at: str | None, as_json: bool) -> None:
    """Read the article of FILE, URL, or standard input (-), and print it.

    Exits with 1 where the page is no article; what it was taken for is said on standard error.
    """
    reading = read_page(page_from(source, url, fetched_at))
    item = reading.article.to_dict()
    if as_json:
        click.echo(json.dumps(item, ensure_ascii=False, indent=1))
    else:
        for name, value in item.items():
            if name not in NOT_PRINTED and value not in (None, []):
                click.echo(f"{name}: {as_plain(value)}")
        if item["body"]:
            click.echo(f"\n{item['body']}")
    if reading.verdict.kind not in ARTICLE_KINDS:
        click.echo(
            f"warraq: {item['url']}: no article but {reading.verdict.kind} "
            f"({'; '.join(reading.verdict.evidence)}); `warraq probe` shows why",
            err=True,
        )
        ctx.exit(1)
