package dev.picasso.model.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.format.ModelException;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people give for a model: each is named, with what makes a model of it. */
class ForeignFilesTest {
  @TempDir Path folder;

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Hexadecimal, and texts in quotes. */
  private static byte[] bytes(String... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String part : parts) {
      out.writeBytes(
          part.startsWith("'") ? text(part.substring(1)) : HexFormat.of().parseHex(part));
    }
    return out.toByteArray();
  }

  private static byte[] zip(String... names) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.length());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] at(int place, byte[] what) {
    byte[] whole = new byte[place + what.length + 100];
    System.arraycopy(what, 0, whole, place, what.length);
    return whole;
  }

  private static final byte[] POINTER =
      text("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 102851\n");

  private static final byte[] PAGE =
      text("\n<!DOCTYPE html>\n<html lang=\"en\"><head></head></html>");

  private static final byte[] OLD_TORCH =
      bytes("80028a0a6cfc9c46f9206aa85019", "'.\u0080\u0002M\u00e9\u0003.");

  static Stream<Arguments> files() {
    return Stream.of(
        file("model.onnx", POINTER, "a pointer of Git LFS", "102851 bytes", "git lfs pull"),
        file("net.h5", POINTER, "a pointer of Git LFS", "git lfs pull"),
        file("saved_model.pb", POINTER, "a pointer of Git LFS"),
        file("x.tflite", text("/annex/objects/SHA256E-s1--a.tflite\n"), "git annex get x.tflite"),
        file("model.h5", PAGE, "a web page", "/resolve/ in place of /blob/"),
        file("model.keras", text("\u00EF\u00BB\u00BF<html><body>404"), "a web page"),
        file(
            "m.onnx",
            text("<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code></Error>"),
            "the error message of a server"),
        file(
            "deploy.prototxt",
            text("name: \"net\"\nlayer {\n  name: \"a\"\n  type: \"Input\"\n}\n"),
            "a model of Caffe.",
            "caffe2onnx"),
        file(
            "old.txt",
            text("layers {\n  bottom: \"data\"\n  type: CONVOLUTION\n}\n"),
            "a model of Caffe."),
        file(
            "net.caffemodel",
            bytes("0a03", "'net", "a20610", "0a04", "'data", "1205", "'Input", "00"),
            "a model of Caffe.",
            "--caffemodel"),
        file(
            "predict_net.pb",
            bytes("0a03", "'net", "1212", "0a04", "'data", "1204", "'conv", "2204", "'Conv"),
            "a model of Caffe2",
            "convert-caffe2-to-onnx"),
        file(
            "init_net.pb",
            bytes("0a03", "'net", "1215", "1201", "'w", "220f", "'GivenTensorFill", "00"),
            "a model of Caffe2"),
        file(
            "weights_init.pb",
            bytes("0a03", "'net", "1215", "1201", "'w", "220f", "'GivenTensorFill", "00"),
            "a model of Caffe2"),
        file(
            "MLModel.zip",
            zip("TrainingInfo/Version.txt", "TransformerChain/Model.key"),
            "a model of ML.NET",
            "ConvertToOnnx"),
        file(
            "net.mlmodel",
            bytes("0804", "1203", "0a01", "'x", "9a1900"),
            "a model of Core ML",
            "convert_coreml"),
        file(
            "net.param",
            text("7767517\n75 83\nInput data 0 1 data\n"),
            "a model of NCNN",
            "the program that trained it"),
        file("net.param.bin", bytes("dd857600", "4b000000"), "a model of NCNN"),
        file(
            "inference.pdmodel",
            bytes("0a05", "0800100018", "00"),
            "a model of PaddlePaddle",
            "paddle2onnx"),
        file("inference.pdiparams", bytes("00000000", "0000"), "a model of PaddlePaddle"),
        file(
            "inference.json",
            text("{\"base_code\":{\"magic\":\"pir\",\"version\":1}}"),
            "a model of PaddlePaddle"),
        file(
            "net-symbol.json",
            text("{\n \"nodes\": [\n {\"op\": \"null\", \"name\": \"data\"}]}"),
            "a model of MXNet",
            "export_model"),
        file("net-0000.params", bytes("1201000000000000", "0000000000000000"), "a model of MXNet"),
        file(
            "yolo.cfg",
            text("# yolo\n[net]\nbatch=1\n[convolutional]\n"),
            "a model of Darknet",
            "NET.weights"),
        file("yolo.weights", bytes("0000000002000000", "00000000"), "a model of Darknet"),
        file(
            "net.xml",
            text("<?xml version=\"1.0\"?>\n<net name=\"a\" version=\"11\">\n"),
            "a model of OpenVINO"),
        file("net.engine", bytes("70747274", "0000"), "an engine of TensorRT"),
        file("renamed.bin", bytes("66747274", "0000"), "an engine of TensorRT"),
        file(
            "net.pt",
            zip("net/data.pkl", "net/constants.pkl", "net/code/__torch__.py"),
            "a TorchScript program",
            "torch.jit.load(\"net.pt\")",
            "torch.onnx.export"),
        file(
            "net.pt2",
            zip("serialized_exported_program.json", "version"),
            "a program of torch.export",
            "torch.export.load"),
        file(
            "net.pth",
            zip("archive/data.pkl", "archive/data/0"),
            "a PyTorch file",
            "torch.onnx.export"),
        file("net.bin", zip("archive/data.pkl", "archive/data/0"), "a PyTorch file"),
        file(
            "cut.pth",
            Arrays.copyOf(zip("archive/data.pkl", "archive/data/0"), 60),
            "a PyTorch file"),
        file("old.pth", OLD_TORCH, "a PyTorch file"),
        file(
            "net.safetensors",
            bytes("4000000000000000", "'{\"w\":{\"dtype\":\"F32\",\"shape\":[1]}}"),
            "weights only (safetensors)",
            "torch.onnx.export"),
        file(
            "clf.pkl",
            bytes("8004951d", "'\u008c\u0018sklearn.linear_model._base"),
            "a pickled model of scikit-learn",
            "skl2onnx"),
        file("clf.joblib", bytes("789c", "0102"), "a pickled model of scikit-learn"),
        file(
            "export.pkl",
            bytes("8002", "'cfastai.learner\nLearner"),
            "a pickled learner of fastai",
            "learn.model"),
        file(
            "some.pkl", bytes("8003", "'cbuiltins\nlist"), "a pickle of Python", "never runs code"),
        file("llama.gguf", bytes("'GGUF", "03000000"), "a language model"),
        file("net.mar", zip("MAR-INF/MANIFEST.json", "model.pt"), "an archive of TorchServe"),
        file("net.ort", bytes("18000000", "'ORTM", "0000"), "ONNX Runtime's own format"),
        file("net.pte", bytes("18000000", "'ET12", "0000"), "a program of ExecuTorch"),
        file(
            "net.mat",
            text("MATLAB 5.0 MAT-file, Platform: GLNXA64"),
            "a file of MATLAB",
            "exportONNXNetwork"),
        file("net.rknn", bytes("'RKNN", "0000"), "compiled for a device"),
        file("w.npy", bytes("934e554d5059", "0100"), "a file of NumPy"),
        file("w.npz", zip("conv/kernel.npy", "conv/bias.npy"), "a file of NumPy"),
        file("flax_model.msgpack", bytes("81a6", "'params", "80"), "weights of Flax"),
        file("train.py", text("import keras\n"), "a program, not a model", "model.save"),
        file("net.tar.gz", bytes("1f8b0800", "0000"), "an archive (tar or gzip)", "tar xf"),
        file("net.tar", at(257, text("ustar")), "an archive (tar or gzip)"),
        file("net.7z", bytes("377abcaf271c", "00"), "an archive of a kind that is not read"),
        file(
            "photo.h5",
            bytes("89504e470d0a1a0a", "00"),
            "a PNG image, not a model",
            "The model comes first"),
        file("photo.onnx", bytes("ffd8ffe0", "00"), "a JPEG image, not a model"),
        file("photo.heic", bytes("00000018", "'ftypheic"), "a HEIC photograph, not a model"),
        file("paper.pdf", bytes("'%PDF-1.7", "0a"), "a PDF document, not a model"),
        file("notes.h5", text("hello\n"), "a text, not a model", "model.h5"),
        file("empty.h5", new byte[0], "the file is empty (0 bytes)"),
        file(
            "model.onnx_data",
            new byte[500],
            "the weights of an ONNX model",
            "its .onnx beside it"),
        file("group1-shard1of3.bin", new byte[500], "TensorFlow.js", "model.json"),
        file("net.ckpt.data-00000-of-00001", new byte[500], "net.ckpt.index and net.ckpt.meta"));
  }

  private static Arguments file(String name, byte[] content, String... words) {
    return Arguments.of(name, content, words);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void aFileIsNamedWithWhatToDo(String name, byte[] content, String[] words) throws IOException {
    Path file = Files.write(folder.resolve(name), content);
    assertThatThrownBy(() -> ModelLoader.standard().load(ModelRequest.of(file)))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(name + ": ")
        .hasMessageContainingAll(words);
  }

  private void requireNamed(Path path, String... words) {
    assertThatThrownBy(() -> ModelLoader.standard().load(ModelRequest.of(path)))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll(words);
  }

  private Path put(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  @Test
  void foldersAreNamedToo() throws IOException {
    put("net.mlpackage/Manifest.json", text("{}"));
    requireNamed(folder.resolve("net.mlpackage"), "a model of Core ML");
    put("paddle/inference.pdmodel", new byte[9]);
    requireNamed(folder.resolve("paddle"), "a model of PaddlePaddle");
    put("vit/config.json", text("{\"model_type\": \"vit\"}"));
    put("vit/preprocessor_config.json", text("{}"));
    put("vit/model.safetensors", new byte[9]);
    requireNamed(folder.resolve("vit"), "weights of PyTorch", "optimum-cli export onnx");
  }

  @Test
  void aFolderTellsOfTheModelsInIt() throws IOException {
    byte[] h5 =
        Files.readAllBytes(Path.of("src/test/resources/dev/picasso/format/keras/k21_net_cnn.h5"));
    put("nets/a.h5", h5);
    put("nets/b.keras.h5", h5);
    put("nets/readme.txt", text("x"));
    requireNamed(folder.resolve("nets"), "It holds a.h5, b.keras.h5; name one of them.");
  }

  @Test
  void weightsAreToldByWhatLiesBesideThem() throws IOException {
    byte[] numbers = new byte[400];
    Path bin = put("net.bin", numbers);
    put("net.param", text("7767517\n"));
    requireNamed(bin, "a model of NCNN");
    Files.delete(folder.resolve("net.param"));
    put("net.xml", text("<net version=\"11\">"));
    requireNamed(bin, "a model of OpenVINO");
  }

  @Test
  void onlyModelsOfOtherKindsCountAsModels() {
    assertThat(
            ForeignFiles.recognise(folder.resolve("a.txt"), text("hello"))
                .filter(ForeignFile::isModel))
        .isEmpty();
    assertThat(ForeignFiles.recognise(folder.resolve("labels.txt"), POINTER))
        .get()
        .extracting(ForeignFile::isModel)
        .isEqualTo(false);
    assertThat(ForeignFiles.recognise(folder.resolve("m.onnx"), POINTER))
        .get()
        .extracting(ForeignFile::isModel)
        .isEqualTo(true);
  }
}
