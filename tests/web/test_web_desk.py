"""How long a workbook stays at the page: no longer than its page, an hour, or the program."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakip_xlsx.batch.model import Outcome, Status
from lakip_xlsx.web import desk as desks
from lakip_xlsx.web.desk import CLOSING, KEPT, MOST_WORKS, SILENT, Desk, FullError, Session, State
from tests.processes import until


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(tmp_path, clock, monkeypatch):
    """A desk whose work is done at once, without a process."""

    def done(items, _options, _crew, *, do, stopped):
        stopped()
        yield Outcome(item=items[0], status=Status.DONE)

    monkeypatch.setattr(desks, "run", done)
    found = Desk(tmp_path, clock)
    yield found
    found.close()
    assert list(tmp_path.iterdir()) == []


def put(place: Path) -> int:
    return place.write_bytes(b"isi")


def sent(desk: Desk, session: Session):
    work = desk.take(session, "a.xlsx", put)
    assert until(lambda: work.is_over)
    return work


def test_an_hour_is_the_most(desk, clock):
    session = desk.open()
    work = sent(desk, session)
    for _ in range(int(KEPT / 60) - 1):
        clock.now += 60
        desk.alive(session, "h")
        desk.tidy()
        assert work.folder.is_dir()
    clock.now += 61
    desk.alive(session, "h")
    desk.tidy()
    assert session.works == {}
    assert not work.folder.exists()


def test_a_closed_page_takes_its_workbooks_with_it_but_one_that_is_loaded_anew_does_not(desk, clock):
    session = desk.open()
    work = sent(desk, session)
    desk.alive(session, "satu")
    desk.alive(session, "dua")
    desk.closed(session, "satu")
    clock.now += CLOSING + 1
    desk.tidy()
    assert work.folder.is_dir()  # the other page is open
    desk.closed(session, "dua")
    clock.now += CLOSING - 1
    desk.arrive(session)
    clock.now += 2
    desk.tidy()
    assert work.folder.is_dir()
    desk.alive(session, "tiga")
    desk.closed(session, "tiga")
    clock.now += CLOSING + 1
    desk.tidy()
    assert not work.folder.exists()
    assert desk.find(session.key) is None  # its address leads nowhere any more


def test_a_page_that_is_never_heard_of_again_counts_as_closed(desk, clock):
    session = desk.open()
    work = sent(desk, session)
    desk.alive(session, "h")
    clock.now += SILENT + 1
    desk.tidy(session.key)
    assert not work.folder.exists()
    assert desk.find(session.key) is session  # the one person of this computer may come back
    sent(desk, session)
    desk.tidy(session.key)
    assert len(session.works) == 1


STEPS = st.one_of(
    st.tuples(st.sampled_from(["alive", "closed"]), st.sampled_from("abc")),
    st.tuples(st.just("wait"), st.integers(1, 400)),
    st.tuples(st.just("arrive"), st.just("")),
)


@given(st.lists(STEPS, max_size=40))
@settings(max_examples=300, deadline=None)
def test_whatever_pages_say_a_session_with_a_living_page_stays_and_a_silent_one_goes(steps):
    session, now = Session("k", "s", 0.0), 0.0
    living: dict[str, float] = {}
    for what, value in steps:
        if what == "wait":
            now += int(value)
        elif what == "alive":
            session.alive(str(value), now)
            living[str(value)] = now
        elif what == "closed":
            session.closed(str(value), now)
            living.pop(str(value), None)
        else:
            session.closing = None
        if any(now - last <= SILENT for last in living.values()):
            assert not session.is_left(now)
    assert session.is_left(now + KEPT + 1)


def test_stopping_ends_the_work_at_hand_and_spares_what_waits(tmp_path, clock, monkeypatch):
    begun, ended = threading.Event(), threading.Event()

    def slow(items, _options, _crew, *, do, stopped):
        begun.set()
        try:
            while not stopped():
                threading.Event().wait(0.01)
        finally:
            ended.set()
        yield Outcome(item=items[0], status=Status.DONE)

    monkeypatch.setattr(desks, "run", slow)
    monkeypatch.setattr(desks, "available_cores", lambda: 1)
    desk = Desk(tmp_path, clock)
    session = desk.open()
    first, second = (desk.take(session, name, put) for name in ("a.xlsx", "b.xlsx"))
    assert begun.wait(10)
    desk.stop(second)
    assert second.state is State.STOPPED
    desk.remove(session, first)
    assert ended.wait(10)
    assert until(lambda: not first.folder.exists())
    assert second.folder.is_dir()
    desk.close()
    assert list(tmp_path.iterdir()) == []


def test_a_work_that_fails_in_ourselves_is_told(desk, monkeypatch):
    monkeypatch.setattr(desks, "run", lambda *_, **__: 1 / 0)
    work = sent(desk, desk.open())
    assert work.outcome is not None
    assert work.outcome.status is Status.CRASHED
    assert "ZeroDivisionError" in work.outcome.failure


def test_there_is_an_end_to_workbooks_bytes_and_people(desk, tmp_path, monkeypatch):
    session = desk.open()
    monkeypatch.setattr(desks, "MOST_BYTES", 10)
    with pytest.raises(FullError):
        desk.take(session, "a.xlsx", lambda place: place.write_bytes(b"x" * 11))
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    for number in range(MOST_WORKS):
        session.works[str(number)] = sent(desk, desk.open()) if number == 0 else session.works["0"]
    with pytest.raises(FullError):
        desk.must_have_room(session, 1)
    monkeypatch.setattr(desks, "MOST_SESSIONS", 2)
    with pytest.raises(FullError):
        desk.open()


def test_a_result_that_cannot_be_put_down_leaves_nothing(desk, tmp_path):
    def full(place: Path) -> int:
        place.write_bytes(b"setengah")
        raise OSError("penuh")

    with pytest.raises(OSError, match="penuh"):
        desk.take(desk.open(), "a.xlsx", full)
    assert list(tmp_path.iterdir()) == []


def test_only_the_whole_token_finds_a_session(desk):
    session = desk.open()
    assert desk.find(session.key) is session
    for wrong in ("", session.key[:-1], session.key + "x", session.key.swapcase(), "é", session.secret):
        assert desk.find(wrong) is None
