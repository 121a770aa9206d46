namespace Kohaku.Generation.Graphs;

/// <summary>Tokens that layers add to in turn. A sum is put off until it is needed: with the normalization behind it, it is one operator on some devices.</summary>
/// <param name="layers">Write the nodes.</param>
/// <param name="start">The tokens before the first layer.</param>
internal sealed class ResidualStream(Layers layers, string start)
{
    private string _sum = start;
    private string? _added;

    /// <summary>All that was added up.</summary>
    public string Sum
    {
        get
        {
            if (_added is not null) (_sum, _added) = (layers.Add(_sum, _added), null);
            return _sum;
        }
    }

    /// <summary>Adds what a layer says.</summary>
    public void Add(string value) => (_sum, _added) = (Sum, value);

    /// <summary>The layer normalization of the sum.</summary>
    public string Normalize(string name)
    {
        if (_added is null) return layers.LayerNorm(_sum, name);

        (_sum, var normal) = layers.AddLayerNorm(_sum, _added, name);
        _added = null;
        return normal;
    }
}
