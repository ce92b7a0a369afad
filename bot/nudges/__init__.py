"""Nudges: what is due is worked out anew each minute, planned purely, and promised in the outbox."""
