using System.Net;
using System.Net.Sockets;
using Chat.Application.Ports;

namespace Chat.Api.Hosting;

/// <summary>What a request tells of where it comes from.</summary>
internal static class Visitors
{
    private const string MarkCookie = "__Host-chat-place";
    private static readonly TimeSpan MarkKept = TimeSpan.FromDays(180);

    // In this order: the first whose word it holds, for most claim to be the others too.
    private static readonly (string Word, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Word, string Name)[] Systems =
    [
        ("iPhone", "iOS"), ("iPad", "iPadOS"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"), ("Macintosh", "macOS"),
        ("Linux", "Linux"),
    ];

    public static Visitor Of(HttpContext context) =>
        new(AddressOf(context), context.Request.Cookies[MarkCookie], DeviceOf(context.Request.Headers.UserAgent.ToString()));

    public static void KeepMark(HttpContext context, string mark) => context.Response.Cookies.Append(
        MarkCookie, mark,
        new CookieOptions { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true, MaxAge = MarkKept });

    /// <summary>The caller's address; of an IPv6 address the network, for whoever has one has all of it.</summary>
    public static string AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]) + "/64"
            : address.ToString();
    }

    private static string? DeviceOf(string agent)
    {
        var browser = Browsers.FirstOrDefault(known => agent.Contains(known.Word, StringComparison.Ordinal)).Name;
        var system = Systems.FirstOrDefault(known => agent.Contains(known.Word, StringComparison.Ordinal)).Name;
        return browser is null ? null : system is null ? browser : $"{browser} on {system}";
    }
}
