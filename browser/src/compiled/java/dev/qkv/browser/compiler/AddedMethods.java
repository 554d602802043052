package dev.qkv.browser.compiler;

import dev.qkv.browser.standin.Added;
import dev.qkv.browser.standin.Additions;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.teavm.model.AccessLevel;
import org.teavm.model.ClassHierarchy;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.ElementModifier;
import org.teavm.model.MethodDescriptor;
import org.teavm.model.MethodHolder;
import org.teavm.model.ValueType;
import org.teavm.model.emit.ProgramEmitter;
import org.teavm.model.emit.ValueEmitter;
import org.teavm.vm.spi.TeaVMHost;
import org.teavm.vm.spi.TeaVMPlugin;

/** Gives classes of the compiler's class library the methods of {@link Additions}. */
public final class AddedMethods implements TeaVMPlugin, ClassHolderTransformer {
  /** For the compiler, which finds this as a service. */
  public AddedMethods() {}

  @Override
  public void install(TeaVMHost host) {
    host.add(this);
  }

  @Override
  public void transformClass(ClassHolder cls, ClassHolderTransformerContext context) {
    for (Method method : Additions.class.getDeclaredMethods()) {
      Added added = method.getAnnotation(Added.class);
      if (added != null && added.to().getName().equals(cls.getName())) {
        add(cls, method, added, context.getHierarchy());
      }
    }
  }

  /** A method that hands its object, if it has one, and its arguments to a static one. */
  private static void add(ClassHolder cls, Method method, Added added, ClassHierarchy hierarchy) {
    boolean isStatic = added.isStatic();
    List<ValueType> types =
        new ArrayList<>(Arrays.stream(method.getParameterTypes()).map(ValueType::parse).toList());
    ValueType result = ValueType.parse(method.getReturnType());
    List<ValueType> own = isStatic ? types : types.subList(1, types.size());
    List<ValueType> signature = new ArrayList<>(own);
    signature.add(result);
    MethodDescriptor descriptor =
        new MethodDescriptor(method.getName(), signature.toArray(ValueType[]::new));
    MethodHolder there = cls.getMethod(descriptor);
    if ((there != null) != added.instead()) {
      throw new IllegalStateException("is it in the compiler's class library? " + method);
    }
    if (there != null) {
      cls.removeMethod(there);
    }
    MethodHolder holder = new MethodHolder(descriptor);
    holder.setLevel(AccessLevel.PUBLIC);
    if (isStatic) {
      holder.getModifiers().add(ElementModifier.STATIC);
    }
    cls.addMethod(holder);
    ProgramEmitter body = ProgramEmitter.create(holder, hierarchy);
    List<ValueEmitter> arguments = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      arguments.add(body.var(isStatic ? i + 1 : i, types.get(i)));
    }
    body.invoke(
            Additions.class.getName(),
            method.getName(),
            result,
            arguments.toArray(ValueEmitter[]::new))
        .returnValue();
  }
}
