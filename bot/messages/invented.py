"""The invented team in words: none of these people, and none of their cases, exists."""

from __future__ import annotations

TEAM, SECOND_TEAM = "Riverbank Team", "Millrace Team"
TEAM_CHANNEL, SECOND_CHANNEL, QUESTIONS_CHANNEL = "riverbank-team", "millrace-team", "practice-questions"
TEAM_TOPIC = "The team's cases and what is due; Signpost posts here each working morning"
QUESTIONS_TOPIC = "Anything about the practice standards; no cases here"
SOCIAL_WORKER, TEAM_MANAGER = "social worker", "team manager"
NEWLY_QUALIFIED, SENIOR = "newly qualified social worker", "senior practitioner"

GREETING = (
    "Morning all. What is due is in Signpost's list below. Press *Done* once something has happened, and *Working* if "
    "you want to see how a date comes about."
)
QUESTION = "@Signpost how soon after an initial conference is the first core group?"
