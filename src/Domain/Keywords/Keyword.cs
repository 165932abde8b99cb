using Chat.Domain.Common;

namespace Chat.Domain.Keywords;

/// <summary>What a texter's keyword sets off.</summary>
public enum KeywordAction
{
    /// <summary>Starts a conversation in the keyword's program.</summary>
    Start,

    /// <summary>Answers, and calls nobody.</summary>
    Reply,

    /// <summary>Stops messages to the texter.</summary>
    OptOut,

    /// <summary>Allows messages again.</summary>
    OptIn,

    /// <summary>Answers with who we are and how to reach us.</summary>
    Help,
}

/// <summary>The word that starts a conversation in a program, or asks it for something.</summary>
public sealed class Keyword(
    KeywordId id, ProgramId programId, string word, KeywordAction action, string? subProgram, string? response, long version, DateTimeOffset createdAt, DateTimeOffset updatedAt)
    : Aggregate
{
    public KeywordId Id { get; } = id;

    public override Guid Key => Id.Value;

    public ProgramId ProgramId { get; private set; } = programId;

    public string Word { get; private set; } = word;

    public string Normalised => KeywordText.Normalise(Word);

    public KeywordAction Action { get; private set; } = action;

    public string? SubProgram { get; private set; } = subProgram;

    public string? Response { get; private set; } = response;

    public long Version { get; private set; } = version;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; private set; } = updatedAt;

    public void Change(ProgramId programId, string word, KeywordAction action, string? subProgram, string? response, DateTimeOffset now)
    {
        (ProgramId, Word, Action, SubProgram, Response) = (programId, word, action, subProgram, response);
        Version++;
        UpdatedAt = now;
    }
}
