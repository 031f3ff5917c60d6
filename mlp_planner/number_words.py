from django.utils.translation import gettext_lazy

WORDS = (
    gettext_lazy("no"),
    gettext_lazy("one"),
    gettext_lazy("two"),
    gettext_lazy("three"),
    gettext_lazy("four"),
    gettext_lazy("five"),
    gettext_lazy("six"),
    gettext_lazy("seven"),
    gettext_lazy("eight"),
    gettext_lazy("nine"),
)


def spelled(number: int) -> str:
    """As a word below ten."""
    return str(WORDS[number]) if number < len(WORDS) else str(number)
