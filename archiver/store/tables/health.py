"""How each site's runs went, and the alerts they gave."""

from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from archiver.store.tables.base import Base, column, key, points_to


class SiteRun(Base):
    """What each crawl came to at each of its sites; kept too for runs that were killed."""

    __tablename__ = "site_runs"
    __table_args__ = (Index("ix_site_runs_site_id_ended_at", "site_id", "ended_at"),)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), primary_key=True, comment="the run")
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"), primary_key=True, comment="the site")
    started_at: Mapped[str] = column("UTC")
    ended_at: Mapped[str] = column("UTC; of a killed run, its last try")
    result: Mapped[str] = column("the run's result, or failed or blocked where the site was")
    error: Mapped[str | None] = column("why it failed or was blocked")
    is_bounded: Mapped[bool] = column("whether it was asked for a part only: a limit, dates, a section")
    requests: Mapped[int] = column("addresses that were tried")
    errors: Mapped[int] = column("tries that failed")
    outcomes: Mapped[dict[str, Any]] = column("how often each outcome came")
    new_articles: Mapped[int] = column("archived for the first time")
    recent_articles: Mapped[int] = column("of the new ones, those published within two days before the run")
    changed_articles: Mapped[int] = column("archived before, and changed")
    read_articles: Mapped[int] = column("new and changed ones: what the next four columns speak of")
    with_title: Mapped[int] = column("of these, those with a title")
    with_date: Mapped[int] = column("of these, those with a date of publication")
    with_body: Mapped[int] = column("of these, those with a text")
    median_body: Mapped[int | None] = column("letters of the middle one of their texts")


class AlertRow(Base):
    """What was wrong with a site, from the run that found it to the run that found it well again."""

    __tablename__ = "alerts"
    id: Mapped[int] = key()
    site_id: Mapped[int] = points_to("sites.id", "the site")
    code: Mapped[str] = column("a fixed code: see docs/health.md")
    detail: Mapped[str] = column("the particulars, as last seen")
    run_id: Mapped[int] = points_to("runs.id", "the run that raised it")
    raised_at: Mapped[str] = column("UTC")
    cleared_at: Mapped[str | None] = column("UTC; null while it stands")
    told: Mapped[str | None] = column("what the on_alert command was last told: raised or cleared")
