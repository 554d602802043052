package dev.qkv.browser.compiler;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.teavm.backend.javascript.JSModuleType;
import org.teavm.diagnostics.DefaultProblemTextConsumer;
import org.teavm.diagnostics.Problem;
import org.teavm.diagnostics.ProblemSeverity;
import org.teavm.tooling.TeaVMTargetType;
import org.teavm.tooling.TeaVMTool;
import org.teavm.tooling.TeaVMToolException;
import org.teavm.vm.TeaVMOptimizationLevel;

/** What the sheet is compiled to. */
public enum Form {
  /** WebAssembly with garbage collection. */
  WASM(TeaVMTargetType.WEBASSEMBLY_GC, "dev.qkv.browser.compiled.WasmEntry"),
  /** A module of JavaScript. */
  JS(TeaVMTargetType.JAVASCRIPT, "dev.qkv.browser.compiled.ScriptEntry");

  private final TeaVMTargetType type;
  private final String entry;

  Form(TeaVMTargetType type, String entry) {
    this.type = type;
    this.entry = entry;
  }

  /**
   * Compiles the sheet.
   *
   * @param path where classes and resources are
   * @param form the name of the form
   * @param folder gets {@code sheet.} and the form's name
   * @throws IOException if something is called that a browser lacks
   * @throws TeaVMToolException if it cannot be compiled
   */
  public static void compile(List<Path> path, String form, Path folder)
      throws IOException, TeaVMToolException {
    for (Form one : values()) {
      if (one.ending().equals(form)) {
        one.compile(path, folder);
      }
    }
  }

  private String ending() {
    return this == WASM ? "wasm" : "js";
  }

  private void compile(List<Path> path, Path folder) throws IOException, TeaVMToolException {
    TeaVMTool tool = new TeaVMTool();
    tool.setTargetType(type);
    tool.setMainClass(entry);
    tool.setTargetDirectory(folder.toFile());
    tool.setTargetFileName("sheet." + ending());
    tool.setJsModuleType(JSModuleType.ES2015);
    tool.setOptimizationLevel(TeaVMOptimizationLevel.SIMPLE); // the next level takes for ever
    tool.setObfuscated(true);
    tool.setStrict(true);
    tool.setAssertionsRemoved(true);
    tool.getProperties().setProperty("java.util.Locale.available", "en,zh");
    tool.setClassLoader(Form.class.getClassLoader());
    tool.setClassPath(path.stream().map(Path::toFile).toList());
    tool.generate();
    StringBuilder errors = new StringBuilder();
    for (Problem problem : tool.getProblemProvider().getProblems()) {
      if (problem.getSeverity() == ProblemSeverity.ERROR) {
        DefaultProblemTextConsumer text = new DefaultProblemTextConsumer();
        problem.render(text);
        errors.append(System.lineSeparator()).append(text.getText());
        if (problem.getLocation() != null) {
          errors.append(" in ").append(problem.getLocation().getMethod());
        }
      }
    }
    if (!errors.isEmpty()) {
      throw new IOException("the sheet calls what browsers lack:" + errors);
    }
  }
}
