namespace Chat.Infrastructure.Keys;

/// <summary>A table of which columns are sealed with the affiliate's own key.</summary>
/// <param name="Row">The column that names the row in each value's place.</param>
internal sealed record SealedTable(string Name, string Row, params string[] Columns)
{
    /// <summary>Whether any column of a row is sealed with the key @Key.</summary>
    public string IsUnderKey => "(" + string.Join(" or ", Columns.Select(column => $"substring({column} from 3 for 16) = @Key")) + ")";
}

/// <summary>
/// Whatever the database keeps as bytes, and what they are. A key is replaced by what stands here, so a test holds it against the schema:
/// a column that is missing would be lost with its key.
/// </summary>
internal static class SealedColumns
{
    /// <summary>Under the affiliate's own key, named by a column of ids. Answers under Idempotency-Keys are too, and are named by their hash.</summary>
    public static readonly SealedTable[] OfAffiliate =
    [
        new("users", "id", "email", "name"),
        new("channels", "id", "credentials"),
        new("emergency_contacts", "id", "name", "phone", "email", "webhook_url", "webhook_secret", "notes"),
        new("quarantined_calls", "id", "call"),
        new("legal_holds", "conversation_id", "reason"),
        new("notification_settings", "user_id", "phone"),
        new("second_factors", "user_id", "secret"),
        new("triage_phrases", "id", "pattern", "note"),
        new("webhooks", "id", "url", "secret", "previous_secret", "headers"),
    ];

    /// <summary>Under the key of a conversation or of a texter: those keys are wrapped anew, and the values stay as they are.</summary>
    public static readonly string[] OfDataKeys =
    [
        "messages.content", "reports.content", "follow_ups.message", "conversations.triage", "conversations.close_words", "risk_changes.reason", "survey_answers.answer",
        "escalations.location", "escalations.reason", "escalations.contacted_service", "escalations.outcome", "escalations.outcome_note",
        "escalation_steps.contact", "escalation_steps.outcome", "escalation_steps.note",
        "conversation_summaries.content", "texters.name", "texters.plan", "texter_addresses.address", "texter_notes.content", "texter_blocks.reason",
    ];

    /// <summary>Hashes, blind indexes and the audit trail's links: no key opens them.</summary>
    public static readonly string[] Hashes =
    [
        "sign_ins.email_hash", "refresh_tokens.token_hash", "channel_addresses.address_hash", "texter_addresses.address_hash", "idempotency_keys.key_hash",
        "idempotency_keys.request_hash", "api_key_hashes.key_hash", "recovery_codes.code_hash", "guess_lanes.key", "known_places.mark",
        "password_resets.token_hash", "audit_links.mac",
    ];
}
