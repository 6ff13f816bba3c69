// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class DeployIT {

    @Rule
    public final HostProcess host = new HostProcess();

    private Path deploy;

    @Before
    public void start() throws Exception {
        host.jobyard("start");
        deploy = host.instance().resolve("deploy");
    }

    @Test
    public void tellsInOneLineThatABundleCameAndWent() throws Exception {
        Path jar = HandlerJar.write(deploy.resolve("words.jar"), "1.2.0");
        awaitOneLine("deploy/words.jar: com.acme.words 1.2.0 is in use");
        Files.delete(jar);
        awaitOneLine("deploy/words.jar: com.acme.words 1.2.0 is gone");
        assertThat(host.log()).doesNotContain("\tat ");
    }

    @Test
    public void tellsInOneLineWhyAJarIsNoBundle() throws Exception {
        jar("plain.jar", Map.of());
        awaitOneLine("deploy/plain.jar is no bundle");
        assertThat(host.log()).doesNotContain("\tat ");
    }

    @Test
    public void takesABundleInThePlaceOfAJarThatWasNone() throws Exception {
        jar("words.jar", Map.of());
        awaitOneLine("deploy/words.jar is no bundle");
        HandlerJar.write(deploy.resolve("words.jar"), "1.2.0");
        awaitOneLine("deploy/words.jar: com.acme.words 1.2.0 is in use");
    }

    @Test
    public void tellsInOneLineWhyABundleDoesNotResolve() throws Exception {
        jar(
                "lost.jar",
                Map.of(
                        "Bundle-ManifestVersion", "2",
                        "Bundle-SymbolicName", "com.acme.lost",
                        "Import-Package", "com.acme.nowhere"));
        awaitOneLine("osgi.wiring.package=com.acme.nowhere");
        assertThat(host.log()).contains("deploy/lost.jar").doesNotContain("\tat ");
    }

    /** How long it takes is told, not asserted: it is a matter of the machine. */
    @Test
    public void startsTheJobsThatWaitWhenTheirBundleComes() throws Exception {
        host.json("job:submit word_count '{\"text\":\"one two\"}' --times 1000");
        Path jar = HandlerJar.write(host.instance().resolve("words.jar"), "1.2.0");
        Instant copied = Instant.now();
        Files.move(jar, deploy.resolve("words.jar"));
        await().atMost(HostProcess.PATIENCE)
                .until(() -> host.json("job:stats").at("/byStatus/completed").asInt() == 1_000);
        String first = "";
        for (JsonNode job : host.json("job:list --limit 1000").get("jobs")) {
            String started = job.get("startedAt").asText();
            first = first.isEmpty() || started.compareTo(first) < 0 ? started : first;
        }
        System.out.println(
                "DeployIT: " + Duration.between(copied, Instant.parse(first)).toMillis()
                        + " ms from the copy of the jar to the first of 1,000 jobs");
    }

    @Test
    public void refusesABundleThatNeedsAnotherVersionOfTheApi() throws Exception {
        jar(
                "future.jar",
                Map.of(
                        "Bundle-ManifestVersion", "2",
                        "Bundle-SymbolicName", "com.acme.future",
                        "Require-Capability",
                                "osgi.implementation;filter:=\"(&(osgi.implementation=io.jobyard.handler)(version>=9.0.0))\""));
        awaitOneLine("(&(osgi.implementation=io.jobyard.handler)(version>=9.0.0))");
        assertThat(host.log()).contains("deploy/future.jar").doesNotContain("\tat ");
    }

    private void awaitOneLine(String part) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(host.log().lines().filter(line -> line.contains(part)))
                        .hasSize(1));
    }

    private void jar(String name, Map<String, String> headers) throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach((key, value) -> manifest.getMainAttributes().putValue(key, value));
        try (OutputStream file = Files.newOutputStream(deploy.resolve(name));
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            jar.finish();
        }
    }
}
