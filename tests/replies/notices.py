"""Reports in the words of mail servers that don't follow the standard, or not in everything."""

from sheetflow.replies.verdict import Kind
from tests.replies.letters import LEAD, ORIGINAL, daemon

HARD, SOFT, LATE, SENDER = Kind.HARD_BOUNCE, Kind.SOFT_BOUNCE, Kind.DELAYED, Kind.SENDER_BOUNCE


def mixed(notice: str, original: str = ORIGINAL) -> str:
    return (
        f"--frontier\nContent-Type: text/plain; charset=utf-8\n\n{notice}\n"
        f"--frontier\nContent-Type: message/rfc822\n\n{original}\n--frontier--\n"
    )


MIXED = {"content_type": 'multipart/mixed; boundary="frontier"'}

EXIM = f"""\
This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {LEAD}
    SMTP error from remote mail server after RCPT TO:<{LEAD}>:
    host mx.example.org [192.0.2.1]: 550 5.1.1 <{LEAD}>: User unknown

------ This is a copy of the message, including all the headers. ------

{ORIGINAL}"""

EXIM_DELAY = f"""\
This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on mx.example.net.

The address to which the message has not yet been delivered is:

  {LEAD}
    Delay reason: connection timed out

No action is required on your part. Delivery attempts will continue for
some time, and this warning may be repeated at intervals.

{ORIGINAL}"""

QMAIL = f"""\
Hi. This is the qmail-send program at mx.example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{LEAD}>:
192.0.2.1 does not like recipient.
Remote host said: 550 5.1.1 <{LEAD}>: no such user
Giving up on 192.0.2.1.

--- Below this line is a copy of the message.

{ORIGINAL}"""

POSTFIX_TEXT = f"""\
This is the mail system at host mx.example.net.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

<{LEAD}>: host mx.example.org[192.0.2.1] said: 554 5.7.1 Service unavailable;
    Client host [192.0.2.9] blocked using zen.spamhaus.org (in reply to RCPT TO command)

{ORIGINAL}"""

SENDMAIL_WARNING = f"""\
    **********************************************
    **      THIS IS A WARNING MESSAGE ONLY      **
    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **
    **********************************************

The original message was received at Tue, 2 Jun 2026 09:00:00 +0200

   ----- Transcript of session follows -----
<{LEAD}>... Deferred: Connection refused by mx.example.org.
Warning: message still undelivered after 4 hours
Will keep trying until message is 5 days old

{ORIGINAL}"""

EXCHANGE = f"""\
Your message did not reach some or all of the intended recipients.

      Subject:  Your enquiry
      Sent:     6/2/2026 9:00 AM

The following recipient(s) could not be reached:

      {LEAD} on 6/2/2026 9:00 AM
            The e-mail account does not exist at the organization this message was sent to.
            <mx.example.org #5.1.1>
"""

DOMINO = f"""\
Your message

  Subject: Your enquiry

was not delivered to:

  {LEAD}

because:

  User jo ({LEAD}) not listed in Domino Directory

"""

NOTES = f"""\
------- Failure Reasons  --------

User not listed in public Name & Address Book
{LEAD}

------- Returned Message --------
{ORIGINAL}"""

ZOHO = f"""\
This message was created automatically by mail delivery software.
A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.

{LEAD} Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1 <{LEAD}>... User Unknown

{ORIGINAL}"""

YAHOO = f"""\
Sorry, we were unable to deliver your message to the following address.

<{LEAD}>:
554: delivery error: dd This user doesn't have a yahoo.com account ({LEAD}) [0] - mta1.example.net

--- Below this line is a copy of the message.

{ORIGINAL}"""

GMX = f"""\
This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its recipients.
The following address failed:

"{LEAD}":
SMTP error from remote server after RCPT command:
host: mx.example.org
5.1.1 <{LEAD}> User unknown

--- The header of the original message is following. ---

{ORIGINAL}"""

MAIL_RU = f"""\
Это письмо создано автоматически сервером Mail.Ru, отвечать на него не нужно.

К сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:

  {LEAD}
    SMTP error from remote mail server after RCPT TO:<{LEAD}>: 550 5.1.1 User unknown

{ORIGINAL}"""

KDDI = f"""\
Your mail sent on: Tue, 2 Jun 2026 09:00:00 +0900
     Could not be delivered to: <{LEAD}>
     As their mailbox is full.
"""

VTEXT = f"""\
Error: Invalid user address

Error message below:
550 - Requested action not taken: no such user here

Message details:
  Subject: Your enquiry
  MAIL FROM: studio@example.com
  RCPT TO: {LEAD}
"""

GATEWAY = f"""\
Your message:
   From:    studio@example.com
   Subject: Your enquiry

Could not be delivered because of

550 5.1.1 User unknown

The following recipients were affected:
    {LEAD}

+++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++
"""

FILTER = f"""\
このメールは「m-FILTER」が自動的に生成して送信しています。
メールサーバーとの通信中、下記の理由により
このメールは送信できませんでした。

以下のメールアドレスへの送信に失敗しました。
{LEAD}

-------server message
550 5.1.1 unknown user <{LEAD}>

-------SMTP command
RCPT

-------original message
{ORIGINAL}"""

BANNERS = f"""\
|------------------------- Failed addresses follow: ---------------------|
 <{LEAD}>
   552 5.2.2 <{LEAD}> Quota exceeded (mailbox for user is full)

|------------------------- Message header follows: ----------------------|
{ORIGINAL}"""

TRANSWARE = f"""\
  ----- The following addresses had permanent fatal errors -----

>>> {LEAD} <{LEAD}>

 ----- Transcript of session follows -----
550 sorry, no mailbox here by that name (#5.1.1 - chkusr)
"""

BIGLOBE = f"""\
   ----- The following addresses had delivery problems -----
{LEAD}

   ----- Non-delivered information -----
The number of messages in recipient's mailbox exceeded the local limit.
"""

FULL_DETAILS = f"""\
We had trouble delivering your message. Full details follow:

Subject: 'Your enquiry'
Date: 'Tue, 2 Jun 2026 09:00:00 +0200'

1 error(s):

SMTP Server <mx.example.org> rejected recipient <{LEAD}>
  (Error following RCPT command). It responded as follows: [550 5.1.1 User unknown]
"""

GMAIL_DELAY = f"""\
This is an automatically generated Delivery Status Notification

THIS IS A WARNING MESSAGE ONLY.

YOU DO NOT NEED TO RESEND YOUR MESSAGE.

Delivery to the following recipient has been delayed:

     {LEAD}

Message will be retried for 2 more day(s)

----- Original message -----

{ORIGINAL}"""

OPENSMTPD_DELAY = f"""\
    Hi!

    This is the MAILER-DAEMON, please DO NOT REPLY to this e-mail.

    A message is delayed for more than 4 hours for the following
    list of recipients:

{LEAD}: Network error on destination MXs

    Please note that this is only a temporary failure report.
    The message is kept in the queue for up to 4 days.
    You DO NOT NEED to re-send the message to these recipients.

    Below is a copy of the original message:

{ORIGINAL}"""

CZECH = f"""Vaši zprávu se nepodařilo doručit:

{LEAD}

Uživatel neexistuje.
"""

HMAIL = f"""Your message did not reach some or all of the intended recipients.

The following recipient(s) could not be reached:

{LEAD}
   Error Description: No mail servers appear to exists for the recipient's address.
"""

MAILGUN = f"""Your message could not be delivered

Recipient: {LEAD}
Reason: 605 Not delivering to previously bounced address
"""

GROUP = f"""Nous vous informons que le groupe que vous avez essayé de contacter ({LEAD}) n'existe pas
ou que vous n'êtes pas autorisé à lui envoyer des messages.

Le message n'a pas pu être distribué. https://groups.google.com/support/
"""

GERMAN = f"""\
Diese Nachricht wurde automatisch erstellt.

Ihre Nachricht konnte nicht zugestellt werden:

  {LEAD}
    550 5.1.1 Empfänger unbekannt

{ORIGINAL}"""

TREND = f"""\
Message from InterScan Messaging Security Suite

Unable to deliver message to <{LEAD}> (and other recipients in the same domain).

Sent <<< RCPT TO:<{LEAD}>
Received >>> 550 5.1.1 <{LEAD}>... user unknown
"""


def by(sender: str, text: str, subject: str, **named: str) -> bytes:
    return daemon(text, subject, **({"from": sender} | named))


POSTMASTER = "Postmaster <postmaster@example.org>"
EXCHANGE_SENDER = "System Administrator <postmaster@example.org>"

VERIZON = f"""\
Message could not be delivered to mobile.
Error: No valid recipients for this MM
To: {LEAD}
"""

MDAEMON = f"""\
The attached message had PERMANENT fatal delivery errors!

YOUR MESSAGE WAS NOT DELIVERED!

The following error(s) occurred.

  Failed address: {LEAD}

--- Session Transcript ---
 Tue 2026-06-02 09:00:01: [7:2] <-- 550 <{LEAD}>, Recipient unknown
--- End Transcript ---
"""

WEBSHIELD = f"""\
    ---- Failed Recipients ----

<{LEAD}>
Mail Loop Detected

    ---- Contents of the undelivered mail ----

{ORIGINAL}"""

ANTIVIRUS = f"""\
Your message with Subject: Your enquiry
could not be delivered to the following recipients:

{LEAD}

The mailbox does not exist.
"""

NOT_A_USER = f"You sent mail to {LEAD}. That's not a valid user here.\n"

USERID = f"Invalid final delivery userid: {LEAD}\n"

POSTPONED = f"""\
Delivery of email to this address
"{LEAD}"
has been postponed due to a full mailbox.
We will continue to try to deliver your message over the next few days.
"""

NON_DELIVERY = f"""\
--- Non-Delivery Report ---
The email below could not be delivered to the following user:

"{LEAD}" <{LEAD}>
"""

IN_A_TABLE = f"""\
<html><body><div>抱歉，您的邮件被退回来了……</div><table>
<tr><td>无法发送到</td><td>{LEAD}</td></tr><tr><td>退信原因</td><td>收件人不存在</td></tr></table></body></html>
"""

IN_A_SENTENCE = f"""\
Guten Tag,

Ihre Nachricht an {LEAD} konnte leider nicht zugestellt werden, da das Postfach des Empfängers voll ist.
"""

EXCHANGE_TONGUES = {
    "French": f"""\
Échec de la remise aux destinataires ou groupes suivants :

{LEAD}
L'adresse de messagerie entrée est introuvable.
""",
    "Spanish": f"""\
No se pudo entregar a estos destinatarios o grupos:

{LEAD}
No se encontró la dirección de correo electrónico que especificó.
""",
    "Italian": f"""\
Recapito non riuscito per i seguenti destinatari o gruppi:

{LEAD}
L'indirizzo di posta elettronica immesso non è stato trovato.
""",
    "Portuguese": f"""\
Falha na entrega a estes destinatários ou grupos:

{LEAD}
O endereço de email inserido não foi encontrado.
""",
    "Dutch": f"""\
Bezorgen bij de volgende geadresseerden of groepen is mislukt:

{LEAD}
Het ingevoerde e-mailadres kan niet worden gevonden.
""",
}
EXCHANGE_SUBJECTS = {
    "French": "Non remis : Your enquiry",
    "Spanish": "No se puede entregar: Your enquiry",
    "Italian": "Non recapitabile: Your enquiry",
    "Portuguese": "Não é possível entregar: Your enquiry",
    "Dutch": "Onbestelbaar: Your enquiry",
}

NOT_STANDARD = {
    "Exim": (daemon(EXIM, x_failed_recipients=LEAD), HARD),
    "Exim, late": (daemon(EXIM_DELAY, "Warning: message 1X58pB-0004bW-2s delayed 24 hours"), LATE),
    "qmail": (by("MAILER-DAEMON@mx.example.net", QMAIL, "failure notice"), HARD),
    "Postfix in one part": (daemon(POSTFIX_TEXT, "Undelivered Mail Returned to Sender"), SENDER),
    "Sendmail, late": (daemon(SENDMAIL_WARNING, "Warning: could not send message for past 4 hours"), LATE),
    "Exchange 2003": (by(EXCHANGE_SENDER, mixed(EXCHANGE), "Undeliverable: Your enquiry", **MIXED), HARD),
    "Domino": (by(POSTMASTER, DOMINO, f"DELIVERY FAILURE: User jo ({LEAD}) not listed"), HARD),
    "Notes": (by(POSTMASTER, NOTES, "Undeliverable message"), HARD),
    "Zoho": (by("mailer-daemon@mail.zoho.com", ZOHO, "Undelivered Mail Returned to Sender"), HARD),
    "Yahoo": (by("MAILER-DAEMON@yahoo.com", YAHOO, "Failure Notice"), HARD),
    "GMX": (by("MAILER-DAEMON@mail.gmx.com", GMX, "Mail delivery failed"), HARD),
    "mail.ru": (
        by("mailer-daemon@corp.mail.ru", MAIL_RU, "Ваше сообщение не доставлено. Mail failure."),
        HARD,
    ),
    "KDDI": (by("no-reply@000.dion.ne.jp", mixed(KDDI), "Mail", **MIXED), SOFT),
    "vtext": (by("post_master@vtext.com", VTEXT, "Re:Your enquiry", return_path=""), HARD),
    "MailMarshal": (
        by("gate@example.org", GATEWAY, 'Undeliverable Mail: "Your enquiry"', return_path=""),
        HARD,
    ),
    "m-FILTER": (by("MAILER-DAEMON@m-filter", FILTER, "failure notice"), HARD),
    "T-Online": (by("Mailer-Daemon@t-online.de", BANNERS, "mail failed, returning to sender"), SOFT),
    "Active!hunter": (by('"MAILER-DAEMON" <md@example.org>', TRANSWARE, "FAILURE NOTICE :"), HARD),
    "Biglobe": (by("postmaster@biglobe.ne.jp", mixed(BIGLOBE), "Returned mail: User unknown", **MIXED), SOFT),
    "one without a name": (by("mailer-daemon", FULL_DETAILS, "There was an error sending your mail"), HARD),
    "Gmail, late": (daemon(GMAIL_DELAY, "Delivery Status Notification (Delay)"), LATE),
    "OpenSMTPD, late": (daemon(OPENSMTPD_DELAY, "Delivery status notification: delayed"), LATE),
    "one in Czech": (by(POSTMASTER, CZECH, "Zpráva nebyla doručena"), HARD),
    "hMailServer": (by("mailer-daemon@example.org", HMAIL, "Message undeliverable"), HARD),
    "Mailgun": (by("postmaster@mg.example.com", MAILGUN, "Mail delivery failed"), HARD),
    "Google Groups": (by("mailer-daemon@example.org", GROUP, "Échec de la distribution"), SOFT),
    "one in German": (by(POSTMASTER, GERMAN, "Zustellung der Nachricht fehlgeschlagen"), HARD),
    "Verizon": (by("sysadmin@example.net", VERIZON, "Undeliverable Message", return_path=""), HARD),
    "Trend Micro": (by(POSTMASTER, TREND, "メッセージを配信できません。"), HARD),
    "GMX, named": (by("GMX Mailer Daemon <mailer-daemon@gmx.example>", GMX, "Ihre E-Mail kam zurück"), HARD),
    "MDaemon": (
        by("MDaemon at example.org <MDaemon@example.org>", MDAEMON, "Permanent Delivery Failure"),
        HARD,
    ),
    "one without an address": (
        by("Gateway SMTP V5 Mail Service", WEBSHIELD, "Returned Mail: Error During Delivery", return_path=""),
        SOFT,
    ),
    "an antivirus gateway": (
        by("AntiVirus_for_SMTP@example.net", ANTIVIRUS, "Delivery failure notification", return_path=""),
        HARD,
    ),
    "one from nobody": (
        by("<>", NOT_A_USER, "", auto_submitted="auto-replied"),
        HARD,
    ),
    "IMail": (by(POSTMASTER, USERID, "Undeliverable Mail", return_path=""), HARD),
    "a full mailbox, late": (by(POSTMASTER, POSTPONED, "Mail Delivery Warning", return_path=""), LATE),
    "one that quotes the name": (
        by("admin@example.net", NON_DELIVERY, "Non-Delivery: Your enquiry", return_path=""),
        SOFT,
    ),
    "one in a table": (
        by("Postmaster@example.net", IN_A_TABLE, "系统退信", content_type="text/html; charset=utf-8"),
        HARD,
    ),
    "one in a sentence": (
        by(POSTMASTER, IN_A_SENTENCE, "Ihre Nachricht konnte nicht zugestellt werden", return_path=""),
        SOFT,
    ),
    **{
        f"Exchange in {tongue}": (by(POSTMASTER, text, EXCHANGE_SUBJECTS[tongue], return_path=""), HARD)
        for tongue, text in EXCHANGE_TONGUES.items()
    },
}
