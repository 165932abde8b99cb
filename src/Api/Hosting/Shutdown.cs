using Chat.Infrastructure;

namespace Chat.Api.Hosting;

/// <summary>
/// The end of an instance: told to stop, it is not ready any more and serves on for a moment, so that a load balancer can look
/// elsewhere. Started by a parent that speaks through standard input, it also stops when the parent is gone.
/// </summary>
internal sealed class Shutdown(IHostApplicationLifetime lifetime, Readiness readiness, IConfiguration settings, IHostEnvironment environment) : IHostedLifecycleService
{
    private static readonly TimeSpan ToBeSeen = TimeSpan.FromSeconds(5);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (settings.GetValue<bool>("Chat:ExitWhenStdinCloses"))
        {
            _ = Task.Run(StopWithParentAsync, CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        readiness.BeginToStop();
        if (environment.IsProduction())
        {
            await Task.Delay(ToBeSeen, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task StopWithParentAsync()
    {
        using var input = Console.OpenStandardInput();
        var buffer = new byte[256];
        while (await input.ReadAsync(buffer) > 0)
        {
        }

        lifetime.StopApplication();
    }
}
