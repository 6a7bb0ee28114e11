"""The pages for the business: leads, messages, numbers. They have one door, and no way around it.

To add a page, write `sheetflow/web/pages/NAME.py` with a class or function that gives a Flask `Blueprint`,
and add it to `pages` in `wiring.build_app`. Everything on it is then behind the door of `access`: who isn't
let in sees the login, a POST without the form's token is refused, headers and errors are taken care of.

A template extends `pages/base.html` and fills the blocks `title` and `main` (`wide` is for what needs the
whole width, `head` for a style sheet of its own beside `static/pages.css`). Each form that changes something
holds `{{ csrf_field() }}`. No script, no `style=` attribute and nothing of another site: the policy that
`site` sends with every page stops them. A page that needs another policy sets the header itself.
"""
