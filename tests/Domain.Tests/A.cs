using System.Reflection;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Domain.EmergencyContacts;
using Chat.Domain.Messages;
using Chat.Domain.Surveys;

namespace Chat.Domain.Tests;

/// <summary>What tests begin with.</summary>
internal static class A
{
    public static readonly DateTimeOffset Moment = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public static ConversationBuilder Conversation => new();

    public static UserId Responder() => new(Guid.CreateVersion7());

    public static MessageId MessageId() => new(Guid.CreateVersion7());

    public static Message MessageThatIs(MessageStatus status) => new(
        MessageId(), new(Guid.CreateVersion7()), 1, MessageDirection.Outbound, MessageKind.Text, status, "Hello", Responder(), null, null, null, Moment, null, null);

    public static EmergencyContact EmergencyContactFor(string? area, EmergencyKind kind = EmergencyKind.Medical) => new(
        new(Guid.CreateVersion7()), kind, "Crisis services", area, null, null, null, null, false, null, Status.Active, 1, Moment, Moment);

    public static SurveyQuestion Question(QuestionKind kind, params string[] options) => new("q1", "Well?", kind, options, false, []);

    internal sealed class ConversationBuilder
    {
        private string[] _tags = [];
        private RiskLevel _risk;
        private DateTimeOffset? _calledAt;

        public ConversationBuilder Tagged(params string[] tags)
        {
            _tags = tags;
            return this;
        }

        public ConversationBuilder AtRisk(RiskLevel risk)
        {
            _risk = risk;
            return this;
        }

        /// <summary>The texter has written where nobody was looking.</summary>
        public ConversationBuilder Called()
        {
            _calledAt = Moment;
            return this;
        }

        public Conversation Waiting() => In(ConversationState.Queued);

        public Conversation TakenBy(UserId responder) => In(ConversationState.Assigned, responder);

        public Conversation HeldBy(UserId responder) => In(ConversationState.Active, responder);

        /// <summary>Through the constructor that storage restores by.</summary>
        public Conversation In(ConversationState state, UserId? responder = null, UserId? offeredTo = null)
        {
            var constructor = Assert.Single(typeof(Conversation).GetConstructors(BindingFlags.NonPublic | BindingFlags.Instance));
            return (Conversation)constructor.Invoke(
            [
                new ConversationId(Guid.CreateVersion7()), new ChannelId(Guid.CreateVersion7()), new ProgramId(Guid.CreateVersion7()),
                new TexterId(Guid.CreateVersion7()), responder, state, _risk, _tags, 4L, 7L, 2L, Moment, Moment, Moment, Moment, Moment,
                offeredTo, offeredTo is null ? null : Moment.AddMinutes(3), null, null, _calledAt, false, null, null, null, false,
            ]);
        }
    }
}
