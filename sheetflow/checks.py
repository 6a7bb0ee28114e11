"""`check`: everything that can be wrong, tried, with how to mend it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from sheetflow.ai.adviser import Adviser
from sheetflow.capture.language import language_of
from sheetflow.channels import Channels, scheme
from sheetflow.errors import ConfigError, SheetflowError
from sheetflow.ledger import state
from sheetflow.ledger.tally import count_leads
from sheetflow.mail.account import PASSWORDS_END, is_microsofts
from sheetflow.mail.letters import FULL
from sheetflow.wired import Wired
from sheetflow.workflow.advice import consider
from sheetflow.workflow.brakes import is_on
from sheetflow.workflow.decide import some
from sheetflow.workflow.finding import About, Finding
from sheetflow.workflow.foretold import foretell, samples
from sheetflow.workflow.history import fold
from sheetflow.workflow.lead import email_key, suppression_hash
from sheetflow.workflow.notice import one_line
from sheetflow.workflow.outcome import Result
from sheetflow.workflow.qualify import qualify
from sheetflow.workflow.routing import unlisted
from sheetflow.workflow.sequence import Workflow

MAKE_ONE = "`python3 -c 'import secrets; print(secrets.token_urlsafe())'`"
NOBODYS = ("example.com", "example.net", "example.org")  # by RFC 2606, and in the configuration as it comes
NO_LINKS = "; without buttons, which need SHEETFLOW_BASE_URL and SHEETFLOW_SECRET_KEY"


def check(wired: Wired, send_to: str | None) -> Iterator[Finding]:
    """Findings in the order of a lead's way; the configuration itself was read without a problem."""
    steps = ", ".join(f"{step.name} on day {step.day}" for step in wired.workflow.steps)
    yield Finding(f"Configuration: {wired.workflow.business.name}; {steps}.")
    yield _door(wired)
    yield from _about("ledger", _ledger(wired))
    yield from _about("sheet", _sheet(wired))
    for problem in wired.letters.problems():
        yield Finding(f"Template {problem}", 2, "template")
    yield from (
        Finding(f"Template {name}.md is no step's.", about="template") for name in _idle(wired.workflow)
    )
    yield from _about("mail", _mail(wired))
    yield from _about("sample", _samples(wired))
    yield from _about("channels", _channels(wired, tells=bool(send_to)))
    yield from _about("advice", _advice(wired))
    yield _opt_out(wired)
    yield _pages(wired)
    yield from _about("pages", _secrets(wired))
    yield from _heartbeat(wired)
    if send_to:
        yield _test_message(wired, send_to)


def _idle(workflow: Workflow) -> list[str]:
    used = {step.template for step in (*workflow.steps, *workflow.nurture)}
    return sorted(name for name in workflow.templates if name.partition(".")[0] not in used)


def _about(what: About, findings: Iterable[Finding]) -> Iterator[Finding]:
    return (replace(finding, about=what) for finding in findings)


def _samples(wired: Wired) -> Iterator[Finding]:
    now = wired.ports.clock()
    yield from (Finding(f"{sentence}.") for sentence in unlisted(wired.workflow))
    for number, (lead, language) in enumerate(samples(wired.workflow), 1):
        yield Finding(f"Sample lead {number} would be {foretell(lead, language, wired.workflow, now)}.")


def _channels(wired: Wired, *, tells: bool) -> Iterator[Finding]:
    """Whether their addresses can be right; only if it `tells` is anything sent there."""
    urls = wired.channels
    problems = Channels().problems(urls)
    yield from (Finding(f"Channel {problem}.", 2) for problem in problems)
    if not wired.settings.smtp:
        yield Finding("Owners are told of nothing as long as mail goes to the outbox.")
    elif not problems:
        ways = ", and on ".join(filter(None, ("by mail", ", ".join(map(scheme, urls)))))
        yield Finding(f"Owners are told {ways}{'' if wired.settings.has_buttons else NO_LINKS}.")
    if tells and urls and not problems:
        failed = Channels().tell(urls, "A test of sheetflow", "Leads will be told of here.")
        yield from (Finding(f"Channel {sentence}.", 1) for sentence in failed)
        yield Finding(f"A test message left for {len(urls) - len(failed)} of {len(urls)} channels.")


def _advice(wired: Wired) -> Iterator[Finding]:
    """One question about each sample, until one isn't answered."""
    model, workflow = wired.settings.model, wired.workflow
    if model is None:
        return
    for number, (lead, language) in enumerate(samples(workflow), 1):
        answer = Adviser(model.url, model.key, model.name).ask(lead, workflow)
        if answer.advice is None:
            yield Finding(
                f"The language model gives no advice: {answer.said}. Leads are answered without.", 1
            )
            return
        found = qualify(lead, workflow.rules, language)
        after = consider(found, answer.advice, lead, workflow.rules, workflow.business.language, language_of)
        opening = f"; the answer would begin: “{after.opening}”" if after.opening else ""
        said = f"{one_line(answer.advice.summary)} ({after.adviser}{opening})"
        yield Finding(f"The language model on sample lead {number}: {said}")


def _door(wired: Wired) -> Finding:
    names, signing = (", ".join(of) for of in (wired.settings.tokens, wired.settings.signing_secrets))
    said = [f"Leads are taken with the tokens named {names}."] if names else []
    said += [f"Signed leads alone are taken from {signing}."] if signing else []
    nobody = "Leads are taken from this machine only: no SHEETFLOW_WEBHOOK_TOKENS is set."
    return Finding(" ".join(said) or nobody, about="door")


def _ledger(wired: Wired) -> Iterator[Finding]:
    if wired.settings.closed:
        yield Finding(wired.settings.closed, 2)
        return
    try:
        with wired.ports.ledger.reading() as book:
            leads, word = count_leads(book), book.get(state.SENDING)
    except (ConfigError, SheetflowError) as error:
        yield Finding(str(error), _code(error))
        return
    yield Finding(f"The ledger is {wired.ports.ledger.database.name}, with {some(leads, 'lead')}.")
    if not is_on(word):
        yield Finding(f"Sending is {word or 'empty'}: nothing is sent until `python -m sheetflow resume`.")


def _sheet(wired: Wired) -> Iterator[Finding]:
    if not wired.settings.sheet_id:
        yield Finding("No Sheet is connected: set SHEETFLOW_SHEET to see the leads in yours.")
        return
    if wired.settings.closed:
        return  # what the Sheet says can't be compared with anything
    try:
        wrong = wired.ports.sheet.check()
    except (ConfigError, SheetflowError) as error:
        yield Finding(str(error), _code(error))
        return
    yield from (Finding(sentence, 2) for sentence in wrong)
    if not wrong:
        yield Finding("The Sheet can be read and written, and has every column.")


def _mail(wired: Wired) -> Iterator[Finding]:
    smtp = wired.settings.smtp
    if wired.settings.half_configured:
        yield Finding(f"{wired.settings.half_configured}.", 2)
        return
    try:
        wired.ports.transport.verify()
    except (ConfigError, SheetflowError) as error:
        yield Finding(f"Mail can't be sent: {error}", _code(error))
    else:
        yield Finding(f"Mail leaves by {smtp.host}." if smtp else "Mail goes to the folder var/outbox.")
    if smtp and is_microsofts(smtp.host):
        yield Finding(f"{PASSWORDS_END}.")
    yield Finding(f"Messages come from {wired.ports.sender}{_other_address(wired)}.")
    own = wired.workflow.business.email
    if smtp and own.lower().partition("@")[2] in NOBODYS:
        yield Finding(
            f"[business] email is still {own}, and nobody gets what is mailed there: put your address, your "
            "name and your postal address into config/sheetflow.toml."
        )
    if smtp:
        yield _replies(wired)


def _other_address(wired: Wired) -> str:
    """Many servers let an account send as itself alone, or write its own address over the other one."""
    smtp, sender = wired.settings.smtp, wired.ports.sender
    if smtp is None or "@" not in smtp.user or email_key(smtp.user) == email_key(sender):
        return ""
    return (
        f"; the account is another address, {smtp.user}: it must be allowed to send as {sender} "
        f"(or set SMTP_FROM={smtp.user})"
    )


def _replies(wired: Wired) -> Finding:
    imap = wired.settings.imap
    if imap is None:
        return Finding("Replies aren't read (IMAP_HOST=off): set the status of a lead that answers yourself.")
    try:
        folders = ", ".join(wired.ports.mailbox.verify())
    except (ConfigError, SheetflowError) as error:
        return Finding(f"Replies can't be read, so no follow-up leaves: {error}", _code(error))
    return Finding(f"Replies are read at {imap.host}: {folders}.")


def _opt_out(wired: Wired) -> Finding:
    return Finding(
        _how_to_opt_out(wired.settings.base_url, bool(wired.settings.secret_keys)), about="opt-out"
    )


def _how_to_opt_out(base_url: str, has_key: bool) -> str:
    if not base_url:
        return "Leads opt out by mail (reply STOP): no SHEETFLOW_BASE_URL is set."
    if not has_key:
        return "Leads opt out by mail (reply STOP): no SHEETFLOW_SECRET_KEY is set to sign links."
    # Settings take http:// for this machine alone.
    reach = ", which only this machine can open" if base_url.startswith("http:") else ""
    return f"Leads opt out by a link to {base_url}/u/…{reach}, or by mail (reply STOP)."


def _pages(wired: Wired) -> Finding:
    if not wired.settings.dashboard_password:
        who = "this machine alone, by `run` and `serve`: no SHEETFLOW_DASHBOARD_PASSWORD is set"
    elif not wired.settings.secret_keys:
        who = "whoever knows the password, by `run` and `serve` alone: no SHEETFLOW_SECRET_KEY is set"
    else:
        who = "whoever knows the password"
    return Finding(f"The pages are shown to {who}.", about="pages")


def _secrets(wired: Wired) -> Iterator[Finding]:
    """Whoever got a link by mail can try keys at home; tokens and passwords must be tried here, slowly."""
    settings, password = wired.settings, wired.settings.dashboard_password
    least = (
        ("SHEETFLOW_SECRET_KEY", 16, settings.secret_keys),
        ("SHEETFLOW_WEBHOOK_TOKENS", 12, [token for of in settings.tokens.values() for token in of]),
        ("SHEETFLOW_DASHBOARD_PASSWORD", 8, [password] if password else []),
    )
    for name, length, values in least:
        if any(len(value) < length for value in values):
            yield Finding(
                f"{name} can be guessed: use {length} characters or more, like what {MAKE_ONE} prints."
            )
    if not settings.secret_keys:
        yield Finding(
            "Programs can pretend to have filled in the form slowly: no SHEETFLOW_SECRET_KEY is set. "
            "On this machine alone that does no harm."
        )


def _heartbeat(wired: Wired) -> Iterator[Finding]:
    """Not fetched here: that would say that a job has run."""
    if wired.settings.heartbeat:
        host = urlsplit(wired.settings.heartbeat).hostname
        yield Finding(f"Each job without a problem is reported to {host}.")


def _test_message(wired: Wired, send_to: str) -> Finding:
    """The first step as a lead with this address would get it."""
    if wired.settings.half_configured:
        return Finding("No test message: no mail account is set.", 2)
    ports, step = wired.ports, wired.workflow.first
    try:
        # Nobody's: without the ledger's salt it is no address's hash there, and the link stops no lead.
        address = suppression_hash(FULL.email, "")
        message = ports.compose(FULL, fold((), wired.workflow), step, ports.clock(), address)
        message.replace_header("To", send_to)
    except (SheetflowError, ValueError) as error:
        return Finding(f"No test message: {error}", 2)
    with ports.transport.session() as session:
        outcome = session.deliver(message, send_to, f"{ports.clock():%Y%m%dT%H%M%SZ}-check-{step.name}.eml")
    if outcome.result is Result.SENT:
        return Finding(f"A test message left for {send_to}.")
    return Finding(f"The test message was not taken: {outcome.detail}", 1)


def _code(error: ConfigError | SheetflowError) -> int:
    return 2 if isinstance(error, ConfigError) else 1
