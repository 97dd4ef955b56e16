"""What the data files hold, as typed models: entities, claims, documents, partial dates."""

from samgraf.models.claim import Claim, ClaimEntry, DocumentHead, Evidence, claim_key
from samgraf.models.dates import PartialDate, parse_date
from samgraf.models.entity import Bilingual, Entity

__all__ = [
    "Bilingual",
    "Claim",
    "ClaimEntry",
    "DocumentHead",
    "Entity",
    "Evidence",
    "PartialDate",
    "claim_key",
    "parse_date",
]
