using Chat.Application.Affiliates;
using Chat.Application.ApiKeys;
using Chat.Application.CannedResponses;
using Chat.Application.Channels;
using Chat.Application.EmergencyContacts;
using Chat.Application.Keywords;
using Chat.Application.Programs;
using Chat.Application.Users;
using Chat.Application.Webhooks;
using Chat.Domain.Common;

namespace Chat.Application.Ports;

// What an admin is shown, inside the transaction that has just changed it. Each throws NotFound where there is nothing to show.

public interface IAffiliateViews
{
    Task<AffiliateView> ShowAsync(AffiliateId id, CancellationToken cancellationToken);
}

public interface IProgramViews
{
    Task<ProgramView> ShowAsync(ProgramId id, CancellationToken cancellationToken);
}

public interface IUserViews
{
    Task<UserView> ShowAsync(UserId id, CancellationToken cancellationToken);
}

public interface IKeywordViews
{
    Task<KeywordView> ShowAsync(KeywordId id, CancellationToken cancellationToken);
}

public interface ICannedResponseViews
{
    Task<CannedResponseView> ShowAsync(CannedResponseId id, CancellationToken cancellationToken);
}

public interface IApiKeyViews
{
    Task<ApiKeyView> ShowAsync(ApiKeyId id, CancellationToken cancellationToken);
}

public interface IWebhookViews
{
    Task<WebhookView> ShowAsync(WebhookId id, CancellationToken cancellationToken);
}

public interface IChannelViews
{
    Task<ChannelView> ShowAsync(ChannelId id, CancellationToken cancellationToken);
}

public interface IEmergencyContactViews
{
    Task<EmergencyContactView> ShowAsync(EmergencyContactId id, CancellationToken cancellationToken);
}
