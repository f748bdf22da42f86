package dev.picasso.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.TestData;
import dev.picasso.model.Head.Kind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of other programs that were once taken for something else. */
class FaultyGuessesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "argmax_last.onnx          | NONE          | 3 | 2",
        "argmax_first.onnx         | NONE          | 2 | 3",
        "tf_argmax1.pb             | NONE          | 2 | 3",
        "tf_argmax2.pb             | NONE          | 3 | 2",
        "unet_one_class.h5         | SIGMOID       | 1 | 32 32",
        "unet_one_class.keras      | SIGMOID       | 1 | 32 32",
        "unet_one_sm               | SIGMOID       | 1 | 32 32",
        "unet_one.tflite           | SIGMOID       | 1 | 32 32",
        "unet_one_linear.keras     | NONE          | 1 | 32 32",
        "unet_three_sigmoids.keras | SIGMOID       | 3 | 32 32",
        "unet_softmax.keras        | SOFTMAX       | 3 | 32 32",
        "sm_100.onnx               | SOFTMAX       | 5 | ''",
        "sm_avg.onnx               | PROBABILITIES | 5 | ''",
        "sm_norm.onnx              | PROBABILITIES | 5 | ''",
        "ensemble.keras            | PROBABILITIES | 4 | ''",
        "ensemble.h5               | PROBABILITIES | 4 | ''",
        "yolo_like.onnx            | NUMBERS       | 2 | 64",
      })
  void areTakenForWhatTheyAre(String file, Kind kind, int classes, String places) {
    Model model = ModelLoader.standard().load(ModelRequest.of(TestData.require("faults/" + file)));
    assertThat(model.head().kind()).isEqualTo(kind);
    assertThat(model.scores().targets()).isEqualTo(Math.max(2, classes));
    assertThat(model.scores().single()).isEqualTo(classes == 1);
    assertThat(model.scores().places())
        .isEqualTo(
            places.isEmpty()
                ? List.of()
                : java.util.Arrays.stream(places.split(" ")).map(Long::valueOf).toList());
  }

  @org.junit.jupiter.api.Test
  void aDetectorSaysThatItIsOne() {
    Model model =
        ModelLoader.standard().load(ModelRequest.of(TestData.require("faults/yolo_like.onnx")));
    assertThat(model.classes()).containsExactly("larva", "pupa");
    assertThat(model.scores().assumed().get(0))
        .isEqualTo(
            "The model finds objects and is no classifier: its metadata say so (task: detect)."
                + " Explained are the scores of its classes, y[:, 4:]. 'output' in picasso.yaml, or"
                + " --target-output, chooses otherwise.");
  }
}
