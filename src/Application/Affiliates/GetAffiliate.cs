using Chat.Application.Common;

namespace Chat.Application.Affiliates;

/// <summary>One affiliate.</summary>
[Requires(Permission.ManageAffiliates)]
public sealed record GetAffiliate(Guid AffiliateId) : IQuery<AffiliateView>;
