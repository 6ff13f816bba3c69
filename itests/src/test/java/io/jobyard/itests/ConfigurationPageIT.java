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

                Each PID is a file `etc/PID.cfg` of the instance, with lines `key = value`; Config Admin takes the same keys from
                anywhere else. Of a PID that ends in NAME there may be many, each with a name of its own. A change applies while the host runs, unless the key says otherwise. A configuration with a bad value or
                an unknown key is refused whole: one line in the log names the key and what to use, never the value, and the last good one stays in force.

                A file is UTF-8. Every value is a text as it stands: brackets and quotes belong to it, `${…}` is not replaced, and `#` begins
                a comment at the beginning of a line only; `\\` is written twice. [Change the configuration](../how-to/configure.md#fix-problems-in-etc) explains what happens to a file that cannot be read or
                has a wrong name.

                This page is made from the metatype of the bundles.
                """ + pids.stream().map(ConfigurationPageIT::section).collect(Collectors.joining());
    }

    private static String section(Metatype.Pid pid) {
        return "\n## `" + pid.file() + "`\n\n" + pid.description()
                + "\n\n| key | default | range | what it does |\n|---|---|---|---|\n"
                + pid.keys().stream()
                        .map(key -> "| `" + key.name() + "` | "
                                + (key.byDefault().isEmpty() ? "" : "`" + key.byDefault() + "`") + " | " + key.range()
                                + " | " + key.description() + " |\n")
                        .collect(Collectors.joining());
    }
}
