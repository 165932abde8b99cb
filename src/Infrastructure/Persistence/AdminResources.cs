namespace Chat.Infrastructure.Persistence;

/// <summary>
/// The directory of what admins manage: by it a platform admin, who belongs to no affiliate, finds whose something is, and lists what
/// all affiliates have. Kept in step by the repositories, in the same transaction.
/// </summary>
internal static class AdminResources
{
    public const string Program = "program";
    public const string User = "user";
    public const string Keyword = "keyword";
    public const string Channel = "channel";
    public const string Survey = "survey";
    public const string ApiKey = "api_key";
    public const string EmergencyContact = "emergency_contact";
    public const string CannedResponse = "canned_response";
    public const string TriagePhrase = "triage_phrase";
    public const string Webhook = "webhook";

    public static Task AddResourceAsync(this DbSession db, Guid id, string kind, CancellationToken cancellationToken)
    {
        const string sql = "insert into admin_resources (id, affiliate_id, kind) values (@id, @Affiliate, @kind)";

        return db.ExecuteAsync(sql, new { id, db.Affiliate, kind }, cancellationToken);
    }

    public static Task RemoveResourceAsync(this DbSession db, Guid id, CancellationToken cancellationToken)
    {
        const string sql = "delete from admin_resources where id = @id";

        return db.ExecuteAsync(sql, new { id }, cancellationToken);
    }
}
