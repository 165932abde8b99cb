using Chat.Application.OffBoarding;
using Chat.Domain.Common;

namespace Chat.Application.Ports;

/// <summary>Affiliates that leave the platform.</summary>
public interface IOffBoardings
{
    /// <summary>Begins, or answers what was begun before and is not completed.</summary>
    Task<OffBoardingView> BeginAsync(AffiliateId affiliate, UserId by, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The newest of an affiliate; throws NotFound where there is none.</summary>
    Task<OffBoardingView> GetAsync(AffiliateId affiliate, CancellationToken cancellationToken);

    /// <summary>
    /// Whether it is confirmed that the affiliate goes. Until the use case ends nobody else confirms it, and nobody changes the affiliate.
    /// </summary>
    Task<bool> IsConfirmedAsync(AffiliateId affiliate, CancellationToken cancellationToken);

    /// <summary>Whether a legal hold stands on anything of the affiliate that was entered.</summary>
    Task<bool> IsHeldBackAsync(CancellationToken cancellationToken);

    Task ConfirmAsync(Guid id, UserId by, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Notes that the affiliate's own admin has taken out what is stored, if the affiliate is leaving.</summary>
    Task RecordExportAsync(AffiliateId affiliate, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Deletes the next portion of all that the affiliate has, and in the end the affiliate; answers whether anything is left.</summary>
    Task<bool> DeleteSomeAsync(AffiliateId affiliate, CancellationToken cancellationToken);

    /// <param name="keys">How many keys were destroyed.</param>
    Task CompleteAsync(AffiliateId affiliate, long keys, DateTimeOffset now, CancellationToken cancellationToken);
}
