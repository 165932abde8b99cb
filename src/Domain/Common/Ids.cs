namespace Chat.Domain.Common;

// Ids are UUIDv7: made here before the row exists (a sealed column's additional data names its row) and ordered by time in every index.

/// <summary>A crisis centre with its own data: the tenant.</summary>
public readonly record struct AffiliateId(Guid Value)
{
    /// <summary>The installation itself: the tenant of platform admins, who belong to no affiliate.</summary>
    public static readonly AffiliateId Platform = new(Guid.Empty);

    public bool IsPlatform => Value == Guid.Empty;
}

public readonly record struct ProgramId(Guid Value);

public readonly record struct UserId(Guid Value);

public readonly record struct ChannelId(Guid Value);

public readonly record struct KeywordId(Guid Value);

public readonly record struct CannedResponseId(Guid Value);

/// <summary>A partner's key.</summary>
public readonly record struct ApiKeyId(Guid Value);

public readonly record struct EmergencyContactId(Guid Value);

/// <summary>An affiliate's wish to be called when something happens.</summary>
public readonly record struct WebhookId(Guid Value);

/// <summary>A phrase that an affiliate has added to the rules of triage.</summary>
public readonly record struct PhraseId(Guid Value);

public readonly record struct TexterId(Guid Value);

public readonly record struct ConversationId(Guid Value);

public readonly record struct MessageId(Guid Value);

public readonly record struct EscalationId(Guid Value);

public readonly record struct FollowUpId(Guid Value);

public readonly record struct SurveyId(Guid Value);

/// <summary>One texter's run through a survey.</summary>
public readonly record struct SurveyResponseId(Guid Value);
