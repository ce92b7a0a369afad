"""Sends what is in the outbox: nothing lost, nothing twice, whatever the network does and whenever the process dies.

Slack has no idempotency key for bots. So a row is marked `sending` and committed before the call; its key travels in
the message's metadata; and a row whose outcome is unknown is looked for in Slack, twice, before it is sent again.
"""

from __future__ import annotations

import http.client
import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from sqlalchemy.exc import SQLAlchemyError

from bot.slack import client as slack
from bot.store import Store, outbox

log = logging.getLogger(__name__)

POLL_S = 1.0
LOOKS = 2  # Slack's history may lag behind what it has taken: absent once is not absent
GIVE_UP_AFTER = timedelta(hours=12)
STALE_AFTER = timedelta(minutes=5)
Refresh = Callable[[outbox.Row, datetime], dict[str, Any] | None]
_BLOCK_ERRORS = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"}


def utc_now() -> datetime:
    """The time it is."""
    return datetime.now(UTC)


class Sender:
    """A few threads that send what is in the outbox. They start at the first `wake()` or `start()`.

    `settle` is how long Slack is given before an unknown outcome is looked up; `refresh` is asked whether a message
    that has waited long may still be said, and how.
    """

    def __init__(
        self,
        store: Store,
        client: WebClient,
        clock: Callable[[], datetime] = utc_now,
        settle: timedelta = timedelta(seconds=2),
        refresh: Refresh | None = None,
        threads: int = 4,
    ) -> None:
        self._refresh = refresh
        self._store, self._client, self._clock, self._settle = store, client, clock, settle
        self._changed = threading.Condition()
        self._generation = 0
        self._stopping = False
        self._count = threads
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start the threads; messages left behind by a process that died are taken up when their lease ends."""
        with self._changed:
            if self._threads or self._stopping:
                return
            self._threads = [
                threading.Thread(target=self._run, args=(number == 0,), name=f"signpost-sender-{number}", daemon=True)
                for number in range(self._count)
            ]
            for thread in self._threads:
                thread.start()

    def wake(self) -> None:
        """Something new is in the outbox, committed."""
        self.start()
        with self._changed:
            self._generation += 1
            self._changed.notify_all()

    def stop(self) -> None:
        """End after the calls under way; what is left in the outbox stays there for the next start."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(timeout=slack.TIMEOUT_S + 5)

    def step(self) -> bool:
        """Send one message, if one may be sent now; False if there was none."""
        with self._store.write() as connection:
            row = outbox.claim(connection, self._clock())
        if row is None:
            return False
        self._deliver(row)
        return True

    def _run(self, polls: bool) -> None:
        while True:
            with self._changed:
                seen = self._generation
            try:
                while not self._stopping and self.step():
                    pass
            except SQLAlchemyError as error:
                log.error("outbox: the database cannot be used (%s)", type(error).__name__)
            except Exception as error:  # noqa: BLE001 - the other messages must go, whatever this one met
                log.error("outbox: %s", type(error).__name__)
            with self._changed:
                if self._stopping:
                    return
                if self._generation == seen:
                    self._changed.wait(POLL_S if polls else 60.0)
                if self._stopping:
                    return

    def _deliver(self, row: outbox.Row) -> None:
        if row.unknown and row.method == "chat.postMessage" and not self._certainly_absent(row):
            return
        if row.unknown and row.method == "chat.postEphemeral":
            self._fail(row, "outcome unknown, and a private notice cannot be looked up")
            return
        payload = self._completed(row)
        if payload is not None:
            self._settle_outcome(row, payload, slack.call(self._client, row.method, payload))

    def _certainly_absent(self, row: outbox.Row) -> bool:
        """Look for a message of unknown outcome; True only when Slack has been asked often enough and has it not."""
        oldest = (row.created - timedelta(hours=1)).timestamp()
        try:
            ts = slack.find_by_key(self._client, row.channel, row.thread_ts, row.key, oldest)
        except SlackApiError as error:
            if (refused := slack.refusal(error)) not in slack.NOWHERE_TO_LOOK:
                self._look_up_failed(row, refused)
                return False
            ts = None  # the thread or the channel is gone: nobody sees a message there, and sending ends in a refusal
        except (SlackClientError, OSError, http.client.HTTPException, ValueError) as error:
            self._look_up_failed(row, type(error).__name__)
            return False
        if ts is not None:
            with self._store.write() as connection:
                outbox.sent(connection, row.id, ts, self._clock())
            return False
        if row.looks + 1 < LOOKS:
            self._look_again(row, looked=True)
            return False
        return True

    def _look_up_failed(self, row: outbox.Row, why: str) -> None:
        if self._clock() - row.created > GIVE_UP_AFTER:
            self._fail(row, f"outcome unknown, and no look-up for twelve hours: {why}")
            return
        log.warning("outbox: look-up failed (%s), trying again", why)
        self._look_again(row, looked=False)

    def _look_again(self, row: outbox.Row, looked: bool) -> None:
        until = self._clock() + self._settle * (2 if looked else min(2 ** min(row.attempts, 6), 30))
        with self._store.write() as connection:
            outbox.unknown(connection, row.id, until, looked)

    def _completed(self, row: outbox.Row) -> dict[str, Any] | None:
        """The payload with what is only known now: the key in the metadata, the `ts` of the message to update."""
        if row.method == "chat.postMessage":
            payload = self._still_right(row)
            return payload and payload | {
                "metadata": {"event_type": slack.METADATA_EVENT, "event_payload": {"key": row.key}}
            }
        if row.target is None:
            return row.payload
        with self._store.read() as connection:
            target = outbox.by_key(connection, row.target)
        if target is None or target.state == "failed":
            self._fail(row, "the message to update is not there")
            return None
        if target.ts is None:
            with self._store.write() as connection:
                outbox.postpone(connection, row.id, self._clock() + timedelta(seconds=1))
            return None
        return row.payload | {"ts": target.ts}

    def _still_right(self, row: outbox.Row) -> dict[str, Any] | None:
        """What to say: after a long wait, only what is still so."""
        now = self._clock()
        if self._refresh is None or now - row.created < STALE_AFTER:
            return row.payload
        try:
            payload = self._refresh(row, now)
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001 - it must not hold up the rest of its channel for ever
            self._fail(row, f"could not be worked out anew: {type(error).__name__}")
            return None
        if payload is None:
            self._fail(row, "no longer so when it could be sent")
        return payload

    def _settle_outcome(self, row: outbox.Row, payload: dict[str, Any], outcome: slack.Outcome) -> None:
        now = self._clock()
        match outcome:
            case slack.Taken(ts):
                with self._store.write() as connection:
                    outbox.sent(connection, row.id, ts, now)
            case slack.TooMany(seconds):
                self._postpone(row, now, timedelta(seconds=seconds))
            case slack.NotReached():
                self._postpone(row, now, min(timedelta(seconds=2 ** min(row.attempts, 6)), timedelta(minutes=1)))
            case slack.Refused(error) if error in _BLOCK_ERRORS and "blocks" in payload:
                log.error("outbox: Slack refused the blocks of a message (%s); sending its text alone", error)
                plain = {name: value for name, value in row.payload.items() if name != "blocks"}
                with self._store.write() as connection:
                    outbox.simplify(connection, row.id, plain, now)
            case slack.Refused(error):
                self._fail(row, error)
            case slack.Perhaps():
                self._look_again(row, looked=False)

    def _postpone(self, row: outbox.Row, now: datetime, wait: timedelta) -> None:
        if now - row.created > GIVE_UP_AFTER:
            self._fail(row, "not accepted for twelve hours")
            return
        with self._store.write() as connection:
            outbox.postpone(connection, row.id, now + wait)

    def _fail(self, row: outbox.Row, error: str) -> None:
        log.error("outbox: a message (%s) was not sent: %s", row.method, error)
        with self._store.write() as connection:
            outbox.failed(connection, row.id, error)
