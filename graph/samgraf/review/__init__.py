"""From what a person decides about drafted claims to claims in the workspace."""
