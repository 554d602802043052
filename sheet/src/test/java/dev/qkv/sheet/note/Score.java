package dev.qkv.sheet.note;

import dev.qkv.sheet.audit.Verdict.Outcome;
import dev.qkv.sheet.note.CorpusNote.Judged;
import dev.qkv.sheet.worksheet.Checked;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How well notes were read. */
final class Score {
  int notes;
  int wanted;
  int found;
  int judged;
  int falseAlarms;
  int plantedFaults;
  int missed;
  int unusable;
  int issues;
  final List<String> misses = new ArrayList<>();
  final List<String> alarms = new ArrayList<>();
  final List<String> overlooked = new ArrayList<>();

  void add(CorpusNote note) {
    notes++;
    List<Judged> expected = CorpusNote.cells(note.wanted());
    List<Judged> read = new ArrayList<>(CorpusNote.cells(note.read()));
    List<Judged> unused = new ArrayList<>(read);
    issues += note.read().stream().mapToInt(c -> c.issues().size()).sum();
    if (note.read().stream().anyMatch(Checked::hasErrors)) {
      unusable++;
      note.read().stream()
          .flatMap(c -> c.issues().stream())
          .filter(i -> i.kind() == dev.qkv.sheet.worksheet.Issue.Kind.ERROR)
          .forEach(
              i ->
                  alarms.add(
                      note.name() + " ERROR " + i.line() + ": " + i.message().in(Locale.ENGLISH)));
    }
    for (Judged want : expected) {
      wanted++;
      boolean planted = note.isPlanted(want.cell()) && want.outcome() == Outcome.WRONG;
      plantedFaults += planted ? 1 : 0;
      Judged match = find(want, unused, read);
      if (match == null) {
        misses.add(describe(note, want));
        if (planted) {
          missed++;
          overlooked.add(describe(note, want));
        }
        continue;
      }
      found++;
      unused.remove(match);
      judged += match.outcome() == Outcome.UNCHECKED ? 0 : 1;
      if (planted && match.outcome() != Outcome.WRONG) {
        missed++;
        overlooked.add(describe(note, want) + " was " + match.outcome());
      } else if (!planted && match.outcome() == Outcome.WRONG) {
        falseAlarms++;
        alarms.add(describe(note, want) + " called wrong");
      } else if (!planted
          && match.outcome() == Outcome.UNCHECKED
          && want.outcome() == Outcome.RIGHT) {
        misses.add(describe(note, want) + " unchecked");
      }
    }
    for (Judged extra : unused) {
      if (extra.outcome() == Outcome.WRONG && !isPlantedValue(note, extra, expected)) {
        falseAlarms++;
        alarms.add(describe(note, extra) + " is no claim, called wrong");
      }
    }
  }

  private static boolean isPlantedValue(CorpusNote note, Judged extra, List<Judged> expected) {
    return expected.stream()
        .anyMatch(w -> note.isPlanted(w.cell()) && w.cell().isSameAs(extra.cell()));
  }

  private static @Nullable Judged find(Judged want, List<Judged> unused, List<Judged> all) {
    for (List<Judged> candidates : List.of(unused, all)) {
      for (Judged candidate : candidates) {
        if (candidate.cell().exercise() == want.cell().exercise()
            && candidate.cell().isSameAs(want.cell())) {
          return candidate;
        }
      }
      for (Judged candidate : candidates) {
        if (candidate.cell().isSameAs(want.cell())) {
          return candidate;
        }
      }
    }
    for (Judged candidate : unused) {
      if (candidate.cell().exercise() == want.cell().exercise()
          && candidate.outcome() == want.outcome()
          && candidate.cell().isTwinOf(want.cell())) {
        return candidate;
      }
    }
    return null;
  }

  private static String describe(CorpusNote note, Judged judged) {
    return note.name()
        + " #"
        + (judged.cell().exercise() + 1)
        + " "
        + judged.cell().quantity()
        + "["
        + judged.cell().row()
        + ","
        + judged.cell().column()
        + "] = "
        + judged.cell().numeral().text();
  }

  void add(Score other) {
    notes += other.notes;
    wanted += other.wanted;
    found += other.found;
    judged += other.judged;
    falseAlarms += other.falseAlarms;
    plantedFaults += other.plantedFaults;
    missed += other.missed;
    unusable += other.unusable;
    issues += other.issues;
    misses.addAll(other.misses);
    alarms.addAll(other.alarms);
    overlooked.addAll(other.overlooked);
  }

  static String header() {
    return String.format(
        "%-16s %5s %7s %7s %7s %7s %7s %7s %8s %7s",
        "way", "notes", "claims", "found", "%", "judged", "alarms", "faults", "missed", "errors");
  }

  String line(String way) {
    return String.format(
        Locale.ROOT,
        "%-16s %5d %7d %7d %6.1f%% %7d %7d %7d %8d %7d",
        way,
        notes,
        wanted,
        found,
        wanted == 0 ? 100.0 : 100.0 * found / wanted,
        judged,
        falseAlarms,
        plantedFaults,
        missed,
        unusable);
  }
}
