using Chat.Application.Delivery;
using Chat.Application.Messages;
using Chat.Application.Ports;
using Chat.Application.Quarantine;
using Chat.Domain.Channels;
using Chat.Infrastructure.Messaging;
using Chat.Infrastructure.Security;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Channels;

public enum IntakeResult
{
    /// <summary>Stored, known already, or nothing to do: the provider need not send it again.</summary>
    Taken,

    /// <summary>No channel of ours has this address.</summary>
    NobodyHere,

    /// <summary>The call does not prove where it comes from; it was kept for an admin.</summary>
    Refused,

    /// <summary>And there have been so many of those that it was not kept.</summary>
    RefusedAndDropped,
}

/// <summary>The way of a provider's call, the same for all: whose is it, what does it say, and which use case is that.</summary>
public sealed class WebhookIntake(
    IEnumerable<IChannelAdapter> adapters, IChannelDirectory channels, CurrentCaller caller, IMediator mediator, ILogger<WebhookIntake> logger)
{
    public IChannelAdapter? AdapterOf(Provider provider) => adapters.FirstOrDefault(adapter => adapter.Provider == provider);

    /// <param name="mayKeep">Asked for a call that proves nothing, and for no other: whether it is worth keeping.</param>
    public async Task<IntakeResult> TakeAsync(WebhookCall call, Func<bool> mayKeep, CancellationToken cancellationToken)
    {
        caller.BecomeSystem();
        var adapter = AdapterOf(call.Provider)!;
        foreach (var afresh in new[] { false, true })
        {
            // The call names addresses before it has proven anything: whose token signed it, theirs it is.
            foreach (var account in await channels.FindAsync(call.Provider, adapter.Addresses(call), afresh, cancellationToken))
            {
                if (adapter.Read(call, account) is var reading and not WebhookReading.Rejected)
                {
                    return await ActAsync(reading, call, account, replayed: false, cancellationToken);
                }
            }
        }

        if ((await channels.FindAsync(call.Provider, adapter.Addresses(call), afresh: false, cancellationToken)) is not [var first, ..])
        {
            if (!mayKeep())
            {
                return IntakeResult.RefusedAndDropped;
            }

            logger.CallForNobody(Domain.Common.Wire.Name(call.Provider));
            return IntakeResult.NobodyHere;
        }

        if (!mayKeep())
        {
            return IntakeResult.RefusedAndDropped;
        }

        return await ActAsync(adapter.Read(call, first), call, first, replayed: false, cancellationToken);
    }

    /// <summary>Takes a call that was kept, now that an admin vouches for it.</summary>
    public async Task ReplayAsync(WebhookCall call, ChannelAccount account, CancellationToken cancellationToken)
    {
        caller.BecomeSystem();
        var reading = AdapterOf(call.Provider)!.Read(call, account, trusted: true);
        if (reading is WebhookReading.Rejected)
        {
            throw new Domain.Common.RefusedException("quarantine.unreadable", "This call cannot be read, whoever vouches for it.");
        }

        await ActAsync(reading, call, account, replayed: true, cancellationToken);
    }

    private async Task<IntakeResult> ActAsync(WebhookReading reading, WebhookCall call, ChannelAccount account, bool replayed, CancellationToken cancellationToken)
    {
        Figures.Calls.Add(1, new("provider", Domain.Common.Wire.Name(call.Provider)), new("reading", reading.GetType().Name));
        switch (reading)
        {
            case WebhookReading.MessageArrived when !account.TakesMessages && !replayed:
                // Nobody would see it in the queue of what has been closed; an admin will see it here.
                await mediator.Send(new KeepCall(account, call, "The channel, its program or its affiliate is inactive.", Proven: true), cancellationToken);
                return IntakeResult.Taken;
            case WebhookReading.MessageArrived arrived:
                await mediator.Send(new ReceiveMessage(account, arrived), cancellationToken);
                return IntakeResult.Taken;
            case WebhookReading.DeliveryChanged changed:
                await mediator.Send(new RecordDelivery(account, changed), cancellationToken);
                return IntakeResult.Taken;
            case WebhookReading.Rejected rejected:
                logger.CallQuarantined(Domain.Common.Wire.Name(call.Provider), rejected.Why);
                await mediator.Send(new KeepCall(account, call, rejected.Why, Proven: false), cancellationToken);
                return IntakeResult.Refused;
            default:
                return IntakeResult.Taken;
        }
    }
}
