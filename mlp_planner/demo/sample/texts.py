"""What sample people wrote, in English, the working language of the programme."""

from __future__ import annotations

from mlp_planner.demo.sample.stage import Plan

SOFIA_IN_LIEGE = Plan(
    title="Social interpreting and the social economy",
    purpose=(
        "Our bureau for third-country nationals has no interpreters of its own. We want to see how "
        "Univerbal trains and pays social interpreters, and what a city can do for enterprises of "
        "the social economy that employ newcomers."
    ),
    topics=("social-economy", "interpreting"),
    host="liege",
    hosts=("city-of-liege", "le-monde-des-possibles", "cepag"),
    guests=("sofia-municipality", "citub"),
    guest_cities=("sofia",),
    practices_seen=("univerbal", "social-economy-guide", "housing-consultations"),
    group_size=5,
    languages=("en", "fr"),
)
REPORT = (
    "Five people from Sofia spent three days in Liège.\n\n"
    "What we take home: interpreters need a contract and a place to meet, not only a list; "
    "the city orders the service, an association runs it, the unions check the conditions of work. "
    "Sofia tries this with the languages that its bureau is asked for most.\n\n"
    "What we offer in return: our study of access to the labour market, in English."
)
LIEGE_IN_MILAN = Plan(
    title="From the language course to the first contract",
    purpose=(
        "Half of those who finish our language courses find no work within a year. Milan joins "
        "Italian, a trade and an internship in one course, together with employers and unions."
    ),
    topics=("job-placement", "language-training"),
    host="milan",
    hosts=("city-of-milan", "anolf-milano", "fisascat-cisl"),
    guests=("city-of-liege", "cepag"),
    guest_cities=("liege",),
    group_size=4,
    languages=("fr", "en"),
)
MILAN_IN_LIEGE = Plan(
    title="Interpreters and labour rights for newcomers",
    purpose=(
        "How does Liège keep a service of social interpreters going, and how do refugees learn "
        "their rights at work before the first contract? Trieste joins us with the same question."
    ),
    topics=("interpreting", "labour-rights"),
    host="liege",
    hosts=("city-of-liege", "le-monde-des-possibles", "cepag"),
    guests=("city-of-milan", "anolf-milano", "city-of-trieste", "anolf-fvg"),
    guest_cities=("milan", "trieste"),
    group_size=8,
    languages=("fr", "en"),
    message="We can pay our own travel from the partner budget.",
)
LJUBLJANA_IN_PORDENONE = Plan(
    title="Internships that lead to work",
    purpose=(
        "Pordenone places trainees through the office Orienta Lavoro and trains women for a trade. "
        "We want to see the office at work and to meet the employers."
    ),
    topics=("job-placement", "vocational-training"),
    host="pordenone",
    hosts=("city-of-pordenone", "anolf-fvg"),
    guests=("city-of-ljubljana", "nsds"),
    guest_cities=("ljubljana",),
    group_size=5,
    languages=("it", "en"),
)
ATHENS_IN_SOFIA = Plan(
    title="One desk for newcomers",
    purpose=(
        "People who arrive in Athens go from office to office. Sofia has one bureau for "
        "information and services: we want to see who works there, and what it costs."
    ),
    topics=("one-stop-shop",),
    host="sofia",
    hosts=("sofia-municipality", "sofia-development-association", "citub"),
    guests=("city-of-athens", "eka"),
    guest_cities=("athens",),
    group_size=4,
    languages=("en",),
)
MILAN_IN_ATHENS = Plan(
    title="Women at work, and their rights",
    purpose=(
        "Athens has worked for years on the gender perspective of labour-market integration, and "
        "teaches labour rights in a course of 30 hours. Both are what our counselling lacks."
    ),
    topics=("gender", "labour-rights"),
    host="athens",
    hosts=("city-of-athens", "eka"),
    guests=("city-of-milan", "anolf-milano"),
    guest_cities=("milan",),
    group_size=5,
    languages=("en",),
    message="We would like to sit in on a session of the course, if one is held then.",
)
WORD_FROM_ATHENS = "The first two dates are best: the course is held in those weeks."
TRIESTE_IN_ATHENS = Plan(
    title="Labour rights in 30 hours",
    purpose="See the course on working on equal terms, and take its material home.",
    topics=("labour-rights",),
    host="athens",
    hosts=(),
    guests=("city-of-trieste",),
    guest_cities=("trieste",),
    group_size=4,
    languages=("en",),
)
