namespace Chat.Infrastructure.Messaging;

/// <summary>This process among the installation's others.</summary>
internal sealed class Instance
{
    public Guid Id { get; } = Guid.NewGuid();
}
