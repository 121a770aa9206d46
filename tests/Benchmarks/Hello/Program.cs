// The yardsticks: the least that a natively compiled program does, and reading files without looking at them.
//   hello               prints one line
//   hello write BYTES   writes so many bytes to standard output for every byte of standard input
//   hello read FOLDER   reads every file below a folder, on all cores, and prints how many bytes that were
if (args is ["write", var length])
{
    using var input = Console.OpenStandardInput();
    using var output = Console.OpenStandardOutput();
    var piece = new byte[256 << 10];
    while (input.ReadByte() >= 0)
        for (var left = int.Parse(length, System.Globalization.CultureInfo.InvariantCulture); left > 0; left -= piece.Length) output.Write(piece, 0, Math.Min(left, piece.Length));
    return;
}

if (args is not ["read", var folder])
{
    Console.WriteLine("hello");
    return;
}

var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
long bytes = 0;
Parallel.ForEach(
    System.Collections.Concurrent.Partitioner.Create(0, files.Length),
    range =>
    {
        var buffer = new byte[64 << 10];
        long read = 0;
        for (var i = range.Item1; i < range.Item2; i++)
        {
            using var file = File.OpenHandle(files[i]);
            for (int got; (got = RandomAccess.Read(file, buffer, 0)) > 0 && got == buffer.Length;) read += got;
            read += RandomAccess.GetLength(file);
        }

        Interlocked.Add(ref bytes, read);
    });
Console.WriteLine(bytes);
