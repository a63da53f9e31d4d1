"""What every floor stands on: clock, ids, base model, errors, texts in several languages. No nouns of the field."""
