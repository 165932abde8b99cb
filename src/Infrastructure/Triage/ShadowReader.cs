using System.Threading.Channels;
using Chat.Application.Triage;
using Chat.Infrastructure.Jobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Triage;

/// <summary>
/// Has what texters have written compared in the shadow, one conversation after the other, after the commit and apart from it. Where there
/// is no candidate it costs a look into a dictionary. What is not compared because the process ends, or because too much comes, is left out:
/// it is there to judge the candidate, and nobody depends on it.
/// </summary>
internal sealed class ShadowReader(TriageRules rules, SystemUseCases useCases, ILogger<ShadowReader> logger) : BackgroundService
{
    private const int MostWaiting = 4096;

    private readonly Channel<(Guid Affiliate, Guid Conversation)> _heard = Channel.CreateBounded<(Guid, Guid)>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    public void Hear(Guid affiliate, Guid conversation, Guid program)
    {
        if (rules.ShadowOf(new(affiliate), new(program)) is not null)
        {
            _heard.Writer.TryWrite((affiliate, conversation));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (affiliate, conversation) in _heard.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await useCases.SendAsync(new CompareInShadow(new(affiliate), new(conversation)), stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.ShadowFailed(conversation, failure.Kind());
            }
        }
    }
}
