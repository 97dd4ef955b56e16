"""Briefing notes for an actor."""
