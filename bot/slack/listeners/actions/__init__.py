"""Buttons and pickers."""
