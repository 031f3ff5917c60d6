"""What a list of organisations says of each row before anybody is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from exchanges.domain.row_outcomes import RowOutcome
from exchanges.models import Organisation
from exchanges.words.formats import organisation_name


def outcome_sentence(outcome: RowOutcome, known: Organisation | None, address: str) -> str:
    """Return what will happen, or why nothing does; `known` is there already."""
    about = {"organisation": organisation_name(known) if known else "", "address": address}
    match outcome:
        case RowOutcome.NEW:
            text = _("It is added and asked. A mail to %(address)s invites its first contact.")
        case RowOutcome.NEW_ALONE:
            text = _("It is added and asked. Nobody gets a mail, because there is no address.")
        case RowOutcome.KNOWN:
            text = _("The network knows %(organisation)s. Its own contacts get the mail.")
        case RowOutcome.KNOWN_INVITED:
            text = _(
                "The network knows %(organisation)s, which has no contact yet. "
                "A mail to %(address)s invites the first one."
            )
        case RowOutcome.KNOWN_ALONE:
            text = _(
                "The network knows %(organisation)s, which has no contact yet. "
                "It is asked, and its home office can invite the first one."
            )
        case RowOutcome.PARTNER:
            text = _("%(organisation)s is a partner already. Nothing happens.")
        case RowOutcome.ASKED:
            text = _("%(organisation)s is asked already. You can remind it in the list.")
    return text % about


def doubt_sentences(name: str, *, mixed: Iterable[str], alike: Iterable[str]) -> Iterator[str]:
    """Yield what somebody should look at before the row is asked."""
    for word in mixed:
        text = _("The word “%(word)s” has letters of several alphabets.")
        yield text % {"word": word}
    for other in alike:
        yield _("“%(name)s” looks like “%(other)s”.") % {"name": name, "other": other}
