using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Chat.Infrastructure.Demo;

/// <summary>
/// Lets the demo's people sign in with the demo and never without it: their passwords are printed in the README, and a database that was
/// once a demo may go on as something real.
/// </summary>
internal sealed class DemoGate(Databases databases, Keyring keyring, IOptions<DemoOptions> options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        const string sql = "update sign_ins set can_sign_in = @Enabled where email_hash = any(@hashes) and can_sign_in <> @Enabled";

        var hashes = new List<byte[]>();
        foreach (var account in DemoSettings.Default.Accounts)
        {
            hashes.Add(await SignInDirectory.HashOfAsync(keyring, account.Email, cancellationToken));
        }

        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, new { options.Value.Enabled, hashes = hashes.ToArray() }, cancellationToken: cancellationToken));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
