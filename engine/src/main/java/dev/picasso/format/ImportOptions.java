package dev.picasso.format;

import dev.picasso.graph.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a person says of a model file that the file itself does not tell.
 *
 * @param weights a separate file of weights
 * @param theanoKernels whether convolution kernels are to be turned by 180°, as Theano stored them
 * @param lambdas what Lambda layers compute, by layer name
 * @param inputShapes shapes of inputs whose sizes the file leaves open, by input name; the empty
 *     name stands for the only input
 * @param inputs names that the model's inputs must have; empty where nobody said
 * @param outputs names of the layers or tensors to take as outputs; empty for the file's own
 * @param signature which signature of a TensorFlow SavedModel; empty for the one that serves
 * @param tags which of several graphs in a SavedModel, by all its tags; empty for the one that
 *     serves
 */
public record ImportOptions(
    Optional<Path> weights,
    boolean theanoKernels,
    Map<String, LambdaMeaning> lambdas,
    Map<String, Shape> inputShapes,
    List<String> inputs,
    List<String> outputs,
    Optional<String> signature,
    Set<String> tags) {

  public ImportOptions {
    lambdas = Map.copyOf(lambdas);
    inputShapes = Map.copyOf(inputShapes);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    tags = Set.copyOf(tags);
  }

  public static ImportOptions none() {
    return new ImportOptions(
        Optional.empty(),
        false,
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Set.of());
  }

  public ImportOptions withWeights(Optional<Path> file) {
    return new ImportOptions(
        file, theanoKernels, lambdas, inputShapes, inputs, outputs, signature, tags);
  }

  public ImportOptions withTheanoKernels(boolean turned) {
    return new ImportOptions(
        weights, turned, lambdas, inputShapes, inputs, outputs, signature, tags);
  }

  public ImportOptions withLambdas(Map<String, LambdaMeaning> meanings) {
    return new ImportOptions(
        weights, theanoKernels, meanings, inputShapes, inputs, outputs, signature, tags);
  }

  public ImportOptions withInputShapes(Map<String, Shape> shapes) {
    return new ImportOptions(
        weights, theanoKernels, lambdas, shapes, inputs, outputs, signature, tags);
  }

  public ImportOptions withInputs(List<String> names) {
    return new ImportOptions(
        weights, theanoKernels, lambdas, inputShapes, names, outputs, signature, tags);
  }

  public ImportOptions withOutputs(List<String> names) {
    return new ImportOptions(
        weights, theanoKernels, lambdas, inputShapes, inputs, names, signature, tags);
  }

  public ImportOptions withSignature(Optional<String> name) {
    return new ImportOptions(
        weights, theanoKernels, lambdas, inputShapes, inputs, outputs, name, tags);
  }

  public ImportOptions withTags(Set<String> words) {
    return new ImportOptions(
        weights, theanoKernels, lambdas, inputShapes, inputs, outputs, signature, words);
  }
}
