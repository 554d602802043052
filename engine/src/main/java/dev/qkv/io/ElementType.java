package dev.qkv.io;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The element types that files may have. */
public enum ElementType {
  /** Booleans, one byte each. */
  BOOL(1, "b1", "BOOL"),
  /** Signed bytes. */
  I8(1, "i1", "I8"),
  /** Unsigned bytes. */
  U8(1, "u1", "U8"),
  /** 16-bit integers. */
  I16(2, "i2", "I16"),
  /** 32-bit integers. */
  I32(4, "i4", "I32"),
  /** 64-bit integers. */
  I64(8, "i8", "I64"),
  /** IEEE half precision. */
  F16(2, "f2", "F16"),
  /** The upper half of a float32. */
  BF16(2, "", "BF16"),
  /** Single precision. */
  F32(4, "f4", "F32"),
  /** Double precision. */
  F64(8, "f8", "F64");

  private final int bytes;
  private final String numpy;
  private final String safetensors;

  ElementType(int bytes, String numpy, String safetensors) {
    this.bytes = bytes;
    this.numpy = numpy;
    this.safetensors = safetensors;
  }

  /**
   * The size of an element.
   *
   * @return in bytes
   */
  public int bytes() {
    return bytes;
  }

  boolean isFloat() {
    return this == F16 || this == BF16 || this == F32 || this == F64;
  }

  static Optional<ElementType> ofNumpy(String name) {
    for (ElementType type : values()) {
      if (!name.isEmpty() && type.numpy.equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  static Optional<ElementType> ofSafetensors(String name) {
    for (ElementType type : values()) {
      if (type.safetensors.equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The next element as a float; F64 is rounded. */
  float readFloat(ByteBuffer from) {
    return switch (this) {
      case F16 -> Float.float16ToFloat(from.getShort());
      case BF16 -> Float.intBitsToFloat(from.getShort() << 16);
      case F32 -> from.getFloat();
      case F64 -> (float) from.getDouble();
      default -> readLong(from);
    };
  }

  /** The next element as a whole number. */
  long readLong(ByteBuffer from) {
    return switch (this) {
      case BOOL, I8 -> from.get();
      case U8 -> from.get() & 0xFF;
      case I16 -> from.getShort();
      case I32 -> from.getInt();
      case I64 -> from.getLong();
      case F16, BF16, F32, F64 -> throw new IllegalStateException(name());
    };
  }
}
