namespace Kohaku.Fuzzing.Engine;

/// <summary>A part of the program that takes any input, with what must hold whatever the input is.</summary>
internal abstract class Target : IDisposable
{
    private byte[][]? _seeds;

    /// <summary>Its name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>The longest input that mutation makes, in bytes.</summary>
    public virtual int MaximumLength => 2048;

    /// <summary>Words that its inputs are made of.</summary>
    public virtual IReadOnlyList<byte[]> Words => [];

    /// <summary>Inputs to begin with.</summary>
    public IReadOnlyList<byte[]> Seeds => _seeds ??= [.. Begin()];

    /// <summary>Makes an input of the form that is wanted, or nearly so.</summary>
    public abstract byte[] Make(Dice dice);

    /// <summary>Feeds an input and looks at what comes of it.</summary>
    /// <exception cref="Violation">Something did not hold.</exception>
    public abstract void Check(byte[] input);

    /// <summary>An input, for people.</summary>
    public virtual string Show(byte[] input) => Shown.Of(input);

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>The inputs to begin with.</summary>
    protected virtual IEnumerable<byte[]> Begin() => Corpus.Of(Name);
}
