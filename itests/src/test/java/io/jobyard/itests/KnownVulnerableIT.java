// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.version.MavenVersion;
import aQute.bnd.version.VersionRange;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

/** No version is shipped of which it is known that it has a hole: {@code distribution/vulnerable-versions.csv}. */
public class KnownVulnerableIT {

    private static final Path LIST = Path.of("../distribution/vulnerable-versions.csv");

    /** Versions with a hole. */
    private record Known(String artifact, VersionRange versions, String finding, String why) {

        static Known of(String line) {
            String[] parts = line.split("; ", 4);
            return new Known(parts[0], new VersionRange(parts[1]), parts[2], parts[3]);
        }

        boolean has(String group, String name, String version) {
            return artifact.equals(group + ":" + name)
                    && versions.includes(MavenVersion.parseMavenString(version).getOSGiVersion());
        }
    }

    @Test
    public void theProgramHasNoneOfThem() throws Exception {
        assertThat(found(bill().get("components"))).isEmpty();
    }

    @Test
    public void oneThatComesBackIsFound() throws Exception {
        JsonNode old = new ObjectMapper()
                .readTree("[{\"group\": \"org.eclipse.jetty\", \"name\": \"jetty-http\", \"version\": \"12.0.32\"}]");
        assertThat(found(old))
                .containsExactly(
                        "org.eclipse.jetty:jetty-http 12.0.32: CVE-2026-2332, a chunk extension with an open quote hides a"
                                + " second request",
                        "org.eclipse.jetty:jetty-http 12.0.32: CVE-2026-19203, as before, where it was mended in part");
    }

    @Test
    public void theNewerOneIsNot() throws Exception {
        assertThat(
                        found(
                                new ObjectMapper()
                                        .readTree(
                                                "[{\"group\": \"org.eclipse.jetty\", \"name\": \"jetty-http\", \"version\": \"12.0.39\"}]")))
                .isEmpty();
    }

    private static JsonNode bill() throws IOException {
        return new ObjectMapper().readTree(Program.HOME.resolve("bom.json").toFile());
    }

    private static List<String> found(JsonNode components) throws IOException {
        List<Known> list = Files.readAllLines(LIST).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Known::of)
                .toList();
        List<String> found = new ArrayList<>();
        for (JsonNode component : components) {
            String group = component.path("group").asText();
            String name = component.path("name").asText();
            String version = component.path("version").asText();
            list.stream()
                    .filter(known -> known.has(group, name, version))
                    .forEach(known ->
                            found.add(known.artifact() + " " + version + ": " + known.finding() + ", " + known.why()));
        }
        return found;
    }
}
