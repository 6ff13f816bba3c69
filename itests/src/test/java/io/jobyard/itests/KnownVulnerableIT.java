// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.version.MavenVersion;
import aQute.bnd.version.VersionRange;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.Test;

/** No version is shipped of which it is known that it has a hole: {@code distribution/vulnerable-versions.csv}. */
public class KnownVulnerableIT {

    private static final Path LIST = Path.of("../distribution/vulnerable-versions.csv");

    /** The group of a JavaScript library in the list: it stands for all projects that pack such libraries for Maven. */
    private static final String NPM = "npm";

    private static final Pattern PACKED_FOR_MAVEN = Pattern.compile("org\\.(webjars|mvnpm)(\\..+)?");

    /** Versions with a hole. */
    private record Known(String artifact, VersionRange versions, String finding, String why) {

        static Known of(String line) {
            String[] parts = line.split("; ", 4);
            return new Known(parts[0], new VersionRange(parts[1]), parts[2], parts[3]);
        }

        boolean has(String group, String name, String version) {
            String packed = PACKED_FOR_MAVEN.matcher(group).matches() ? NPM + ":" + name : "";
            return (artifact.equals(group + ":" + name) || artifact.equals(packed))
                    && versions.includes(MavenVersion.parseMavenString(version).getOSGiVersion());
        }
    }

    @Test
    public void theProgramHasNoneOfThem() throws Exception {
        assertThat(found(bill().get("components"))).isEmpty();
    }

    @Test
    public void oneThatComesBackIsFound() throws Exception {
        assertThat(found(one("org.eclipse.jetty", "jetty-http", "12.0.32")))
                .containsExactly(
                        "org.eclipse.jetty:jetty-http 12.0.32: CVE-2026-2332, a chunk extension with an open quote hides a"
                                + " second request",
                        "org.eclipse.jetty:jetty-http 12.0.32: CVE-2026-19203, as before, where it was mended in part");
    }

    @Test
    public void theNewerOneIsNot() throws Exception {
        assertThat(found(one("org.eclipse.jetty", "jetty-http", "12.0.39"))).isEmpty();
    }

    @Test
    public void aJavaScriptLibraryIsFoundWhicheverProjectPackedIt() throws Exception {
        for (String group :
                List.of("org.webjars", "org.webjars.npm", "org.webjars.bower", "org.mvnpm", "org.mvnpm.at.leeoniya")) {
            assertThat(found(one(group, "uplot", "1.6.30")))
                    .as(group)
                    .containsExactly(
                            "npm:uplot 1.6.30: CVE-2024-21489, options from elsewhere change the prototype of all objects");
        }
        assertThat(found(one("org.webjars.npm", "uplot", "1.6.31"))).isEmpty();
        assertThat(found(one("com.acme", "uplot", "1.6.30"))).isEmpty();
    }

    /** Without its libraries in the bill, no list would find one. */
    @Test
    public void theBillHasTheLibrariesOfTheConsole() throws Exception {
        List<String> packed = new ArrayList<>();
        for (JsonNode component : bill().get("components")) {
            if (PACKED_FOR_MAVEN.matcher(component.path("group").asText()).matches()) {
                packed.add(component.path("name").asText());
            }
        }
        assertThat(packed).containsExactlyInAnyOrder("lit", "lit-html", "lit-element", "reactive-element");
    }

    private static JsonNode one(String group, String name, String version) {
        return JsonNodeFactory.instance
                .arrayNode()
                .add(JsonNodeFactory.instance
                        .objectNode()
                        .put("group", group)
                        .put("name", name)
                        .put("version", version));
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
