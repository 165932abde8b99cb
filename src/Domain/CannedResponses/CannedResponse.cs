using Chat.Domain.Common;

namespace Chat.Domain.CannedResponses;

/// <summary>Words that a program's responders need often, to begin from.</summary>
public sealed class CannedResponse(
    CannedResponseId id, ProgramId programId, string title, string body, long version, DateTimeOffset createdAt, DateTimeOffset updatedAt)
    : Aggregate
{
    public CannedResponseId Id { get; } = id;

    public override Guid Key => Id.Value;

    public ProgramId ProgramId { get; private set; } = programId;

    public string Title { get; private set; } = title;

    public string Body { get; private set; } = body;

    public long Version { get; private set; } = version;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; private set; } = updatedAt;

    public void Change(ProgramId programId, string title, string body, DateTimeOffset now)
    {
        (ProgramId, Title, Body) = (programId, title, body);
        Version++;
        UpdatedAt = now;
    }
}
