package dev.picasso.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.MachineException;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {
  @ParameterizedTest
  @CsvSource({"cpu, cpu", "cuda, cuda:0", "cuda:0, cuda:0", "cuda:1, cuda:1", "cuda:12, cuda:12"})
  void itsTextsAreRead(String text, String device) {
    assertThat(Device.parse(text).map(Device::toString)).hasValue(device);
    assertThat(Device.parse(device)).isEqualTo(Device.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "CPU", "cuda:", "cuda:-1", "cuda:x", "cuda:100", "cuda:1 "})
  void othersMeanNothing(String text) {
    assertThat(Device.parse(text)).isEmpty();
  }

  @Test
  void theProcessorIsAlwaysThere() {
    assertThatCode(Device.CPU::require).doesNotThrowAnyException();
  }

  /** The runtime of the tests has no CUDA, as the normal one has none. */
  @Test
  void withoutCudaInTheRuntimeItSaysWhichJarIsMissing() {
    GraphBuilder g = new GraphBuilder();
    var graph = g.build(g.relu(g.input("x", DataType.FLOAT, Shape.of(2))));
    RuntimeOptions options = RuntimeOptions.defaults().on(Device.cuda(1));
    assertThatThrownBy(() -> CompiledGraph.of(graph, options))
        .isInstanceOf(MachineException.class)
        .hasMessageStartingWith("cuda:1 cannot be used: the ONNX Runtime of this installation")
        .hasMessageContaining("Put onnxruntime_gpu")
        .hasMessageContaining("docs/configuration.md");
    assertThatThrownBy(Device.cuda(1)::require).isInstanceOf(MachineException.class);
  }

  /** Complaints as ONNX Runtime words them, and what is said. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Error code - ORT_FAIL - message: CUDA failure 100: no CUDA-capable device is detected ;"
            + " GPU=-1 ; hostname=a ; file=cuda_execution_provider.cc"
            + "|cuda:0 cannot be used: this machine has no graphics card that CUDA sees.",
        "CUDA failure 101: invalid device ordinal ; GPU=0"
            + "|cuda:0 cannot be used: there is no graphics card of that number; the first is"
            + " cuda:0. 'nvidia-smi -L' lists them.",
        "CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version ;"
            + " GPU=32767|cuda:0 cannot be used: NVIDIA's driver is missing, or too old for this"
            + " ONNX Runtime. Install a newer one.",
        "Failed to load library /tmp/x/libonnxruntime_providers_cuda.so with error:"
            + " libcublasLt.so.12: cannot open shared object file: No such file or directory"
            + "|cuda:0 cannot be used: libraries of CUDA or cuDNN are missing (libcublasLt.so.12);"
            + " ONNX Runtime's own line above names the first. Install them,",
        "Error code - ORT_FAIL - message: OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to"
            + " load shared library"
            + "|cuda:0 cannot be used: libraries of CUDA or cuDNN are missing; ONNX Runtime's own"
            + " line above names the first. Install them,",
        "CUDA failure 2: out of memory ; GPU=0"
            + "|cuda:0 cannot be used: its memory is too small for the model, or others use it.",
        "CUDA failure 700: an illegal memory access was encountered"
            + "|cuda:0 cannot be used: CUDA failed: CUDA failure 700: an illegal memory access was"
            + " encountered.",
      })
  void whatTheRuntimeComplainsOfIsSaidInWords(String complaint, String words) {
    assertThat(Cuda.problem(0, complaint).map(Throwable::getMessage).orElse("none"))
        .startsWith(words)
        .endsWith("docs/configuration.md, \"GPU\", tells how; or run on the cpu.");
  }

  @Test
  void whatHasNothingToDoWithACardStaysWhatItIs() {
    assertThat(Cuda.problem(0, "Node:a Output:b [ShapeInferenceError] Mismatch")).isEmpty();
  }
}
