"""The verbs: one file per thing a person or a clock can ask for; the only place that combines rooms."""
