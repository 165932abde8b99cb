using Chat.Application.Common;

namespace Chat.Application.Texters;

/// <summary>Who writes to us, as far as a responder needs to know: the address is shown masked.</summary>
[Requires(Permission.ReadConversations)]
public sealed record GetTexter(Guid TexterId) : IQuery<TexterView>;

/// <param name="Stopped">The texter has stopped messages on one of the affiliate's channels.</param>
public sealed record TexterView(
    Guid Id, string? Name, IReadOnlyList<TexterAddressView> Addresses, bool Stopped, DateTimeOffset FirstSeenAt, long ConversationCount);

/// <param name="Masked">The address with all but its last two digits hidden.</param>
public sealed record TexterAddressView(string Kind, string Masked);
