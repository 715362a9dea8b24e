"""What people are told, by which channels, and the mails that leave the house."""

from typing import ClassVar

from django.db import models

from jinzita.people.models.users import User


class Notice(models.Model):
    """One thing one person is told; `event` is a declared kind, `words` fill its sentence."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    event = models.CharField(max_length=60)
    words = models.JSONField(default=dict)
    link = models.CharField(max_length=500, blank=True, default="")
    at = models.DateTimeField(db_default=models.functions.Now())
    read_at = models.DateTimeField(null=True)
    # Not every kind is shown in the browser; those that are not leave by other channels only.
    shown = models.BooleanField(default=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["user", "-id"], name="notice_user", condition=models.Q(shown=True)),
            models.Index(fields=["user"], name="notice_unread", condition=models.Q(read_at=None, shown=True)),
            models.Index(fields=["at"], name="notice_at"),
        ]


class NoticeDelivery(models.Model):
    """A notice on its way out by a channel other than the browser; the row goes when it has left."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    channel = models.CharField(max_length=10)
    # Not before then: the end of quiet hours, the next digest, the next attempt. Null: not looked at yet.
    due_at = models.DateTimeField(null=True, db_index=True)
    attempts = models.IntegerField(default=0)


class NoticeSettings(models.Model):
    """How one person wants to be told; what is not chosen follows the declared kinds."""

    class Digest(models.TextChoices):
        AT_ONCE = "at_once"
        HOURLY = "hourly"
        DAILY = "daily"

    class Robot(models.TextChoices):
        NONE = ""
        WECOM = "wecom"
        DINGTALK = "dingtalk"
        FEISHU = "feishu"

    user = models.OneToOneField(User, models.CASCADE, related_name="+", primary_key=True)
    # {event: [channels]}
    channels = models.JSONField(default=dict)
    digest = models.CharField(max_length=10, choices=Digest, default=Digest.AT_ONCE)
    digest_at = models.TimeField(default="09:00")
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    # Empty: the company's.
    time_zone = models.CharField(max_length=60, blank=True, default="")
    robot = models.CharField(max_length=10, choices=Robot, blank=True, default=Robot.NONE)
    robot_url = models.CharField(max_length=500, blank=True, default="")
    robot_secret = models.CharField(max_length=200, blank=True, default="")


class Mail(models.Model):
    """A mail on its way out, or kept here when the company has no mail server set up."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"
        KEPT = "kept"

    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True, default="")
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.IntegerField(default=0)
    error = models.CharField(max_length=500, blank=True, default="")
    created_at = models.DateTimeField(db_default=models.functions.Now())
    sent_at = models.DateTimeField(null=True)
    # When to try next, so that one whose worker was killed is taken up again.
    due_at = models.DateTimeField(null=True, db_index=True)


class CompanySetting(models.Model):
    """What administrators set for the whole company, by name."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.JSONField(default=dict)
