using Chat.Application.Common;

namespace Chat.Application.OffBoarding;

/// <summary>How far an affiliate's leaving has come, and the proof of it.</summary>
[Requires(Permission.ManageAffiliates)]
public sealed record GetOffBoarding(Guid AffiliateId) : IQuery<OffBoardingView>;
