"""Five made-up businesses: what their owners wrote into sheetflow.toml, and the templates they have."""

from pathlib import Path

from sheetflow.business import read_workflow

FOLDER = Path(__file__).parent / "businesses"
OWN = {"plumber": "en", "coach": "en", "law": "de", "studio": "fr", "dentist": "es"}
# Besides those in the four languages that ship.
OTHERS = {
    "plumber": ("first_response.now", "first_response.leak-repair", "first_response.leak-repair.es"),
    "coach": ("first_response.team-workshop",),
    "law": ("first_response.arbeitsrecht", "first_response.arbeitsrecht.en"),
    "studio": ("first_response.mariage", "first_response.mariage.en"),
    "dentist": ("first_response.now", "first_response.now.de"),
}


def workflow_of(business, folder):
    """The workflow of one of them, by way of its configuration in `folder`."""
    foreign = [language for language in ("de", "en", "es", "fr") if language != OWN[business]]
    templates = folder / "templates"
    templates.mkdir(parents=True)
    for name in ("first_response", *(f"first_response.{code}" for code in foreign), *OTHERS[business]):
        (templates / f"{name}.md").write_text("Subject: Hello\n\nHello\n")
    (folder / "sheetflow.toml").write_text((FOLDER / f"{business}.toml").read_text())
    return read_workflow(folder)
