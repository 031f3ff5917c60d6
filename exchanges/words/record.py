"""A sentence and an icon for every verb of the record, by the kind of its subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchanges.words.visits import MOVED

Said = tuple[str | Promise, str]

VISIT: dict[str, Said] = {
    **{verb.value: said for verb, said in MOVED.items()},
    "start": (_("Started the proposal"), "pencil-line"),
    "suggest": (_("Suggested this visit out of plan %(number)s"), "lightbulb"),
    "save_draft": (_("Saved the draft"), "save"),
    "invite": (_("Invited %(organisation)s"), "mail-plus"),
    "withdraw_invitation": (_("Took back the invitation of %(organisation)s"), "undo-2"),
    "send_again": (_("Sent the invitation of %(organisation)s again"), "mail"),
    "ask_for_answer": (_("Asked %(organisation)s for the answers that are missing"), "mail"),
    "revoke_links": (_("Ended the links that %(organisation)s had by mail"), "link"),
    "accept": (_("%(organisation)s accepted"), "check"),
    "decline": (_("%(organisation)s declined"), "x"),
    "name_publicly": (_("%(organisation)s agreed to be named to the public"), "eye"),
    "unname_publicly": (_("%(organisation)s is no longer named to the public"), "undo-2"),
    "add_delegate": (_("Named a delegate of %(organisation)s"), "user-plus"),
    "edit_delegate": (_("Changed a delegate of %(organisation)s"), "user-check"),
    "remove_delegate": (_("Removed a delegate of %(organisation)s"), "user-x"),
    "confirm_held": (_("Confirmed that the visit took place"), "check"),
    "deny_held": (_("Said that the visit did not take place so"), "x"),
    "add_item": (_("Added a session to the agenda"), "calendar-plus"),
    "edit_item": (_("Changed a session of the agenda"), "square-pen"),
    "cancel_item": (_("Cancelled a session of the agenda"), "calendar-x"),
    "restore_item": (_("Restored a cancelled session of the agenda"), "rotate-ccw"),
}
ORGANISATION: dict[str, Said] = {
    "person_invited": (_("Invited a person to open an account"), "mail-plus"),
    "invitation_sent_again": (_("Sent the invitation to an account again"), "mail"),
    "invitation_revoked": (_("Took back an invitation to an account"), "undo-2"),
    "person_joined": (_("A person joined"), "user-plus"),
    "handover_offered": (_("Offered the organisation to another home office"), "mail-plus"),
    "handover_accepted": (_("Agreed to another home office"), "check"),
    "handover_refused": (_("Refused another home office"), "x"),
    "handover_withdrawn": (_("Took back the offer to another home office"), "undo-2"),
    "handed_over": (_("The organisation has another home office"), "arrow-right"),
    "recovery_started": (_("Said that nobody answers any more"), "shield-alert"),
    "recovery_stopped": (_("Stopped the recovery of the organisation"), "octagon-x"),
    "recovery_withdrawn": (_("Took back the recovery of the organisation"), "undo-2"),
    "recovery_ended": (_("A new contact has joined after the recovery"), "user-plus"),
    "dispute_opened": (_("Put a question to the operator"), "scale"),
    "dispute_stated": (_("Added a statement for the operator"), "message-square"),
    "dispute_decided": (_("The operator decided"), "scale"),
    "roles_changed": (_("Changed the roles of a person"), "user-check"),
    "membership_ended": (_("Ended the membership of a person"), "user-x"),
    "contact_appointed": (_("Appointed a contact"), "user-plus"),
    "roles_objected": (_("Objected to a change of roles"), "shield-alert"),
    "roles_decided": (_("Decided about a change of roles"), "check"),
    "removal_asked": (_("Asked to end the role of the last signatory"), "user-x"),
    "signatory_proposed": (_("Proposed a signatory"), "user-plus"),
    "signatory_objected": (_("Objected to a signatory"), "shield-alert"),
    "signatory_confirmed": (_("Confirmed a signatory"), "check"),
    "signatory_refused": (_("Refused a signatory"), "x"),
    "signatory_withdrawn": (_("Withdrew the proposal of a signatory"), "undo-2"),
}
PROGRAMME: dict[str, Said] = {
    "load": (_("Loaded the programme from a file"), "upload"),
    "set_max_exchanges": (_("Set the maximum of exchanges from %(before)s to %(now)s"), "ticket"),
    "give_audit": (_("Made a person auditor"), "shield"),
    "take_audit": (_("Ended the role of an auditor"), "shield-alert"),
    "want_heads": (_("Asked for the head of the record by mail"), "mail"),
    "stop_heads": (_("Stopped the head of the record by mail"), "mail"),
    "add_partner": (_("Added %(organisation)s as partner"), "plus"),
    "ask_partner": (_("Asked %(organisation)s to take part"), "mail-plus"),
    "remind_partner": (_("Reminded %(organisation)s of the question to take part"), "bell"),
    "accept_partnership": (_("%(organisation)s accepted to take part"), "check"),
    "decline_partnership": (_("%(organisation)s declined to take part"), "x"),
    "withdraw_partnership": (_("Took back the question to %(organisation)s"), "undo-2"),
    "edit_partnership": (_("Changed the role or money offered to %(organisation)s"), "square-pen"),
    "remove_partner": (_("Removed %(organisation)s as partner"), "minus"),
    "set_weights": (_("Changed what counts in matching"), "sliders-horizontal"),
    "fix_pair": (_("Fixed a pair for every plan: %(guest)s visits %(host)s"), "pin"),
    "forbid_pair": (_("Forbade a pair in every plan: %(guest)s visits %(host)s"), "ban"),
    "settle_credits": (_("Gave credits to the cities that were left out"), "ticket"),
    "take_back_pair": (_("Took back what was said of a pair: %(guest)s visits %(host)s"), "undo-2"),
}
CITY: dict[str, Said] = {
    "ask_for_city": (_("%(organisation)s asked to act for the city"), "mail-plus"),
    "consent_to_city": (_("Agreed that %(organisation)s acts for the city"), "check"),
    "refuse_city": (_("Refused that %(organisation)s acts for the city"), "x"),
    "set_levels": (_("Changed the levels"), "sliders-horizontal"),
    "set_needs": (_("Changed the learning needs"), "lightbulb"),
    "set_blackouts": (_("Changed the blackout dates"), "calendar-off"),
    "say_wish": (_("Said a wish towards another city"), "message-square"),
    "take_back_wish": (_("Took back a wish towards another city"), "undo-2"),
}
PLAN: dict[str, Said] = {
    "start_plan": (_("Asked for plan %(number)s"), "plus"),
    "stop_plan": (_("Stopped the computation"), "octagon-x"),
    "solve_plan": (_("Solved the plan"), "check"),
    "fail_plan": (_("The plan could not be solved"), "x"),
    "note_plan": (_("Changed the note"), "pencil-line"),
}
PERSON: dict[str, Said] = {
    "account_closed": (_("Closed the account"), "user-x"),
    "name_changed": (_("Changed the name of the account"), "pencil-line"),
    "address_added": (_("Added an e-mail address"), "mail-plus"),
    "address_confirmed": (_("Confirmed an e-mail address"), "check"),
    "address_changed": (_("Changed the main e-mail address"), "pencil-line"),
    "address_removed": (_("Removed an e-mail address"), "trash-2"),
    "password_set": (_("Set a password"), "plus"),
    "password_changed": (_("Changed the password"), "pencil-line"),
    "password_reset": (_("Replaced a forgotten password"), "rotate-ccw"),
    "factor_added": (_("Added a passkey or second factor"), "shield"),
    "factor_removed": (_("Removed a passkey or second factor"), "shield-alert"),
    "factor_reset": (_("Made new recovery codes"), "rotate-ccw"),
}
ANY: dict[str, Said] = {
    "add": (_("Added this"), "plus"),
    "edit": (_("Changed this"), "pencil-line"),
    "edit_partner": (_("Changed the partner's data"), "pencil-line"),
    "delete": (_("Deleted this"), "trash-2"),
    "message_requeued": (_("Queued the message again"), "refresh-cw"),
}
QUIET = ("save_draft",)
"""Recorded, but not shown in a history."""

_sentences: dict[str, Mapping[str, Said]] = {
    "studyvisit": VISIT,
    "organisation": ORGANISATION,
    "programme": PROGRAMME,
    "user": PERSON,
    "city": CITY,
    "programmeplan": PLAN,
}


def add_sentences(subject_type: str, sentences: Mapping[str, Said]) -> None:
    """For apps above this one; call it when they start."""
    _sentences[subject_type] = sentences


def sentence_of(subject_type: str, verb: str, data: Mapping[str, Any]) -> str:
    """`data` fills the gaps; what is not there reads as an ellipsis, never as a fault."""
    found = _said(subject_type, verb)
    if found is None:
        return gettext("Something else: %(verb)s") % {"verb": verb.replace("_", " ")}
    gaps = defaultdict(lambda: "…", data)
    return str(found[0]) % gaps


def icon_of(subject_type: str, verb: str) -> str:
    found = _said(subject_type, verb)
    return found[1] if found else "circle-dot"


def _said(subject_type: str, verb: str) -> Said | None:
    return _sentences.get(subject_type, {}).get(verb) or ANY.get(verb)
