using Kohaku.Generation.Graphs;
using Kohaku.Generation.Models;
using Kohaku.Generation.Runtime;
using Kohaku.Jobs;

namespace Kohaku.Generation.Tests.Runtime;

public sealed class OrtMessageTests
{
    private const string Get = "[ErrorCode:RuntimeException] /onnxruntime_src/onnxruntime/core/session/provider_bridge_ort.cc:1695 onnxruntime::Provider& onnxruntime::ProviderLibrary::Get() [ONNXRuntimeError] : 1 : FAIL : ";
    private const string GetOnWindows = @"[ErrorCode:RuntimeException] D:\a\_work\1\s\onnxruntime\core\session\provider_bridge_ort.cc:1962 onnxruntime::ProviderLibrary::Get [ONNXRuntimeError] : 1 : FAIL : ";

    [Theory]
    [InlineData(Get + "Failed to load library libonnxruntime_providers_cuda.so with error: libcudnn_adv.so.9: cannot open shared object file: No such file or directory", "libcudnn_adv.so.9, which libonnxruntime_providers_cuda.so needs, is missing")]
    [InlineData(Get + "Failed to load library /home/me/a card's/libonnxruntime_providers_cuda.so with error: /home/me/a card's/libonnxruntime_providers_cuda.so: cannot open shared object file: No such file or directory", "libonnxruntime_providers_cuda.so is missing")]
    [InlineData(Get + "Failed to load library /opt/gpu/libonnxruntime_providers_cuda.so with error: /opt/gpu/libonnxruntime_providers_cuda.so: undefined symbol: cudnnCreate", "libonnxruntime_providers_cuda.so cannot be loaded: libonnxruntime_providers_cuda.so: undefined symbol: cudnnCreate")]
    [InlineData(GetOnWindows + "Error loading \"C:\\kohaku\\gpu\\onnxruntime_providers_cuda.dll\" which depends on \"cudnn64_9.dll\" which is missing. (Error 126: \"The specified module could not be found.\")", "cudnn64_9.dll, which onnxruntime_providers_cuda.dll needs, is missing")]
    [InlineData(GetOnWindows + "Error loading \"C:\\kohaku\\gpu\\onnxruntime_providers_cuda.dll\" which is missing. (Error 126: \"\")", "onnxruntime_providers_cuda.dll is missing")]
    [InlineData(GetOnWindows + "LoadLibrary failed with error 126 \"\" when trying to load \"C:\\kohaku\\gpu\\onnxruntime_providers_cuda.dll\"", "onnxruntime_providers_cuda.dll, or a library that it needs, is missing")]
    public void A_library_that_is_missing_is_named_with_what_to_do(string message, string said) => Assert.Equal($"{said}: `kohaku doctor` says what to install", OrtMessage.Of(message));

    [Theory]
    [InlineData(
        "[ErrorCode:Fail] /onnxruntime_src/onnxruntime/core/providers/cuda/cuda_call.cc:129 std::conditional_t<THRW, void, onnxruntime::common::Status> onnxruntime::CudaCall(ERRTYPE, const char*) [with ERRTYPE = cudaError; bool THRW = true] CUDA failure 100: no CUDA-capable device is detected ; GPU=-1 ; hostname=here ; file=/onnxruntime_src/onnxruntime/core/providers/cuda/cuda_execution_provider.cc ; line=282 ; expr=cudaSetDevice(info_.device_id);",
        "CUDA failure 100: no CUDA-capable device is detected")]
    [InlineData(
        "[ErrorCode:RuntimeException] /onnxruntime_src/onnxruntime/core/framework/bfc_arena.cc:376 void* onnxruntime::BFCArena::AllocateRawInternal(size_t, bool, onnxruntime::Stream*) Failed to allocate memory for requested buffer of size 1048576",
        "Failed to allocate memory for requested buffer of size 1048576")]
    [InlineData("[ErrorCode:Fail] CUDA execution provider is not enabled in this build.", "CUDA execution provider is not enabled in this build.")]
    [InlineData("[ErrorCode:Fail] two\nlines", "two lines")]
    public void The_place_in_the_source_is_left_out(string message, string said) => Assert.Equal(said, OrtMessage.Of(message));

    [Fact]
    public void Work_that_falls_back_to_the_processor_is_refused_where_that_is_asked_for()
    {
        // Without a card there is nothing but the fallback.
        var graph = new GraphBuilder("trial", ElementType.Float);
        graph.Output(graph.Node("Add", [graph.Input("a", ElementType.Float, 1), graph.Input("b", ElementType.Float, 1)]), "sum", ElementType.Float, 1);
        var model = graph.Build();
        var refused = Assert.Throws<ModelException>(() => new SessionFactory(DeviceKind.Cpu, 1).Open(model, onlyHere: true));

        Assert.Equal("The trial cannot be opened: ONNX Runtime would give a part of it to the processor", refused.Message);
        new SessionFactory(DeviceKind.Cpu, 1).Open(model).Dispose();
    }
}
