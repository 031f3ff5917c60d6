"""The English template of a long-term partnership agreement. A start for the parties' own text,
not legal advice."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from agreements.domain.terms import Clause

NOTICE = (
    "This text was made from the programme's template. The template is a proposal and not legal "
    "advice: each party has it checked against its own law and rules before it approves it."
)
_FIELD = re.compile(r"\{([^{}]*)\}")


class WrongFields(ValueError):
    """`missing` are fields of the template without a value, `unknown` those it does not have."""

    def __init__(self, missing: set[str], unknown: set[str]) -> None:
        self.missing, self.unknown = frozenset(missing), frozenset(unknown)
        super().__init__(f"missing: {sorted(missing)}, unknown: {sorted(unknown)}")


@dataclass(frozen=True)
class ClauseTemplate:
    """Each line of `text` is a numbered paragraph; a line that starts with "- " is listed."""

    key: str
    heading: str
    text: str

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(_FIELD.findall(self.heading + self.text))


def template_fields(template: tuple[ClauseTemplate, ...]) -> frozenset[str]:
    return frozenset().union(*(clause.fields for clause in template))


def fill(template: tuple[ClauseTemplate, ...], fields: Mapping[str, str]) -> tuple[Clause, ...]:
    """Return the clauses with their fields filled; braces inside a value stay as they are.

    Raises WrongFields unless `fields` has exactly the fields of the template, none of them empty.
    """
    wanted = template_fields(template)
    given = {name for name, value in fields.items() if value.strip()}
    if wanted != given or fields.keys() - wanted:
        raise WrongFields(missing=set(wanted - given), unknown=set(fields.keys() - wanted))
    return tuple(
        Clause(clause.key, _filled(clause.heading, fields), _filled(clause.text, fields))
        for clause in template
    )


def _filled(text: str, fields: Mapping[str, str]) -> str:
    return _FIELD.sub(lambda match: fields[match[1]], text)


TEMPLATE = (
    ClauseTemplate(
        "purpose",
        "Purpose",
        "This agreement is made between {parties} (the parties).\n"
        "The parties have learned from each other during a study visit hosted by {host_city} with "
        "guests from {guest_cities}. They agree to make this cooperation permanent, so that "
        "migrants enter the labour market on equal terms, know their rights at work and find the "
        "services that they need.\n"
        "Local authorities and trade union organisations each bring what the other does not have: "
        "public services and planning on one side, the trust of workers and knowledge of "
        "workplaces on the other.",
    ),
    ClauseTemplate(
        "cooperation",
        "What the parties do together",
        "The parties cooperate in these ways:\n"
        "- Exchange of practice: they share methods, materials and results that may be shared, and "
        "tell each other what did not work.\n"
        "- Meetings: they meet at least once a year, online or in person, to review what was done "
        "and to agree on the activities of the following year.\n"
        "- Training: they open suitable courses and working visits to each other's staff and "
        "volunteers when places allow.\n"
        "- Referral: when a person moves between the cities, the contact points tell them which "
        "services exist at the other end and, if the person agrees, put them in touch.\n"
        "- Joint work: they look for common projects and funding, and tell each other of calls in "
        "good time.\n"
        "Activities are agreed in writing beforehand. An e-mail between the contact points is "
        "enough.",
    ),
    ClauseTemplate(
        "topics",
        "Topics",
        "The cooperation starts with: {topics}.\n"
        "The contact points may add topics in writing, provided that they serve the purpose of "
        "this agreement.",
    ),
    ClauseTemplate(
        "responsibilities",
        "Responsibilities",
        "Each party acts within its own powers, law and budget, and remains responsible for its "
        "own services, staff and decisions.\n"
        "Local authorities involve the departments and public services concerned. Trade union "
        "organisations involve their advisers and members, and keep their independence in "
        "representing workers.\n"
        "This agreement founds no legal entity, is not exclusive, and lets no party act in the "
        "name of another.",
    ),
    ClauseTemplate(
        "contact_points",
        "Contact points",
        "Each party names a contact point and a deputy within 30 days of the last signature, and "
        "announces a change without delay. A change of contact point does not change this "
        "agreement.\n"
        "{coordinator} coordinates the programme and may be asked for support. It takes on duties "
        "under this agreement only if it is a party to it.",
    ),
    ClauseTemplate(
        "duration_and_notice",
        "Duration and notice",
        "This agreement applies from {valid_from}, or from the day of the last signature if that "
        "is later, until {valid_until}. It may be renewed in writing before it ends.\n"
        "Each party may end this agreement at any time by giving the others notice in writing. It "
        "ends for all when the period of notice has passed since the others received it. "
        "The period of notice in months is {notice_months}.\n"
        "The other parties may then conclude an agreement among themselves. Activities that have "
        "begun are completed where possible.",
    ),
    ClauseTemplate(
        "data_protection",
        "Data protection",
        "The parties exchange personal data only where an activity cannot do without, and follow "
        "Regulation (EU) 2016/679 (GDPR) and their national law. Each party is controller of the "
        "data that it processes.\n"
        "A person is referred, and their data passed on, only with their informed and freely given "
        "consent. Refusing has no disadvantage for them.\n"
        "Data on trade union membership, ethnic origin, religion or health, and data on a person's "
        "residence status, receive particular protection and are not exchanged under this "
        "agreement. If an activity needs them, the parties first make a separate written "
        "arrangement that names the legal basis.",
    ),
    ClauseTemplate(
        "costs",
        "Costs",
        "This agreement creates no financial obligation. Each party bears its own costs unless the "
        "parties concerned agree otherwise, separately and in writing, before the costs arise.\n"
        "The rules of each party on budgets, grants and public procurement remain in force.",
    ),
    ClauseTemplate(
        "visibility",
        "Visibility",
        "When the parties publish something about the study visit or about activities paid by the "
        "programme, they say that it was co-funded by the European Union's Asylum, Migration and "
        "Integration Fund (AMIF), and follow the fund's rules on the emblem and on disclaimers.\n"
        "A party uses another party's name and logo only for activities under this agreement and "
        "with its consent.",
    ),
    ClauseTemplate(
        "amendments",
        "Amendments and languages",
        "Changes to this agreement, including the admission of new parties, are valid when all "
        "parties have signed them.\n"
        "If this agreement exists in several languages and they differ, the authentic language "
        "named on its first page decides.",
    ),
    ClauseTemplate(
        "disputes",
        "Disputes",
        "The parties settle differences by talking to each other: first their contact points, and, "
        "if these find no solution within 30 days, the persons who signed for them. They may ask a "
        "mediator whom all of them accept.\n"
        "This agreement states what the parties intend to do in good faith. The rights of persons "
        "under data protection law and duties laid down by law are not affected.",
    ),
)
