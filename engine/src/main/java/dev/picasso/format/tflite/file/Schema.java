package dev.picasso.format.tflite.file;

/**
 * Where the fields stand in the tables of TensorFlow Lite's schema, version 3
 * (tensorflow/compiler/mlir/lite/schema/schema.fbs), and of its metadata
 * (tensorflow_lite_support/metadata/metadata_schema.fbs), counted from 0.
 */
final class Schema {
  /** What stands at byte 4 of a model. */
  static final String MODEL = "TFL3";

  /** What stands at byte 4 of metadata, but for the version behind it. */
  static final String METADATA = "M0";

  private Schema() {}

  static final class Model {
    static final int VERSION = 0;
    static final int OPERATOR_CODES = 1;
    static final int SUBGRAPHS = 2;
    static final int DESCRIPTION = 3;
    static final int BUFFERS = 4;
    static final int METADATA = 6;
    static final int SIGNATURES = 7;

    private Model() {}
  }

  static final class OperatorCode {
    /** One byte; 127 stands for all that are higher. */
    static final int OLD_BUILTIN = 0;

    static final int CUSTOM = 1;
    static final int BUILTIN = 3;

    private OperatorCode() {}
  }

  static final class SubGraph {
    static final int TENSORS = 0;
    static final int INPUTS = 1;
    static final int OUTPUTS = 2;
    static final int OPERATORS = 3;
    static final int NAME = 4;

    private SubGraph() {}
  }

  static final class Operator {
    static final int CODE = 0;
    static final int INPUTS = 1;
    static final int OUTPUTS = 2;
    static final int OPTIONS_KIND = 3;
    static final int OPTIONS = 4;
    static final int CUSTOM_OPTIONS = 5;

    private Operator() {}
  }

  static final class Tensor {
    static final int SHAPE = 0;
    static final int TYPE = 1;
    static final int BUFFER = 2;
    static final int NAME = 3;
    static final int QUANTIZATION = 4;
    static final int VARIABLE = 5;
    static final int SPARSITY = 6;
    static final int SHAPE_SIGNATURE = 7;
    static final int EXTERNAL_BUFFER = 10;

    private Tensor() {}
  }

  static final class Quantization {
    static final int SCALES = 2;
    static final int ZERO_POINTS = 3;
    static final int DETAILS_KIND = 4;
    static final int AXIS = 6;

    private Quantization() {}
  }

  static final class Sparsity {
    static final int ORDER = 0;
    static final int BLOCKS = 1;
    static final int LEVELS = 2;

    private Sparsity() {}
  }

  static final class SparseLevel {
    static final int FORMAT = 0;
    static final int LENGTH = 1;
    static final int SEGMENTS_KIND = 2;
    static final int SEGMENTS = 3;
    static final int PLACES_KIND = 4;
    static final int PLACES = 5;

    private SparseLevel() {}
  }

  static final class Buffer {
    static final int DATA = 0;
    static final int OFFSET = 1;
    static final int SIZE = 2;

    private Buffer() {}
  }

  static final class NamedBuffer {
    static final int NAME = 0;
    static final int BUFFER = 1;

    private NamedBuffer() {}
  }

  static final class SignatureDef {
    static final int INPUTS = 0;
    static final int OUTPUTS = 1;
    static final int KEY = 2;
    static final int SUBGRAPH = 4;

    private SignatureDef() {}
  }

  static final class TensorMap {
    static final int NAME = 0;
    static final int TENSOR = 1;

    private TensorMap() {}
  }

  static final class ModelMetadata {
    static final int NAME = 0;
    static final int SUBGRAPHS = 3;

    private ModelMetadata() {}
  }

  static final class SubGraphMetadata {
    static final int INPUTS = 2;
    static final int OUTPUTS = 3;

    private SubGraphMetadata() {}
  }

  static final class TensorMetadata {
    static final int PROCESS_UNITS = 4;
    static final int FILES = 6;

    private TensorMetadata() {}
  }

  static final class ProcessUnit {
    static final int KIND = 0;
    static final int OPTIONS = 1;

    /** The kind that is a normalization. */
    static final int NORMALIZATION = 1;

    private ProcessUnit() {}
  }

  static final class Normalization {
    static final int MEAN = 0;
    static final int DEVIATION = 1;

    private Normalization() {}
  }

  static final class AssociatedFile {
    static final int NAME = 0;
    static final int KIND = 2;

    /** The kind that names the places along an axis. */
    static final int LABELS = 2;

    private AssociatedFile() {}
  }
}
