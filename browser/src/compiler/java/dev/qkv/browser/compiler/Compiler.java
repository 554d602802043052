package dev.qkv.browser.compiler;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.teavm.backend.javascript.JSModuleType;
import org.teavm.diagnostics.DefaultProblemTextConsumer;
import org.teavm.diagnostics.Problem;
import org.teavm.diagnostics.ProblemSeverity;
import org.teavm.tooling.ConsoleTeaVMToolLog;
import org.teavm.tooling.TeaVMTargetType;
import org.teavm.tooling.TeaVMTool;
import org.teavm.tooling.TeaVMToolException;
import org.teavm.vm.TeaVMOptimizationLevel;

/** Compiles the sheet for browsers. */
public final class Compiler {
  private Compiler() {}

  public static void main(String[] args) throws IOException, TeaVMToolException {
    Path target = Path.of(args[0]);
    String only = args.length > 1 ? args[1] : "";
    if (!only.equals("js")) {
      compile(target, TeaVMTargetType.WEBASSEMBLY_GC, "dev.qkv.browser.compiled.WasmEntry", "sheet.wasm");
    }
    if (!only.equals("wasm")) {
      compile(target, TeaVMTargetType.JAVASCRIPT, "dev.qkv.browser.compiled.ScriptEntry", "sheet.js");
    }
  }

  private static void compile(Path target, TeaVMTargetType type, String entry, String file)
      throws IOException, TeaVMToolException {
    long t = System.nanoTime();
    TeaVMTool tool = new TeaVMTool();
    tool.setTargetType(type);
    tool.setMainClass(entry);
    tool.setTargetDirectory(target.toFile());
    tool.setTargetFileName(file);
    tool.setOptimizationLevel(TeaVMOptimizationLevel.SIMPLE);
    tool.setObfuscated(!Boolean.getBoolean("readable"));
    tool.setStrict(true);
    tool.setJsModuleType(JSModuleType.ES2015);
    tool.setAssertionsRemoved(true);
    tool.setLog(new ConsoleTeaVMToolLog(false));
    tool.getProperties().setProperty("java.util.Locale.available", "en,zh");
    tool.setClassLoader(Compiler.class.getClassLoader());
    List<File> path = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(File::new).toList();
    tool.setClassPath(path);
    tool.generate();
    int errors = 0;
    for (Problem problem : tool.getProblemProvider().getProblems()) {
      DefaultProblemTextConsumer consumer = new DefaultProblemTextConsumer();
      problem.render(consumer);
      System.err.println(problem.getSeverity() + ": " + consumer.getText() + " at " + (problem.getLocation() == null ? "" : problem.getLocation().getMethod() + " " + problem.getLocation().getSourceLocation()));
      errors += problem.getSeverity() == ProblemSeverity.ERROR ? 1 : 0;
    }
    System.err.println(file + " " + errors + " errors, " + (System.nanoTime() - t) / 1_000_000 + " ms");
  }
}
