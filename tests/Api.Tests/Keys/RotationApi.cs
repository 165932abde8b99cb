using Dapper;
using Npgsql;

namespace Chat.Api.Tests.Keys;

/// <summary>An API of its own, that gives a new key little time.</summary>
public sealed class RotationApi : ChatApi
{
    protected override IReadOnlyDictionary<string, string> OwnSettings { get; } = new Dictionary<string, string>
    {
        ["Encryption:SettleSeconds"] = "4",
        ["Encryption:OldKeyGraceSeconds"] = "6",
    };

    public async Task<T> AskKeysAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(Database.Keys);
        return (await connection.ExecuteScalarAsync<T>(sql, parameters))!;
    }

    /// <summary>Which columns still hold a value that names this key.</summary>
    public async Task<IReadOnlyList<string>> ColumnsUnderAsync(Guid key)
    {
        const string columns = "select table_name, column_name from information_schema.columns where table_schema = 'public' and data_type = 'bytea'";

        await using var connection = new NpgsqlConnection(Database.Superuser);
        var found = new List<string>();
        foreach (var (table, column) in await connection.QueryAsync<(string, string)>(columns))
        {
            if (await connection.ExecuteScalarAsync<bool>($"select exists (select from {table} where substring({column} from 3 for 16) = @Key)", new { Key = key.ToByteArray(bigEndian: true) }))
            {
                found.Add($"{table}.{column}");
            }
        }

        return found;
    }
}

[CollectionDefinition(Name)]
public sealed class RotationSuite : ICollectionFixture<RotationApi>
{
    public const string Name = "The API and its keys";
}
