using System.Globalization;

namespace Chat.Infrastructure.Demo;

internal enum DemoDirection
{
    /// <summary>Typed on the phone.</summary>
    Sent,

    /// <summary>What the texter got.</summary>
    Received,
}

internal enum DemoStatus
{
    Sending,
    Delivered,
    Failed,
}

internal sealed record DemoPhone(Guid Id, string Number);

internal sealed record DemoText(Guid Id, DemoDirection Direction, string Text, DateTimeOffset At, DemoStatus Status);

/// <summary>Pretend phones. They live in memory, few and with short memories: a demo that is left open must not fill the machine.</summary>
internal sealed class DemoPhones(TimeProvider clock)
{
    public const int Most = 200;
    public const int MostTexts = 500;
    public const int LongestText = 1600;

    private readonly Lock _gate = new();

    // The oldest first.
    private readonly List<(DemoPhone Phone, List<DemoText> Texts)> _phones = [];

    public DemoPhone Add()
    {
        lock (_gate)
        {
            var phone = new DemoPhone(Guid.CreateVersion7(), UnusedNumber());
            _phones.Add((phone, []));
            DropOldest(_phones, Most);
            return phone;
        }
    }

    public DemoPhone? Find(Guid id)
    {
        lock (_gate)
        {
            return _phones.Find(entry => entry.Phone.Id == id).Phone;
        }
    }

    /// <summary>What a phone shows, the oldest first; only what came after a text, where one is named and still remembered.</summary>
    public IReadOnlyList<DemoText> Texts(Guid phone, Guid? after)
    {
        lock (_gate)
        {
            var texts = _phones.Find(entry => entry.Phone.Id == phone).Texts ?? [];
            return [.. texts.Skip(texts.FindIndex(text => text.Id == after) + 1)];
        }
    }

    /// <summary>Notes what was typed, on its way.</summary>
    public DemoText Send(DemoPhone phone, string text)
    {
        var sent = new DemoText(Guid.CreateVersion7(), DemoDirection.Sent, text, clock.GetUtcNow(), DemoStatus.Sending);
        Append(entry => entry.Id == phone.Id, sent);
        return sent;
    }

    public DemoText Become(DemoPhone phone, DemoText text, DemoStatus status)
    {
        var changed = text with { Status = status };
        lock (_gate)
        {
            if (_phones.Find(entry => entry.Phone.Id == phone.Id).Texts is { } texts && texts.FindIndex(known => known.Id == text.Id) is >= 0 and var index)
            {
                texts[index] = changed;
            }
        }

        return changed;
    }

    /// <summary>A text to a number. Nobody has the numbers that the demo's sample conversations came from: to them it goes nowhere.</summary>
    public void Receive(string number, string text) =>
        Append(entry => entry.Number == number, new DemoText(Guid.CreateVersion7(), DemoDirection.Received, text, clock.GetUtcNow(), DemoStatus.Delivered));

    private void Append(Predicate<DemoPhone> owner, DemoText text)
    {
        lock (_gate)
        {
            if (_phones.Find(entry => owner(entry.Phone)).Texts is { } texts)
            {
                texts.Add(text);
                DropOldest(texts, MostTexts);
            }
        }
    }

    // +1 555 011 0000 and up: fictional numbers, above those of the demo's own data. At random, so that a phone of an earlier start, whose
    // conversation is still stored, is not given to somebody else.
    private string UnusedNumber()
    {
        while (true)
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"+155501{Random.Shared.Next(10_000, 100_000)}");
            if (!_phones.Exists(entry => entry.Phone.Number == number))
            {
                return number;
            }
        }
    }

    private static void DropOldest<T>(List<T> items, int most)
    {
        if (items.Count > most)
        {
            items.RemoveRange(0, items.Count - most);
        }
    }
}
