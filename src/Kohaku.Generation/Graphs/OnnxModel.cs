namespace Kohaku.Generation.Graphs;

/// <summary>A model to open a session from.</summary>
/// <param name="Name">What it is, for messages: <c>UNet</c>.</param>
/// <param name="Bytes">The <c>ModelProto</c>.</param>
/// <param name="Folder">The folder that its external data is relative to: goes into <c>session.model_external_initializers_file_folder_path</c>.</param>
/// <param name="IsMapped">Whether every weight is used as it lies in the file, so that none needs memory of its own.</param>
internal sealed record OnnxModel(string Name, byte[] Bytes, string Folder, bool IsMapped);
