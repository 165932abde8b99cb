using Dapper;
using Npgsql;

namespace Chat.Infrastructure.Persistence;

/// <summary>
/// Entering an affiliate, which row-level security asks for: within a transaction and never beyond it, so that a connection goes back to
/// its pool belonging to nobody.
/// </summary>
internal static class InAffiliate
{
    /// <summary>A transaction that sees this affiliate's rows and nobody else's.</summary>
    public static async Task<NpgsqlTransaction> BeginInAsync(this NpgsqlConnection connection, Guid affiliate, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await transaction.EnterAsync(affiliate, cancellationToken);
        return transaction;
    }

    /// <summary>The same for a transaction under way that has found out whose it is.</summary>
    public static Task EnterAsync(this NpgsqlTransaction transaction, Guid affiliate, CancellationToken cancellationToken)
    {
        const string sql = "select set_config('app.affiliate_id', @affiliate, true)";

        return transaction.Connection!.ExecuteAsync(
            new CommandDefinition(sql, new { affiliate = affiliate.ToString() }, transaction, cancellationToken: cancellationToken));
    }
}
