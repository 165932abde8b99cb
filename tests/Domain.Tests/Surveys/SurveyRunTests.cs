using Chat.Domain.Surveys;

namespace Chat.Domain.Tests.Surveys;

public sealed class SurveyRunTests
{
    private static readonly SurveyQuestion Mood = A.Question(QuestionKind.Scale) with { Id = "mood", Text = "How are you?", AlertOn = ["1"] };
    private static readonly SurveyQuestion Safe = A.Question(QuestionKind.YesNo) with { Id = "safe", Text = "Are you safe?", Required = true };
    private static readonly SurveyQuestion More = A.Question(QuestionKind.Text) with { Id = "more", Text = "Anything else?" };

    [Theory]
    [InlineData(SurveyLanguage.En, "1/3 How are you? Reply 1-5, SKIP or STOP SURVEY.")]
    [InlineData(SurveyLanguage.Es, "1/3 How are you? Responde 1-5, SALTAR o BASTA.")]
    public void A_question_says_how_it_can_be_answered_skipped_and_ended(SurveyLanguage language, string expected) =>
        Assert.Equal(expected, Begin(SurveyType.Exit, language).Ask());

    [Fact]
    public void Choices_are_numbered() =>
        Assert.Equal(
            "2/4 What helped?\n1 Talking\n2 Advice\nReply 1-2, SKIP or STOP SURVEY.",
            SurveyPhrases.In(SurveyLanguage.En).Ask(A.Question(QuestionKind.Choice, "Talking", "Advice") with { Text = "What helped?" }, 2, 4));

    [Fact]
    public void The_words_around_a_question_are_no_longer_than_they_may_be()
    {
        var question = A.Question(QuestionKind.Text) with { Text = "" };

        Assert.All(
            Enum.GetValues<SurveyLanguage>(),
            language => Assert.True(
                SurveyPhrases.In(language).Ask(question, 30, 30).Length + SurveyPhrases.In(language).AskedOnceMore.Length + 1 <= SurveyPhrases.LongestAround));
    }

    [Fact]
    public void Messages_that_wait_together_are_answers_only_to_what_had_been_asked()
    {
        var run = Begin(SurveyType.Exit);

        var turn = run.Hear([new(2, "4"), new(3, "5")], null, A.Moment);

        Assert.Equal(new SurveyAnswer("mood", "4"), Assert.Single(run.Given));
        Assert.Equal("2/3 Are you safe? Reply YES or NO, SKIP or STOP SURVEY.", turn.Say);
        Assert.False(turn.TheyTalk);
    }

    [Fact]
    public void Words_that_come_in_several_messages_are_one_answer()
    {
        var run = Begin(SurveyType.Exit, SurveyLanguage.En, More, Mood);

        var turn = run.Hear([new(2, "I feel"), new(3, "a bit better")], null, A.Moment);

        Assert.Equal(new SurveyAnswer("more", "I feel\na bit better"), Assert.Single(run.Given));
        Assert.True(turn.MustBeRead);
        Assert.StartsWith("2/2 How are you?", turn.Say, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_said_right_after_an_answer_is_heard_before_anything_more_is_asked()
    {
        var run = Begin(SurveyType.Exit);

        var turn = run.Hear([new(2, "4"), new(3, "I want to die and nobody cares")], null, A.Moment);

        Assert.Equal(new SurveyTurn(null, false, true, true), turn);
        Assert.Equal(SurveyOutcome.Interrupted, run.Outcome);
    }

    [Fact]
    public void Between_texter_and_responder_an_entry_survey_hears_nothing()
    {
        var run = Begin(SurveyType.Entry, SurveyLanguage.En, Safe, Mood);

        var turn = run.Hear([new(4, "yes")], respondedAt: 3, A.Moment);

        Assert.Empty(run.Given);
        Assert.True(run.Paused);
        Assert.Null(turn.Say);
        Assert.Equal("1/2 Are you safe? Reply YES or NO, SKIP or STOP SURVEY.", run.Resume(4));
        run.Asked(5);
        Assert.StartsWith("2/2", run.Hear([new(6, "yes")], respondedAt: 3, A.Moment).Say, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_survey_that_was_talked_over_before_it_could_ask_on_asks_only_when_told_to()
    {
        var run = Begin(SurveyType.Entry);

        Assert.Null(run.Hear([new(2, "4"), new(3, "my dad is shouting at me again")], null, A.Moment).Say);
        Assert.Null(run.Hear([new(4, "yes")], null, A.Moment).Say);

        Assert.Equal(1, run.Answered);
        Assert.StartsWith("2/3", run.Resume(4), StringComparison.Ordinal);
    }

    [Fact]
    public void Nonsense_twice_moves_an_entry_survey_on_and_ends_an_exit_survey()
    {
        var (entry, exit) = (Begin(SurveyType.Entry), Begin(SurveyType.Exit));
        foreach (var run in new[] { entry, exit })
        {
            Assert.StartsWith("Sorry, I did not understand that. 1/3", run.Hear([new(2, "banana")], null, A.Moment).Say, StringComparison.Ordinal);
            run.Asked(3);
        }

        Assert.StartsWith("2/3", entry.Hear([new(4, "banana")], null, A.Moment).Say, StringComparison.Ordinal);
        Assert.Equal(new SurveyTurn(null, false, true, true), exit.Hear([new(4, "banana")], null, A.Moment));

        Assert.Equal((1, SurveyOutcome.Interrupted), (entry.Skipped, exit.Outcome));
    }

    [Fact]
    public void A_required_question_is_asked_once_more_and_then_left_out()
    {
        var run = Begin(SurveyType.Exit, SurveyLanguage.En, Safe, Mood);

        Assert.Equal(
            "It would help us to know. SKIP again leaves it out. 1/2 Are you safe? Reply YES or NO, SKIP or STOP SURVEY.", run.Hear([new(2, "skip")], null, A.Moment).Say);
        run.Asked(3);
        Assert.StartsWith("2/2", run.Hear([new(4, "skip")], null, A.Moment).Say, StringComparison.Ordinal);

        Assert.Equal(new SurveyAnswer("safe", null), Assert.Single(run.Given));
    }

    [Fact]
    public void A_message_that_was_there_before_the_question_is_no_answer_to_it()
    {
        var run = Begin(SurveyType.Exit);

        var turn = run.Hear([new(1, "5")], null, A.Moment);

        Assert.Equal(default, turn);
        Assert.Empty(run.Given);
    }

    [Fact]
    public void An_answer_that_is_to_be_told_alerts_wherever_in_the_batch_it_stands()
    {
        Assert.True(Begin(SurveyType.Exit).Hear([new(2, "one")], null, A.Moment).Alerts);
        Assert.True(Begin(SurveyType.Exit).Hear([new(2, "4"), new(3, "no wait"), new(4, "1")], null, A.Moment) is { Alerts: true, TheyTalk: true });
        Assert.False(Begin(SurveyType.Exit).Hear([new(2, "4")], null, A.Moment).Alerts);
    }

    private static SurveyRun Begin(SurveyType type, SurveyLanguage language = SurveyLanguage.En, params SurveyQuestion[] questions)
    {
        var run = new SurveyRun(
            new(Guid.CreateVersion7()), new(Guid.CreateVersion7()), new(Guid.CreateVersion7()), 1, type, language, questions.Length == 0 ? [Mood, Safe, More] : questions,
            TimeSpan.FromMinutes(20), 0, false, false, null, 0, 0, 0, A.Moment, null, null);
        run.Asked(1);
        return run;
    }
}
