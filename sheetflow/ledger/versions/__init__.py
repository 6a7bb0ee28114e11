"""The versions of the ledger's tables, a file each, in the order of their names."""
