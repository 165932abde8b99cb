namespace Chat.Application.Ports;

/// <summary>What became of something that was handed to somebody outside the platform.</summary>
public abstract record OutsideResult
{
    public sealed record Sent : OutsideResult;

    /// <summary>It will never be taken, however often it is sent.</summary>
    public sealed record Refused(string Code) : OutsideResult;

    /// <summary>It may go through later.</summary>
    public sealed record Unavailable(string Code, TimeSpan? RetryAfter = null) : OutsideResult;
}

/// <summary>Hands plain-text mail to the operator's mail server. It decides nothing and stores nothing.</summary>
public interface IMailSender
{
    /// <summary>Whether the operator has named a mail server.</summary>
    bool IsConfigured { get; }

    /// <param name="to">One bare address, without a name.</param>
    Task<OutsideResult> SendAsync(string to, string subject, string text, CancellationToken cancellationToken);
}

/// <summary>Where a customer wants to be called.</summary>
/// <param name="Secret">What calls are signed with, as <c>whsec_…</c>; null: they are not signed.</param>
/// <param name="PreviousSecret">Signs beside the secret while the customer replaces the one by the other.</param>
/// <param name="Headers">What the customer wants to see with every call.</param>
public sealed record WebhookTarget(
    Uri Url, string? Secret, string? PreviousSecret = null, IReadOnlyDictionary<string, string>? Headers = null);

/// <summary>What came back from a customer's address.</summary>
/// <param name="Status">The status of the answer; null: there was none.</param>
/// <param name="Code">What went wrong, in a word; null: nothing did.</param>
/// <param name="RetryAfter">How long the receiver asks not to be called.</param>
public sealed record WebhookAnswer(int? Status, string? Code, TimeSpan? RetryAfter = null)
{
    public const string AddressNotAllowed = "address.not_allowed";
    public const string SecretNotValid = "secret.not_valid";

    public bool Taken => Code is null;

    /// <summary>It never left: trying again is of no use until somebody has changed something here.</summary>
    public bool NeverLeft => Code is AddressNotAllowed or SecretNotValid;
}

/// <summary>Calls addresses that customers typed in, signed after Standard Webhooks, and none inside. It decides nothing and stores nothing.</summary>
public interface IWebhookSender
{
    /// <param name="messageId">The same with every attempt: receivers know a repeated call by it.</param>
    /// <param name="type">What it is about, in a header of its own, so that a receiver can sort calls unread. It is not signed.</param>
    /// <param name="json">The whole body, sent as it is and the same with every attempt.</param>
    /// <param name="now">The instant of this attempt, which is signed.</param>
    Task<OutsideResult> SendAsync(
        WebhookTarget target, string messageId, string type, string json, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The same, for who keeps a log of calls and has a mind of their own about what to try again.</summary>
    Task<WebhookAnswer> CallAsync(
        WebhookTarget target, string messageId, string type, string json, DateTimeOffset now, CancellationToken cancellationToken);
}
