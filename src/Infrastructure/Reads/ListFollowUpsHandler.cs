using System.Globalization;
using Chat.Application.Common;
using Chat.Application.Conversations;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Programs;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Reads;

internal sealed class ListFollowUpsHandler(DbSession db, Keyring keyring, IProgramFacts programs, ICaller caller, ILogger<ListFollowUpsHandler> logger)
    : IRequestHandler<ListFollowUps, FollowUpsView>
{
    public async Task<FollowUpsView> Handle(ListFollowUps query, CancellationToken cancellationToken)
    {
        const string about = $"""
            select c.program_id, t.time_zone
            from conversations c
            join texters t on t.affiliate_id = c.affiliate_id and t.id = c.texter_id
            where c.id = @ConversationId and {Visibility.Rule}
            """;
        const string sql = """
            select f.id, f.scheduled_for, f.message, f.status, f.agreed, f.scheduled_by, u.name as scheduled_by_name, f.created_at
            from follow_ups f
            left join users u on u.affiliate_id = f.affiliate_id and u.id = f.scheduled_by
            where f.conversation_id = @ConversationId
            order by f.id desc
            limit 50
            """;

        var conversation = await db.FindAsync<About>(about, new { query.ConversationId, SeesAll = caller.SeesAll(), Me = caller.UserId }, cancellationToken)
            ?? throw new NotFoundException("The conversation");
        var program = await programs.GetAsync(conversation.ProgramId, cancellationToken);
        var rows = await db.ListAsync<Row>(sql, new { query.ConversationId }, cancellationToken);
        var staff = await keyring.OfAsync(db.Affiliate.Value, cancellationToken);
        var key = (await keyring.DataKeysAsync(db.Affiliate.Value, [query.ConversationId], cancellationToken)).GetValueOrDefault(query.ConversationId);
        return new FollowUpsView(
            conversation.TimeZone ?? program.TimeZone, conversation.TimeZone is not null, QuietHoursOf(program.Settings),
            [.. rows.Select(row => row.Show(Open(key, row), staff))]);
    }

    private static QuietHoursView? QuietHoursOf(ProgramSettings settings) =>
        settings.QuietHours is { } quiet && quiet.From != quiet.To ? new(Clock(quiet.From), Clock(quiet.To)) : null;

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    // One damaged message must not hide that something is planned.
    private string? Open(SealingKey? key, Row row)
    {
        try
        {
            return key is null ? null : Envelope.OpenText(key, FollowUps.PlaceOf(db.Affiliate.Value, row.Id), row.Message);
        }
        catch (UnreadableException failure)
        {
            logger.Unreadable("follow_ups", failure.Message);
            return null;
        }
    }

    private sealed record About(ProgramId ProgramId, string? TimeZone);

    private sealed record Row(
        FollowUpId Id, DateTimeOffset ScheduledFor, byte[] Message, string Status, bool? Agreed, Guid ScheduledBy, byte[]? ScheduledByName, DateTimeOffset CreatedAt)
    {
        public FollowUpView Show(string? message, AffiliateKeys staff) => new(
            Id.Value, ScheduledFor, message, Status, Agreed, ScheduledBy, StaffName.OpenOrNull(staff, ScheduledBy, ScheduledByName), CreatedAt);
    }
}
