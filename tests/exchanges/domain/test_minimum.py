import pytest

from exchanges.domain.minimum import Invited, Missing, all_hosts_declined, missing_acceptances
from exchanges.enums import InvitationState, PartnerRole, Side

S, R = InvitationState, PartnerRole


def host(role: PartnerRole, state: InvitationState = S.ACCEPTED) -> Invited:
    return Invited(Side.HOST, "ljubljana", role, state)


def guest(city: str, state: InvitationState = S.ACCEPTED) -> Invited:
    return Invited(Side.GUEST, city, R.LOCAL_AUTHORITY, state)


def missing(*invited: Invited, guests: tuple[str, ...] = (), umn: bool = True) -> list[Missing]:
    return list(missing_acceptances(invited, guests, requires_umn_host=umn))


def test_everything_is_missing_at_first():
    assert missing(guests=("pordenone", "athens")) == [
        Missing("host_local_authority"),
        Missing("host_umn_member"),
        Missing("guest_city", "pordenone"),
        Missing("guest_city", "athens"),
    ]


def test_nothing_is_missing_with_authority_union_and_each_guest_city():
    accepted = host(R.LOCAL_AUTHORITY), host(R.UMN_MEMBER), guest("pordenone"), guest("athens")
    assert missing(*accepted, guests=("pordenone", "athens")) == []


@pytest.mark.parametrize("state", [S.OPEN, S.DECLINED, S.LAPSED, S.WITHDRAWN])
def test_only_acceptances_count(state):
    invited = host(R.LOCAL_AUTHORITY, state), host(R.UMN_MEMBER), guest("pordenone", state)
    assert missing(*invited, guests=("pordenone",)) == [
        Missing("host_local_authority"),
        Missing("guest_city", "pordenone"),
    ]


def test_authority_of_a_guest_city_does_not_stand_in_for_the_host():
    assert missing(host(R.UMN_MEMBER), guest("pordenone"), guests=("pordenone",)) == [
        Missing("host_local_authority")
    ]


def test_programme_can_do_without_union_on_the_host_side():
    assert missing(host(R.LOCAL_AUTHORITY), umn=False) == []


def test_any_organisation_of_a_guest_city_is_enough():
    union = Invited(Side.GUEST, "pordenone", R.UMN_MEMBER, S.ACCEPTED)
    accepted = host(R.LOCAL_AUTHORITY), host(R.UMN_MEMBER), union
    assert missing(*accepted, guests=("pordenone",)) == []


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], False),
        ([S.DECLINED], True),
        ([S.DECLINED, S.DECLINED], True),
        ([S.DECLINED, S.OPEN], False),
        ([S.DECLINED, S.ACCEPTED], False),
        ([S.DECLINED, S.WITHDRAWN, S.LAPSED], True),
        ([S.WITHDRAWN, S.LAPSED], False),
    ],
)
def test_all_hosts_declined(states, expected):
    invited = [host(R.UMN_MEMBER, state) for state in states] + [guest("pordenone")]
    assert all_hosts_declined(invited) is expected
