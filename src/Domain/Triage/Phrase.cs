using Chat.Domain.Common;

namespace Chat.Domain.Triage;

public enum PhraseStatus
{
    /// <summary>Written, and without effect.</summary>
    Draft,

    /// <summary>Tried beside the rules at work: what it would have changed is noted, and nothing is changed.</summary>
    InShadow,

    /// <summary>In force.</summary>
    Approved,

    /// <summary>Not in force any more.</summary>
    Retired,
}

/// <summary>A phrase that an affiliate adds to triage's rules: one person writes it, another approves it, and from then on it is not rewritten.</summary>
public sealed class Phrase(
    PhraseId id, ProgramId? programId, string language, string cue, string pattern, string? note, PhraseStatus status, UserId writtenBy,
    UserId? approvedBy, DateTimeOffset? approvedAt, long version, DateTimeOffset createdAt, DateTimeOffset updatedAt)
    : Aggregate
{
    /// <summary>What stands in a cue's place for words that only sound as if they said something.</summary>
    public const string FigureOfSpeech = "figure_of_speech";

    public const int LongestPattern = 200;

    public PhraseId Id { get; } = id;

    public override Guid Key => Id.Value;

    /// <summary>The one program in which it counts; null: in all.</summary>
    public ProgramId? ProgramId { get; private set; } = programId;

    public string Language { get; private set; } = language;

    public string Cue { get; private set; } = cue;

    public string Pattern { get; private set; } = pattern;

    public string? Note { get; private set; } = note;

    public PhraseStatus Status { get; private set; } = status;

    /// <summary>Who wrote it as it is now.</summary>
    public UserId WrittenBy { get; private set; } = writtenBy;

    public UserId? ApprovedBy { get; private set; } = approvedBy;

    public DateTimeOffset? ApprovedAt { get; private set; } = approvedAt;

    public long Version { get; private set; } = version;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; private set; } = updatedAt;

    /// <summary>It has been in force: whoever asks later why somebody was raised must find it.</summary>
    public bool IsKept => Status is PhraseStatus.Approved or PhraseStatus.Retired;

    public AddedPhrase Added => new(Language, Cue == FigureOfSpeech ? null : Cue, Pattern);

    public void Change(
        ProgramId? programId, string language, string cue, string pattern, string? note, PhraseStatus status, UserId by, DateTimeOffset now)
    {
        if ((programId, language, cue, pattern) != (ProgramId, Language, Cue, Pattern))
        {
            if (IsKept)
            {
                throw new RefusedException("triage.phrase_kept", "It has been approved. Retire it, and write another.");
            }

            (ProgramId, Language, Cue, Pattern, WrittenBy) = (programId, language, cue, pattern, by);
        }

        Become(status, by, now);
        Note = note;
        Version++;
        UpdatedAt = now;
    }

    public void RequireRemovable()
    {
        if (IsKept)
        {
            throw new RefusedException("triage.phrase_kept", "It has been in force, and is kept. Retire it.");
        }
    }

    private void Become(PhraseStatus status, UserId by, DateTimeOffset now)
    {
        if (status == Status)
        {
            return;
        }

        if (Status == PhraseStatus.Retired || (Status == PhraseStatus.Approved && status != PhraseStatus.Retired))
        {
            throw new RefusedException("triage.phrase_kept", "What has been approved can only be retired, and stays so.");
        }

        if (status == PhraseStatus.Approved)
        {
            if (by == WrittenBy)
            {
                throw new RefusedException("triage.second_person_needed", "Somebody else than who wrote it approves it.");
            }

            (ApprovedBy, ApprovedAt) = (by, now);
        }

        Status = status;
    }
}
