using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Kohaku.Files.Tests")]
