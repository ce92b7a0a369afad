"""What each `signpost` command does: one module a noun, called by `bot.cli`."""
