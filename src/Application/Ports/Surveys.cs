using Chat.Application.Surveys;
using Chat.Domain.Common;
using Chat.Domain.Surveys;

namespace Chat.Application.Ports;

public interface ISurveyRepository
{
    Task<Survey> GetAsync(SurveyId id, CancellationToken cancellationToken);

    /// <summary>The one that a program's texters are asked; null when there is none.</summary>
    Task<Survey?> FindActiveAsync(ProgramId program, SurveyType type, CancellationToken cancellationToken);

    Task AddAsync(Survey survey, CancellationToken cancellationToken);

    Task SaveAsync(Survey survey, CancellationToken cancellationToken);

    Task DeleteAsync(Survey survey, CancellationToken cancellationToken);
}

/// <summary>Shows a survey to an admin, inside the transaction that has just changed it; throws NotFound where there is nothing to show.</summary>
public interface ISurveyViews
{
    Task<SurveyView> ShowAsync(SurveyId id, CancellationToken cancellationToken);
}

/// <summary>Texters' ways through surveys, with what they answered. The conversation's lock is theirs too.</summary>
public interface ISurveyRuns
{
    Task AddAsync(SurveyRun run, ProgramId program, CancellationToken cancellationToken);

    /// <summary>The one that the texter is in the middle of; null when there is none.</summary>
    Task<SurveyRun?> FindRunningAsync(ConversationId conversation, CancellationToken cancellationToken);

    /// <summary>Saves how far it has come, and what was answered since it was read.</summary>
    Task SaveAsync(SurveyRun run, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>What the texter has written after a message of this number, and where the responder wrote last.</summary>
    Task<SurveyNews> ListenAsync(ConversationId conversation, long after, CancellationToken cancellationToken);
}

/// <param name="Messages">The texter's, in order. What can no longer be read has no words.</param>
/// <param name="RespondedAt">The number of the responder's newest message; null when they have written none.</param>
public sealed record SurveyNews(IReadOnlyList<SurveyMessage> Messages, long? RespondedAt);
