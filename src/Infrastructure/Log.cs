using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure;

/// <summary>Every line this project can log. Ids, counts, types and reasons only: never a text, a number or a name.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "The database is ready: {Applied} migrations were applied.")]
    public static partial void DatabaseReady(this ILogger logger, int applied);

    [LoggerMessage(2, LogLevel.Warning, "The database does not answer yet ({Fault}); trying again.")]
    public static partial void DatabaseNotThere(this ILogger logger, string fault);

    [LoggerMessage(3, LogLevel.Information, "The embedded PostgreSQL runs on port {Port}.")]
    public static partial void EmbeddedDatabaseStarted(this ILogger logger, int port);

    [LoggerMessage(4, LogLevel.Information, "A platform admin was made from the settings.")]
    public static partial void FirstAdminMade(this ILogger logger);

    [LoggerMessage(10, LogLevel.Warning, "A batch of {Count} messages did not go in ({Fault}); each is tried on its own.")]
    public static partial void BatchFellApart(this ILogger logger, int count, string fault);

    [LoggerMessage(11, LogLevel.Warning, "A call from {Provider} was refused and kept: {Reason}")]
    public static partial void CallQuarantined(this ILogger logger, string provider, string reason);

    [LoggerMessage(12, LogLevel.Warning, "A call from {Provider} is for no channel of ours.")]
    public static partial void CallForNobody(this ILogger logger, string provider);

    [LoggerMessage(20, LogLevel.Error, "Events could not be published ({Fault}); they stay in the outbox.")]
    public static partial void PublishingFailed(this ILogger logger, string fault);

    [LoggerMessage(21, LogLevel.Error, "Deliveries could not be worked on ({Fault}); they stay due.")]
    public static partial void DeliveringFailed(this ILogger logger, string fault);

    [LoggerMessage(22, LogLevel.Warning, "Message {Message} could not be worked on ({Fault}); it will be tried again.")]
    public static partial void DeliveryFailed(this ILogger logger, Guid message, string fault);

    [LoggerMessage(23, LogLevel.Warning, "What other instances do is not heard ({Fault}); listening again.")]
    public static partial void ListeningFailed(this ILogger logger, string fault);

    [LoggerMessage(24, LogLevel.Warning, "Old rows could not be cleared ({Fault}); trying again later.")]
    public static partial void HousekeepingFailed(this ILogger logger, string fault);

    [LoggerMessage(25, LogLevel.Error, "Due jobs could not be worked on ({Fault}); they stay due.")]
    public static partial void JobsFailed(this ILogger logger, string fault);

    [LoggerMessage(26, LogLevel.Warning, "A {Job} job about {Subject} failed at attempt {Attempt} ({Fault}); it will be tried again.")]
    public static partial void JobFailed(this ILogger logger, string job, Guid subject, int attempt, string fault);

    [LoggerMessage(27, LogLevel.Warning, "Who is connected could not be noted ({Fault}); trying again.")]
    public static partial void PresenceNotKept(this ILogger logger, string fault);

    [LoggerMessage(28, LogLevel.Warning, "Other instances could not be told of notifications ({Fault}); their desks will read them later.")]
    public static partial void RingingFailed(this ILogger logger, string fault);

    [LoggerMessage(29, LogLevel.Warning, "The tests' clock could not be read ({Fault}); trying again.")]
    public static partial void ClockNotRead(this ILogger logger, string fault);

    [LoggerMessage(30, LogLevel.Error, "A sealed value of {Table} could not be opened: {Reason}")]
    public static partial void Unreadable(this ILogger logger, string table, string reason);

    [LoggerMessage(31, LogLevel.Error, "What goes out to staff and contacts could not be worked on ({Fault}); it stays due.")]
    public static partial void SendingsFailed(this ILogger logger, string fault);

    [LoggerMessage(32, LogLevel.Warning, "Sending {Sending} could not be worked on ({Fault}); it will be tried again.")]
    public static partial void SendingFailed(this ILogger logger, Guid sending, string fault);

    [LoggerMessage(33, LogLevel.Warning, "The audit trail's links could not be laid ({Fault}); trying again.")]
    public static partial void ChainNotLaid(this ILogger logger, string fault);

    [LoggerMessage(34, LogLevel.Information, "Audit checkpoint of affiliate {Affiliate}: link {Number} is {Mac}.")]
    public static partial void AuditCheckpoint(this ILogger logger, Guid affiliate, long number, string mac);

    [LoggerMessage(35, LogLevel.Warning, "A mail with a link for a password could not be sent ({Fault}); it can be asked for again.")]
    public static partial void PasswordMailFailed(this ILogger logger, string fault);

    [LoggerMessage(36, LogLevel.Warning, "The affiliates' phrases for triage could not be read ({Fault}); those of before stay in force.")]
    public static partial void PhrasesNotRead(this ILogger logger, string fault);

    [LoggerMessage(37, LogLevel.Error, "Phrase {Phrase} does not open or does not fit the rules of this release, and is left out.")]
    public static partial void PhraseLeftOut(this ILogger logger, Guid phrase);

    [LoggerMessage(38, LogLevel.Warning, "Conversation {Conversation} could not be compared in the shadow ({Fault}); it is left out.")]
    public static partial void ShadowFailed(this ILogger logger, Guid conversation, string fault);

    [LoggerMessage(41, LogLevel.Error, "What has had its time could not be purged ({Fault}); it stays due.")]
    public static partial void PurgeFailed(this ILogger logger, string fault);

    [LoggerMessage(42, LogLevel.Warning, "{Count} conversations, texters or affiliates that had been purged were back in the database, and were purged again.")]
    public static partial void PurgedAgain(this ILogger logger, int count);

    [LoggerMessage(43, LogLevel.Warning, "What becomes of keys elsewhere could not be read ({Fault}); trying again.")]
    public static partial void KeysNotWatched(this ILogger logger, string fault);

    [LoggerMessage(44, LogLevel.Information, "Key {Key} of affiliate {Affiliate} is {State} now.")]
    public static partial void KeyMoved(this ILogger logger, Guid key, Guid affiliate, string state);

    [LoggerMessage(45, LogLevel.Warning, "Keys could not be replaced ({Fault}); it goes on where it stopped.")]
    public static partial void RotationFailed(this ILogger logger, string fault);

    [LoggerMessage(40, LogLevel.Warning, "The demo's report that {MessageSid} is {Status} was not taken.")]
    public static partial void ReportNotTaken(this ILogger logger, string messageSid, string status);

    [LoggerMessage(50, LogLevel.Error, "What is to be told to webhooks could not be worked on ({Fault}); it stays due.")]
    public static partial void WebhooksFailed(this ILogger logger, string fault);

    [LoggerMessage(51, LogLevel.Warning, "Webhook delivery {Delivery} could not be worked on ({Fault}); it will be tried again.")]
    public static partial void WebhookFailed(this ILogger logger, Guid delivery, string fault);

    [LoggerMessage(70, LogLevel.Information, "User {User} signed in.")]
    public static partial void SignedIn(this ILogger logger, Guid user);

    [LoggerMessage(71, LogLevel.Warning, "A sign-in as user {User} failed.")]
    public static partial void SignInFailed(this ILogger logger, Guid user);

    [LoggerMessage(72, LogLevel.Warning, "A sign-in with an address that is nobody's failed.")]
    public static partial void SignInFailedAsNobody(this ILogger logger);

    [LoggerMessage(73, LogLevel.Error, "A failed sign-in could not be put on record ({Fault}).")]
    public static partial void FailedSignInNotOnRecord(this ILogger logger, string fault);

    [LoggerMessage(80, LogLevel.Error, "Consumer {Consumer} could not act on event {Event}, {Type} ({Fault}).")]
    public static partial void ConsumingFailed(this ILogger logger, string consumer, Guid @event, string type, string fault);

    [LoggerMessage(81, LogLevel.Information, "Events are published again.")]
    public static partial void PublishingGoesOn(this ILogger logger);

    [LoggerMessage(82, LogLevel.Warning, "Event {Event}, {Type}, was refused ({Times} times); its conversation waits.")]
    public static partial void EventRefused(this ILogger logger, Guid @event, string type, int times);

    [LoggerMessage(83, LogLevel.Warning, "Consuming from {Queue} was interrupted ({Fault}); trying again.")]
    public static partial void ConsumingInterrupted(this ILogger logger, string queue, string fault);

    [LoggerMessage(84, LogLevel.Error, "Event {Event}, {Type}, is a dead letter now: {Reason}")]
    public static partial void EventDied(this ILogger logger, Guid @event, string type, string reason);

    [LoggerMessage(85, LogLevel.Warning, "The broker cannot promise that a dead letter arrives: RabbitMQ 3.10 or later can.")]
    public static partial void DeadLettersNotSafe(this ILogger logger);

    /// <summary>What a fault may say in a log: its kind, and PostgreSQL's code for it. Its message may hold what somebody wrote.</summary>
    public static string Kind(this Exception fault) =>
        fault is Npgsql.PostgresException database ? $"PostgreSQL {database.SqlState}" : fault.GetType().Name;
}
