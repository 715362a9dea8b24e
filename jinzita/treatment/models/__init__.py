"""Tables of treatment: policies, and the duties that follow from them."""

from jinzita.treatment.models.duties import Duty, Item, Sponsor, State
from jinzita.treatment.models.policies import Policy, PolicyVersion

__all__ = ["Duty", "Item", "Policy", "PolicyVersion", "Sponsor", "State"]
