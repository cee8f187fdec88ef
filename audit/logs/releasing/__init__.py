"""What of an audit trail may be handed out, by column, as the responsible authority has decided it."""
