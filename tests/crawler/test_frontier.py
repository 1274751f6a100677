"""The frontier over real folders: order, pace, fairness, robots.txt first, and its end."""

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.schema import stamp
from archive.storage.entries import Found, Outcome
from archive.storage.paths import ArchivePaths
from archive.storage.store import Form, PortalArchive
from crawler.frontier import TROUBLES, Asking, Frontier
from crawler.portal import portal_from_toml
from crawler.portal_run import PortalRun
from crawler.robots import Robots, read_robots

OPEN = Robots(None, "x")


@pytest.fixture
def portal(tmp_path: Path):
    made: list[PortalRun] = []

    def make(slug: str, keys: dict[str, list[str]], delay: float = 0.0, limit: int | None = None) -> PortalRun:
        form = portal_from_toml(
            f'name = "x"\nprovince = "kon-tum"\nhosts = ["127.0.0.1:1"]\nloopback = true\n[network]\ndelay = {delay}\n',
            slug,
        )
        folder = ArchivePaths(tmp_path).portal(slug)
        archive = PortalArchive(folder, Form(slug, form.digest or "", form.text), "r1", {})
        offers = [
            Found(f"{slug}{host}{key}", f"http://{host}/{key}", host, "article")
            for host, all_ in keys.items()
            for key in all_
        ]
        archive.ledger.begin_run("r1", stamp(datetime.now(UTC)), offers, full=False)
        made.append(PortalRun(form, archive, delay, limit))
        return made[-1]

    yield make
    for each in made:
        each.archive.close()


def handing_out(*portals: PortalRun) -> Frontier:
    frontier = Frontier()
    for each in portals:
        frontier.take_up(each)
    return frontier


def settle(frontier: Frontier, asking: Asking, *, robots: Robots = OPEN, **more) -> None:
    if asking.address.kind == "robots":
        asking.host.robots = robots
        asking.host.robots_at = time.monotonic()
    else:
        state = "refused" if asking.refusal else "done"
        outcome = Outcome(asking.address.key, state, stamp(datetime.now(UTC)), "r1")
        asking.portal.archive.ledger.commit([], [outcome])
        asking.portal.tally["asked.article"] += 1
    frontier.release(asking, **more)


async def all_of(frontier: Frontier, **more) -> list[str]:
    taken = []
    async for asking in frontier:
        taken.append(asking.address.url + (" refused" if asking.refusal else ""))
        settle(frontier, asking, **more)
    return taken


def run(coroutine):
    return asyncio.run(asyncio.wait_for(coroutine, 20))


def test_robots_first_then_in_order(portal):
    frontier = handing_out(portal("a", {"h": ["1", "2"]}))
    assert run(all_of(frontier)) == ["http://h/robots.txt", "http://h/1", "http://h/2"]


def test_what_robots_disallows_is_settled_without_asking(portal):
    frontier = handing_out(portal("a", {"h": ["1", "private/2"]}))
    rules = read_robots(200, b"User-agent: *\nDisallow: /private/", "x")
    assert run(all_of(frontier, robots=rules)) == ["http://h/robots.txt", "http://h/1", "http://h/private/2 refused"]


def test_one_address_in_flight_per_host_and_hosts_in_turn(portal):
    frontier = handing_out(portal("a", {"h1": ["1", "2"], "h2": ["1", "2"]}), portal("b", {"h1": ["3"]}))

    async def steps():
        flying = [await anext(frontier), await anext(frontier)]
        assert {each.host.name for each in flying} == {"h1", "h2"}
        blocked = asyncio.ensure_future(anext(frontier))
        await asyncio.sleep(0.05)
        assert not blocked.done()
        for each in flying:
            settle(frontier, each)
        settle(frontier, await blocked)
        return await all_of(frontier)

    rest = run(steps())
    assert sorted(rest) == sorted(set(rest))
    assert len(rest) == 4  # five pages and two robots.txt in all, three of them taken above


def test_a_host_is_asked_again_only_after_its_delay(portal):
    frontier = handing_out(portal("a", {"h": ["1", "2"]}, delay=0.1))
    began = time.monotonic()
    assert len(run(all_of(frontier))) == 3
    assert time.monotonic() - began >= 0.2


def test_a_shared_host_gets_the_longer_delay_and_serves_both_portals(portal):
    frontier = handing_out(portal("a", {"h": ["1"]}), portal("b", {"h": ["2"]}, delay=0.05))
    assert frontier.hosts[0].delay == 0.05
    assert sorted(run(all_of(frontier))) == ["http://h/1", "http://h/2", "http://h/robots.txt"]


def test_a_host_that_does_not_answer_is_left_for_the_next_run(portal):
    one = portal("a", {"h": [str(number) for number in range(20)]})
    frontier = handing_out(one)
    taken = run(all_of(frontier, silent=True))
    assert len(taken) == TROUBLES
    assert frontier.hosts[0].closed
    assert one.archive.ledger.counts()["due"] == 20 - (TROUBLES - 1)


def test_at_the_limit_no_article_is_handed_out(portal):
    frontier = handing_out(portal("a", {"h": ["1", "2", "3"]}, limit=2))
    assert run(all_of(frontier)) == ["http://h/robots.txt", "http://h/1", "http://h/2"]


def test_found_addresses_of_new_hosts_are_handed_out(portal):
    one = portal("a", {"h": ["1"]})
    frontier = handing_out(one)

    async def steps():
        taken = []
        async for asking in frontier:
            taken.append(asking.address.url)
            found = (
                [Found("new", "http://other/x.pdf", "other", "attachment")] if asking.address.url.endswith("/1") else []
            )
            one.archive.ledger.commit(
                [], [Outcome(asking.address.key, "done", stamp(datetime.now(UTC)), "r1", found=tuple(found))]
            )
            asking.host.robots, asking.host.robots_at = OPEN, time.monotonic()
            frontier.release(asking, found=found)
        return taken

    assert run(steps()) == ["http://h/robots.txt", "http://h/1", "http://other/robots.txt", "http://other/x.pdf"]


def test_stop_and_deadline_end_it(portal):
    frontier = handing_out(portal("a", {"h": ["1", "2"]}, delay=30))

    async def steps():
        settle(frontier, await anext(frontier))
        frontier.deadline = time.monotonic() + 0.1
        return [asking async for asking in frontier]

    assert run(steps()) == []
    assert frontier.stopped == "minutes"
