// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.itests.broken.Broken;
import io.jobyard.itests.words.WordCount;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

public class DeployIT {

    @ClassRule
    public static final HostProcess HOST = new HostProcess();

    private static Path deploy;

    private int said;
    private int completed;

    @BeforeClass
    public static void start() throws Exception {
        HOST.run();
        deploy = HOST.instance().resolve("deploy");
    }

    @Before
    public void look() throws Exception {
        said = HOST.log().length();
        completed = completed();
    }

    @After
    public void takeAway() throws Exception {
        try (Stream<Path> jars = Files.list(deploy)) {
            for (Path jar : jars.toList()) {
                Files.delete(jar);
            }
        }
        await().atMost(HostProcess.TIMEOUT)
                .until(() -> HOST.json("job:handlers").get("files").isEmpty());
    }

    /** What it holds since the test began. */
    private String log() throws Exception {
        return HOST.log().substring(said);
    }

    private static int completed() throws Exception {
        return HOST.json("job:stats").at("/byStatus/completed").asInt();
    }

    @Test
    public void tellsInOneLineWhatBecomesOfEachFile() throws Exception {
        Files.writeString(deploy.resolve("text.jar"), "no jar");
        jar("plain.jar", Map.of());
        jar(
                "lost.jar",
                Map.of(
                        "Bundle-ManifestVersion", "2",
                        "Bundle-SymbolicName", "com.acme.lost",
                        "Import-Package", "com.acme.nowhere;version=\"[1.2,2)\""));
        jar(
                "future.jar",
                Map.of(
                        "Bundle-ManifestVersion", "2",
                        "Bundle-SymbolicName", "com.acme.future",
                        "Require-Capability",
                                "osgi.implementation;filter:=\"(&(osgi.implementation=io.jobyard.handler)(version>=9.0.0))\""));
        HandlerJar.write(deploy.resolve("broken.jar"), Broken.class, "com.acme.broken", "1.0.0");
        HandlerJar.write(
                deploy.resolve("schema.jar"),
                WordCount.class,
                "com.acme.schema",
                "3.0.0",
                Map.of("word_count", "{\"properties\": {\"text\": {\"type\": \"words\"}}}"));
        awaitFile("text.jar", " is not in use: it is not a jar: ZipException: ");
        awaitFile("plain.jar", " is not in use: it is not a bundle: its manifest has no Bundle-SymbolicName");
        awaitFile(
                "lost.jar",
                " (com.acme.lost 0.0.0) is not in use: needs package com.acme.nowhere [1.2.0,2.0.0), but no bundle"
                        + " exports it");
        awaitFile(
                "future.jar",
                " (com.acme.future 0.0.0) is not in use: needs osgi.implementation io.jobyard.handler 9.0.0,"
                        + " but no bundle provides it");
        awaitFile(
                "broken.jar",
                " (com.acme.broken 1.0.0) is not in use: activation of " + Broken.class.getName()
                        + " threw IllegalStateException: the key file is missing");
        awaitFile(
                "schema.jar",
                " (com.acme.schema 3.0.0) is not in use: handler of word_count is refused: schema"
                        + " OSGI-INF/jobs/word_count.schema.json is invalid at /properties/text/type: ");

        HandlerJar.write(deploy.resolve("words.jar"), "1.2.0");
        awaitFile("words.jar", ": com.acme.words 1.2.0 is in use: word_count 1.2.0");
        HandlerJar.write(deploy.resolve("words2.jar"), WordCount.class, "com.acme.other", "1.2.0");
        awaitFile(
                "words2.jar",
                " (com.acme.other 1.2.0) is not in use: two bundles provide word_count 1.2.0: com.acme.words 1.2.0 "
                        + HandlerJar.build(deploy.resolve("words.jar")) + " was deployed first and is used");
        Files.delete(deploy.resolve("words2.jar"));
        awaitOneLine("deploy/words2.jar: com.acme.other 1.2.0 was removed");
        HandlerJar.write(deploy.resolve("plain.jar"), WordCount.class, "com.acme.plain", "1.1.0");
        awaitFile("plain.jar", ": com.acme.plain 1.1.0 is in use: word_count 1.1.0");
        assertThat(log()).doesNotContain("\tat ").doesNotContain(" ERROR ");
    }

    /** And in the host's next life, when only the bad one is in its file. */
    @Test
    public void aGoodVersionStaysUntilASuccessorServes() throws Exception {
        put("1.0.0", WordCount.class, Map.of());
        awaitFile("words.jar", ": com.acme.words 1.0.0 is in use: word_count 1.0.0");
        put("1.1.0", Broken.class, Map.of());
        awaitFile("words.jar", " (com.acme.words 1.1.0) is not in use: activation of ");
        put("1.2.0", WordCount.class, Map.of("word_count", "{"));
        awaitFile("words.jar", " (com.acme.words 1.2.0) is not in use: handler of word_count is refused: ");
        // By its name it comes first after a restart, and by the stored order last.
        HandlerJar.write(deploy.resolve("ant.jar"), WordCount.class, "com.acme.other", "1.0.0");
        awaitFile(
                "ant.jar",
                " (com.acme.other 1.0.0) is not in use: two bundles provide word_count 1.0.0: com.acme.words ");
        assertServes("com.acme.words 1.0.0");
        HOST.stop();
        HOST.run();
        await().atMost(HostProcess.TIMEOUT)
                .untilAsserted(
                        () -> assertThat(HOST.json("job:handlers").get("files").toString())
                                .contains("\"servesOn\":\"com.acme.words 1.0.0\""));
        assertServes("com.acme.words 1.0.0");
        HOST.json("job:submit word_count '{\"text\":\"one two\"}' --times 2000 --retries 0");
        put("1.3.0", WordCount.class, Map.of());
        awaitFile("words.jar", ": com.acme.words 1.3.0 is in use: word_count 1.3.0");
        assertServes("com.acme.words 1.3.0");
        await().atMost(HostProcess.TIMEOUT).until(() -> completed() == completed + 2_003);
        assertThat(log()).doesNotContain("\tat ").doesNotContain(" ERROR ");
    }

    private void put(String version, Class<?> handler, Map<String, String> schemas) throws Exception {
        Path next = HOST.instance().resolve("next.jar");
        HandlerJar.write(next, handler, "com.acme.words", version, schemas);
        Files.move(next, deploy.resolve("words.jar"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void assertServes(String bundle) throws Exception {
        String id = HOST.json("job:submit word_count '{\"text\":\"one\"}' --await")
                .get("id")
                .asText();
        assertThat(HOST.json("job:history " + id).at("/events/1/bundle").asText())
                .matches(Pattern.quote(bundle) + " [0-9a-f]{8}");
    }

    /** How long it takes is told, not asserted: it is a matter of the machine. */
    @Test
    public void startsTheJobsThatWaitWhenTheirBundleComes() throws Exception {
        HOST.json("job:submit word_count '{\"text\":\"one two\"}' --label of=waiting --times 1000");
        Path jar = HandlerJar.write(HOST.instance().resolve("words.jar"), "1.2.0");
        Instant copied = Instant.now();
        Files.move(jar, deploy.resolve("words.jar"));
        await().atMost(HostProcess.TIMEOUT).until(() -> completed() == completed + 1_000);
        String first = "";
        for (JsonNode job :
                HOST.json("job:list --label of=waiting --limit 1000").get("jobs")) {
            String started = job.get("startedAt").asText();
            first = first.isEmpty() || started.compareTo(first) < 0 ? started : first;
        }
        System.out.println(
                "DeployIT: " + Duration.between(copied, Instant.parse(first)).toMillis()
                        + " ms from the copy of the jar to the first of 1,000 jobs");
    }

    /** In the log once, and where it is no success with what to do in the doctor. */
    private void awaitFile(String file, String outcome) throws Exception {
        awaitOneLine("deploy/" + file + outcome);
        boolean isRefused = outcome.contains("is not in use");
        assertThat(HOST.json("job:doctor").get("findings"))
                .filteredOn(finding -> finding.get("problem").asText().startsWith("deploy/" + file + outcome))
                .filteredOn(finding -> !finding.get("fix").asText().isEmpty())
                .hasSize(isRefused ? 1 : 0);
        assertThat(HOST.json("job:handlers").get("files"))
                .filteredOn(each -> each.get("file").asText().equals(file))
                .extracting(each -> each.get("state").asText())
                .containsExactly(isRefused ? "refused" : "in use");
    }

    private void awaitOneLine(String part) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(log().lines().filter(line -> line.contains(part)))
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
