"""Slack: the Bolt app, its listeners by kind, blocks as pure builders, and the sender of the outbox."""
