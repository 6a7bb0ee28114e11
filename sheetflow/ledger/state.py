"""The names of what the ledger remembers as a single word or text each."""

SALT = "salt"  # of suppressed addresses; one a ledger
LEDGER = "ledger"  # its name, which a Sheet carries
CREATED = "created"  # when it was made
CONFIGURATION = "configuration"  # fingerprint of what the business decided, at the last job

SENDING = "sending"  # the word on Control as it was read last, or what pause and resume said
SENDING_READ = "sending read"  # when that was; empty without a Sheet
CLOSED = "sending closed"  # why nothing may leave because of the Sheet itself, as the last look found it
BLOCKED = "sending blocked"  # "login WORDS", or "UNTIL WORDS" with an ISO time
SERVER_AWAY = "mail server away since"  # empty while it takes mail
NEXT_MESSAGE = "next message"  # when the account's pace allows another one

LAST_JOB = "last job run"
LAST_MAILBOX = "last mailbox check"
CURSOR = "mailbox cursor"
JOBS = "job runs"  # when the last few ended, apart by spaces
PROBLEMS = "problems"  # of the last job, a line each
BROKEN = "broken"  # JSON: what the last job couldn't reach or trust, in words by its kind
ALARMS = "alarms"  # JSON: what is broken, and what the owner was told of it
BRIEFS = "briefs"  # JSON: by kind of mail to the owner, the day or week it was sent for last
SCREEN = "screen"  # JSON: the numbers of one screen, when they were counted and up to which event
TURNS = "turns"  # JSON: by folded name of an owner, when they got their last lead, counted in leads
ADVICE = "advice"  # JSON: by day, how many calls and tokens an adviser took

# What is remembered of the Sheet.
SHEET_NUMBER = "sheet number"  # of the last batch that landed
SHEET_BATCH = "sheet batch"  # the one that was sent and of which nobody knows yet whether it landed
SHEET_DROPPED = "sheet dropped"  # nonces of batches that were given up, and may come late all the same
SHEET_STRUCTURE = "sheet structure"  # its tabs, columns, zone, guards
SHEET_ACTIVITY = "sheet activity"  # number of the last event that stands in Activity
SHEET_SENDING = "sheet sending"  # the word that Control and the ledger held last
SHEET_PROBLEMS = "sheet problems"  # found by the last look, a line each
SHEET_NOTICE = "sheet notice"  # what a person should know until Sending is ON again
SHEET_FORGOTTEN = "sheet forgotten"  # set while Activity may tell of somebody who is forgotten
SHEET_TYPED = "sheet typed"  # rows without a Lead ID: how they look, and since when
