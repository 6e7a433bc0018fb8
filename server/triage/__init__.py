"""Read the question: intents, triggers, rules on the record, route. Pure."""
