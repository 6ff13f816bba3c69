// SPDX-License-Identifier: Apache-2.0
package io.jobyard.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ConsoleFilesTest {

    private static final int MOST_ON_THE_WIRE = 100_000;
    private static final Pattern IMPORT = Pattern.compile("(?:from|import) ?['\"](\\.[^'\"]+)['\"]");

    private final Map<String, byte[]> files = ConsoleFixture.built();

    @Test
    void otherContentHasAnotherVersion() {
        Map<String, byte[]> others = new TreeMap<>(files);
        others.put("console.css", "body {}".getBytes(StandardCharsets.UTF_8));

        assertThat(new ConsoleFiles(others).root()).isNotEqualTo(new ConsoleFiles(files).root());
        assertThat(new ConsoleFiles(new TreeMap<>(files)).root()).isEqualTo(new ConsoleFiles(files).root());
    }

    /** As the host sends it to all browsers: packed. */
    @Test
    void theFirstPageIsSmall() throws IOException {
        int packed = gzip(new ConsolePage(new ConsoleFiles(files)).html());
        for (byte[] content : files.values()) {
            packed += gzip(content);
        }
        assertThat(packed).isLessThan(MOST_ON_THE_WIRE);
    }

    /** By the names that the import map knows. */
    @Test
    void allThatAModuleImportsFromALibraryIsThere() {
        Pattern imported = Pattern.compile("(?:from|import) ?['\"]((?:lit|@lit)[^'\"]*)['\"]");
        files.forEach((path, content) -> {
            if (path.endsWith(".js")) {
                Matcher imports = imported.matcher(new String(content, StandardCharsets.UTF_8));
                while (imports.find()) {
                    String name = imports.group(1).replace("@lit/", "");
                    String file =
                            name.contains("/") ? name : name + (name.equals("lit") ? "/index.js" : "/" + name + ".js");
                    assertThat(files.keySet()).as(path).contains(file);
                }
            }
        });
    }

    @Test
    void allThatAModuleImportsIsThere() {
        files.forEach((path, content) -> {
            if (path.endsWith(".js")) {
                Matcher imports = IMPORT.matcher(new String(content, StandardCharsets.UTF_8));
                while (imports.find()) {
                    String imported = Path.of(path)
                            .resolveSibling(imports.group(1))
                            .normalize()
                            .toString();
                    assertThat(files.keySet()).as(path).contains(imported);
                }
            }
        });
    }

    /** A text of a job is never taken for HTML, and nothing is asked of another host. */
    @Test
    void noModuleOfOursMakesHtmlOfTexts() {
        files.forEach((path, content) -> {
            if (path.endsWith(".js") && !path.matches("(lit|lit-html|lit-element|reactive-element)/.*")) {
                String code = new String(content, StandardCharsets.UTF_8);
                assertThat(code)
                        .as(path)
                        .startsWith("// SPDX-License-Identifier: Apache-2.0")
                        .doesNotContain(
                                "innerHTML", "outerHTML", "insertAdjacentHTML", "unsafe", "eval(", "document.write")
                        .doesNotContain("style=\"", "://");
            }
        });
    }

    private static int gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.size();
    }
}
