"""The company on the wire."""

from ninja import Field, Schema


class CompanyOut(Schema):
    company: str
    version: str
    languages: list[str]
    currency: str
    time_zone: str
    scopes: list[str] = Field(description="Scopes an API key may have")
    roles: list[str]
