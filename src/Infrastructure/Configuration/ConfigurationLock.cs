using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Persistence;

namespace Chat.Infrastructure.Configuration;

internal sealed class ConfigurationLock(DbSession db) : IConfigurationLock
{
    public Task TakeAsync(AffiliateId affiliate, CancellationToken cancellationToken)
    {
        const string sql = "select pg_advisory_xact_lock(hashtext('chat.configuration'), hashtext(@affiliate::text))";

        return db.ExecuteAsync(sql, new { affiliate = affiliate.Value }, cancellationToken);
    }
}
