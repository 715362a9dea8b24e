"""Consents and contact preferences on the wire."""

from datetime import date, datetime, time
from typing import Any, Literal

from ninja import Field, Schema

from jinzita.kernel.wire import Day, Id, Moment, Named, Strict, Text
from jinzita.privacy.models import Consent, ConsentPurpose, ContactHours, ContactPreference
from jinzita.privacy.selectors.consent import Decision, Overview

WayCode = Literal["call", "sms", "email", "wechat", "post", "visit"]


class ConsentIn(Strict):
    """What a customer said; with `contact_id`, what that contact said."""

    contact_id: Id | None = None
    channel: Literal["call", "sms", "email", "wechat", "post", "visit", "all"]
    purpose: Text = Field(max_length=20, examples=["marketing"], description="Or “all”")
    state: Literal["given", "denied", "withdrawn", "unknown"]
    origin: Text = Field("other", max_length=12, description="How it was said", examples=["form"])
    at: Moment | None = Field(None, description="When it was said; now unless told")
    until: Day | None = Field(None, description="Last day on which it counts")
    proof: Text = Field("", max_length=1000, examples=["Form 2026-0113, page 2"])


class ConsentOut(Schema):
    id: int
    channel: str
    purpose: str
    state: str
    origin: str
    at: datetime
    until: date | None
    proof: str
    by: Named | None


class DecisionOut(Schema):
    """Whether it is allowed now, why, and from when on when not."""

    allowed: bool
    reason: str
    params: dict[str, Any]
    not_before: datetime | None


class CellOut(Schema):
    """One channel and purpose: what was said last, and what follows from everything that was said."""

    channel: str
    purpose: str
    latest: ConsentOut | None
    decision: DecisionOut


class PreferenceIn(Strict):
    contact_id: Id | None = None
    quiet_from: time | None = None
    quiet_until: time | None = None
    time_zone: Text = Field("", max_length=60, examples=["Asia/Shanghai"])
    channel: Literal["", "call", "sms", "email", "wechat", "post", "visit"] = ""
    language: Text = Field("", max_length=10, examples=["zh-hans"])


class PreferenceOut(Schema):
    quiet_from: time | None
    quiet_until: time | None
    time_zone: str
    channel: str
    language: str


class ConsentsOut(Schema):
    cells: list[CellOut]
    never: ConsentOut | None = Field(description="The latest word on being contacted at all")
    preference: PreferenceOut


class PurposeOut(Schema):
    code: str
    rule: str = Field(description="consent: only who gave it; refusal: everybody who did not refuse")
    legal_basis: str


class PurposeIn(Strict):
    code: Text = Field(max_length=20)
    rule: Literal["consent", "refusal"]
    legal_basis: Text = Field("", max_length=1000)


class ConsentRulesIn(Strict):
    quiet_from: time | None = None
    quiet_until: time | None = None
    ways: list[WayCode] = Field(description="Channels that keep the quiet hours")
    purposes: list[PurposeIn] = Field(max_length=20)


class ConsentRulesOut(Schema):
    quiet_from: time | None
    quiet_until: time | None
    ways: list[str]
    purposes: list[PurposeOut]


def consent_out(one: Consent | None) -> dict[str, Any] | None:
    if one is None:
        return None
    names = ("id", "channel", "purpose", "state", "origin", "at", "until", "proof")
    by = {"id": one.by.pk, "name": one.by.shown_name} if one.by else None
    return {**{name: getattr(one, name) for name in names}, "by": by}


def decision_out(one: Decision) -> dict[str, Any]:
    return {"allowed": one.allowed, "reason": one.reason, "params": one.params, "not_before": one.not_before}


def preference_out(one: ContactPreference) -> dict[str, Any]:
    names = ("quiet_from", "quiet_until", "time_zone", "channel", "language")
    return {name: getattr(one, name) for name in names}


def rules_out(hours: ContactHours, purposes: list[ConsentPurpose]) -> dict[str, Any]:
    return {
        "quiet_from": hours.quiet_from, "quiet_until": hours.quiet_until, "ways": hours.ways,
        "purposes": [
            {"code": one.code, "rule": one.rule, "legal_basis": one.legal_basis} for one in purposes
        ],
    }  # fmt: skip


def consents_out(found: Overview) -> dict[str, Any]:
    return {
        "cells": [
            {
                "channel": way, "purpose": purpose, "latest": consent_out(latest),
                "decision": decision_out(decision),
            }
            for way, purpose, latest, decision in found.cells
        ],
        "never": consent_out(found.never),
        "preference": preference_out(found.preference),
    }  # fmt: skip
