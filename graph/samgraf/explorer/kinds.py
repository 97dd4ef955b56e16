"""How each kind of entity looks: a family gives the colour, the kind its shape, so that neither alone must tell."""

from typing import NamedTuple

from samgraf.network import Label


class Look(NamedTuple):
    """A family by name, and one of vis-network's shapes."""

    family: str
    shape: str


FAMILIES: dict[str, Label] = {
    "frame": Label("Aftaler og områder", "Agreements and areas"),
    "initiative": Label("Initiativer", "Initiatives"),
    "authority": Label("Kommuner, region og stat", "Municipalities, region and state"),
    "joint": Label("Fælles organer", "Joint bodies"),
    "organisation": Label("Organisationer og tilbud", "Organisations and services"),
    "person": Label("Personer", "People"),
    "topic": Label("Emner og metoder", "Topics and methods"),
    "paper": Label("Dokumenter og møder", "Documents and meetings"),
}
"""Families in the order in which the legend shows them. Their colours are `--family-…` in the style sheet."""

LOOKS: dict[str, Look] = {
    "Agreement": Look("frame", "square"),
    "DevelopmentArea": Look("frame", "diamond"),
    "Goal": Look("frame", "triangle"),
    "Programme": Look("frame", "hexagon"),
    "Initiative": Look("initiative", "dot"),
    "Municipality": Look("authority", "square"),
    "Region": Look("authority", "hexagon"),
    "StateAuthority": Look("authority", "diamond"),
    "Cluster": Look("joint", "hexagon"),
    "Alliance": Look("joint", "star"),
    "Circle": Look("joint", "dot"),
    "Body": Look("joint", "square"),
    "Group": Look("joint", "triangle"),
    "Organisation": Look("organisation", "square"),
    "Association": Look("organisation", "diamond"),
    "Unit": Look("organisation", "triangle"),
    "Service": Look("organisation", "dot"),
    "Actor": Look("organisation", "hexagon"),
    "Person": Look("person", "dot"),
    "Method": Look("topic", "square"),
    "TargetGroup": Look("topic", "dot"),
    "Theme": Look("topic", "diamond"),
    "Principle": Look("topic", "triangle"),
    "Vision": Look("topic", "star"),
    "Document": Look("paper", "square"),
    "Event": Look("paper", "diamond"),
    "AgendaItem": Look("paper", "triangle"),
    "Place": Look("paper", "hexagon"),
}

OTHER = Look("paper", "dot")
"""For kinds that a workspace adds."""


def look(kind: str) -> Look:
    """Give a kind's look; a kind that is not known here gets a plain one."""
    return LOOKS.get(kind, OTHER)
