"""Days and dates of the Gregorian calendar, as IMAP writes and reads them (RFC 3501 9)."""

from __future__ import annotations

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_DAY = 86_400


def day_number(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01. Counted in years that begin in March, so that a leap day comes last."""
    years = year if month > 2 else year - 1
    months = (month - 3) % 12
    leap_days = years // 4 - years // 100 + years // 400
    return 365 * years + leap_days + (153 * months + 2) // 5 + day - 1 - 719_468


def civil(number: int) -> tuple[int, int, int]:
    """Year, month and day of a day number."""
    year = (number * 400) // 146_097 + 1970
    while number < day_number(year, 1, 1):
        year -= 1
    while number >= day_number(year + 1, 1, 1):
        year += 1
    month = next(month for month in range(12, 0, -1) if number >= day_number(year, month, 1))
    return year, month, number - day_number(year, month, 1) + 1


def month_number(name: str) -> int:
    """1 to 12 for the name of a month in any case, 0 for another word."""
    return MONTHS.index(name.title()) + 1 if name.title() in MONTHS else 0


def valid(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and day >= 1 and civil(day_number(year, month, day)) == (year, month, day)


def day_of(seconds: int) -> int:
    """The day number of a moment in seconds since 1970."""
    return seconds // _DAY


def date_time(seconds: int) -> str:
    """date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE"""
    year, month, day = civil(day_of(seconds))
    hours, minutes = divmod(seconds % _DAY // 60, 60)
    return f'"{day:2}-{MONTHS[month - 1]}-{year:04} {hours:02}:{minutes:02}:{seconds % 60:02} +0000"'
