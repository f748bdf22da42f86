package dev.picasso.format.tflite.file;

import dev.picasso.format.ModelException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The tables of a model as records, in which all numbers refer to things that are there. */
final class ModelReader {
  private static final int VERSION = 3;

  private final FlatBytes bytes;
  private final Function<TfliteFile.Region, ByteBuffer> outside;
  private final FlatTable model;

  /**
   * A reader.
   *
   * @param outside the bytes of the file that are not in the FlatBuffer
   */
  ModelReader(FlatBytes bytes, Function<TfliteFile.Region, ByteBuffer> outside) {
    this.bytes = bytes;
    this.outside = outside;
    this.model = FlatTable.root(bytes);
  }

  TfliteModel read() {
    long version = model.uint32(Schema.Model.VERSION);
    if (version != VERSION) {
      throw bytes.damaged("version " + version + " of its schema; there is " + VERSION);
    }
    List<Optional<ByteBuffer>> buffers =
        model.tables(Schema.Model.BUFFERS).stream().map(this::content).toList();
    List<String> kinds =
        model.tables(Schema.Model.OPERATOR_CODES).stream().map(ModelReader::kind).toList();
    TensorReader tensors = new TensorReader(bytes, buffers);
    List<Subgraph> subgraphs =
        model.tables(Schema.Model.SUBGRAPHS).stream()
            .map(s -> subgraph(s, tensors, kinds))
            .toList();
    if (subgraphs.isEmpty()) {
      throw bytes.damaged("it has no graph");
    }
    return new TfliteModel(
        bytes.file(),
        version,
        model.text(Schema.Model.DESCRIPTION).orElse(""),
        subgraphs,
        model.tables(Schema.Model.SIGNATURES).stream().map(s -> signature(s, subgraphs)).toList(),
        metadata(buffers));
  }

  /** The bytes of a buffer; empty where it has none, as that of a computed tensor. */
  private Optional<ByteBuffer> content(FlatTable buffer) {
    long offset = buffer.uint64(Schema.Buffer.OFFSET);
    // 1 is what a converter writes before it knows the place.
    return offset == 0 || offset == 1
        ? buffer.data(Schema.Buffer.DATA).filter(ByteBuffer::hasRemaining)
        : Optional.of(
            outside.apply(new TfliteFile.Region(offset, buffer.uint64(Schema.Buffer.SIZE))));
  }

  /** The number has two fields, an older one too short for all; the greater one counts. */
  private static String kind(FlatTable code) {
    int old = code.int8(Schema.OperatorCode.OLD_BUILTIN, 0);
    int number = Math.max(old, code.int32(Schema.OperatorCode.BUILTIN, 0));
    return number == BuiltinOperators.CUSTOM
        ? "custom " + code.text(Schema.OperatorCode.CUSTOM).orElse("operator without a name")
        : BuiltinOperators.name(number);
  }

  private Subgraph subgraph(FlatTable table, TensorReader tensors, List<String> kinds) {
    List<StoredTensor> all =
        table.tables(Schema.SubGraph.TENSORS).stream().map(tensors::read).toList();
    List<Integer> inputs = table.ints(Schema.SubGraph.INPUTS);
    List<Integer> outputs = table.ints(Schema.SubGraph.OUTPUTS);
    requireInside(inputs, 0, all.size());
    requireInside(outputs, 0, all.size());
    return new Subgraph(
        table.text(Schema.SubGraph.NAME).orElse(""),
        all,
        inputs,
        outputs,
        table.tables(Schema.SubGraph.OPERATORS).stream()
            .map(o -> operator(o, kinds, all.size()))
            .toList());
  }

  private StoredOperator operator(FlatTable table, List<String> kinds, int tensors) {
    List<Integer> inputs = table.ints(Schema.Operator.INPUTS);
    List<Integer> outputs = table.ints(Schema.Operator.OUTPUTS);
    requireInside(inputs, -1, tensors);
    requireInside(outputs, 0, tensors);
    long code = table.uint32(Schema.Operator.CODE);
    if (code >= kinds.size()) {
      throw bytes.damaged("operator code " + code + " of " + kinds.size());
    }
    OperatorOptions options =
        new OperatorOptions(
            table.int8(Schema.Operator.OPTIONS_KIND, 0) & 0xFF,
            table.table(Schema.Operator.OPTIONS));
    return new StoredOperator(
        kinds.get((int) code),
        inputs,
        outputs,
        options,
        table.data(Schema.Operator.CUSTOM_OPTIONS).orElseGet(() -> ByteBuffer.allocate(0)));
  }

  private void requireInside(List<Integer> places, int least, int count) {
    for (int place : places) {
      if (place < least || place >= count) {
        throw bytes.damaged("tensor " + place + " of " + count);
      }
    }
  }

  private Signature signature(FlatTable table, List<Subgraph> subgraphs) {
    long subgraph = table.uint32(Schema.SignatureDef.SUBGRAPH);
    if (subgraph >= subgraphs.size()) {
      throw bytes.damaged("graph " + subgraph + " of " + subgraphs.size());
    }
    int tensors = subgraphs.get((int) subgraph).tensors().size();
    return new Signature(
        table.text(Schema.SignatureDef.KEY).orElse(""),
        (int) subgraph,
        tensorMap(table.tables(Schema.SignatureDef.INPUTS), tensors),
        tensorMap(table.tables(Schema.SignatureDef.OUTPUTS), tensors));
  }

  private Map<String, Integer> tensorMap(List<FlatTable> entries, int tensors) {
    Map<String, Integer> map = new LinkedHashMap<>();
    for (FlatTable entry : entries) {
      long place = entry.uint32(Schema.TensorMap.TENSOR);
      if (place >= tensors) {
        throw bytes.damaged("tensor " + place + " of " + tensors);
      }
      map.put(entry.text(Schema.TensorMap.NAME).orElse(""), (int) place);
    }
    return map;
  }

  /** What the file says of its inputs and outputs. Damaged metadata are as good as none. */
  private Optional<Metadata> metadata(List<Optional<ByteBuffer>> buffers) {
    List<Metadata> found = new ArrayList<>();
    for (FlatTable named : model.tables(Schema.Model.METADATA)) {
      long buffer = named.uint32(Schema.NamedBuffer.BUFFER);
      boolean known = named.text(Schema.NamedBuffer.NAME).orElse("").equals("TFLITE_METADATA");
      if (known && buffer < buffers.size() && buffers.get((int) buffer).isPresent()) {
        try {
          ByteBuffer content = buffers.get((int) buffer).get();
          found.add(MetadataReader.read(new FlatBytes(bytes.file(), content)));
        } catch (ModelException e) {
          return Optional.empty();
        }
      }
    }
    return found.stream().findFirst();
  }
}
