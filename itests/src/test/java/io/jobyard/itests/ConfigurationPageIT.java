// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.Test;

/**
 * The page on configuration is made from the metatype that the bundles bring, and the defaults an instance begins with
 * say the same. Run with {@code -Djobyard.docs.write=true} to make the page anew.
 */
public class ConfigurationPageIT {

    private static final Path PAGE = Path.of("../docs/reference/configuration.md");

    private final List<Metatype.Pid> pids = Program.bundles().stream()
            .filter(bundle -> bundle.name().startsWith("io.jobyard."))
            .flatMap(bundle -> Metatype.of(bundle.jar()).stream())
            .sorted((a, b) -> a.file().compareTo(b.file()))
            .toList();

    @Test
    public void pageShowsEveryKey() throws IOException {
        String page = page();
        if (Boolean.getBoolean("jobyard.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/reference/configuration.md is stale; make it anew with: mvn verify -Djobyard.docs.write=true")
                .isEqualTo(page);
    }

    @Test
    public void defaultsOfAnInstanceShowEveryKeyWithItsDefault() throws IOException {
        assertThat(pids).isNotEmpty();
        for (Metatype.Pid pid : pids.stream().filter(each -> !each.factory()).toList()) {
            List<String> lines = Files.readAllLines(Program.HOME.resolve("etc-defaults/" + pid.pid() + ".cfg"));
            List<String> keys = pid.keys().stream()
                    .map(key -> ("#" + key.name() + " = " + key.byDefault()).strip())
                    .toList();
            assertThat(lines.stream().map(String::strip).filter(line -> line.startsWith("#") && line.contains(" =")))
                    .as(pid.pid())
                    .containsExactlyInAnyOrderElementsOf(keys);
        }
    }

    private String page() {
        return """
                # Configuration

                Each PID is a file `etc/PID.cfg` of the instance, with lines `key = value`. Config Admin accepts the same keys from other sources. A PID that
                ends in NAME can have several files, each with its own name. A change applies while the host runs, unless the key's description differs. The host refuses a
                configuration with an invalid value or an unknown key completely: one log line names the key and the fix, never the value. The last valid configuration stays in force.

                A file is UTF-8. Every value is literal text: brackets and quotes are part of it, and `${…}` is not replaced. `#` begins a comment only at
                the beginning of a line. Write `\\\\` for one backslash. [Change the configuration](../how-to/configure.md#fix-problems-in-etc) explains the handling of a file that
                cannot be read or has a wrong name.

                This page is generated from the metatype of the bundles.
                """ + pids.stream().map(ConfigurationPageIT::section).collect(Collectors.joining());
    }

    private static String section(Metatype.Pid pid) {
        return "\n## `" + pid.file() + "`\n\n" + pid.description()
                + "\n\n| Key | Default | Range | Description |\n|---|---|---|---|\n"
                + pid.keys().stream()
                        .map(key -> "| `" + key.name() + "` | "
                                + (key.byDefault().isEmpty() ? "" : "`" + key.byDefault() + "`") + " | " + key.range()
                                + " | " + key.description() + " |\n")
                        .collect(Collectors.joining());
    }
}
