using System.Globalization;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Completing;

/// <summary>Gathers the items of one answer in their order, in the form that the client takes. All replace the same stretch.</summary>
internal sealed class ItemList
{
    /// <summary>No more are given.</summary>
    public const int Most = 100;

    private static readonly string[] s_sortTexts = [.. Enumerable.Range(0, Most).Select(i => i.ToString("D3", CultureInfo.InvariantCulture))];

    private readonly List<CompletionItem> _items = new(Most);
    private readonly List<(string Text, string Tag)> _offered = [];
    private readonly bool _sharesRange;
    private readonly Protocol.Range _range;
    private readonly string _typed;

    /// <summary>A list for a place.</summary>
    /// <param name="client">What the client can do.</param>
    /// <param name="reading">The text.</param>
    /// <param name="span">What every item replaces, in the tree.</param>
    /// <param name="cursor">Where the cursor stands, in the tree.</param>
    public ItemList(ClientFacts client, PartReading reading, TextSpan span, int cursor)
    {
        var completion = client.Capabilities.TextDocument?.Completion;
        _sharesRange = completion?.CompletionList?.ItemDefaults?.Contains("editRange") == true;
        HasLabelDetails = completion?.CompletionItem?.LabelDetailsSupport == true;
        _range = reading.Range(span);
        _typed = reading.Tree.Text[span.Start..cursor].ToString();
    }

    /// <summary>Whether the client shows what stands beside a label.</summary>
    public bool HasLabelDetails { get; }

    /// <summary>Whether no more are taken.</summary>
    public bool IsFull => _items.Count == Most;

    /// <summary>The tags among the items, with the text that would be written.</summary>
    public (string Text, string Tag)[] Offered => [.. _offered];

    /// <summary>Adds an item; its text and place in the list are filled in.</summary>
    /// <param name="item">Label and details.</param>
    /// <param name="text">What is written.</param>
    public void Add(CompletionItem item, string text)
    {
        if (IsFull) return;

        // The client filters by what stands before the cursor in the range. Left out where it is the label: older Neovim takes it for a reason to pass the range over.
        var filter = _typed.Length == 0 || _typed == item.Label ? null : _typed;
        _items.Add(item with
        {
            SortText = s_sortTexts[_items.Count],
            FilterText = filter,
            TextEditText = _sharesRange && text != item.Label ? text : null,
            TextEdit = _sharesRange ? null : new TextEdit(_range, text),
        });
    }

    /// <summary>Adds a tag, which is watched for being taken.</summary>
    /// <param name="item">Label and details.</param>
    /// <param name="text">What is written.</param>
    /// <param name="tag">The tag's name.</param>
    public void AddTag(CompletionItem item, string text, string tag)
    {
        if (IsFull) return;

        Add(item, text);
        _offered.Add((text, tag));
    }

    /// <summary>The answer; null where there is nothing to offer.</summary>
    public CompletionList? Finish() => _items.Count == 0 ? null : new CompletionList(true, [.. _items])
    {
        ItemDefaults = _sharesRange ? new CompletionItemDefaults(_range) : null,
    };
}
