using System.Globalization;
using System.Text.Json;

namespace Kohaku.Benchmarks;

/// <summary>Input for whole-command measurements.</summary>
internal static class Samples
{
    /// <summary>JSON Lines of records, each with an id, every third with a negative prompt.</summary>
    public static void WriteStream(PromptSource source, string path, int megabytes)
    {
        using var file = File.Create(path);
        var id = 0;
        while (file.Position < (long)megabytes << 20)
        {
            using (var json = new Utf8JsonWriter(file, new JsonWriterOptions { SkipValidation = true }))
            {
                json.WriteStartObject();
                json.WriteNumber("id", ++id);
                json.WriteString("prompt", source.Next(20));
                if (id % 3 == 0) json.WriteString("negative_prompt", "lowres, bad anatomy, worst quality, low_quality");
                json.WriteEndObject();
            }

            file.WriteByte((byte)'\n');
        }
    }

    /// <summary>A thousand files a folder.</summary>
    public static void WriteFiles(PromptSource source, string folder, int count, int prompts)
    {
        for (var i = 0; i < count; i++)
        {
            var directory = Directory.CreateDirectory(Path.Combine(folder, (i / 1000).ToString(CultureInfo.InvariantCulture)));
            using var file = new StreamWriter(Path.Combine(directory.FullName, $"{i}.prompt"));
            for (var prompt = 0; prompt < prompts; prompt++)
            {
                if (prompt > 0) file.Write("\n---\n");
                file.Write(source.Next(25));
            }
        }
    }
}
