using System.Net;

namespace Chat.Infrastructure.Security;

/// <summary>Networks that the settings name, as 192.0.2.0/24 or as single addresses.</summary>
public sealed class Networks
{
    private Networks(IReadOnlyList<IPNetwork> all) => All = all;

    public IReadOnlyList<IPNetwork> All { get; }

    public static bool Are(IEnumerable<string> texts) => texts.All(text => Read(text) is not null);

    public static Networks Of(IEnumerable<string> texts) => new([.. texts.Select(text => Read(text)!.Value)]);

    /// <summary>Whether an address is in one of them; where none is named, any may come.</summary>
    public bool MayCome(IPAddress? address)
    {
        if (All.Count == 0)
        {
            return true;
        }

        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return plain is not null && All.Any(network => network.Contains(plain));
    }

    private static IPNetwork? Read(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
