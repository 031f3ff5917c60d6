"""Terms of a partnership as the programme's partners could sign them."""

from datetime import date

from agreements.domain.clauses import TEMPLATE, fill
from agreements.domain.terms import PartyTerms, Terms

PARTIES = (
    PartyTerms(
        "city-of-ljubljana",
        "City Municipality of Ljubljana",
        "Mestna občina Ljubljana",
        "Ljubljana",
        "SI",
        "local_authority",
    ),
    PartyTerms(
        "nsds",
        "Independent Workers' Union of Slovenia",
        "Neodvisni sindikat delavcev Slovenije, čšž ČŠŽ",
        "Ljubljana",
        "SI",
        "umn_member",
    ),
    PartyTerms(
        "citub",
        "Confederation of Independent Trade Unions in Bulgaria",
        "Конфедерация на независимите синдикати в България",
        "Sofia",
        "BG",
        "umn_member",
    ),
    PartyTerms(
        "eka",
        "Labour Centre of Athens",
        "Εργατοϋπαλληλικό Κέντρο Αθήνας",
        "Athens",
        "GR",
        "umn_member",
    ),
    PartyTerms(
        "city-of-liege", "City of Liège", "Ville de Liège", "Liège", "BE", "local_authority"
    ),
)
FIELDS = {
    "host_city": "Ljubljana",
    "guest_cities": "Sofia, Athens and Liège",
    "topics": "one-stop shops, labour rights",
    "valid_from": "1 January 2027",
    "valid_until": "31 December 2030",
    "notice_months": "3",
    "parties": ", ".join(party.name for party in PARTIES),
    "coordinator": "The European Trade Union Confederation",
}
TERMS = Terms(
    reference="UMN-2026-003-A1",
    visit_reference="UMN-2026-003",
    title="One-stop shops for migrant workers",
    parties=PARTIES,
    clauses=fill(TEMPLATE, FIELDS),
    valid_from=date(2027, 1, 1),
    valid_until=date(2030, 12, 31),
    notice_months=3,
    languages=("en", "sl"),
    authentic_language="en",
)
