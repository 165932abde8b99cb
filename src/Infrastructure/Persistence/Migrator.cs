using System.Reflection;
using Dapper;
using Npgsql;

namespace Chat.Infrastructure.Persistence;

/// <summary>
/// Applies the numbered migrations that are embedded here, forward only. Instances that start together take turns at one advisory lock,
/// so that each migration is applied once.
/// </summary>
internal static class Migrator
{
    private const long Lock = 0x43_48_41_54; // "CHAT"

    public static Task<int> MigrateChatAsync(string owner, string? application, CancellationToken cancellationToken) =>
        MigrateAsync(owner, application, "public", "Chat.Migrations.", insertOnly: ["audit_entries", "audit_links"], cancellationToken);

    public static Task<int> MigrateKeysAsync(string owner, string? application, CancellationToken cancellationToken) =>
        MigrateAsync(owner, application, "keys", "Chat.KeyMigrations.", insertOnly: [], cancellationToken);

    /// <param name="application">The role that serves requests, where it is not the owner: it is granted the rows and nothing else.</param>
    /// <returns>How many migrations were applied.</returns>
    private static async Task<int> MigrateAsync(
        string owner, string? application, string schema, string prefix, string[] insertOnly, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(owner) { Pooling = false, IncludeErrorDetail = false };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync($"select pg_advisory_xact_lock({Lock})", transaction: transaction);
        await connection.ExecuteAsync(
            $"""
            create schema if not exists {schema};
            create table if not exists {schema}.schema_migrations (
                name text primary key, applied_at timestamptz not null default now());
            """,
            transaction: transaction);

        var applied = (await connection.QueryAsync<string>($"select name from {schema}.schema_migrations", transaction: transaction)).ToHashSet();
        var count = 0;
        foreach (var (name, sql) in Scripts(prefix).Where(script => !applied.Contains(script.Name)))
        {
            await connection.ExecuteAsync(new CommandDefinition(sql, transaction: transaction, commandTimeout: 600, cancellationToken: cancellationToken));
            await connection.ExecuteAsync($"insert into {schema}.schema_migrations (name) values (@name)", new { name }, transaction);
            count++;
        }

        if (application is not null && application != settings.Username)
        {
            await GrantAsync(connection, transaction, schema, application, insertOnly);
        }

        await transaction.CommitAsync(cancellationToken);
        return count;
    }

    private static async Task GrantAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string schema, string role, string[] insertOnly)
    {
        var name = new NpgsqlCommandBuilder().QuoteIdentifier(role);
        await connection.ExecuteAsync(
            $"""
            grant usage on schema {schema} to {name};
            grant select, insert, update, delete on all tables in schema {schema} to {name};
            grant usage on all sequences in schema {schema} to {name};
            revoke insert, update, delete on {schema}.schema_migrations from {name};
            """,
            transaction: transaction);
        foreach (var table in insertOnly)
        {
            await connection.ExecuteAsync($"revoke update, delete on {schema}.{table} from {name}", transaction: transaction);
        }
    }

    private static IEnumerable<(string Name, string Sql)> Scripts(string prefix)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (resource[prefix.Length..], reader.ReadToEnd());
        }
    }
}
