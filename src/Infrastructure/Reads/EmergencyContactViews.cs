using Chat.Application.Common;
using Chat.Application.EmergencyContacts;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class EmergencyContactViews(DbSession db, Keyring keyring, AdminLists lists, ICaller caller)
    : IEmergencyContactViews, IRequestHandler<GetEmergencyContact, EmergencyContactView>,
        IRequestHandler<ListEmergencyContacts, Page<EmergencyContactView>>
{
    // Whoever may only read sees whom to call now: not what is put aside, and not where the platform calls.
    private const string Select = """
        select id, affiliate_id, kind, name, area, phone, email, case when @Manages then webhook_url end as webhook_url,
               webhook_secret is not null as webhook_secret_set, on_call, notes, status, version, created_at, updated_at
        from emergency_contacts
        where (@Manages or status = 'active')
        """;

    private bool Manages => caller.May(Permission.ManageAffiliate);

    public Task<EmergencyContactView> Handle(GetEmergencyContact query, CancellationToken cancellationToken) =>
        ShowAsync(new(query.EmergencyContactId), cancellationToken);

    public async Task<EmergencyContactView> ShowAsync(EmergencyContactId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
                and id = @id
            """;

        var row = await db.FindAsync<Row>(sql, new { id, Manages }, cancellationToken)
            ?? throw new NotFoundException("The emergency contact");
        return row.Show(await keyring.OfAsync(row.AffiliateId, cancellationToken));
    }

    public Task<Page<EmergencyContactView>> Handle(ListEmergencyContacts query, CancellationToken cancellationToken)
    {
        const string sql = $"""
            {Select}
                and {AdminRows.Condition}
                and (@Kind::text is null or kind in (@Kind, 'any')) and (@Status::text is null or status = @Status)
                and (@Area::text is null or area is null or position(lower(@Area) in lower(area)) > 0)
            order by id
            limit @Take
            """;

        var area = query.Area.Trimmed();
        return lists.ReadAsync<EmergencyContactView>(
            AdminResources.EmergencyContact, query, query.AffiliateId, program: null,
            async wanted =>
            {
                var rows = await db.ListAsync<Row>(
                    sql, new { wanted.Ids, wanted.After, wanted.Take, query.Kind, Area = area, query.Status, Manages }, cancellationToken);
                var keys = await keyring.OfAsync(db.Affiliate.Value, cancellationToken);
                return [.. rows.Select(row => row.Show(keys))];
            },
            view => view.Id, cancellationToken);
    }

    private sealed record Row(
        Guid Id, Guid AffiliateId, string Kind, byte[] Name, string? Area, byte[]? Phone, byte[]? Email, byte[]? WebhookUrl,
        bool WebhookSecretSet, bool OnCall, byte[]? Notes, string Status, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
    {
        public EmergencyContactView Show(AffiliateKeys keys)
        {
            var unreadable = false;
            return new EmergencyContactView(
                Id, AffiliateId, Kind, Text("name", Name) ?? "", Area, Text("phone", Phone), Text("email", Email), Text("webhook_url", WebhookUrl),
                WebhookSecretSet, OnCall, Text("notes", Notes), Status, Version, CreatedAt, UpdatedAt, unreadable);

            string? Text(string column, byte[]? value)
            {
                var text = EmergencyContactSecrets.OpenOrNull(keys, Id, column, value);
                unreadable |= value is not null && text is null;
                return text;
            }
        }
    }
}
