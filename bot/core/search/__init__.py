"""From the words people type to the facts they mean, or to an honest silence."""
