package dev.qkv.sheet.note;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of an exercise or of an answer, by its words.
 *
 * @param id its number; empty for an answer without one
 * @param title what follows the number
 * @param length how many characters the words take, before the title
 */
record Heading(String id, String title, int length) {
  private static final String EXERCISE =
      "题目?|习题|实验|案例|练习题?|例题?|问题|思考题|计算题|第(?=\\s*[0-9一二三四五六七八九十]+\\s*[题道问])|Exercise|Problem|Question|Task|Example|Worked example|Quiz|Drill|Lab|Case|Ex\\.?|Q(?=\\s*\\.?\\d)|No\\.?|面试题|问(?=\\s*\\d)|Part(?=\\s*[0-9A-Z]\\b)";
  private static final String ID =
      "([0-9]+(?:[.\\-–][0-9]+)*(?:[a-z](?![a-z]))?|[A-H](?![A-Za-z])|[一二三四五六七八九十]{1,3})";
  private static final String FRONT = "^[^\\p{L}\\p{N}]*";
  private static final Pattern WORD =
      Pattern.compile(
          FRONT
              + "(?:"
              + EXERCISE
              + ")\\s*[#.]?\\s*"
              + ID
              + "\\s*(?:[题道问](?!的))?(?!\\s*分)(?:[\\s\\]】)）*_]*[.:：、)\\-–—|]*[\\s*_]*)(?![a-z=·@+,，]|\\s*[个种=≈])(.*)$",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Whose turn it is to ask. */
  private static final Pattern TURN =
      Pattern.compile(
          "^[>\\s*_]*(?:User|Me|You|Human|Student|我|你|学生|用户|同学)\\s*[*_]*[:：][\\s*_]*(?:(?:ok(?:ay)?|now|next|then|and|好的?|那么?)[\\s,，]+)?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern TURN_NUMBER =
      Pattern.compile("([0-9]{1,2})\\s*[.)、）．]\\s*(?!\\d)(.*)", Pattern.DOTALL);

  /** A turn to ask that has a line for its own. */
  private static final Pattern TURN_ALONE =
      Pattern.compile(
          "^[>\\s]*(?:\\*\\*(?:User|Me|You|Human|Student|我|你|学生|用户|同学)\\s*[:：]?\\*\\*\\s*[:：]?\\s*$|(?:🧑|👤|👩|👨|🙋|🙂|💬).*)",
          Pattern.CASE_INSENSITIVE);

  /** Anybody's turn, where an exercise is named in it. */
  private static final Pattern SPEAKER =
      Pattern.compile(
          "^[>\\s*_]*(?!(?:answers?|solutions?|解|答))\\p{L}[\\p{L}\\s()（）.]{0,20}[*_]*[:：][\\s*_]*(?=\\p{L}+\\s*#?\\d)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern NAMED_TURN =
      Pattern.compile("^[>\\s]*\\*\\*(\\p{L}[\\p{L}\\s()（）.]{0,24}?)\\s*[:：]\\s*\\*\\*\\s*");

  /** Whose turn it is to answer. */
  private static final Pattern REPLY =
      Pattern.compile(
          "^[>\\s*_]*(?:🤖|(?:Bot|Assistant|AI|GPT|ChatGPT|Tutor|Teacher|助手|机器人|老师))\\s*[*_]*(?:(?<=🤖\\s{0,2})|[:：][\\s*_]*|(?<=\\*\\*)\\s*$)",
          Pattern.CASE_INSENSITIVE);

  /** Somebody's turn that a verb tells. */
  private static final Pattern ANSWERS =
      Pattern.compile(
          "^[>\\s]*\\*\\*@?[\\p{L}\\p{N}_ .-]{1,24}\\*\\*\\s*(?:answer(?:ed|s)|repl(?:ied|ies)|respond(?:ed|s)|回答|回复|答复|答)(?:道|说|了)?\\s*[:：]\\s*",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ASKED =
      Pattern.compile(
          "^[>\\s*_#\\-•·▸]*(?:Q|问|提问|问题|题目|面试官|Question|Interviewer)\\s*[*_]*[:：]\\s*[*_]*(.*)$",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern SMALL = Pattern.compile(FRONT + "q\\d.*", Pattern.DOTALL);
  private static final Pattern NUMBER =
      Pattern.compile(
          FRONT
              + "(?:(?i:for|re|ad|to)\\s+(?=\\d))?([0-9]+(?:[.\\-][0-9]+)*[a-z]?|[A-H]|[BCDFGPT]\\d{1,2})\\s*[.、)）:：．\\]】]\\s*(?!\\d)(.*)$",
          Pattern.DOTALL);
  private static final Pattern BARE =
      Pattern.compile(FRONT + "([0-9]+(?:\\.[0-9]+)*)\\s+(\\D.*)$", Pattern.DOTALL);
  private static final Pattern ALONE = Pattern.compile(FRONT + "([0-9]{1,3}(?:\\.[0-9]+)*)\\s*()$");
  private static final Pattern BOLD =
      Pattern.compile(
          "^\\s*(?:\\*\\*|__)\\s*#?\\s?([0-9]+(?:[.\\-][0-9]+)*)\\s*[.、:：)）]?\\s*(?:\\*\\*|__)(.*)$",
          Pattern.DOTALL);
  private static final Pattern TURNED_TO =
      Pattern.compile(
          "^[\\s*_>]*(?:首先|先|再|接着|接下来|然后|下面|最后|现在)?[，,]?(?:我们)?来?(?:看|做|算|解|讲)一?下?第\\s*([0-9]{1,2}|[一二三四五六七八九十]{1,3})\\s*(?:个|道)?(?:问题|小?题目?|例子?|练习)[，,：:。、\\s]*(.*)$",
          Pattern.DOTALL);
  private static final Pattern DIVIDED =
      Pattern.compile("^\\s*[-=*~—]{2,}\\s*([0-9]{1,2}|[a-h])\\s*[-=*~—]{2,}\\s*()$");
  private static final Pattern BRACKETED =
      Pattern.compile(
          "^[\\s*_>]*【\\s*([0-9]{1,2}|[一二三四五六七八九十]{1,3})\\s*】[\\s*_]*(.*)$", Pattern.DOTALL);
  private static final Pattern HASHED =
      Pattern.compile("^\\s{0,3}#\\s?([0-9]{1,2})\\s*[.:)、：]\\s*(.*)$", Pattern.DOTALL);
  private static final Pattern DOTTED =
      Pattern.compile(
          "^\\s{0,3}([0-9]{1,2}(?:\\.[0-9]{1,2}){1,2})\\.?(?:\\s+(\\p{L}.*)|\\s*)$",
          Pattern.DOTALL);

  /** A part's letter with a number, as B1; no letter of a quantity. */
  private static final Pattern PREFIXED =
      Pattern.compile(
          "^\\s{0,3}([BCDFGPT]\\d{1,2})\\s*[.:)、：]\\s*(?:(\\p{L}.*)|$)", Pattern.DOTALL);

  private static final Pattern UNNUMBERED =
      Pattern.compile(
          FRONT
              + "(例题?|示例|算例|(?:a |the )?(?:worked |solved |guided )?example)\\s*(?:[:：.—–-]\\s*(.*))?$",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern TITLED =
      Pattern.compile("[>\\s]*(?:\\*\\*|__)([^*_\\n=≈]{2,60})(?:\\*\\*|__)");
  private static final Pattern CHINESE =
      Pattern.compile(FRONT + "([一二三四五六七八九十]{1,3})\\s*[、.．)）]\\s*(.*)$", Pattern.DOTALL);

  private static final String ANSWER =
      "(?:参考|标准|详细|我的|简要)?(?:解答过程|解题过程|解答|答案|解析|解法|答复|题解|求解过程|解|答)"
          + "|(?:(?:model|my|worked|sample|full|suggested|reference)\\s+)?(?:solutions?|answers?(?:\\s+keys?)?|ans)|分析|过程|key"
          + "|my (?:attempt|working|work|calculations?|try)|(?:here is )?what i (?:did|got|have)|i (?:get|got)|(?:results?|结果)(?=[\\s*_]*[:：]?[\\s*_]*$)|我的(?:计算|做法|尝试|思路)|我算的";
  private static final Pattern ANSWERED =
      Pattern.compile(
          "^[>\\s*_#\\-【\\[「✅💡📝]*(?:"
              + ANSWER
              + ")(?![a-z一-龥])[\\s*_】\\]」]*(?:(?:to|of|for|for)\\s+)?(?:"
              + EXERCISE
              + "|#)?\\s*"
              + "(?:([0-9]+(?:[.\\-][0-9]+)*[a-z]?(?![\\d.]*\\s*[,，=≈]))|[（(]\\s*([一二三四五六七八九十]{1,3})\\s*[)）])?[\\s*_】\\]]*(?:[（(][^）)\\n]{0,40}[）)])?[\\s*_】]*(?:[:：.．、]\\s*[*_]*|$|(?=\\n)|(?<=[*_】\\]]{1,2}\\s{0,3})|(?<=[解答析])\\u3000\\s*)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern LETTERED =
      Pattern.compile(
          "^[>\\s*_#\\-]*(?:A|答)\\s*(\\d{1,2})?\\s*[*_]*(?:[:：]|(?<=\\d[*_]{0,2})[.．]\\s*(?![0-9]))\\s*[*_]*");
  private static final Pattern INSIDE =
      Pattern.compile(
          "(?<=[。．.?？;；!！)）\\s\\u3000])[\\s\\u3000*_]*[【\\[]?(?:参考答案|解答|答案|解析|解|答|(?i:solution|answer|ans))[】\\]]?[*_]*\\s*[:：][*_]*\\s*");
  private static final Pattern COLLECTION =
      Pattern.compile(
          "(?i)^[>\\s*_#\\-―—–=~─═【\\[附录:：、一二三四五六七八九十.]*(?:(?:[A-Z]\\s*卷)?(?:参考|标准|我的|我们的|习题|练习|作业|例题|各题|全部)?(?:参考)?(?:答案|解答|解析)(?:[与和及]\\S{2,6}?)?(?:汇总|部分|页)?|答案区|what i (?:have|got|did)(?: so far| until now)?|(?:(?:my|model|worked|sample|full)\\s+)?(?:answers?|solutions?)(?:\\s+(?:key|section|to\\s+.*|for\\s+.*|and\\s+.*)|,\\s+(?:\\p{L}+\\s*){1,4})?|answer\\s+key.*|key)[\\s*_】\\]:：.]*(?:[（(].*[）)])?[\\s*_:：―—–=~─═-]*$");
  private static final Pattern RESULTS =
      Pattern.compile(
          "(?i)^[>\\s*_#\\-—–=~【\\[:：]*(?:(?:all |my |the )?results?|(?:全部|各题|计算)?结果(?:汇总|一览)?)[\\s*_】\\]:：.—–=~-]*$");
  private static final String DIGITS = "一二三四五六七八九";

  /** The exercise that a line begins, if its words number one. */
  static Optional<Heading> exercise(String line) {
    Matcher turn = TURN.matcher(line);
    Matcher speaker = SPEAKER.matcher(line);
    String words =
        turn.lookingAt()
            ? line.substring(turn.end())
            : speaker.lookingAt() ? line.substring(speaker.end()) : line;
    Matcher m = WORD.matcher(words);
    if (m.matches() && !SMALL.matcher(words).matches()) {
      return Optional.of(of(m, 1, 2, line));
    }
    Matcher number = TURN_NUMBER.matcher(words);
    return words.length() < line.length() && number.matches()
        ? Optional.of(of(number, 1, 2, line))
        : Optional.empty();
  }

  /** What is asked in a dialogue without numbers, as {@code Q: what is softmax?}. */
  static Optional<Heading> asked(String line, int number) {
    Matcher m = ASKED.matcher(line);
    return m.matches()
        ? Optional.of(
            new Heading(
                String.valueOf(number),
                brackets(plain(m.group(1))),
                line.length() - m.group(1).length()))
        : Optional.empty();
  }

  /** Who speaks in a line that starts with a bold name; empty if none does. */
  static Optional<Heading> speaker(String line) {
    Matcher m = NAMED_TURN.matcher(line);
    return m.lookingAt()
        ? Optional.of(new Heading(m.group(1).strip(), line.substring(m.end()), m.end()))
        : Optional.empty();
  }

  /** Whether a line only says that it is the asker's turn. */
  static boolean isTurn(String line) {
    return TURN_ALONE.matcher(line).matches();
  }

  /** The bold words with which a question begins, as {@code **Causal mask.** Find …}. */
  static Optional<String> boldTitle(String line) {
    Matcher m = TITLED.matcher(line);
    return m.lookingAt() ? Optional.of(plain(m.group(1))) : Optional.empty();
  }

  /** The exercise that a bold number, or one like 6.11 alone, begins. */
  static Optional<Heading> bold(String line) {
    for (Pattern pattern : List.of(BOLD, BRACKETED, DIVIDED, TURNED_TO, HASHED, DOTTED, PREFIXED)) {
      Matcher m = pattern.matcher(line);
      if (m.matches()) {
        return Optional.of(of(m, 1, 2, line));
      }
    }
    return Optional.empty();
  }

  /** The example that a heading begins that is one by its word alone. */
  static Optional<Heading> example(String line) {
    Matcher m = UNNUMBERED.matcher(line);
    return m.matches() ? Optional.of(of(m.group(1), m.group(2), line)) : Optional.empty();
  }

  /** The exercise that a marked heading begins: a number is enough. */
  static Optional<Heading> marked(String line) {
    Optional<Heading> worded = exercise(line);
    if (worded.isPresent()) {
      return worded;
    }
    for (Pattern pattern : List.of(NUMBER, CHINESE, BARE, ALONE)) {
      Matcher m = pattern.matcher(line);
      if (m.matches()) {
        return Optional.of(of(m, 1, 2, line));
      }
    }
    return Optional.empty();
  }

  private static Heading of(Matcher m, int id, int title, String line) {
    return of(arabic(m.group(id).replace(" ", "").replace('–', '-')), m.group(title), line);
  }

  private static Heading of(String id, @Nullable String title, String line) {
    String rest = title == null ? "" : title;
    return new Heading(id, brackets(plain(rest)), line.length() - rest.length());
  }

  /** The answer that a line begins. */
  static Optional<Heading> answer(String line) {
    Matcher m = ANSWERED.matcher(line);
    if (m.find() && m.end() > 0) {
      String id = m.group(1) != null ? m.group(1) : m.group(2) != null ? arabic(m.group(2)) : "";
      return Optional.of(new Heading(id, line.substring(m.end()), m.end()));
    }
    for (Pattern pattern : List.of(REPLY, ANSWERS)) {
      Matcher reply = pattern.matcher(line);
      if (reply.lookingAt()) {
        return Optional.of(new Heading("", line.substring(reply.end()), reply.end()));
      }
    }
    Matcher lettered = LETTERED.matcher(line);
    return lettered.find()
        ? Optional.of(
            new Heading(
                lettered.group(1) == null ? "" : lettered.group(1),
                line.substring(lettered.end()),
                lettered.end()))
        : Optional.empty();
  }

  /** Where an answer begins inside a line; −1 if none does. */
  static int[] answerInside(String line) {
    Matcher m = INSIDE.matcher(line);
    return m.find() ? new int[] {m.start(), m.end()} : new int[0];
  }

  /** Whether a line is only a title for answers. */
  static boolean isCollection(String line) {
    return COLLECTION.matcher(line).matches();
  }

  /** Whether a line is only a title for results: of exercises, if their numbers follow. */
  static boolean isResults(String line) {
    return RESULTS.matcher(line).matches();
  }

  private static String plain(String title) {
    return title
        .replace("**", "")
        .replace("__", "")
        .replace("$", "")
        .replaceAll("[*_】\\]]+$", "")
        .strip();
  }

  private static String arabic(String number) {
    if (number.chars().anyMatch(c -> c < 128)) {
      return number;
    }
    int ten = number.indexOf('十');
    if (ten < 0) {
      return String.valueOf(DIGITS.indexOf(number.charAt(0)) + 1);
    }
    int tens = ten == 0 ? 1 : DIGITS.indexOf(number.charAt(0)) + 1;
    int ones = ten + 1 < number.length() ? DIGITS.indexOf(number.charAt(ten + 1)) + 1 : 0;
    return String.valueOf(10 * tens + ones);
  }

  /** A title that is one pair of brackets loses them. */
  private static String brackets(String title) {
    boolean wrapped =
        (title.startsWith("（") && title.indexOf('）') == title.length() - 1)
            || (title.startsWith("(") && title.indexOf(')') == title.length() - 1);
    return wrapped ? title.substring(1, title.length() - 1) : title;
  }
}
