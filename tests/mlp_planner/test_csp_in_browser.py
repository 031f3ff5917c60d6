from playwright.sync_api import Page

ADD_INLINE_STYLE = """() => { document.body.innerHTML = '<p style="color: red">x</p>' }"""
ADD_INLINE_SCRIPT = """() => {
    const script = document.createElement('script')
    script.textContent = 'document.title = "taken over"'
    document.body.append(script)
}"""


def test_browser_refuses_inline_style_and_script(
    site: str, page: Page, console_faults: list[str]
) -> None:
    page.goto(f"{site}/accounts/login/")
    console_faults.clear()
    page.evaluate(ADD_INLINE_STYLE)
    page.evaluate(ADD_INLINE_SCRIPT)
    assert page.title() != "taken over"
    assert len(console_faults) == 2
    assert all("Content Security Policy" in fault for fault in console_faults)
    console_faults.clear()
