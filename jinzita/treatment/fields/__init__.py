"""What treatment declares: the document of a policy, and the fields of duties."""

from jinzita.treatment.fields.policies import ASKING, GRADES, KEPT_BY, READY, Rules, Terms, read

__all__ = ["ASKING", "GRADES", "KEPT_BY", "READY", "Rules", "Terms", "read"]
