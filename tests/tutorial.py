"""The usual app, for comparison: the row and the mail within the request."""

import os
import warnings

import yagmail
from flask import Flask, request

from tests.fakes.sheets import connect


def create_app() -> Flask:
    warnings.simplefilter("ignore")
    place = os.environ
    client = connect(place["SHEETS_API_ENDPOINT"], place["GOOGLE_SERVICE_ACCOUNT_JSON"])
    sheet = client.open_by_key(place["SHEETFLOW_SHEET"]).sheet1
    mail = yagmail.SMTP(
        user=place["SMTP_USER"], password=place["SMTP_PASSWORD"], host=place["SMTP_HOST"],
        port=int(place["SMTP_PORT"]), smtp_starttls=True, smtp_ssl=False,
    )  # fmt: skip
    app = Flask("tutorial")

    @app.post("/leads")
    def take() -> dict[str, object]:
        lead = request.get_json()
        sheet.append_row([lead["name"], lead["email"], lead["message"]])
        mail.send(lead["email"], "Thank you", "We will call you.")
        return {"ok": True, "status": "accepted"}

    @app.get("/health")
    def health() -> dict[str, bool]:
        return {"ok": True}

    return app
