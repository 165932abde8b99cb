using System.Diagnostics.CodeAnalysis;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.EmergencyContacts;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Messaging;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Chat.Infrastructure.Persistence;

/// <summary>Who an emergency contact is and how to reach them: each column sealed under their affiliate's key.</summary>
internal static class EmergencyContactSecrets
{
    public static byte[]? Seal(AffiliateKeys keys, Guid contact, string column, string? text) =>
        text is null ? null : keys.Fields.Seal(PlaceOf(keys, contact, column), text);

    [return: NotNullIfNotNull(nameof(envelope))]
    public static string? Open(AffiliateKeys keys, Guid contact, string column, byte[]? envelope) =>
        envelope is null ? null : keys.Fields.OpenText(PlaceOf(keys, contact, column), envelope);

    /// <summary>For showing: null where it does not open.</summary>
    public static string? OpenOrNull(AffiliateKeys keys, Guid contact, string column, byte[]? envelope) =>
        keys.Fields.OpenTextOrNull(PlaceOf(keys, contact, column), envelope);

    private static Place PlaceOf(AffiliateKeys keys, Guid contact, string column) =>
        new(keys.Affiliate, "emergency_contacts", column, contact);
}

internal sealed class EmergencyContactRepository(DbSession db, Keyring keyring, ILogger<EmergencyContactRepository> logger)
    : IEmergencyContactRepository, IEmergencyContacts
{
    private const string Columns = """
        id, kind, name, area, phone, email, webhook_url, webhook_secret, on_call, notes, status, version, created_at, updated_at
        """;

    public async Task<EmergencyContact> GetAsync(EmergencyContactId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select {Columns}
            from emergency_contacts
            where id = @id
            for no key update
            """;

        var row = await db.FindAsync<Row>(sql, new { id }, cancellationToken) ?? throw new NotFoundException("The emergency contact");
        return row.Open(await keyring.OfAsync(db.Affiliate.Value, cancellationToken));
    }

    public async Task<IReadOnlyList<EmergencyContact>> ForAsync(EmergencyKind kind, string? area, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select {Columns}
            from emergency_contacts
            where kind in (@kind, 'any') and status = 'active'
            """;

        var rows = await db.ListAsync<Row>(sql, new { kind }, cancellationToken);
        var keys = await keyring.OfAsync(db.Affiliate.Value, cancellationToken);
        return EmergencyContact.BestFirst(rows.Select(row => OpenIfReadable(keys, row)).OfType<EmergencyContact>(), area);
    }

    public async Task<EmergencyContact?> FindAsync(EmergencyContactId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select {Columns}
            from emergency_contacts
            where id = @id
            """;

        return await db.FindAsync<Row>(sql, new { id }, cancellationToken) is { } row
            ? OpenIfReadable(await keyring.OfAsync(db.Affiliate.Value, cancellationToken), row)
            : null;
    }

    public async Task AddAsync(EmergencyContact contact, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into emergency_contacts (
                id, kind, name, area, phone, email, webhook_url, webhook_secret, on_call, notes, status, version, created_at, updated_at)
            values (
                @Id, @Kind, @Name, @Area, @Phone, @Email, @WebhookUrl, @WebhookSecret, @OnCall, @Notes, @Status, @Version, @CreatedAt,
                @UpdatedAt)
            """;

        try
        {
            await db.WriteAsync(sql, contact, await SealAsync(contact, cancellationToken), cancellationToken);
        }
        catch (PostgresException missing) when (missing.ConstraintName == "emergency_contacts_affiliate_id_fkey")
        {
            throw new NotFoundException("The affiliate");
        }

        await db.AddResourceAsync(contact.Key, AdminResources.EmergencyContact, cancellationToken);
    }

    public async Task SaveAsync(EmergencyContact contact, CancellationToken cancellationToken)
    {
        const string sql = """
            update emergency_contacts
            set kind = @Kind, name = @Name, area = @Area, phone = @Phone, email = @Email, webhook_url = @WebhookUrl,
                webhook_secret = @WebhookSecret, on_call = @OnCall, notes = @Notes, status = @Status, version = @Version,
                updated_at = @UpdatedAt
            where id = @Id and version = @Version - 1
            """;

        await db.WriteAsync(sql, contact, await SealAsync(contact, cancellationToken), cancellationToken);
    }

    public async Task DeleteAsync(EmergencyContact contact, CancellationToken cancellationToken)
    {
        const string sql = "delete from emergency_contacts where id = @Id and version = @Version";

        await db.WriteAsync(sql, contact, new { contact.Id, contact.Version }, cancellationToken);
        await db.RemoveResourceAsync(contact.Key, cancellationToken);
    }

    // One damaged contact must not keep an escalation from the others.
    private EmergencyContact? OpenIfReadable(AffiliateKeys keys, Row row)
    {
        try
        {
            return row.Open(keys);
        }
        catch (UnreadableException failure)
        {
            logger.Unreadable("emergency_contacts", failure.Message);
            Figures.Unreadable.Add(1, new KeyValuePair<string, object?>("table", "emergency_contacts"));
            return null;
        }
    }

    private async Task<object> SealAsync(EmergencyContact contact, CancellationToken cancellationToken)
    {
        var keys = await keyring.OfAsync(db.Affiliate.Value, cancellationToken);
        return new
        {
            contact.Id, contact.Kind, Name = Seal("name", contact.Name), contact.Area, Phone = Seal("phone", contact.Phone),
            Email = Seal("email", contact.Email), WebhookUrl = Seal("webhook_url", contact.WebhookUrl),
            WebhookSecret = Seal("webhook_secret", contact.WebhookSecret), contact.OnCall, Notes = Seal("notes", contact.Notes),
            contact.Status, contact.Version, contact.CreatedAt, contact.UpdatedAt,
        };

        byte[]? Seal(string column, string? text) => EmergencyContactSecrets.Seal(keys, contact.Key, column, text);
    }

    private sealed record Row(
        EmergencyContactId Id, EmergencyKind Kind, byte[] Name, string? Area, byte[]? Phone, byte[]? Email, byte[]? WebhookUrl,
        byte[]? WebhookSecret, bool OnCall, byte[]? Notes, Status Status, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
    {
        public EmergencyContact Open(AffiliateKeys keys)
        {
            return new EmergencyContact(
                Id, Kind, Text("name", Name), Area, Text("phone", Phone), Text("email", Email), Text("webhook_url", WebhookUrl),
                Text("webhook_secret", WebhookSecret), OnCall, Text("notes", Notes), Status, Version, CreatedAt, UpdatedAt);

            [return: NotNullIfNotNull(nameof(envelope))]
            string? Text(string column, byte[]? envelope) => EmergencyContactSecrets.Open(keys, Id.Value, column, envelope);
        }
    }
}
