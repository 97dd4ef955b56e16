"""The one shape of each thing that the graph holds. Standard library only, so that every command can afford it."""

from samgraf.model.claim import Claim, Modality, Passage, passage_of
from samgraf.model.collaboration import Collaboration
from samgraf.model.entity import Document, Entity
from samgraf.model.text import Text, text_of
from samgraf.model.time import Basis, Moment, Period, State

__all__ = [
    "Basis",
    "Claim",
    "Collaboration",
    "Document",
    "Entity",
    "Modality",
    "Moment",
    "Passage",
    "Period",
    "State",
    "Text",
    "passage_of",
    "text_of",
]
