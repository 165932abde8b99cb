using System.Net;
using System.Net.Sockets;

namespace Chat.Infrastructure.Outside;

/// <summary>Which addresses may be called for a customer. https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-</summary>
internal static class AddressRules
{
    /// <summary>Nobody's, everybody's, on the link only, or a cloud's own service: not even for a host that the operator vouches for.</summary>
    private static readonly IPNetwork[] Never = Networks(
        "0.0.0.0/8",
        "100.100.100.200/32", // Alibaba Cloud's instance data.
        "168.63.129.16/32", // Azure's host, reached from inside only, under an address that looks public.
        "169.254.0.0/16", // With 169.254.169.254, the instance data of nearly every cloud.
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4", // With 255.255.255.255.
        "2001::/23", // With Teredo, which holds an IPv4 address.
        "2001:db8::/32",
        "2002::/16", // 6to4, which holds an IPv4 address.
        "3fff::/20",
        "fd00:ec2::/32"); // AWS' instance data.

    /// <summary>The operator's own network.</summary>
    private static readonly IPNetwork[] Private = Networks(
        "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7");

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <param name="vouchedFor">The operator has named the host: it may be in a private network.</param>
    public static bool Allow(IPAddress address, bool vouchedFor = false)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return Allow(address.MapToIPv4(), vouchedFor);
        }

        // A translator would carry it to the IPv4 address that it holds.
        if (Nat64.Contains(address))
        {
            return Allow(new IPAddress(address.GetAddressBytes().AsSpan(12)));
        }

        if (Holds(Never, address))
        {
            return false;
        }

        // Of IPv6 only what has been given out as global is public; of IPv4 all that is not listed.
        return Holds(Private, address)
            ? vouchedFor
            : address.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(address);
    }

    private static bool Holds(IPNetwork[] networks, IPAddress address) => Array.Exists(networks, network => network.Contains(address));

    private static IPNetwork[] Networks(params string[] networks) => [.. networks.Select(network => IPNetwork.Parse(network))];
}
