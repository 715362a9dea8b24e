"""What of the tables of people speaks of customers."""

from jinzita.kernel import personal


def declare_personal() -> None:
    """Called when Django is ready."""
    personal.mentions("people.Notice", "words")
    personal.mentions("people.Mail", "to", "subject", "text", "html", "error")
    personal.mentions("people.SavedView", "name", "content")
    personal.unrelated(
        "people.Department", "people.Role", "people.User", "people.ApiKey", "people.NoticeDelivery",
        "people.NoticeSettings", "people.CompanySetting", "people.SignInLock", "people.Invitation",
        "people.ViewChoice", "people.PersonCard", "people.JobDuty", "people.HeldDuty", "people.RatingRound",
        "people.Rating",
    )  # fmt: skip
