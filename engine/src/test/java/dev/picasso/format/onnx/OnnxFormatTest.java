package dev.picasso.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.picasso.TestData;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.ImportedModel;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.runtime.OneOff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole models that others published. */
class OnnxFormatTest {
  private final OnnxFormat format = new OnnxFormat(new OneOff());

  @ParameterizedTest
  @ValueSource(strings = {"light_resnet50", "light_squeezenet", "light_vgg19"})
  void aPublishedModelGivesThePublishedOutput(String name) throws IOException {
    Path file = TestData.require("onnx/" + name + ".onnx");
    ImportedModel model = format.read(file, ImportOptions.none());
    float[] x = new float[3 * 224 * 224];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) ((double) i / x.length);
    }
    assertThat(model.graph().inputs()).hasSize(1);
    String input = model.graph().inputs().get(0).name();
    Tensor y =
        BareRuntime.evaluate(model.graph(), Map.of(input, Tensor.of(x, 1, 3, 224, 224)))
            .get(model.graph().outputs().get(0));

    TensorProto expected =
        TensorProto.parseFrom(Files.readAllBytes(file.resolveSibling(name + "_output_0.pb")));
    float[] floats = new TensorReader(new ExternalData(file)).read(expected).floats();
    assertThat(y.floats()).hasSize(floats.length);
    for (int i = 0; i < floats.length; i++) {
      assertThat(y.floats()[i]).isCloseTo(floats[i], org.assertj.core.data.Offset.offset(5e-6f));
    }
    assertThat(model.graph().value(model.graph().outputs().get(0)).shape().dim(0))
        .as("the file has a batch of one; the graph takes any")
        .isEqualTo(Shape.BATCH);
  }
}
