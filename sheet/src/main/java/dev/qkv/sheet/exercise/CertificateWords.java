package dev.qkv.sheet.exercise;

import dev.qkv.sheet.message.Message;
import java.util.ArrayList;
import java.util.List;

/** A certificate in sentences. */
public final class CertificateWords {
  private CertificateWords() {}

  /**
   * What a certificate says.
   *
   * @param certificate any certificate
   * @return a sentence for each thing that there is to say, the good one first
   */
  public static List<Message> of(Certificate certificate) {
    List<Message> words = new ArrayList<>();
    int told = certificate.told().size();
    words.add(Message.of("certificate.told", told, certificate.decimals()));
    if (certificate.isComplete() && told > 0) {
      words.add(Message.of("certificate.complete"));
    }
    if (!certificate.same().isEmpty()) {
      words.add(Message.of("certificate.same", groups(certificate.same(), " = ")));
    }
    if (!certificate.hidden().isEmpty()) {
      words.add(Message.of("certificate.hidden", String.join(", ", certificate.hidden())));
    }
    if (!certificate.unnoticed().isEmpty()) {
      words.add(Message.of("certificate.unnoticed", String.join(", ", certificate.unnoticed())));
    }
    if (!certificate.alike().isEmpty()) {
      words.add(Message.of("certificate.alike", groups(certificate.alike(), " = ")));
    }
    if (!certificate.cancelling().isEmpty()) {
      words.add(Message.of("certificate.cancelling", groups(certificate.cancelling(), " + ")));
    }
    return words;
  }

  private static String groups(List<List<String>> groups, String sign) {
    return String.join("; ", groups.stream().map(g -> String.join(sign, g)).toList());
  }
}
