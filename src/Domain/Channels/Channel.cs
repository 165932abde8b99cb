using Chat.Domain.Common;

namespace Chat.Domain.Channels;

/// <summary>Whose protocol a channel speaks.</summary>
public enum Provider
{
    Twilio,
    Aws,
    Partner,
    Whatsapp,
    Messenger,
    Telegram,
    Email,
    Webchat,
}

/// <summary>A number or address by which texters reach an affiliate, with the account that serves it.</summary>
public sealed class Channel(
    ChannelId id, ProgramId programId, Provider provider, string address, IReadOnlyDictionary<string, string> credentials, string settings, Status status,
    long version, DateTimeOffset createdAt, DateTimeOffset updatedAt)
    : Aggregate
{
    public ChannelId Id { get; } = id;

    public override Guid Key => Id.Value;

    public ProgramId ProgramId { get; private set; } = programId;

    public Provider Provider { get; } = provider;

    public string Address { get; private set; } = address;

    /// <summary>The account's secrets. They are sealed in storage and never leave through the API.</summary>
    public IReadOnlyDictionary<string, string> Credentials { get; private set; } = credentials;

    /// <summary>A JSON object.</summary>
    public string Settings { get; private set; } = settings;

    public Status Status { get; private set; } = status;

    public long Version { get; private set; } = version;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; private set; } = updatedAt;

    /// <summary>Credentials that are left out stay as they are: a form that cannot show a secret must not erase it. Null removes one.</summary>
    public void Change(
        ProgramId programId, string address, IReadOnlyDictionary<string, string?>? credentials, string settings, Status status,
        DateTimeOffset now)
    {
        (ProgramId, Address, Settings, Status) = (programId, address, settings, status);
        if (credentials is not null)
        {
            var merged = Credentials.ToDictionary();
            foreach (var (name, secret) in credentials)
            {
                if (secret is null)
                {
                    merged.Remove(name);
                }
                else
                {
                    merged[name] = secret;
                }
            }

            Credentials = merged;
        }

        Version++;
        UpdatedAt = now;
    }
}
