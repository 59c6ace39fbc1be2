"""What can be wrong with a site: a fixed vocabulary. docs/health.md is this table; a test holds the two together."""

from enum import StrEnum


class Code(StrEnum):
    """What an alert says of a site."""

    FAILED = "failed"
    BLOCKED = "blocked"
    SILENT = "silent"
    TITLE_LOST = "title_lost"
    DATE_LOST = "date_lost"
    BODY_LOST = "body_lost"
    BODY_SHRUNK = "body_shrunk"
    ARTICLES_GONE = "articles_gone"


MEANING = {
    Code.FAILED: "the site was not reached, answered with an error, gave no article at all, or led nowhere any more",
    Code.BLOCKED: "a challenge page stands before the site",
    Code.SILENT: "nothing new came, for longer than the site was ever silent before",
    Code.TITLE_LOST: "articles lack a title, and did not before",
    Code.DATE_LOST: "articles lack a date of publication, and did not before",
    Code.BODY_LOST: "articles lack a text, and did not before",
    Code.BODY_SHRUNK: "texts are much shorter than before",
    Code.ARTICLES_GONE: "most of the known articles that were looked at are gone, or one page stands for them",
}
