"""What a Web API method is: its handler, the scopes it needs, the token it takes; and what a handler is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from bot.local.arguments import Arguments
from bot.local.errors import SlackError
from bot.local.faults import Lag
from bot.local.model import Channel, Json
from bot.local.world import World


@dataclass
class Call:
    """One call: the world, its arguments, where the workspace can be reached, and a lag if history is to lag.

    `missed` counts the look-ups that have not shown a message (channel, ts); None once it has been shown.
    """

    world: World
    arguments: Arguments
    url: str
    lag: Lag | None = None
    missed: dict[tuple[str, str], int | None] = field(default_factory=dict)

    def require(self, *scopes: str) -> None:
        """Refuse unless one of *scopes* has been granted.

        Raises:
            SlackError: `missing_scope`, saying what is needed and what there is.
        """
        install = self.world.install
        if install.lacks(scopes):
            raise SlackError("missing_scope", needed=",".join(scopes), provided=",".join(sorted(install.scopes)))

    def channel(self, name: str = "channel") -> Channel:
        """The channel that an argument names. SlackError `channel_not_found` if the bot may not know of it."""
        return self.world.for_bot(self.arguments.need(name))


Handler = Callable[[Call], Json]


@dataclass(frozen=True)
class Method:
    """A method: *scopes* are alternatives, one of which must have been granted (none: nothing is needed)."""

    handler: Handler
    scopes: tuple[str, ...] = ()
    token: Literal["bot", "app", "none"] = "bot"
