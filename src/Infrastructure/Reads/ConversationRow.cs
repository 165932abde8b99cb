using Chat.Application.Conversations;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;

namespace Chat.Infrastructure.Reads;

/// <summary>A conversation as it is read for showing.</summary>
internal sealed record ConversationRow(
    Guid Id, Guid AffiliateId, Guid ProgramId, string ProgramName, string? SubProgram, Guid TexterId, byte[]? TexterName,
    Guid? AddressId, byte[]? Address, Guid? ResponderId, byte[]? ResponderName, string State,
    string Provider, string RiskLevel, string[] Tags, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? QueuedAt, DateTimeOffset? ClosedAt,
    string? CloseReason, byte[]? CloseWords, long Version, DateTimeOffset StateSince, Guid? OfferedTo, byte[]? OfferedToName, DateTimeOffset? OfferExpiresAt, long? HandOffNote,
    bool Unattended, string? LastTransition, Guid? EscalationId, DateTimeOffset? FollowUpAt, string? SurveyRunning, long LastSequence, long Unanswered)
{
    /// <summary>The columns in the record's order, from the tables below.</summary>
    public const string Columns = """
        c.id, c.affiliate_id, c.program_id, p.name as program_name, c.sub_program, c.texter_id, x.name as texter_name,
        a.id as address_id, a.address, c.responder_id, u.name as responder_name, c.state, c.provider, c.risk_level, c.tags, c.created_at, c.updated_at, c.queued_at, c.closed_at, c.close_reason, c.close_words, c.version, c.state_since,
        c.offered_to, t.name as offered_to_name, c.offer_expires_at, c.hand_off_note, c.unattended,
        (select l.transition from conversation_transitions l
         where l.affiliate_id = c.affiliate_id and l.conversation_id = c.id order by l.version desc limit 1) as last_transition,
        (select e.id from escalations e
         where e.affiliate_id = c.affiliate_id and e.conversation_id = c.id and e.resolved_at is null) as escalation_id,
        (select f.scheduled_for from follow_ups f
         where f.affiliate_id = c.affiliate_id and f.conversation_id = c.id and f.status = 'scheduled' limit 1) as follow_up_at,
        c.survey_running, c.last_sequence,
        (select count(*) from messages m
         where m.affiliate_id = c.affiliate_id and m.conversation_id = c.id and m.direction = 'inbound' and m.sequence > coalesce(
            (select o.sequence from messages o
             where o.affiliate_id = c.affiliate_id and o.conversation_id = c.id and o.direction = 'outbound'
             order by o.sequence desc limit 1), 0)) as unanswered
        """;

    public const string Tables = """
        conversations c
        join programs p on p.affiliate_id = c.affiliate_id and p.id = c.program_id
        join texters x on x.affiliate_id = c.affiliate_id and x.id = c.texter_id
        left join lateral (
            select d.id, d.address
            from texter_addresses d
            where d.affiliate_id = c.affiliate_id and d.texter_id = c.texter_id
            -- Where they write from; what is older than that is known shows the first.
            order by d.id = c.address_id desc nulls last, d.created_at, d.id
            limit 1
        ) a on true
        left join users u on u.affiliate_id = c.affiliate_id and u.id = c.responder_id
        left join users t on t.affiliate_id = c.affiliate_id and t.id = c.offered_to
        """;

    /// <param name="address">Where the texter writes from; null where it cannot be read.</param>
    /// <param name="closeWords">Why it was closed, where that was said in words and they can be read.</param>
    public ConversationView Show(AffiliateKeys keys, ICaller caller, string? texterName, string? address, string? closeWords) => new()
    {
        Id = Id,
        AffiliateId = AffiliateId,
        ProgramId = ProgramId,
        ProgramName = ProgramName,
        SubProgram = SubProgram,
        TexterId = TexterId,
        TexterName = texterName,
        TexterAddress = MaskedAddress.Of(address),
        ResponderId = ResponderId,
        ResponderName = ResponderName is null ? null : StaffName.Open(keys, ResponderId!.Value, ResponderName),
        State = State,
        Provider = Provider,
        RiskLevel = RiskLevel,
        Tags = Tags,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        QueuedAt = QueuedAt,
        ClosedAt = ClosedAt,
        CloseReason = closeWords ?? CloseReason,
        Version = Version,
        StateSince = StateSince,
        Unattended = Unattended,
        LastTransition = LastTransition,
        Transfer = State != ConversationState.Transferred.Name()
            ? null
            : new TransferView(
                OfferedTo, OfferedToName is null ? null : StaffName.Open(keys, OfferedTo!.Value, OfferedToName), StateSince, OfferExpiresAt!.Value),
        EscalationId = EscalationId,
        FollowUpAt = FollowUpAt,
        SurveyRunning = SurveyRunning,
        LastSequence = LastSequence,
        Unanswered = Unanswered,
        AvailableTransitions = Offers.To(
            caller, Wire.Value<ConversationState>(State), ResponderId is { } holder ? new UserId(holder) : null, OfferedTo is { } named ? new UserId(named) : null,
            Unattended),
    };
}

/// <summary>Names of staff, sealed under the affiliate's own key.</summary>
internal static class StaffName
{
    /// <summary>Empty where it cannot be read: one damaged name must not hide what else there is.</summary>
    public static string Open(AffiliateKeys keys, Guid user, byte[] name) => OpenOrNull(keys, user, name) ?? "";

    public static string? OpenOrNull(AffiliateKeys keys, Guid? user, byte[]? name) =>
        user is { } id ? keys.Fields.OpenTextOrNull(UserSecrets.Name(keys.Affiliate, id), name) : null;
}
