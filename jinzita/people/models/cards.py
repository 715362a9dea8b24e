"""What colleagues know of a person beside the account: photo, languages, skills."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jinzita.people.models.users import User


class PersonCard(models.Model):
    """One person on the people map; without a row nothing is known yet."""

    person = models.OneToOneField(User, models.CASCADE, related_name="card", primary_key=True)
    about = models.CharField(max_length=500, blank=True, default="")
    languages = ArrayField(models.CharField(max_length=40), default=list)
    skills = ArrayField(models.CharField(max_length=40), default=list)
    # The photo's file is named by what is in it; empty without one.
    photo = models.CharField(max_length=80, blank=True, default="")
