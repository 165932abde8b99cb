namespace Chat.Application.CannedResponses;

/// <summary>A canned response as the API shows it.</summary>
/// <param name="Title">What responders find it by.</param>
/// <param name="Body">What is put before the responder, who changes it and sends it.</param>
public sealed record CannedResponseView(
    Guid Id, Guid AffiliateId, Guid ProgramId, string Title, string Body, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
