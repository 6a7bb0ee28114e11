"""TLS to the mail servers: certificate and name are always verified."""

import ssl

from sheetflow.errors import ConfigError


def verified(ca_file: str | None) -> ssl.SSLContext:
    """`ca_file` adds an authority. Raises ConfigError where it can't be used."""
    context = ssl.create_default_context()
    try:
        if ca_file is not None:
            context.load_verify_locations(cafile=ca_file)
    except OSError as error:
        reason = "no certificate in it" if isinstance(error, ssl.SSLError) else error.strerror
        raise ConfigError(f"SMTP_CA_FILE={ca_file!r}: {reason}; name a PEM file") from error
    return context
