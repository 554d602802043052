package dev.qkv.sheet.report;

import java.util.List;

/** What a worked solution is written for, and how its parts are marked there. */
public enum Manuscript {
  /** Markdown with TeX between dollars. */
  MARKDOWN {
    @Override
    String heading(String words) {
      return "## " + words + "\n\n";
    }

    @Override
    String subheading(String words) {
      return "### " + words + "\n\n";
    }

    @Override
    String items(List<String> items) {
      StringBuilder out = new StringBuilder();
      items.forEach(item -> out.append("- ").append(item).append('\n'));
      return out.append('\n').toString();
    }

    @Override
    String display(String tex) {
      return "$$" + tex + "$$\n";
    }

    @Override
    String emphasis(String words) {
      return "*" + words + "*\n\n";
    }

    @Override
    String remark(String words) {
      return "> " + words + "\n\n";
    }

    @Override
    String words(String text) {
      return text;
    }
  },
  /** The body of a LaTeX document that uses amsmath. */
  LATEX {
    @Override
    String heading(String words) {
      return "\\section*{" + words + "}\n\n";
    }

    @Override
    String subheading(String words) {
      return "\\subsection*{" + words + "}\n\n";
    }

    @Override
    String items(List<String> items) {
      if (items.isEmpty()) {
        return "";
      }
      StringBuilder out = new StringBuilder("\\begin{itemize}\n");
      items.forEach(item -> out.append("\\item ").append(item).append('\n'));
      return out.append("\\end{itemize}\n\n").toString();
    }

    @Override
    String display(String tex) {
      return "\\[" + tex + "\\]\n";
    }

    @Override
    String emphasis(String words) {
      return "\\emph{" + words + "}\n\n";
    }

    @Override
    String remark(String words) {
      return "\\begin{quote}\n" + words + "\n\\end{quote}\n\n";
    }

    // Words may have signs that mean something in TeX.
    @Override
    String words(String text) {
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        switch (c) {
          case '\\' -> out.append("\\textbackslash{}");
          case '~' -> out.append("\\textasciitilde{}");
          case '^' -> out.append("\\textasciicircum{}");
          case '&', '%', '$', '#', '_', '{', '}' -> out.append('\\').append(c);
          default -> out.append(c);
        }
      }
      return out.toString();
    }
  };

  abstract String heading(String words);

  abstract String subheading(String words);

  abstract String items(List<String> items);

  /** A formula on a line of its own. */
  abstract String display(String tex);

  abstract String emphasis(String words);

  abstract String remark(String words);

  /** Plain words, whatever signs are in them. */
  abstract String words(String text);
}
