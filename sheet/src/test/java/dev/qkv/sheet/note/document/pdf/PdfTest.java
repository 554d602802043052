package dev.qkv.sheet.note.document.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.note.document.Document;
import dev.qkv.sheet.note.document.Documents;
import dev.qkv.sheet.note.document.Format;
import dev.qkv.sheet.note.document.Numbers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.junit.jupiter.api.Test;

/** The text layer of PDF. */
public class PdfTest {
  static {
    // Writing looks for fonts as reading does.
    FontMappers.set(PdfFonts.ONLY);
  }

  /** A file with a page for each text, its lines one below the other. */
  public static byte[] pdf(String... pages) throws IOException {
    try (PDDocument document = document(pages)) {
      return saved(document);
    }
  }

  private static PDDocument document(String... pages) throws IOException {
    PDFont font = new PDType1Font(FontName.HELVETICA);
    PDDocument document = new PDDocument();
    for (String text : pages) {
      PDPage page = new PDPage();
      document.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.setFont(font, 11);
        float y = 720;
        for (String line : text.split("\n", -1)) {
          if (!line.isEmpty()) {
            content.beginText();
            content.newLineAtOffset(72, y);
            content.showText(line);
            content.endText();
          }
          y -= 14;
        }
      }
    }
    return document;
  }

  private static byte[] saved(PDDocument document) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    document.save(out);
    return out.toByteArray();
  }

  @Test
  void linesPageByPage() throws IOException {
    byte[] content =
        pdf("Problem 1\n\n\nQ = [1, 0; 0, 1]\nd_k = 2", "Solution\n\n\nA = [0.67, 0.33]");
    Document document = Documents.of("exam", content);
    assertThat(document.format()).isEqualTo(Format.PDF);
    assertThat(document.text().text())
        .isEqualTo(
            """
            Problem 1

            Q = [1, 0; 0, 1]
            d_k = 2

            Solution

            A = [0.67, 0.33]

            """);
    assertThat(document.text().source()).isEqualTo(document.text().text());
    assertThat(Numbers.untraced(document)).isEmpty();
  }

  @Test
  void indicesAndExponents() throws IOException {
    PDFont font = new PDType1Font(FontName.HELVETICA);
    byte[] saved;
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage();
      document.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.beginText();
        content.newLineAtOffset(72, 720);
        show(content, font, 11, 0, "d");
        show(content, font, 7, -2, "k1");
        show(content, font, 11, 0, " = e");
        show(content, font, 7, 4, "0.71");
        show(content, font, 11, 0, " + 3");
        content.endText();
      }
      saved = saved(document);
    }
    assertThat(Documents.of("a.pdf", saved).text().text().strip())
        .isEqualTo("d_{k1} = e^{0.71} + 3");
  }

  private static void show(
      PDPageContentStream content, PDFont font, float size, float rise, String text)
      throws IOException {
    content.setFont(font, size);
    content.setTextRise(rise);
    content.showText(text);
  }

  @Test
  void whatCannotBeReadIsSaid() throws IOException {
    assertThatThrownBy(() -> Documents.of("a.pdf", pdf("")))
        .isInstanceOf(SheetException.class)
        .hasMessageContaining("no text layer");
    assertThatThrownBy(() -> Documents.of("a.pdf", "no PDF".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(SheetException.class)
        .hasMessageContaining("damaged");
    byte[] whole = pdf("Q = 1");
    assertThatThrownBy(() -> Documents.of("a", Arrays.copyOf(whole, 40)))
        .isInstanceOf(SheetException.class)
        .hasMessageContaining("damaged");
    try (PDDocument document = document("secret 1")) {
      document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      byte[] encrypted = saved(document);
      assertThatThrownBy(() -> Documents.of("a.pdf", encrypted))
          .isInstanceOf(SheetException.class)
          .hasMessageContaining("password");
    }
    byte[] many = pdf("1\n".repeat(301).split("\n"));
    assertThatThrownBy(() -> Documents.of("a.pdf", many))
        .isInstanceOf(SheetException.class)
        .hasMessageContaining("301 pages");
  }
}
