using Chat.Application.Ports;

namespace Chat.Application.Notifications;

/// <summary>Where the web app shows what a notification is about.</summary>
/// <param name="Origin">Under which staff open it.</param>
public sealed record Links(Uri Origin)
{
    public Uri ToConversation(Guid conversation) => new(Origin, $"/desk/{conversation}");

    public Uri ToEscalation(Guid escalation) => new(Origin, $"/escalations/{escalation}");

    /// <summary>The token stands behind the #, which browsers send to nobody.</summary>
    public Uri ToNewPassword(string token) => new(Origin, $"/new-password#{token}");

    public Uri ToDesk => new(Origin, "/desk");
}

/// <summary>
/// What is said outside the desk, by kind: the table, and the only one. Mail and texts lie open on their way, so nothing here comes
/// from a texter or from what is known of one: the record behind the link has it, for whoever may read it.
/// </summary>
public static class NotificationWords
{
    // With a link and a reference a text stays within two parts.
    private const int LongestNameInText = 40;

#pragma warning disable format // read as columns
    private static readonly Dictionary<NotificationKind, Line> Table = new()
    {
        [NotificationKind.QueueAlert]           = new("Somebody is waiting",                   "Somebody has waited for longer than the program wants."),
        [NotificationKind.Assigned]             = new("A conversation is yours",               "A conversation has been given to you."),
        [NotificationKind.TransferOffered]      = new("A transfer is offered",                 "A conversation is offered to you."),
        [NotificationKind.TransferAccepted]     = new("Your transfer is accepted",             "The conversation that you offered has been taken over."),
        [NotificationKind.TransferDeclined]     = new("Your transfer is not accepted",         "The conversation that you offered was not taken over. It is still with you."),
        [NotificationKind.EscalationOpened]     = new("An escalation is open",                 "Emergency services are being brought in for a texter."),
        [NotificationKind.EscalationUnattended] = new("Nobody has acted on an escalation",     "An escalation is open and nobody has acted on it."),
        [NotificationKind.EscalationResolved]   = new("An escalation is resolved",             "An escalation has been resolved."),
        [NotificationKind.ResponderGone]        = new("A responder's connection is gone",      "A responder who holds conversations is not connected any more."),
        [NotificationKind.Returned]             = new("A conversation went back to the queue", "A conversation of yours is back in the queue."),
        [NotificationKind.TexterWrote]          = new("A texter has come back",                "A texter has written where nobody was expected to look."),
        [NotificationKind.Whisper]              = new("A supervisor has left you a note",      "A supervisor has left you a note in a conversation."),
        [NotificationKind.OptedOutInDanger]     = new("Somebody in danger wants no messages",  "Somebody whose risk is high has asked for no more messages."),
        [NotificationKind.RiskRaised]           = new("A texter may be in danger",             "What a texter wrote shows that they may be in danger."),
        [NotificationKind.AssessmentMissing]    = new("A risk assessment is missing",          "A texter of yours has voiced risk. Record what you make of it."),
        [NotificationKind.SurveyAlert]          = new("A survey's answer needs you",            "A texter has given an answer to a survey of which somebody is to know."),
        [NotificationKind.ConversationFailed]   = new("A conversation has failed",             "A conversation could not be looked after, and has ended as failed."),
        [NotificationKind.ContactFailed]        = new("An on-call contact is not reached",     "An escalation has not got through to somebody on call. Telephone them."),
        [NotificationKind.WebhookDisabled]      = new("A webhook is switched off",             "Nothing gets through to a partner's webhook, so it has been switched off. An admin can switch it on again."),
    };
#pragma warning restore format

    public static string Subject(Sending sending, SendingSubject about) =>
        $"{(about.ReferenceNumber is { } reference ? $"{reference}: " : "")}{Table[sending.Kind].Subject}";

    public static string Mail(Sending sending, SendingSubject about, Links links) =>
        string.Join(
            "\n",
            [
                Table[sending.Kind].Sentence,
                "",
                .. Facts(about).Select(fact => $"{fact.Name}: {fact.Value}"),
                "",
                Link(sending, links).AbsoluteUri,
                "",
                "Sign in there to read more. This mail holds nothing that a texter wrote, and nothing about who or where they are.",
                sending.ContactId is null
                    ? "It was sent to you because your notification settings ask for it."
                    : "It was sent to you because you are on call for emergencies.",
                "",
            ]);

    public static string Text(Sending sending, SendingSubject about, Links links) =>
        string.Join(
            ' ',
            [
                Table[sending.Kind].Sentence,
                .. Facts(about).Select(fact => Short(fact.Value)) is var facts && facts.Any() ? [$"({string.Join(", ", facts)})"] : Array.Empty<string>(),
                Link(sending, links).AbsoluteUri,
            ]);

    private static IEnumerable<(string Name, string Value)> Facts(SendingSubject about) =>
        new[]
        {
            ("Program", about.ProgramName), ("Reference", about.ReferenceNumber), ("Type", about.EscalationType), ("Urgency", about.Urgency),
        }
        .Where(fact => fact.Item2 is not null)
        .Select(fact => (fact.Item1, fact.Item2!));

    private static Uri Link(Sending sending, Links links) => sending switch
    {
        {
            Kind: NotificationKind.EscalationOpened or NotificationKind.EscalationUnattended or NotificationKind.EscalationResolved
                or NotificationKind.ContactFailed,
            AboutId: { } escalation,
        } => links.ToEscalation(escalation),
        { ConversationId: { } conversation } => links.ToConversation(conversation.Value),
        _ => links.ToDesk,
    };

    private static string Short(string name)
    {
        if (name.Length <= LongestNameInText)
        {
            return name;
        }

        // No half of a surrogate pair is left over.
        var end = char.IsHighSurrogate(name[LongestNameInText - 1]) ? LongestNameInText - 1 : LongestNameInText;
        return name[..end].TrimEnd() + "...";
    }

    private sealed record Line(string Subject, string Sentence);
}
