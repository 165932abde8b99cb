using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Domain.Surveys;

namespace Chat.Domain.Tests.Surveys;

public sealed class ConversationSurveyTests
{
    private readonly UserId _responder = A.Responder();

    [Fact]
    public void An_entry_survey_is_sent_by_whoever_holds_an_active_conversation()
    {
        var conversation = A.Conversation.HeldBy(_responder);

        Assert.Equal("conversation.held_by_another", Assert.Throws<RefusedException>(() => conversation.SendEntrySurvey(A.Responder(), A.Moment)).Code);
        conversation.SendEntrySurvey(_responder, A.Moment);

        Assert.Equal((SurveyType.Entry, ConversationState.Active), (conversation.SurveyRunning!.Value, conversation.State));
        Assert.Equal(ConversationTransition.SendEntrySurvey, Assert.Single(conversation.Taken).Transition);
    }

    [Fact]
    public void An_exit_survey_is_sent_in_wrap_up_and_nowhere_else()
    {
        var wrappedUp = A.Conversation.In(ConversationState.WrapUp, _responder);

        wrappedUp.SendExitSurvey(_responder, A.Moment);

        Assert.Equal(SurveyType.Exit, wrappedUp.SurveyRunning);
        Assert.All(
            Enum.GetValues<ConversationState>().Where(state => state != ConversationState.WrapUp),
            state => Assert.Equal(
                "survey.not_now", Assert.Throws<RefusedException>(() => A.Conversation.In(state, _responder).SendExitSurvey(_responder, A.Moment)).Code));
    }

    [Fact]
    public void A_survey_ends_where_the_conversation_moves_on()
    {
        var (entry, exit, agreed) = (
            A.Conversation.HeldBy(_responder), A.Conversation.In(ConversationState.WrapUp, _responder), A.Conversation.In(ConversationState.WrapUp, _responder));
        entry.SendEntrySurvey(_responder, A.Moment);
        exit.SendExitSurvey(_responder, A.Moment);
        agreed.SendExitSurvey(_responder, A.Moment);

        entry.BeginWrapUp(_responder, A.Moment);
        exit.Resume(A.Moment);
        agreed.ScheduleFollowUp(new(Guid.CreateVersion7()), A.Moment.AddDays(1), _responder, A.Moment);

        Assert.Equal((null, true), (entry.SurveyRunning, entry.SurveyCutShort));
        Assert.Equal((null, true), (exit.SurveyRunning, exit.SurveyCutShort));
        Assert.Equal((SurveyType.Exit, false), (agreed.SurveyRunning!.Value, agreed.SurveyCutShort));
    }

    [Theory]
    [InlineData(SurveyOutcome.Completed, true)]
    [InlineData(SurveyOutcome.Stopped, false)]
    [InlineData(SurveyOutcome.Expired, false)]
    public void A_closed_conversation_says_whether_a_survey_was_asked_to_its_end(SurveyOutcome outcome, bool completed)
    {
        var conversation = A.Conversation.In(ConversationState.WrapUp, _responder);
        conversation.SendExitSurvey(_responder, A.Moment);
        var run = new SurveyRun(
            new(Guid.CreateVersion7()), conversation.Id, new(Guid.CreateVersion7()), 1, SurveyType.Exit, SurveyLanguage.En, [A.Question(QuestionKind.Text)],
            TimeSpan.FromMinutes(60), 0, false, false, null, 0, 0, 0, A.Moment, null, null);
        run.End(outcome, A.Moment);

        conversation.EndSurvey(run, A.Moment);
        conversation.Close(_responder, null, false, A.Moment);

        var events = conversation.TakeEvents();
        Assert.Equal(outcome, Assert.Single(events.OfType<SurveyEnded>()).Outcome);
        Assert.Equal(completed, Assert.Single(events.OfType<ConversationClosed>()).SurveyCompleted);
    }
}
