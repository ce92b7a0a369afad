"""Question → Answer: read, find, decide, compose. No Slack in it."""

from bot.answers.answer import answer
from bot.answers.asker import Asker
from bot.answers.contract import Answer, Choice, Context, Kind

__all__ = ["Answer", "Asker", "Choice", "Context", "Kind", "answer"]
