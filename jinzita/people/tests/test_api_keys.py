from datetime import UTC, datetime, timedelta

import pytest

from jinzita.kernel.access import Permission, system
from jinzita.kernel.errors import Forbidden, Invalid, NotFound, Unauthenticated
from jinzita.people import selectors, services
from jinzita.people.models import ApiKey

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def make(viewer, **changes):
    return services.create_api_key(
        by=viewer, **{"name": "billing", "scopes": ["facts:write"], "expires_at": None, "now": NOW, **changes}
    )


def test_a_key_acts_for_its_maker_within_its_scopes(administrator):
    _, text = make(administrator)

    viewer = selectors.viewer_for_key(text, now=NOW)

    assert viewer.user_id == administrator.user_id
    assert viewer.permissions == {Permission.RECORD_FACTS}
    assert viewer.via == "key"


def test_only_a_hash_is_kept(administrator):
    key, text = make(administrator)
    secret = text.removeprefix("jz_").split("_", 1)[1]
    assert secret not in str(ApiKey.objects.filter(pk=key.pk).values().get())


@pytest.mark.parametrize("spoil", [lambda t: t + "x", lambda t: "jz_", lambda t: "", lambda t: t[:-1] + "é"])
def test_a_wrong_key_is_refused(administrator, spoil):
    _, text = make(administrator)
    with pytest.raises(Unauthenticated):
        selectors.viewer_for_key(spoil(text), now=NOW)


def test_an_expired_or_revoked_key_is_refused(administrator):
    _, short = make(administrator, expires_at=NOW + timedelta(days=1))
    selectors.viewer_for_key(short, now=NOW)
    with pytest.raises(Unauthenticated):
        selectors.viewer_for_key(short, now=NOW + timedelta(days=1))

    key, text = make(administrator)
    services.revoke_api_key(by=administrator, key_id=key.pk, now=NOW)
    services.revoke_api_key(by=administrator, key_id=key.pk, now=NOW)
    with pytest.raises(Unauthenticated):
        selectors.viewer_for_key(text, now=NOW)


def test_a_key_dies_with_its_makers_account_and_never_outgrows_the_role(administrator):
    user, _ = services.create_user(by=administrator, username="second", role="administrator")
    _, text = make(selectors.viewer_for(user), scopes=["facts:write", "imports:write"])
    services.update_user(by=administrator, user_id=user.pk, changes={"role": "reader"})
    assert selectors.viewer_for_key(text, now=NOW).permissions == frozenset()
    services.update_user(by=administrator, user_id=user.pk, changes={"is_active": False})
    with pytest.raises(Unauthenticated):
        selectors.viewer_for_key(text, now=NOW)


@pytest.mark.parametrize(
    "changes",
    [{"name": " "}, {"scopes": []}, {"scopes": ["everything"]}, {"expires_at": NOW - timedelta(seconds=1)}],
)
def test_wrong_input_is_refused(administrator, changes):
    with pytest.raises(Invalid):
        make(administrator, **changes)


def test_a_key_cannot_make_keys(administrator):
    _, text = make(administrator, scopes=["read"])
    with pytest.raises(Forbidden):
        make(selectors.viewer_for_key(text, now=NOW))
    with pytest.raises(Forbidden):
        make(system("test"))


def test_revoking_an_unknown_key(administrator):
    with pytest.raises(NotFound):
        services.revoke_api_key(by=administrator, key_id=1_000_000, now=NOW)
