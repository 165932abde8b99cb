using Chat.Domain.Common;

namespace Chat.Domain.Users;

public enum Role
{
    Responder,
    Supervisor,
    Admin,
}

/// <summary>Anyone who signs in.</summary>
public sealed class User(
    UserId id, string email, string name, Role role, Status status, int maxConcurrent, Guid[] programIds, long version, DateTimeOffset createdAt,
    DateTimeOffset updatedAt)
    : Aggregate
{
    public const int DefaultMaxConcurrent = 3;

    public UserId Id { get; } = id;

    public override Guid Key => Id.Value;

    public string Email { get; private set; } = email;

    public string Name { get; private set; } = name;

    public Role Role { get; private set; } = role;

    public Status Status { get; private set; } = status;

    /// <summary>How many conversations this responder may hold at once.</summary>
    public int MaxConcurrent { get; private set; } = maxConcurrent;

    public Guid[] ProgramIds { get; private set; } = programIds;

    public long Version { get; private set; } = version;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; private set; } = updatedAt;

    public void Change(string email, string name, Role role, Status status, int maxConcurrent, Guid[] programIds, DateTimeOffset now)
    {
        (Email, Name, Role, Status, MaxConcurrent, ProgramIds) = (email, name, role, status, maxConcurrent, programIds);
        Version++;
        UpdatedAt = now;
    }

    /// <summary>A password is none of what is shown of a user, but whoever changes it changes the user.</summary>
    public void ChangePassword(DateTimeOffset now)
    {
        Version++;
        UpdatedAt = now;
    }
}
