using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Startup;

/// <summary>
/// The embedded PostgreSQL, for development and the demo: tools/postgres.mjs starts it, and stops it when our end of its standard input
/// closes, also when this process is killed.
/// </summary>
internal sealed class EmbeddedPostgres(ILogger<EmbeddedPostgres> logger) : IAsyncDisposable
{
    private static readonly TimeSpan ToStop = TimeSpan.FromSeconds(15);
    private Process? _launcher;

    public async Task<EmbeddedDatabases> StartAsync(CancellationToken cancellationToken)
    {
        var root = FindRoot();
        if (!Directory.Exists(Path.Combine(root, "tools", "node_modules")))
        {
            await InstallAsync(root, cancellationToken);
        }

        _launcher = Process.Start(new ProcessStartInfo("node")
        {
            ArgumentList = { Path.Combine(root, "tools", "postgres.mjs"), "serve", "--data", Path.Combine(root, ".data", "postgres"), "--parent-stdin" },
            WorkingDirectory = root, RedirectStandardInput = true, RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("Node could not be started.");
        var line = await _launcher.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException("The embedded PostgreSQL did not start; the reason stands above. Set ConnectionStrings__Chat to use one of your own.");
        var databases = JsonSerializer.Deserialize<EmbeddedDatabases>(line, JsonSerializerOptions.Web)!;
        logger.EmbeddedDatabaseStarted(databases.Port);
        return databases;
    }

    public async ValueTask DisposeAsync()
    {
        if (_launcher is null)
        {
            return;
        }

        _launcher.StandardInput.Close();
        using var patience = new CancellationTokenSource(ToStop);
        try
        {
            await _launcher.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _launcher.Kill(entireProcessTree: true);
        }

        _launcher.Dispose();
    }

    /// <summary>The checkout that we run in: the folder that holds tools/postgres.mjs, from here upwards.</summary>
    private static string FindRoot()
    {
        var starts = new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory };
        foreach (var start in starts)
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "tools", "postgres.mjs")))
                {
                    return folder.FullName;
                }
            }
        }

        throw new InvalidOperationException("There is no embedded PostgreSQL outside a checkout. Set ConnectionStrings__Chat.");
    }

    private static async Task InstallAsync(string root, CancellationToken cancellationToken)
    {
        var npm = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd") { ArgumentList = { "/c", "npm", "ci" } } : new ProcessStartInfo("npm") { ArgumentList = { "ci" } };
        npm.WorkingDirectory = Path.Combine(root, "tools");
        using var install = Process.Start(npm) ?? throw new InvalidOperationException("npm could not be started.");
        await install.WaitForExitAsync(cancellationToken);
        if (install.ExitCode != 0)
        {
            throw new InvalidOperationException("The embedded PostgreSQL could not be installed. Set ConnectionStrings__Chat to use one of your own.");
        }
    }
}

/// <summary>Connection strings of an embedded PostgreSQL: the application's role, the owner's, and the key store's.</summary>
internal sealed record EmbeddedDatabases(int Port, string Chat, string ChatMigrations, string Keys);
