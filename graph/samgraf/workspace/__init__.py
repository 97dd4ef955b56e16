"""YAML to models, with every problem by path and line."""

from samgraf.workspace.loading import DocumentFile, Workspace, load

__all__ = ["DocumentFile", "Workspace", "load"]
