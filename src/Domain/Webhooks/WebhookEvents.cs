namespace Chat.Domain.Webhooks;

/// <summary>What a webhook can be told of, by the events' names on the wire.</summary>
public static class WebhookEvents
{
    /// <summary>Everything, also what a later release adds.</summary>
    public const string Everything = "*";

    /// <summary>Nothing has happened: somebody wants to see whether calls arrive. It is sent when asked for and subscribed to by nobody.</summary>
    public const string Test = "webhook.test";

    public static IReadOnlyList<string> All { get; } =
    [
        "conversation.created", "conversation.assigned", "conversation.message.inbound", "conversation.message.outbound",
        "conversation.transferred", "conversation.escalated", "conversation.escalation.resolved", "conversation.closed",
        "conversation.expired", "conversation.updated", "conversation.followup.scheduled", "conversation.followup.triggered",
        "conversation.survey.completed", "conversation.tag.updated", "conversation.risk.changed", "message.status.changed",
        "human_handoff.requested", "document.uploaded", "document.indexed",
    ];
}
