using System.Globalization;
using System.Threading.RateLimiting;
using Chat.Api.Errors;
using Chat.Infrastructure;
using Chat.Infrastructure.Security;
using Microsoft.Extensions.Options;

namespace Chat.Api.Hosting;

/// <summary>
/// How fast one instance lets itself be called: by an address before anything is looked up, then by session, user and affiliate. Webhooks
/// pass, for a provider's addresses are everybody's; only those of their calls that prove nothing are counted.
/// </summary>
internal sealed class RateLimits(IOptions<LimitsOptions> options) : IDisposable
{
    // Addresses are a stranger's to choose, so they share this many places, which the process picks anew with each start.
    private const int Places = 1 << 16;

    private readonly PartitionedRateLimiter<int> _addresses = Buckets<int>(options.Value.AddressBurst, options.Value.AddressPerSecond);
    private readonly PartitionedRateLimiter<int> _failedCalls = Buckets<int>(options.Value.FailedCallBurst, options.Value.FailedCallsPerSecond);
    private readonly PartitionedRateLimiter<Guid> _sessions = Buckets<Guid>(options.Value.SessionBurst, options.Value.SessionPerSecond);
    private readonly PartitionedRateLimiter<Guid> _users = Buckets<Guid>(options.Value.UserBurst, options.Value.UserPerSecond);
    private readonly PartitionedRateLimiter<Guid> _affiliates = Buckets<Guid>(options.Value.AffiliateBurst, options.Value.AffiliatePerSecond);

    /// <summary>Whether a call is one of those that are limited.</summary>
    public static bool Concern(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api") && !context.Request.Path.StartsWithSegments("/api/webhooks");

    public Task LimitAddressAsync(HttpContext context, RequestDelegate next)
    {
        if (!Concern(context))
        {
            return next(context);
        }

        using var lease = _addresses.AttemptAcquire(PlaceOf(context));
        return lease.IsAcquired ? next(context) : RefuseAsync(context, WaitOf(lease));
    }

    public Task LimitCallerAsync(HttpContext context, RequestDelegate next)
    {
        var caller = context.RequestServices.GetRequiredService<CurrentCaller>();
        if (!caller.IsSignedIn)
        {
            return next(context);
        }

        // The narrowest first: who is refused there takes nothing from the others.
        using var bySession = _sessions.AttemptAcquire(caller.SessionId);
        if (!bySession.IsAcquired)
        {
            return RefuseAsync(context, WaitOf(bySession));
        }

        using var byUser = _users.AttemptAcquire(caller.UserId.Value);
        if (!byUser.IsAcquired)
        {
            return RefuseAsync(context, WaitOf(byUser));
        }

        using var byAffiliate = _affiliates.AttemptAcquire(caller.AffiliateId.Value);
        return byAffiliate.IsAcquired ? next(context) : RefuseAsync(context, WaitOf(byAffiliate));
    }

    /// <summary>Whether one more call that proves nothing is worth the room it takes.</summary>
    public bool TakesFailedCall(HttpContext context)
    {
        using var lease = _failedCalls.AttemptAcquire(PlaceOf(context));
        return lease.IsAcquired;
    }

    public static Task RefuseAsync(HttpContext context, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Problem.WriteAsync(context, Problem.Of(StatusCodes.Status429TooManyRequests));
    }

    public void Dispose()
    {
        _addresses.Dispose();
        _failedCalls.Dispose();
        _sessions.Dispose();
        _users.Dispose();
        _affiliates.Dispose();
    }

    private static int PlaceOf(HttpContext context) => Visitors.AddressOf(context).GetHashCode(StringComparison.Ordinal) & (Places - 1);

    private static TimeSpan WaitOf(RateLimitLease lease) => lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);

    // A bucket that has been full for a while is forgotten.
    private static PartitionedRateLimiter<T> Buckets<T>(int burst, int perSecond)
        where T : notnull =>
        PartitionedRateLimiter.Create<T, T>(whose => RateLimitPartition.GetTokenBucketLimiter(whose, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst, TokensPerPeriod = perSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0,
        }));
}
