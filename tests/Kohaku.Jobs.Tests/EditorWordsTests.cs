namespace Kohaku.Jobs.Tests;

public sealed class EditorWordsTests
{
    [Theory]
    [InlineData("--steps: 2000 is not from 1 to 1000", "steps: 2000 is not from 1 to 1000")]
    [InlineData("Add --hires WxH or --init IMAGE", "Add a hires size or an image to start from")]
    [InlineData("--hires-steps is for a hires pass, and none is asked for", "hires steps is for a hires pass, and none is asked for")]
    [InlineData("Give it with --vae, and an SDXL checkpoint with --model", "Give it with kohaku.generate.vae, and an SDXL checkpoint with kohaku.generate.model")]
    [InlineData("Give the folder: --lora-dir DIR", "Give the folder: kohaku.generate.loraFolders")]
    [InlineData("Use --precision fp32 or auto, or another device", "Use kohaku.generate.precision fp32 or auto, or another device")]
    public void Options_are_called_what_an_editor_calls_them(string message, string said) => Assert.Equal(said, EditorWords.Of(message));

    [Theory]
    [InlineData("a.prompt:3:14: `--steps` is no whole number from 1 to 1000")]
    [InlineData("/models/my--vae.safetensors: no such file or folder")]
    [InlineData("there is no sampler `a --cfg b`")]
    [InlineData("kohaku lint --fix mends it")]
    public void What_the_user_wrote_and_other_commands_stay(string message) => Assert.Equal(message, EditorWords.Of(message));
}
