"""What moderators and readers do to facts, a subject a file: each a pure decision over what is on file."""
