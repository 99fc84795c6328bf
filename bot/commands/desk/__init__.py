"""What moderators and readers do to facts from chat: a file a command, `Request` → `Reply`."""
