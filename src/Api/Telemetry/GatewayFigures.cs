using System.Diagnostics;
using Chat.Infrastructure.Messaging;

namespace Chat.Api.Telemetry;

/// <summary>Counts requests and their time, by route and class of status: closed sets, never an address or an id.</summary>
internal static class GatewayFigures
{
    public static async Task MeasureAsync(HttpContext context, RequestDelegate next)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
            Figures.Requests.Add(1, new("route", route), new("method", Method(context.Request.Method)), new("status", $"{context.Response.StatusCode / 100}xx"));
            Figures.RequestTime.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("route", route));
        }
    }

    private static string Method(string method) => method is "GET" or "POST" or "PUT" or "DELETE" or "HEAD" or "OPTIONS" or "PATCH" ? method : "other";
}
