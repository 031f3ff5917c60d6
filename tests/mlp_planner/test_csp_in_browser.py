import pytest
from playwright.sync_api import ConsoleMessage, Page

ADD_INLINE_STYLE = """() => { document.body.innerHTML = '<p style="color: red">x</p>' }"""
ADD_INLINE_SCRIPT = """() => {
    const script = document.createElement('script')
    script.textContent = 'document.title = "taken over"'
    document.body.append(script)
}"""


@pytest.mark.parametrize("script", [ADD_INLINE_STYLE, ADD_INLINE_SCRIPT], ids=["style", "script"])
def test_browser_refuses_what_is_inline(
    site: str, page: Page, console_faults: list[str], script: str
) -> None:
    page.goto(f"{site}/accounts/login/")
    with page.expect_console_message(names_the_policy):
        page.evaluate(script)
    assert page.title() != "taken over"
    console_faults.clear()


def names_the_policy(message: ConsoleMessage) -> bool:
    return message.type == "error" and "Content Security Policy" in message.text
