package dev.qkv.sheet.note.code;

import java.util.List;
import java.util.Optional;

/** A Python expression, as far as notes with arrays need it. */
public sealed interface Python {
  /** A variable. */
  record Name(String name) implements Python {}

  /** A number, or anything else that stands for itself. */
  record Literal(String written) implements Python {}

  /**
   * A string.
   *
   * @param words its characters between the fields
   * @param fields what a formatted string puts between them
   */
  record Text(List<String> words, List<Python> fields) implements Python {}

  /** A call, with positional arguments only. */
  record Call(Python function, List<Python> arguments) implements Python {}

  /** What stands behind a dot. */
  record Attribute(Python of, String name) implements Python {}

  /** An operator between two expressions. */
  record Binary(String operator, Python left, Python right) implements Python {}

  /** An operator before an expression. */
  record Unary(String operator, Python of) implements Python {}

  /** What stands in square brackets behind an expression. */
  record Index(Python of, List<Python> at) implements Python {}

  /** A list or tuple. */
  record Sequence(List<Python> elements) implements Python {}

  /** The last name of a function or method, as softmax of {@code F.softmax(S)}. */
  default String functionName() {
    return switch (this) {
      case Name name -> name.name();
      case Attribute attribute -> attribute.name();
      default -> "";
    };
  }

  /** The variable that this is, or is a copy of, as {@code Q.copy()}; nothing if it is another. */
  default Optional<Name> copied() {
    return switch (this) {
      case Name name -> Optional.of(name);
      case Call(Attribute(Name name, String method), var arguments)
          when arguments.isEmpty() && method.matches("copy|clone") ->
          Optional.of(name);
      default -> Optional.empty();
    };
  }
}
