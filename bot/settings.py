"""Every environment variable Signpost reads, named once.

Nothing else in the program looks at the environment. Whatever is wrong is said all at once:

>>> Settings.from_env({"SIGNPOST_RETENTION_DAYS": "soon", "SIGNPOST_DIGEST_HOUR": "25"})
Traceback (most recent call last):
bot.settings.SettingsError: 2 settings need attention:
- SIGNPOST_DIGEST_HOUR is '25': give a whole hour from 6 to 18
- SIGNPOST_RETENTION_DAYS is 'soon': give a whole number of days from 1 to 3650

Secrets never show:

>>> settings = Settings.from_env({"SLACK_BOT_TOKEN": "xoxb-not-a-real-one", "SIGNPOST_DATA": "/srv/signpost"})
>>> "not-a-real-one" in repr(settings)
False
>>> settings.database_url
'sqlite:////srv/signpost/signpost.db'
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from platformdirs import user_data_path

T = TypeVar("T")
_COUNCIL = re.compile(r"[a-z][a-z-]*")


class SettingsError(Exception):
    """One or more settings are missing or wrong; the message lists all of them, one a line."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        count = f"{len(problems)} settings need" if len(problems) > 1 else "1 setting needs"
        super().__init__(f"{count} attention:\n" + "\n".join(f"- {problem}" for problem in problems))


@dataclass(frozen=True)
class Variable:
    """One environment variable: what it is for, its default in words, and whether it is a secret."""

    name: str
    meaning: str
    default: str = "none"
    secret: bool = False


VARIABLES = (
    Variable("SIGNPOST_DATA", "folder of the database and the built index", "the user's data folder"),
    Variable("SIGNPOST_DATABASE_URL", "PostgreSQL where several replicas run", "SQLite in that folder", True),
    Variable("SIGNPOST_MODEL", "any other sentence-transformers model or folder", "the one shipped"),
    Variable("SIGNPOST_COUNCIL", "the council of people who are in no team's channel", "asked back"),
    Variable("SIGNPOST_LOCALE", "with an English locale 03/04/26 is read day first; empty: asked back", "en-GB"),
    Variable("SIGNPOST_DIGEST_HOUR", "hour of the digest (Europe/London) where a team has set none", "8"),
    Variable("SIGNPOST_RETENTION_DAYS", "days that events, sent messages, gaps and thread contexts are kept", "30"),
    Variable("SIGNPOST_HOST", "address the web doors listen on", "127.0.0.1"),
    Variable("SIGNPOST_PORT", "port the web doors listen on", "3000"),
    Variable("SIGNPOST_LOG_LEVEL", "DEBUG is refused: it would write what people type to disk", "INFO"),
    Variable("SLACK_BOT_TOKEN", "bot token (xoxb-…) of your council's own app", secret=True),
    Variable("SLACK_APP_TOKEN", "app-level token (xapp-…) for Socket Mode", secret=True),
    Variable("SLACK_SIGNING_SECRET", "signing secret, for HTTP instead of Socket Mode", secret=True),
    Variable("SLACK_API_URL", "base URL of Slack's Web API (GovSlack, the local workspace)", "https://slack.com/api/"),
)

_NEEDED = {
    "SLACK_BOT_TOKEN": "copy the Bot User OAuth Token from your app's page, OAuth & Permissions",
    "SLACK_APP_TOKEN": "make an app-level token with connections:write, Basic Information",
    "SLACK_SIGNING_SECRET": "copy the Signing Secret from your app's page, Basic Information",
}


@dataclass(frozen=True)
class Settings:
    """All settings, checked. `data` is not created until something is written there."""

    data: Path
    database_url: str = field(repr=False)
    model: str | None = None
    council: str | None = None
    locale: str | None = "en-GB"
    digest_hour: int = 8
    retention_days: int = 30
    host: str = "127.0.0.1"
    port: int = 3000
    log_level: str = "INFO"
    bot_token: str | None = field(default=None, repr=False)
    app_token: str | None = field(default=None, repr=False)
    signing_secret: str | None = field(default=None, repr=False)
    api_url: str = "https://slack.com/api/"

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None, need: tuple[str, ...] = ()) -> Settings:
        """Read the environment (or *env*). *need* names variables that must be there, e.g. ``("SLACK_BOT_TOKEN",)``.

        Raises:
            SettingsError: listing every variable that is missing, wrong or unknown.
        """
        read = _Reader(os.environ if env is None else env)
        read.unknown()
        for name in need:
            read.need(name)
        data = Path(read.get("SIGNPOST_DATA") or user_data_path("signpost", appauthor=False)).expanduser()
        settings = cls(
            data=data,
            database_url=read.get("SIGNPOST_DATABASE_URL") or f"sqlite:///{data / 'signpost.db'}",
            model=read.get("SIGNPOST_MODEL"),
            council=read.council(),
            locale=read.env.get("SIGNPOST_LOCALE", "en-GB").strip() or None,
            digest_hour=read.number("SIGNPOST_DIGEST_HOUR", 8, 6, 18, "a whole hour"),
            retention_days=read.number("SIGNPOST_RETENTION_DAYS", 30, 1, 3650, "a whole number of days"),
            host=read.get("SIGNPOST_HOST") or "127.0.0.1",
            port=read.number("SIGNPOST_PORT", 3000, 0, 65535, "a port"),
            log_level=read.log_level(),
            bot_token=read.token("SLACK_BOT_TOKEN", "xoxb-"),
            app_token=read.token("SLACK_APP_TOKEN", "xapp-"),
            signing_secret=read.get("SLACK_SIGNING_SECRET"),
            api_url=read.url("SLACK_API_URL", "https://slack.com/api/"),
        )
        if read.problems:
            raise SettingsError(tuple(read.problems))
        return settings

    def require(self, *names: str) -> None:
        """Check that the Slack secrets named are there.

        Raises:
            SettingsError: listing those that are missing and where to find them.

        >>> Settings(Path("/srv"), "sqlite:////srv/x.db").require("SLACK_APP_TOKEN")
        Traceback (most recent call last):
        bot.settings.SettingsError: 1 setting needs attention:
        - SLACK_APP_TOKEN is missing: make an app-level token with connections:write, Basic Information
        """
        held = {
            "SLACK_BOT_TOKEN": self.bot_token,
            "SLACK_APP_TOKEN": self.app_token,
            "SLACK_SIGNING_SECRET": self.signing_secret,
        }
        problems = tuple(f"{name} is missing: {_NEEDED[name]}" for name in names if not held[name])
        if problems:
            raise SettingsError(problems)


class _Reader:
    """Reads one variable after another and gathers what is wrong, so that it can be said all at once."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self.problems: list[str] = []

    def get(self, name: str) -> str | None:
        return self.env.get(name, "").strip() or None

    def need(self, name: str) -> None:
        if not self.get(name):
            self.problems.append(f"{name} is missing: {_NEEDED.get(name, 'set it')}")

    def unknown(self) -> None:
        known = {variable.name for variable in VARIABLES}
        for name in sorted(self.env):
            if name.startswith("SIGNPOST_") and name not in known:
                self.problems.append(f"{name} is not a setting: remove it or mend its spelling")

    def number(self, name: str, default: int, low: int, high: int, what: str) -> int:
        return self._parsed(name, default, int, lambda n: low <= n <= high, f"give {what} from {low} to {high}")

    def token(self, name: str, prefix: str) -> str | None:
        value = self.get(name)
        if value and not value.startswith(prefix):
            self.problems.append(f"{name} does not begin with {prefix}: {_NEEDED[name]}")
        return value

    def url(self, name: str, default: str) -> str:
        value = self.get(name) or default
        if not value.startswith(("http://", "https://")):
            self.problems.append(f"{name} is {value!r}: give a URL that begins with https:// or http://")
        return value.rstrip("/") + "/"

    def council(self) -> str | None:
        value = self.get("SIGNPOST_COUNCIL")
        if value and not _COUNCIL.fullmatch(value.lower()):
            self.problems.append(f"SIGNPOST_COUNCIL is {value!r}: give a council's short name, such as york")
        return value.lower() if value else None

    def log_level(self) -> str:
        value = (self.get("SIGNPOST_LOG_LEVEL") or "INFO").upper()
        if value not in ("INFO", "WARNING", "ERROR"):
            self.problems.append(f"SIGNPOST_LOG_LEVEL is {value!r}: give INFO, WARNING or ERROR")
        return value

    def _parsed(self, name: str, default: T, parse: Callable[[str], T], good: Callable[[T], bool], fix: str) -> T:
        value = self.get(name)
        if value is None:
            return default
        try:
            parsed = parse(value)
        except ValueError:
            parsed = None
        if parsed is None or not good(parsed):
            self.problems.append(f"{name} is {value!r}: {fix}")
            return default
        return parsed


def table() -> str:
    """The settings as a Markdown table, for the documentation."""
    rows = ["| variable | what it is | default |", "| --- | --- | --- |"]
    for variable in VARIABLES:
        secret = " (secret)" if variable.secret else ""
        rows.append(f"| `{variable.name}` | {variable.meaning}{secret} | {variable.default} |")
    return "\n".join(rows)
