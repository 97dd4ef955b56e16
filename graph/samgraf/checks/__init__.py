"""What a valid workspace must satisfy: structure, shapes, evidence."""

from samgraf.checks.report import Report, check

__all__ = ["Report", "check"]
