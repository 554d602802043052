package dev.qkv.sheet.note.document.notebook;

import dev.qkv.sheet.message.Message;
import dev.qkv.sheet.message.SheetException;
import dev.qkv.sheet.note.document.notebook.JsonReader.Token;
import dev.qkv.sheet.note.document.text.Traced;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Jupyter notebooks as Markdown: cells of text as they are, code and what it printed between
 * fences. Pictures and errors are left out.
 */
public final class Notebook {
  private static final int DEEPEST_HEADING = 6;

  private final JsonReader json;
  private final JsonStrings strings;
  private final List<NotebookCell> cells = new ArrayList<>();
  private String language = "python";
  private boolean hasCells;

  private Notebook(String text) {
    this.json = new JsonReader(text);
    this.strings = new JsonStrings(text);
  }

  /** A notebook as Markdown. */
  public static Traced of(String text) {
    Traced.Builder out = new Traced.Builder(text);
    Notebook notebook = new Notebook(text);
    notebook.read();
    for (NotebookCell cell : notebook.cells) {
      cell.write(out, notebook.strings, notebook.language);
    }
    return out.build();
  }

  private void read() {
    if (json.next() == Token.OBJECT) {
      while (json.next() == Token.NAME) {
        String name = text();
        json.next();
        switch (name) {
          case "cells" -> cells();
          case "worksheets" -> worksheets();
          case "metadata" -> metadata();
          default -> json.skip();
        }
      }
      json.next();
    }
    if (!hasCells) {
      throw new SheetException(Message.of("error.document.notebook"));
    }
  }

  /** Notebooks before version 4 have their cells in sheets. */
  private void worksheets() {
    eachElement(
        () ->
            eachProperty(
                name -> {
                  if (name.equals("cells")) {
                    cells();
                  } else {
                    json.skip();
                  }
                }));
  }

  private void metadata() {
    eachProperty(
        outer ->
            eachProperty(
                inner -> {
                  String name = outer + "." + inner;
                  if (name.equals("kernelspec.language") || name.equals("language_info.name")) {
                    language = word();
                  } else {
                    json.skip();
                  }
                }));
  }

  private void cells() {
    hasCells |= json.token() == Token.ARRAY;
    eachElement(
        () -> {
          NotebookCell cell = new NotebookCell();
          eachProperty(name -> cell(cell, name));
          cells.add(cell);
        });
  }

  private void cell(NotebookCell cell, String name) {
    switch (name) {
      case "cell_type" -> cell.type = word();
      case "language" -> cell.language = word();
      case "level" -> cell.level = level();
      case "source", "input" -> cell.source = quotes();
      case "outputs" -> eachElement(() -> output(cell));
      default -> json.skip();
    }
  }

  private int level() {
    boolean number = json.token() == Token.INTEGER;
    long level = number ? new BigInteger(json.written()).longValue() : 1;
    return Math.clamp(level, 1, DEEPEST_HEADING);
  }

  private void output(NotebookCell cell) {
    Map<String, List<Integer>> texts = new TreeMap<>();
    Map<String, String> words = new TreeMap<>();
    eachProperty(
        name -> {
          switch (name) {
            case "output_type", "name" -> words.put(name, word());
            case "text" -> texts.put("text/plain", quotes());
            case "latex" -> texts.put("text/latex", quotes());
            case "data" ->
                eachProperty(
                    type -> {
                      if (type.startsWith("text/")) {
                        texts.put(type, quotes());
                      } else {
                        json.skip();
                      }
                    });
            default -> json.skip();
          }
        });
    String type = words.getOrDefault("output_type", "");
    boolean error = type.equals("error") || type.equals("pyerr");
    if (!error && !words.getOrDefault("name", "").equals("stderr")) {
      print(cell, texts, type.equals("stream"));
    }
  }

  private void print(NotebookCell cell, Map<String, List<Integer>> texts, boolean stream) {
    List<Integer> plain = texts.getOrDefault("text/plain", List.of());
    for (String type : List.of("text/markdown", "text/latex")) {
      List<Integer> shown = texts.get(type);
      if (shown != null && (plain.isEmpty() || strings.startsWith(plain.get(0), "<IPython"))) {
        cell.show(shown);
        return;
      }
    }
    cell.print(plain, stream);
  }

  /** The places of the strings at the current token, which may be one or a list of them. */
  private List<Integer> quotes() {
    List<Integer> quotes = new ArrayList<>();
    if (json.token() == Token.STRING) {
      quotes.add(quote());
    } else {
      eachElement(
          () -> {
            if (json.token() == Token.STRING) {
              quotes.add(quote());
            } else {
              json.skip();
            }
          });
    }
    return quotes;
  }

  private int quote() {
    return json.place();
  }

  /** The name or string at the current token. */
  private String text() {
    return strings.decoded(List.of(json.place())).text();
  }

  private String word() {
    String word = json.token() == Token.STRING ? text() : "";
    json.skip();
    return word.matches("[\\w+#-]{1,20}") ? word : "";
  }

  /** Visits the elements of a list; what is no list is passed over. */
  private void eachElement(Runnable visit) {
    if (json.token() != Token.ARRAY) {
      json.skip();
      return;
    }
    while (json.next() != Token.ARRAY_END) {
      visit.run();
    }
  }

  /** Visits the values of an object by their names; what is no object is passed over. */
  private void eachProperty(Consumer<String> visit) {
    if (json.token() != Token.OBJECT) {
      json.skip();
      return;
    }
    while (json.next() == Token.NAME) {
      String name = text();
      json.next();
      visit.accept(name);
    }
  }
}
