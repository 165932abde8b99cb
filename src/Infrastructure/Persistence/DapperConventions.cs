using System.Data;
using Chat.Application.Ports;
using Chat.Domain.Channels;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Domain.EmergencyContacts;
using Chat.Domain.Escalations;
using Chat.Domain.Keywords;
using Chat.Domain.Messages;
using Chat.Domain.Surveys;
using Chat.Domain.Users;
using Dapper;

namespace Chat.Infrastructure.Persistence;

/// <summary>How domain types meet columns: snake_case names, ids as uuid, enums as snake_case words, instants as timestamptz.</summary>
internal static class DapperConventions
{
    private static readonly Lock Gate = new();
    private static bool _applied;

    public static void Apply()
    {
        lock (Gate)
        {
            if (_applied)
            {
                return;
            }

            _applied = true;
        }

        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.Settings.PreferTypeHandlersForEnums = true;
        Map(id => id.Value, (Guid value) => new AffiliateId(value));
        Map(id => id.Value, (Guid value) => new ProgramId(value));
        Map(id => id.Value, (Guid value) => new UserId(value));
        Map(id => id.Value, (Guid value) => new ChannelId(value));
        Map(id => id.Value, (Guid value) => new KeywordId(value));
        Map(id => id.Value, (Guid value) => new CannedResponseId(value));
        Map(id => id.Value, (Guid value) => new ApiKeyId(value));
        Map(id => id.Value, (Guid value) => new EmergencyContactId(value));
        Map(id => id.Value, (Guid value) => new PhraseId(value));
        Map(id => id.Value, (Guid value) => new WebhookId(value));
        Map(id => id.Value, (Guid value) => new TexterId(value));
        Map(id => id.Value, (Guid value) => new ConversationId(value));
        Map(id => id.Value, (Guid value) => new MessageId(value));
        Map(id => id.Value, (Guid value) => new EscalationId(value));
        Map(id => id.Value, (Guid value) => new FollowUpId(value));
        Map(id => id.Value, (Guid value) => new SurveyId(value));
        Map(id => id.Value, (Guid value) => new SurveyResponseId(value));
        MapWords<Status>();
        MapWords<Role>();
        MapWords<KeywordAction>();
        MapWords<Provider>();
        MapWords<EmergencyKind>();
        MapWords<ConversationState>();
        MapWords<ConversationTransition>();
        MapWords<RiskLevel>();
        MapWords<Domain.Triage.PhraseStatus>();
        MapWords<MessageDirection>();
        MapWords<MessageKind>();
        MapWords<MessageStatus>();
        MapWords<FollowUpStatus>();
        MapWords<Reason>();
        MapWords<Urgency>();
        MapWords<EscalationKind>();
        MapWords<EscalationStepKind>();
        MapWords<JobKind>();
        MapWords<NotificationKind>();
        MapWords<SendingWay>();
        MapWords<SendingStatus>();
        MapWords<SurveyType>();
        MapWords<SurveyLanguage>();
        MapWords<SurveyOutcome>();
        MapWords<Domain.Webhooks.WebhookFault>();
        Map(words => words, (string[] value) => value);
        Map(ids => ids, (Guid[] value) => value);
        Map(instant => instant.UtcDateTime, (DateTime value) => new DateTimeOffset(value, TimeSpan.Zero));
    }

    private static void MapWords<T>()
        where T : struct, Enum =>
        Map(value => value.Name(), (string name) => Wire.Value<T>(name));

    private static void Map<TDomain, TColumn>(Func<TDomain, TColumn> toColumn, Func<TColumn, TDomain> fromColumn)
        where TColumn : notnull =>
        SqlMapper.AddTypeHandler(new Handler<TDomain, TColumn>(toColumn, fromColumn));

    private sealed class Handler<TDomain, TColumn>(Func<TDomain, TColumn> toColumn, Func<TColumn, TDomain> fromColumn) : SqlMapper.TypeHandler<TDomain>
        where TColumn : notnull
    {
        public override void SetValue(IDbDataParameter parameter, TDomain? value) =>
            parameter.Value = value is null ? DBNull.Value : toColumn(value);

        public override TDomain Parse(object value) => fromColumn((TColumn)value);
    }
}
