using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.Retention;

/// <summary>An admin has everything of one texter erased for good, and gets a record that proves it.</summary>
[Requires(Permission.EraseTexters)]
public sealed record EraseTexter(Guid TexterId) : ICommand<ErasureView>, IOnce;

/// <summary>The proof that a texter was erased.</summary>
/// <param name="Status">`under_way` while keys are still to be destroyed, which takes seconds; then `completed`.</param>
/// <param name="CompletedAt">When the last key was destroyed.</param>
/// <param name="Destroyed">How many rows of which table.</param>
/// <param name="KeyIds">The keys that were destroyed: without them no backup can be read either, once the key store's own backups have run out.</param>
public sealed record ErasureView(
    Guid Id, Guid TexterId, string Status, Guid AskedBy, DateTimeOffset AskedAt, DateTimeOffset? CompletedAt, IReadOnlyDictionary<string, int> Destroyed,
    IReadOnlyList<Guid> KeyIds);

internal sealed class EraseTexterHandler(IPurge purge, IErasures erasures, ICaller caller, TimeProvider clock) : IRequestHandler<EraseTexter, ErasureView>
{
    public async Task<ErasureView> Handle(EraseTexter command, CancellationToken cancellationToken)
    {
        var texter = new TexterId(command.TexterId);
        var known = await purge.LockTexterAsync(texter, cancellationToken);
        if (known.IsHeldBack)
        {
            throw new RefusedException("texter.on_hold", "One of the texter's conversations is on legal hold. Release it first.");
        }

        // Nobody who is being talked to is lost because of a form.
        if (known.IsTalking)
        {
            throw new RefusedException("texter.conversation_open", "The texter has an open conversation. Close it first.");
        }

        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var destroyed = await purge.DeleteAsync(known.Conversations, [texter], PurgeCause.Erasure, id, cancellationToken);
        var erasure = new Erasure(id, texter, caller.UserId, now, destroyed, [.. known.Conversations.Select(conversation => conversation.Value), texter.Value]);
        await erasures.AddAsync(erasure, cancellationToken);
        return new ErasureView(id, command.TexterId, "under_way", caller.UserId.Value, now, null, destroyed, erasure.KeyIds);
    }
}
