"""Parts of addresses that several apps have."""

from django.urls.converters import StringConverter


class ReferenceConverter(StringConverter):
    """A reference such as UMN-2027-004 ends in a number, so no page beside it is taken for one."""

    regex = "[^/]*[0-9]"


class TableConverter(StringConverter):
    """A kind of file in which a table can be taken away."""

    regex = "csv|xlsx"
