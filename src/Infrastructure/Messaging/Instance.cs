namespace Chat.Infrastructure.Messaging;

/// <summary>This process among the installation's others.</summary>
internal static class Instance
{
    public static Guid Id { get; } = Guid.NewGuid();
}
