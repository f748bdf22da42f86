package dev.picasso.plugin;

import java.util.Arrays;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Leads a class's calls of {@code System.exit}, {@code Runtime.exit} and {@code Runtime.halt} to
 * {@link PluginExit}, which throws: what a plugin takes for the end of its program would be the end
 * of everybody's work.
 */
final class ExitCalls extends ClassVisitor {
  private static final String REFUSING = Type.getInternalName(PluginExit.class);

  /** What ends the program, and how the method that refuses it takes its operands. */
  private static final Map<String, String> ENDING =
      Map.of(
          "java/lang/System.exit(I)V", "(I)V",
          "java/lang/Runtime.exit(I)V", "(Ljava/lang/Runtime;I)V",
          "java/lang/Runtime.halt(I)V", "(Ljava/lang/Runtime;I)V");

  private boolean found;

  private ExitCalls(ClassWriter writer) {
    super(Opcodes.ASM9, writer);
  }

  /** The class with its calls led there; one that cannot be read is left for Java to refuse. */
  static byte[] refusedIn(byte[] code) {
    try {
      ClassReader reader = new ClassReader(code);
      ClassWriter writer = new ClassWriter(reader, 0); // what does not change is copied
      ExitCalls calls = new ExitCalls(writer);
      reader.accept(calls, 0);
      return calls.found ? writer.toByteArray() : code;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return code;
    }
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    return new MethodVisitor(
        Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
      @Override
      public void visitMethodInsn(
          int opcode, String owner, String method, String of, boolean isInterface) {
        String refusing = ENDING.get(owner + "." + method + of);
        if (refusing == null) {
          super.visitMethodInsn(opcode, owner, method, of, isInterface);
        } else {
          found = true;
          super.visitMethodInsn(Opcodes.INVOKESTATIC, REFUSING, "exit", refusing, false);
        }
      }

      @Override
      public void visitInvokeDynamicInsn(
          String method, String of, Handle bootstrap, Object... arguments) {
        Object[] led = Arrays.stream(arguments).map(ExitCalls.this::led).toArray();
        super.visitInvokeDynamicInsn(method, of, bootstrap, led);
      }
    };
  }

  /** An operand of a lambda, which is a handle where a method is named, as in System::exit. */
  private Object led(Object argument) {
    if (!(argument instanceof Handle handle)) {
      return argument;
    }
    String refusing = ENDING.get(handle.getOwner() + "." + handle.getName() + handle.getDesc());
    if (refusing == null) {
      return argument;
    }
    found = true;
    return new Handle(Opcodes.H_INVOKESTATIC, REFUSING, "exit", refusing, false);
  }
}
