using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Keys;

namespace Chat.Infrastructure.Persistence;

internal sealed class NotificationStore(DbSession db) : INotifications
{
    public Task<int> UnreadAsync(UserId user, CancellationToken cancellationToken)
    {
        const string sql = "select count(*)::int from notifications where user_id = @user and read_at is null";

        return db.FindAsync<int>(sql, new { user }, cancellationToken);
    }

    public Task MarkReadAsync(UserId user, IReadOnlyCollection<Guid>? ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string all = "update notifications set read_at = @now where user_id = @user and read_at is null";
        const string these = $"{all} and id = any(@Ids)";

        return db.ExecuteAsync(ids is null ? all : these, new { user, Ids = ids?.ToArray(), now }, cancellationToken);
    }
}

internal sealed class NotificationSettingsStore(DbSession db, Keyring keyring) : INotificationSettings
{
    public async Task<NotificationWishes> OfAsync(UserId user, CancellationToken cancellationToken)
    {
        const string sql = "select phone, by_email, by_text from notification_settings where user_id = @user";

        if (await db.FindAsync<Row>(sql, new { user }, cancellationToken) is not { } row)
        {
            return NotificationWishes.None;
        }

        var keys = await keyring.OfAsync(db.Affiliate.Value, cancellationToken);
        return new NotificationWishes(row.Phone is { } phone ? keys.Fields.OpenText(PhoneOf(keys, user), phone) : null, row.ByEmail, row.ByText);
    }

    public async Task SaveAsync(UserId user, NotificationWishes wishes, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into notification_settings (user_id, phone, by_email, by_text)
            values (@user, @Phone, @ByEmail, @ByText)
            on conflict (affiliate_id, user_id) do update
            set phone = excluded.phone, by_email = excluded.by_email, by_text = excluded.by_text
            """;

        var keys = await keyring.OfAsync(db.Affiliate.Value, cancellationToken);
        var phone = wishes.Phone is { } number ? keys.Fields.Seal(PhoneOf(keys, user), number) : null;
        await db.ExecuteAsync(
            sql, new { user, Phone = phone, ByEmail = wishes.ByEmail.ToArray(), ByText = wishes.ByText.ToArray() }, cancellationToken);
    }

    public Task<ChannelId?> TextChannelAsync(UserId user, CancellationToken cancellationToken)
    {
        const string sql = """
            select c.id
            from channels c
            join programs p on p.affiliate_id = c.affiliate_id and p.id = c.program_id and p.status = 'active'
            join affiliates a on a.id = c.affiliate_id and a.status = 'active'
            left join user_programs m on m.affiliate_id = c.affiliate_id and m.program_id = c.program_id and m.user_id = @user
            where c.provider = 'twilio' and c.status = 'active'
            order by m.program_id is null, c.id
            limit 1
            """;

        return db.FindAsync<ChannelId?>(sql, new { user }, cancellationToken);
    }

    private static Place PhoneOf(AffiliateKeys keys, UserId user) => new(keys.Affiliate, "notification_settings", "phone", user.Value);

    private sealed record Row(byte[]? Phone, string[] ByEmail, string[] ByText);
}
