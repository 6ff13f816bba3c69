// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** The features in a Karaf, and jobs through Karaf's own shell. */
@Category(Storm.class)
public class KarafIT {

    @Rule
    public final KarafProcess karaf = new KarafProcess();

    @BeforeClass
    public static void needsAJavaOfKarafs() {
        assumeTrue("Karaf 4.4 does not start on newer ones", Runtime.version().feature() <= 21);
    }

    @Test
    public void runsJobsOfAHandlerThatIsInstalledAsAFeature() throws Exception {
        karaf.typeOnce("kar:install " + archive().toUri() + " ; echo 'kar is' in", "kar is in");
        karaf.type("job:stats --json", "\"total\":0");
        assertThat(karaf.type("job:handlers --json", "\"handlers\":[]")).doesNotContain("\"type\":\"echo\"");

        karaf.typeOnce("feature:install jobyard-handler-echo ; echo 'echo is' in", "echo is in");
        karaf.type("job:submit echo '{\"greeting\":\"hello\"}' --await --json", "\"result\":{\"greeting\":\"hello\"}");

        karaf.type("job:pause audited ; job:audit --action pause", "administrator karaf");

        karaf.typeOnce("feature:install jobyard-handler-llm ; echo 'llm is' in", "llm is in");
        karaf.type("job:handlers", "llm_internal_tool");

        karaf.typeOnce("feature:install jobyard-handler-http jobyard-handler-exec ; echo 'both are' in", "both are in");
        karaf.type(
                "job:submit http_request '{\"url\":\"http://127.0.0.1\"}' --await --json",
                "http_request may not call http://127.0.0.1: not in the allowed origins");
        karaf.type("job:submit command '{\"command\":\"none\"}' --await --json", "unknown command none");
    }

    private static Path archive() throws Exception {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("features", "../features/target")))) {
            return files.filter(file -> file.toString().endsWith("-archive.kar"))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath()
                    .normalize();
        }
    }
}
