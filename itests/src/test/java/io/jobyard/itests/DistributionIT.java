// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/** What the program ships, and what it says that it ships. */
public class DistributionIT {

    /** Inside bundles rather than beside them. */
    private static final Set<String> EMBEDDED = Set.of(
            "derby",
            "jtokkit",
            "kxml2",
            "logback",
            "micrometer-registry-prometheus",
            "prometheus-metrics",
            "slf4j-api",
            "xmlpull");

    @Test
    public void itsBillOfMaterialsIsTrue() throws Exception {
        Set<String> stated = new TreeSet<>();
        new ObjectMapper()
                .readTree(Program.HOME.resolve("bom.json").toFile())
                .get("components")
                .forEach(component -> stated.add(component.get("name").asText() + "-"
                        + component.get("version").asText() + ".jar"));
        Set<String> shipped = jars("bundles");
        shipped.addAll(jars("lib"));
        assertThat(stated).containsAll(shipped);
        stated.removeAll(shipped);
        assertThat(stated).allMatch(jar -> EMBEDDED.stream().anyMatch(jar::startsWith));
    }

    @Test
    public void itShipsOneVersionOfEachBundle() {
        assertThat(Program.bundles().stream().map(Program.ListedBundle::name)).doesNotHaveDuplicates();
    }

    @Test
    public void itShipsItsPapers() {
        assertThat(Stream.of("LICENSE", "NOTICE", "README.md", "docs", "etc-defaults/logback.xml"))
                .allSatisfy(paper -> assertThat(Program.HOME.resolve(paper)).exists());
    }

    private static Set<String> jars(String directory) throws Exception {
        try (Stream<Path> files = Files.walk(Program.HOME.resolve(directory))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
