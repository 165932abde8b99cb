using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Chat.Api.Telemetry;

/// <summary>The figures in Prometheus' text format 0.0.4, made from OpenTelemetry's own aggregation whenever they are asked for.</summary>
internal sealed class MetricsText : IDisposable
{
    private readonly Writer _writer = new();
    private readonly BaseExportingMetricReader _reader;
    private readonly MeterProvider _provider;
    private readonly Lock _gate = new();

    public MetricsText()
    {
        _reader = new BaseExportingMetricReader(_writer);
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(Infrastructure.Messaging.Figures.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql")
            .AddReader(_reader)
            .Build();
    }

    public string Read()
    {
        lock (_gate)
        {
            _reader.Collect();
            return _writer.Text;
        }
    }

    public void Dispose()
    {
        _provider.Dispose();
        _reader.Dispose();
        _writer.Dispose();
    }

    private sealed class Writer : BaseExporter<Metric>
    {
        public string Text { get; private set; } = "";

        public override ExportResult Export(in Batch<Metric> batch)
        {
            var text = new StringBuilder(16 * 1024);
            foreach (var metric in batch)
            {
                Append(text, metric);
            }

            Text = text.ToString();
            return ExportResult.Success;
        }

        private static void Append(StringBuilder text, Metric metric)
        {
            var counts = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
            var name = Plain(metric.Name) + Unit(metric.Unit) + (counts ? "_total" : "");
            text.Append("# TYPE ").Append(name).Append(' ').Append(metric.MetricType == MetricType.Histogram ? "histogram" : counts ? "counter" : "gauge").Append('\n');
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                Append(text, name, metric.MetricType, point);
            }
        }

        private static void Append(StringBuilder text, string name, MetricType type, in MetricPoint point)
        {
            var labels = Labels(point);
            switch (type)
            {
                case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                    Line(text, name, labels, point.GetSumLong());
                    break;
                case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                    Line(text, name, labels, point.GetSumDouble());
                    break;
                case MetricType.LongGauge:
                    Line(text, name, labels, point.GetGaugeLastValueLong());
                    break;
                case MetricType.DoubleGauge:
                    Line(text, name, labels, point.GetGaugeLastValueDouble());
                    break;
                case MetricType.Histogram:
                    long upTo = 0;
                    foreach (var bucket in point.GetHistogramBuckets())
                    {
                        upTo += bucket.BucketCount;
                        var bound = double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : bucket.ExplicitBound.ToString("R", CultureInfo.InvariantCulture);
                        Line(text, name + "_bucket", (labels.Length > 0 ? labels + "," : "") + $"le=\"{bound}\"", upTo);
                    }

                    Line(text, name + "_sum", labels, point.GetHistogramSum());
                    Line(text, name + "_count", labels, point.GetHistogramCount());
                    break;
            }
        }

        private static void Line(StringBuilder text, string name, string labels, double value)
        {
            text.Append(name);
            if (labels.Length > 0)
            {
                text.Append('{').Append(labels).Append('}');
            }

            text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        }

        private static string Labels(in MetricPoint point)
        {
            var labels = new List<string>();
            foreach (var tag in point.Tags)
            {
                var value = (tag.Value?.ToString() ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
                    .Replace("\n", "\\n", StringComparison.Ordinal);
                labels.Add($"{Plain(tag.Key)}=\"{value}\"");
            }

            return string.Join(',', labels);
        }

        private static string Plain(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

        private static string Unit(string unit) => unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            "" => "",
            _ => unit.StartsWith('{') ? "" : "_" + Plain(unit),
        };
    }
}
