package dev.qkv.sheet.report;

import java.math.BigDecimal;

/**
 * Writes one JSON document from its beginning to its end: in one line, or a property to a line with
 * the elements of a list beside each other. Who calls it sees to it that what begins also ends.
 */
public final class JsonWriter {
  private static final String INDENT = "  ";
  private static final String SIGNS = "\"\\\b\t\n\f\r";
  private static final String ESCAPES = "\"\\btnfr";

  private final StringBuilder out = new StringBuilder();
  private final boolean lines;
  private int depth;

  /** Whether nothing stands yet in the object or list that is open. */
  private boolean empty = true;

  /** Whether the next value has its place already: behind a name, or as the whole document. */
  private boolean placed = true;

  /**
   * An empty document.
   *
   * @param lines whether each property begins a line of its own
   */
  JsonWriter(boolean lines) {
    this.lines = lines;
  }

  /** Begins an object. */
  public void writeStartObject() {
    begin('{');
    depth++;
  }

  /** Ends the object that is open. */
  public void writeEndObject() {
    depth--;
    if (lines && !empty) {
      newLine();
    }
    end('}');
  }

  /** Begins a list. */
  public void writeStartArray() {
    begin('[');
  }

  /** Ends the list that is open. */
  public void writeEndArray() {
    if (lines && !empty) {
      out.append(' ');
    }
    end(']');
  }

  /**
   * Writes the name of a property, whose value comes next.
   *
   * @param name the name
   */
  public void writeName(String name) {
    if (!empty) {
      out.append(',');
    }
    if (lines) {
      newLine();
    }
    quote(name);
    out.append(lines ? " : " : ":");
    empty = false;
    placed = true;
  }

  /**
   * Writes words.
   *
   * @param value any text
   */
  public void writeString(String value) {
    place();
    quote(value);
  }

  /**
   * Writes a whole number.
   *
   * @param value the number
   */
  public void writeNumber(long value) {
    place();
    out.append(value);
  }

  /**
   * Writes a number.
   *
   * @param value a finite number, since JSON has no others
   */
  public void writeNumber(double value) {
    place();
    out.append(value);
  }

  /**
   * Writes a number with all its digits.
   *
   * @param value the number
   */
  public void writeNumber(BigDecimal value) {
    place();
    out.append(value);
  }

  /** Writes that there is nothing. */
  public void writeNull() {
    place();
    out.append("null");
  }

  /**
   * Begins an object that is a property.
   *
   * @param name of the property
   */
  public void writeObjectPropertyStart(String name) {
    writeName(name);
    writeStartObject();
  }

  /**
   * Begins a list that is a property.
   *
   * @param name of the property
   */
  public void writeArrayPropertyStart(String name) {
    writeName(name);
    writeStartArray();
  }

  /**
   * Writes words that are a property.
   *
   * @param name of the property
   * @param value any text
   */
  public void writeStringProperty(String name, String value) {
    writeName(name);
    writeString(value);
  }

  /**
   * Writes a whole number that is a property.
   *
   * @param name of the property
   * @param value the number
   */
  public void writeNumberProperty(String name, long value) {
    writeName(name);
    writeNumber(value);
  }

  /**
   * Writes a number that is a property.
   *
   * @param name of the property
   * @param value a finite number
   */
  public void writeNumberProperty(String name, double value) {
    writeName(name);
    writeNumber(value);
  }

  /**
   * Writes a number that is a property, with all its digits.
   *
   * @param name of the property
   * @param value the number
   */
  public void writeNumberProperty(String name, BigDecimal value) {
    writeName(name);
    writeNumber(value);
  }

  /**
   * Writes yes or no as a property.
   *
   * @param name of the property
   * @param value which of them
   */
  public void writeBooleanProperty(String name, boolean value) {
    writeName(name);
    place();
    out.append(value);
  }

  /**
   * Writes that a property is nothing.
   *
   * @param name of the property
   */
  public void writeNullProperty(String name) {
    writeName(name);
    writeNull();
  }

  /** What was written. */
  @Override
  public String toString() {
    return out.toString();
  }

  private void begin(char bracket) {
    place();
    out.append(bracket);
    empty = true;
  }

  private void end(char bracket) {
    if (lines && empty) {
      out.append(' ');
    }
    out.append(bracket);
    empty = false;
    placed = false;
  }

  /** Separates a value of a list from what stands before it. */
  private void place() {
    if (!placed) {
      if (!empty) {
        out.append(',');
      }
      if (lines) {
        out.append(' ');
      }
    }
    empty = false;
    placed = false;
  }

  private void newLine() {
    out.append('\n').append(INDENT.repeat(depth));
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int sign = SIGNS.indexOf(c);
      if (sign >= 0) {
        out.append('\\').append(ESCAPES.charAt(sign));
      } else if (c < ' ') {
        out.append("\\u00").append(c >> 4).append("0123456789ABCDEF".charAt(c & 0xF));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
