using Chat.Application.Common;

namespace Chat.Application.Encryption;

/// <summary>Which keys there are and how far they have been replaced.</summary>
[Requires(Permission.ManageKeys)]
public sealed record GetEncryption : IQuery<EncryptionView>;
