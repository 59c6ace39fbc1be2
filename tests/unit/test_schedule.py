"""When sites and articles are due: the schedule's files, and what they come to."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from archiver.errors import InputError
from archiver.schedule import Schedule, due_sites, site_times
from archiver.store import Archive
from archiver.store.tables import Site

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_an_article_is_looked_at_less_often_the_older_it_is() -> None:
    schedule = Schedule.load()
    pace = [NOW - window.looked_before for window in schedule.windows(NOW)]
    assert pace == sorted(pace)
    assert pace[0] < timedelta(days=1) < timedelta(days=180) < pace[-1]
    newest, *older = schedule.windows(NOW)
    assert newest.dated_until > NOW
    assert [window.dated_until for window in older] == [w.dated_from for w in (newest, *older[:-1])]
    assert older[-1].dated_from is None


def test_the_archives_own_file_goes_over_the_schedule_key_by_key(tmp_path: Path) -> None:
    (tmp_path / "schedule.toml").write_text(
        '[sites]\nevery = "2d"\n[sites.own]\n"example.ly" = "30m"\n[articles]\nsteps = [{ every = "4w" }]\n'
    )
    schedule = Schedule.load(tmp_path)
    assert (schedule.pace("example.ly"), schedule.pace("other.ly")) == (
        timedelta(minutes=30),
        timedelta(days=2),
    )
    assert [step.every for step in schedule.steps] == [timedelta(weeks=4)]
    assert schedule.share == Schedule.load().share


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[sites\n", 1, "Expected"),
        ("[sites]\nevry = '6h'\n", 2, "sites.evry: no such key"),
        ("[articles]\nshare = 0.1\n\n[sites]\nevery = 6\n", 5, "sites.every: 6 is no duration"),
        ("[sites]\nevery = '0h'\n", 2, "sites.every"),
        ("[sites]\nevery = '99999999999w'\n", 2, "sites.every"),
        ("[sites.own]\n'example.ly' = 'often'\n", 2, "sites.own.example.ly: 'often'"),
        ("[articles]\nshare = 25\n", 2, "articles.share"),
        ("[articles]\nleast = true\n", 2, "articles.least"),
        ("[articles]\nsteps = [\n  { until = '1d' },\n]\n", 3, "articles.steps[1]: `every` is missing"),
        ("[sites]\nevery = '1h'\n[articles]\nsteps = [\n  { every = '1x' },\n]\n", 5, "articles.steps[1].every"),
        ("[articles]\nsteps = [{ every = '1d' }, { every = '2d' }]\n", 2, "only the last step"),
        ("[articles]\nsteps = [{ until='2d', every='1h' }, { until='1d', every='2h' }]\n", 2, "must be longer"),
        ("[lists]\nsections = -1\n", 2, "lists.sections"),
        ("[[articles.steps]]\nevery = '1d'\n[[articles.steps]]\nevry = '1d'\n", 4, "articles.steps[2].evry"),
        ("sites = 3\n", 1, "sites: must be a table"),
    ],
)  # fmt: skip
def test_a_schedule_that_is_wrong_is_refused_by_line_and_key(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    (tmp_path / "schedule.toml").write_text(text)
    with pytest.raises(InputError) as raised:
        Schedule.load(tmp_path)
    assert str(raised.value).startswith(f"{tmp_path / 'schedule.toml'}:{line}: ")
    assert said in str(raised.value)


def test_sites_are_due_when_their_time_has_come(tmp_path: Path) -> None:
    (tmp_path / "schedule.toml").write_text('[sites]\nevery = "6h"\n[sites.own]\n"hourly.ly" = "1h"\n')
    crawled = {
        "never.ly": None,
        "fresh.ly": "2026-11-23T09:00:00.000000+00:00",
        "stale.ly": "2026-11-22T09:00:00.000000+00:00",
        "hourly.ly": "2026-11-23T09:00:00.000000+00:00",
        "future.ly": "2031-01-01T00:00:00.000000+00:00",
    }
    archive = Archive.create_or_open(tmp_path)
    for name, moment in crawled.items():
        archive.site_id(f"https://{name}/")
        archive.connection.execute(update(Site).where(Site.name == name).values(crawled_at=moment))
    schedule = Schedule.load(archive.folder)
    due = due_sites(archive.connection, NOW, schedule)
    assert [each.name for each in due] == ["never.ly", "stale.ly", "hourly.ly", "future.ly"]
    assert [each.overdue(NOW) for each in due[:3]] == [timedelta(0), timedelta(hours=21), timedelta(hours=2)]
    times = {each.name: each for each in site_times(archive.connection, schedule)}
    assert times["fresh.ly"].due_at == datetime(2026, 11, 23, 15, tzinfo=UTC)
    assert times["fresh.ly"].overdue(NOW) is None
    archive.close()
