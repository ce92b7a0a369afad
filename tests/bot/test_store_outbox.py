"""Inbox and outbox: what is promised is claimed once, in order, and never forgotten."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.store import Store, inbox, outbox, tables

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


def promise(store: Store, key: str, channel: str = "C1") -> bool:
    """Put one message in the outbox."""
    with store.write() as connection:
        return outbox.put(connection, key, "chat.postMessage", {"channel": channel, "text": key}, NOW)


def claim(store: Store, now: datetime = NOW) -> outbox.Row | None:
    """Claim one message in a transaction of its own."""
    with store.write() as connection:
        return outbox.claim(connection, now)


def test_a_key_is_promised_once(store: Store) -> None:
    """A question delivered twice must not be answered twice."""
    assert promise(store, "reply:C1:1")
    assert not promise(store, "reply:C1:1")


def test_messages_of_a_channel_go_in_order_and_do_not_block_others(store: Store) -> None:
    """An update must not overtake the digest it updates; one full channel must not silence the rest."""
    for key, channel in (("a1", "A"), ("a2", "A"), ("b1", "B")):
        promise(store, key, channel)
    first, second = claim(store), claim(store)
    assert first is not None
    assert second is not None
    assert (first.key, second.key) == ("a1", "b1")
    assert claim(store) is None
    with store.write() as connection:
        outbox.sent(connection, first.id, "1.1", NOW)
    after = claim(store)
    assert after is not None
    assert after.key == "a2"


def test_a_row_left_sending_is_taken_up_as_unknown(store: Store) -> None:
    """A process killed in mid-send leaves a row that must be looked up, not lost and not sent blindly."""
    promise(store, "a1")
    assert claim(store) is not None
    assert claim(store, NOW + outbox.LEASE / 2) is None
    again = claim(store, NOW + outbox.LEASE)
    assert again is not None
    assert again.unknown
    assert again.attempts == 2


def test_postponed_and_failed_rows(store: Store) -> None:
    """Too many at once waits; a refusal is final and does not hold the channel up."""
    promise(store, "a1")
    promise(store, "a2")
    row = claim(store)
    assert row is not None
    with store.write() as connection:
        outbox.postpone(connection, row.id, LATER)
    assert claim(store) is None
    row = claim(store, LATER)
    assert row is not None
    assert not row.unknown
    with store.write() as connection:
        outbox.failed(connection, row.id, "channel_not_found")
    following = claim(store, LATER)
    assert following is not None
    assert following.key == "a2"


def test_many_senders_claim_each_message_once(store: Store) -> None:
    """Three replicas share the work; a worker must not be answered by each of them."""
    for number in range(60):
        promise(store, f"k{number}", channel=f"C{number % 7}")
    taken: Counter[str] = Counter()
    guard = threading.Lock()

    def work() -> None:
        while True:
            row = claim(store)
            if row is None:
                with store.read() as connection:
                    if outbox.unsent(connection) == 0:
                        return
                continue
            with guard:
                taken[row.key] += 1
            with store.write() as connection:
                outbox.sent(connection, row.id, "1.0", NOW)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(taken) == 60
    assert set(taken.values()) == {1}


def test_once_sent_nothing_of_a_message_is_kept_but_what_its_buttons_need(store: Store) -> None:
    """What was said stays in Slack; the database keeps no second copy of it."""
    with store.write() as connection:
        payload = {"channel": "C1", "text": "about a family", "blocks": []}
        outbox.put(connection, "k", "chat.postMessage", payload, NOW, extra={"working": ["Day 0"]})
        row = outbox.claim(connection, NOW)
        assert row is not None
        outbox.sent(connection, row.id, "1.1", NOW)
        message = outbox.by_ts(connection, "C1", "1.1")
    assert message is not None
    assert message.extra == {"working": ["Day 0"]}
    assert "about a family" not in str(message)


def test_an_event_is_taken_once_and_its_words_are_forgotten_when_handled(store: Store) -> None:
    """Slack delivers up to four times; and a question must not stay in the database once it is answered."""
    body = {"event": {"text": "when is it due"}}
    with store.write() as connection:
        assert inbox.receive(connection, "Ev1", "message", body, NOW)
        assert not inbox.receive(connection, "Ev1", "message", body, NOW)
        inbox.handled(connection, "Ev1", NOW)
        assert connection.execute(select(tables.inbox.c.body)).scalar_one() is None
        assert inbox.take_unhandled(connection, LATER) is None


def test_an_event_never_handled_is_taken_up_again(store: Store) -> None:
    """Killed between acknowledging and answering: the question must still be answered."""
    with store.write() as connection:
        inbox.receive(connection, "Ev1", "message", {"event": {"text": "when"}}, NOW)
        assert inbox.take_unhandled(connection, NOW) is None
        taken = inbox.take_unhandled(connection, LATER)
        assert inbox.take_unhandled(connection, LATER) is None
    assert taken is not None
    assert (taken.id, taken.tries) == ("Ev1", 2)


def test_interactions_need_no_second_handling(store: Store) -> None:
    """A press whose dialog is gone cannot be answered later; it must not come back for ever."""
    with store.write() as connection:
        assert inbox.receive(connection, "block_actions:1.2", "block_actions", None, NOW)
        assert inbox.take_unhandled(connection, LATER) is None
