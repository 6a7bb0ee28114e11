"""`python -m sheetflow`."""

from sheetflow.cli import main

main()
