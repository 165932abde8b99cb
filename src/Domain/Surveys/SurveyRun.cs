using Chat.Domain.Common;

namespace Chat.Domain.Surveys;

/// <summary>How a texter's run through a survey ended.</summary>
public enum SurveyOutcome
{
    /// <summary>Asked to the end, whatever was answered and skipped.</summary>
    Completed,

    /// <summary>The texter wanted no more questions.</summary>
    Stopped,

    /// <summary>A question was not answered in time.</summary>
    Expired,

    /// <summary>The texter had something else to say, or the conversation moved on.</summary>
    Interrupted,
}

/// <summary>What a texter answered to a question; null where they were asked and gave none.</summary>
public sealed record SurveyAnswer(string QuestionId, string? Value);

/// <summary>Something that the texter wrote while a survey ran.</summary>
public readonly record struct SurveyMessage(long Sequence, string Text);

/// <summary>What comes of what the texter wrote.</summary>
/// <param name="Say">What to send them; null for nothing.</param>
/// <param name="Alerts">One of their answers is to be told at once.</param>
/// <param name="MustBeRead">They wrote words, which a person has to read.</param>
/// <param name="TheyTalk">They wrote something that was no answer: it belongs to the conversation.</param>
public readonly record struct SurveyTurn(string? Say, bool Alerts, bool MustBeRead, bool TheyTalk);

/// <summary>
/// One texter's way through a survey, a question at a time. Nobody is held in it: every question can be skipped, every word that is no
/// answer goes to a person, and one word ends it.
/// </summary>
public sealed class SurveyRun(
    SurveyResponseId id, ConversationId conversationId, SurveyId surveyId, long wordingVersion, SurveyType type, SurveyLanguage language,
    IReadOnlyList<SurveyQuestion> questions, TimeSpan patience, int position, bool askedAgain, bool paused, long? askedSequence, long seenSequence, int answered,
    int skipped, DateTimeOffset startedAt, SurveyOutcome? outcome, DateTimeOffset? endedAt)
{
    private readonly Dictionary<string, SurveyAnswer> _given = [];

    public SurveyResponseId Id { get; } = id;

    public ConversationId ConversationId { get; } = conversationId;

    public SurveyId SurveyId { get; } = surveyId;

    public long WordingVersion { get; } = wordingVersion;

    public SurveyType Type { get; } = type;

    public IReadOnlyList<SurveyQuestion> Questions { get; } = questions;

    public TimeSpan Patience { get; } = patience;

    /// <summary>How many questions are done with; the next one is, or will be, before the texter.</summary>
    public int Position { get; private set; } = position;

    /// <summary>The question has been asked twice.</summary>
    public bool AskedAgain { get; private set; } = askedAgain;

    /// <summary>The texter and the responder are talking: nothing is asked until the responder asks on.</summary>
    public bool Paused { get; private set; } = paused;

    /// <summary>The number of the message with the question; null while it has not been asked.</summary>
    public long? AskedSequence { get; private set; } = askedSequence;

    /// <summary>The newest message that has been looked at.</summary>
    public long SeenSequence { get; private set; } = seenSequence;

    public int Answered { get; private set; } = answered;

    public int Skipped { get; private set; } = skipped;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public SurveyOutcome? Outcome { get; private set; } = outcome;

    public DateTimeOffset? EndedAt { get; private set; } = endedAt;

    /// <summary>What was answered since the run was read.</summary>
    public IReadOnlyCollection<SurveyAnswer> Given => _given.Values;

    private SurveyPhrases Phrases => SurveyPhrases.In(language);

    private SurveyQuestion Question => Questions[Position];

    /// <summary>The question before the texter, as it is sent.</summary>
    public string Ask() => Phrases.Ask(Question, Position + 1, Questions.Count);

    /// <summary>The question, or the last word, has gone to the texter as the message of this number.</summary>
    public void Asked(long sequence)
    {
        AskedSequence = sequence;
        SeenSequence = Math.Max(SeenSequence, sequence);
    }

    /// <summary>Whether the survey waits for the responder to ask on: the two are talking, or the responder has written since the question.</summary>
    /// <param name="respondedAt">The number of the responder's newest message; null when there is none.</param>
    public bool Waits(long? respondedAt) => Paused || (Type == SurveyType.Entry && respondedAt > AskedSequence);

    /// <summary>The responder asks on where the texter and they had been talking.</summary>
    public string Resume(long lastSequence)
    {
        (Paused, AskedAgain, SeenSequence) = (false, false, lastSequence);
        return Ask();
    }

    /// <param name="messages">What the texter has written since the last time, in order.</param>
    /// <param name="respondedAt">The number of the responder's newest message; null when there is none.</param>
    public SurveyTurn Hear(IReadOnlyList<SurveyMessage> messages, long? respondedAt, DateTimeOffset now)
    {
        var turn = default(SurveyTurn);
        SurveyQuestion? justAnswered = null;
        foreach (var message in messages.SkipWhile(message => message.Sequence <= SeenSequence))
        {
            SeenSequence = message.Sequence;
            if (justAnswered is not null)
            {
                // The next question is yet to be sent: they go on about the last one.
                turn = GoOn(turn, justAnswered, message, now);
            }
            else if (Outcome is not null || AskedSequence is null || IsForTheResponder(message, respondedAt))
            {
                turn = Talk(turn, now);
            }
            else
            {
                turn = Take(turn, message, now);
                justAnswered = AskedSequence is null ? Questions[Position - 1] : null;
            }
        }

        return turn.TheyTalk && Outcome is null or SurveyOutcome.Interrupted ? turn with { Say = null } : turn;
    }

    public void End(SurveyOutcome outcome, DateTimeOffset now) => (Outcome, EndedAt) = (outcome, now);

    // "Are you safe?" - "Yes": that is no answer to the survey any more.
    private bool IsForTheResponder(SurveyMessage message, long? respondedAt) =>
        Type == SurveyType.Entry && respondedAt > AskedSequence && respondedAt < message.Sequence;

    private SurveyTurn Take(SurveyTurn turn, SurveyMessage message, DateTimeOffset now)
    {
        var question = Question;
        switch (AnswerReader.Read(question, message.Text))
        {
            case AnswerReading.Answer(var value):
                Paused = false;
                return Next(Told(turn, question, value), new SurveyAnswer(question.Id, value), now);
            case AnswerReading.Skip when question.Required && !AskedAgain:
                (AskedAgain, Paused) = (true, false);
                return turn with { Say = $"{Phrases.AskedOnceMore} {Ask()}" };
            case AnswerReading.Skip:
                Paused = false;
                return Next(turn, new SurveyAnswer(question.Id, null), now);
            case AnswerReading.Stop:
                End(SurveyOutcome.Stopped, now);
                return turn with { Say = Phrases.Stopped };
            case AnswerReading.Nonsense when turn.Say is not null:
                // They wrote again before they could read what they were asked.
                return turn with { MustBeRead = true };
            case AnswerReading.Nonsense when !Paused && !AskedAgain:
                AskedAgain = true;
                return turn with { Say = $"{Phrases.NotUnderstood} {Ask()}", MustBeRead = true };
            case AnswerReading.Nonsense when !Paused && Type == SurveyType.Entry:
                return Next(turn with { MustBeRead = true }, new SurveyAnswer(question.Id, null), now);
            default:
                return Talk(turn, now);
        }
    }

    private SurveyTurn GoOn(SurveyTurn turn, SurveyQuestion answered, SurveyMessage message, DateTimeOffset now)
    {
        switch (AnswerReader.Read(answered, message.Text))
        {
            case AnswerReading.Stop when Outcome is null:
                End(SurveyOutcome.Stopped, now);
                return turn with { Say = Phrases.Stopped };
            case AnswerReading.Stop:
                return turn;
            case AnswerReading.Answer(var more) when answered.Kind == QuestionKind.Text && _given.GetValueOrDefault(answered.Id)?.Value is { } before:
                _given[answered.Id] = new SurveyAnswer(answered.Id, $"{before}\n{more}");
                return turn with { MustBeRead = true };
            case AnswerReading.Answer(var value):
                return Told(turn, answered, value);
            case AnswerReading.Skip:
                return turn;
            default:
                return Talk(turn, now);
        }
    }

    private static SurveyTurn Told(SurveyTurn turn, SurveyQuestion question, string value) =>
        turn with { Alerts = turn.Alerts || question.Alerts(value), MustBeRead = turn.MustBeRead || question.Kind == QuestionKind.Text };

    // Under way they are heard by their responder, and the survey waits; after the goodbye somebody has to come back.
    private SurveyTurn Talk(SurveyTurn turn, DateTimeOffset now)
    {
        if (Outcome is null && Type == SurveyType.Exit)
        {
            End(SurveyOutcome.Interrupted, now);
        }

        Paused |= Outcome is null;
        return turn with { MustBeRead = true, TheyTalk = true };
    }

    private SurveyTurn Next(SurveyTurn turn, SurveyAnswer answer, DateTimeOffset now)
    {
        _given[answer.QuestionId] = answer;
        (Answered, Skipped) = answer.Value is null ? (Answered, Skipped + 1) : (Answered + 1, Skipped);
        (Position, AskedAgain, AskedSequence) = (Position + 1, false, null);
        if (Position < Questions.Count)
        {
            return turn with { Say = Ask() };
        }

        End(SurveyOutcome.Completed, now);
        return turn with { Say = Phrases.Thanks };
    }
}
