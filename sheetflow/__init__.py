"""sheetflow: leads from anywhere into the owner's Google Sheet, answered and followed up by e-mail."""
