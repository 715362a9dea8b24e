"""The door on the wire: sessions, second factors, locks, invitations."""

from datetime import datetime

from ninja import Field, Schema

from jinzita.kernel.wire import Strict, Text


class SessionOut(Schema):
    id: int
    device: str = Field(examples=["Chrome · Windows"])
    place: str = Field(description="Its network address")
    since: datetime
    last_seen: datetime
    current: bool


class SecurityOut(Schema):
    second_factor: bool
    required: bool = Field(description="The role needs a second factor")
    recovery_codes_left: int
    has_password: bool


class CompanySecurityOut(Schema):
    mfa_roles: list[str] = Field(description="Roles whose people must have a second factor")
    people_without: int = Field(description="Of these, how many have none yet")


class CompanySecurityIn(Strict):
    mfa_roles: list[Text] = Field(max_length=200)


class LockOut(Schema):
    id: int
    login: str
    ip: str
    failures: int
    until: datetime


class EndedOut(Schema):
    ended: int


class InvitedOut(Schema):
    mailed: bool
    link: str | None = Field(description="When it could not be mailed; shown once")
    expires_at: datetime


class TokenIn(Strict):
    token: Text = Field(max_length=200)


class AcceptIn(TokenIn):
    password: Text = Field(max_length=200)


class InvitedPersonOut(Schema):
    username: str
    name: str


class ProviderOut(Schema):
    id: str
    name: str


class DoorOut(Schema):
    providers: list[ProviderOut]
    password_reset: bool = Field(description="A forgotten password can be set anew by mail")
