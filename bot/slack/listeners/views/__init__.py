"""Dialogs that are sent in."""
