import zoneinfo
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from exchanges.exports.calendar.ical import NonexistentTime, vtimezone
from exchanges.exports.calendar.ical.posix_zone import NoRule, parsed
from exchanges.exports.calendar.ical.zones import ZoneWriter

BRUSSELS = b"""BEGIN:VTIMEZONE
TZID:Europe/Brussels
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
END:VTIMEZONE
""".replace(b"\n", b"\r\n")


def test_vtimezone_is_one_standard_and_one_daylight_with_yearly_rules() -> None:
    assert vtimezone("Europe/Brussels") == BRUSSELS


def test_vtimezone_without_clock_change_is_one_standard() -> None:
    lines = vtimezone("Asia/Kolkata").decode().split("\r\n")
    assert lines[2:7] == [
        "BEGIN:STANDARD",
        "DTSTART:19960101T000000",
        "TZOFFSETFROM:+0530",
        "TZOFFSETTO:+0530",
        "TZNAME:IST",
    ]
    assert lines.count("BEGIN:STANDARD") == 1
    assert "BEGIN:DAYLIGHT" not in lines


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "Africa/Cairo"])
def test_utc_and_a_rule_across_months_have_no_vtimezone(zone: str) -> None:
    assert vtimezone(zone) == b""


@pytest.mark.parametrize("zone", ["../../etc/passwd", "Europe/Atlantis", ""])
def test_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises((zoneinfo.ZoneInfoNotFoundError, ValueError)):
        vtimezone(zone)


@pytest.mark.parametrize("footer", ["", "EET-2EEST,J60,J300", "nonsense", "EET-2EEST"])
def test_footer_that_is_no_yearly_weekday_rule_is_refused(footer: str) -> None:
    with pytest.raises(NoRule):
        parsed(footer)


def test_summer_is_the_phase_with_the_larger_offset_in_dublin_too() -> None:
    rule = parsed("IST-1GMT0,M10.5.0,M3.5.0/1")
    assert rule.summer
    assert (rule.summer.name, rule.winter.name) == ("IST", "GMT")


def years_moments(zone: ZoneInfo) -> list[datetime]:
    """Local time at every half hour of the months of change, and every four hours of the others."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    moments = [start + timedelta(minutes=30 * n) for n in range(365 * 48)]
    kept = [m for n, m in enumerate(moments) if m.month in (3, 4, 9, 10) or n % 8 == 0]
    return [moment.astimezone(zone).replace(tzinfo=None) for moment in kept]


@pytest.mark.parametrize(
    "zone",
    [
        "Europe/Brussels",
        "Europe/Sofia",
        "Europe/Athens",
        "Europe/Rome",
        "Europe/Ljubljana",
        "Europe/Dublin",
        "America/Santiago",
        "America/Nuuk",
        "Africa/Casablanca",
        "Africa/Cairo",
        "Asia/Jerusalem",
        "Asia/Gaza",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "Etc/GMT+5",
        "UTC",
    ],
)
def test_all_local_times_are_written_so_that_they_mean_the_same_instant(zone: str) -> None:
    """Read by the rule alone: a VTIMEZONE that icalendar turns into a tzinfo without zoneinfo."""
    info = ZoneInfo(zone)
    writer = ZoneWriter(zone)
    reader = None
    if component := vtimezone(zone):
        reader = icalendar.Timezone.from_ical(component).to_tz(lookup_tzid=False)
    for local in years_moments(info):
        value = writer.value(local).rsplit(":", 1)[1]
        written = datetime.strptime(value[:15], "%Y%m%dT%H%M%S")  # noqa: DTZ007
        if value.endswith("Z"):
            assert written.replace(tzinfo=UTC) == local.replace(tzinfo=info).astimezone(UTC)
        else:
            assert reader is not None
            offset = reader.utcoffset(written.replace(tzinfo=reader))
            assert offset == local.replace(tzinfo=info).utcoffset(), local


def test_time_of_a_year_with_other_rules_is_written_in_utc() -> None:
    local = datetime(2015, 7, 1, 12)  # noqa: DTZ001
    assert ZoneWriter("Europe/Istanbul").value(local) == ";TZID=Europe/Istanbul:20150701T120000"
    winter = datetime(2015, 1, 15, 12)  # noqa: DTZ001
    assert ZoneWriter("Europe/Istanbul").value(winter) == ":20150115T100000Z"
    assert ZoneWriter("Europe/Rome").value(datetime(1990, 7, 1, 12)) == ":19900701T100000Z"  # noqa: DTZ001


def test_ambiguous_time_is_written_in_utc_with_its_fold() -> None:
    writer = ZoneWriter("Europe/Sofia")
    ambiguous = datetime(2026, 10, 25, 3, 30)  # noqa: DTZ001
    assert writer.value(ambiguous) == ":20261025T003000Z"
    assert writer.value(ambiguous.replace(fold=1)) == ":20261025T013000Z"
    assert not writer.is_used


def test_time_with_a_zone_of_its_own_keeps_its_instant() -> None:
    writer = ZoneWriter("Europe/Rome")
    assert writer.value(datetime(2026, 7, 1, 8, tzinfo=UTC)) == ";TZID=Europe/Rome:20260701T100000"
    folded = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert writer.value(folded) == ":20261025T013000Z"


def test_time_that_does_not_exist_is_refused() -> None:
    with pytest.raises(NonexistentTime, match=r"2026-03-29 03:30 .* Europe/Athens"):
        ZoneWriter("Europe/Athens").value(datetime(2026, 3, 29, 3, 30))  # noqa: DTZ001
