package dev.qkv.sheet.note.document;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.note.document.text.Traced;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Text from bytes: UTF-8, UTF-16 behind its mark, or what Chinese systems write. */
final class SourceText {
  private static final char MARK = '\uFEFF';

  private SourceText() {}

  /** The text with its lines ended by line feeds alone and without byte order mark. */
  static Traced of(byte[] content) {
    String source = decoded(content);
    Traced.Builder text = new Traced.Builder(source);
    int start = !source.isEmpty() && source.charAt(0) == MARK ? 1 : 0;
    for (int i = source.indexOf('\r', start); i >= 0; i = source.indexOf('\r', start)) {
      text.copy(start, i);
      boolean pair = i + 1 < source.length() && source.charAt(i + 1) == '\n';
      if (!pair) {
        text.insert("\n", i);
      }
      start = i + 1;
    }
    return text.copy(start, source.length()).build();
  }

  private static String decoded(byte[] content) {
    if (starts(content, 0xFE, 0xFF)) {
      return checked(strictly(content, StandardCharsets.UTF_16BE));
    }
    if (starts(content, 0xFF, 0xFE)) {
      return checked(strictly(content, StandardCharsets.UTF_16LE));
    }
    String text = strictly(content, StandardCharsets.UTF_8);
    return checked(
        text == null && Charset.isSupported("GB18030")
            ? strictly(content, Charset.forName("GB18030"))
            : text);
  }

  private static boolean starts(byte[] content, int first, int second) {
    return content.length >= 2 && (content[0] & 0xFF) == first && (content[1] & 0xFF) == second;
  }

  private static @Nullable String strictly(byte[] content, Charset charset) {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Text has no control characters but those that lay it out. */
  private static String checked(@Nullable String text) {
    if (text == null) {
      throw new SheetException(Message.of("error.document.encoding"));
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && "\t\n\r\f\u000b\u001b\b".indexOf(c) < 0) {
        throw new SheetException(Message.of("error.document.binary"));
      }
    }
    return text;
  }
}
