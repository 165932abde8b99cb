using System.Diagnostics.Metrics;

namespace Chat.Infrastructure.Messaging;

/// <summary>What is counted. Labels come from closed sets: never an id, a number or a name.</summary>
public static class Figures
{
    public const string MeterName = "Chat";

    private static readonly Meter Meter = new(MeterName);

    public static Counter<long> Requests { get; } = Meter.CreateCounter<long>("chat_gateway_requests");

    public static Histogram<double> RequestTime { get; } = Meter.CreateHistogram(
        "chat_gateway_request_duration", "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });

    public static Counter<long> Problems { get; } = Meter.CreateCounter<long>("chat_api_problems");

    public static Counter<long> Events { get; } = Meter.CreateCounter<long>("chat_conversation_events");

    public static Counter<long> Calls { get; } = Meter.CreateCounter<long>("chat_conversation_provider_calls");

    public static Counter<long> Sends { get; } = Meter.CreateCounter<long>("chat_conversation_provider_sends");

    public static Counter<long> Sendings { get; } = Meter.CreateCounter<long>("chat_conversation_sendings");

    public static Counter<long> WebhookCalls { get; } = Meter.CreateCounter<long>("chat_conversation_webhook_calls");

    public static Counter<long> Unreadable { get; } = Meter.CreateCounter<long>("chat_conversation_unreadable_values");
}
