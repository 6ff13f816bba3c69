// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.header.OSGiHeader;
import io.jobyard.itests.Program.ListedBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.Test;

/** Who may depend on whom, and who gets secrets, read from the bundles that are shipped. */
public class ArchitectureIT {

    private final List<ListedBundle> own = Program.bundles().stream()
            .filter(bundle -> bundle.name().startsWith("io.jobyard."))
            .toList();

    @Test
    public void onlyApiBundlesExport() {
        assertThat(own).isNotEmpty();
        assertThat(own)
                .filteredOn(bundle ->
                        !bundle.name().endsWith(".api") && !bundle.name().equals("io.jobyard.spi"))
                .allSatisfy(
                        bundle -> assertThat(packages(bundle, "Export-Package")).isEmpty());
    }

    @Test
    public void noBundleImportsAnImplementation() {
        assertThat(own)
                .allSatisfy(bundle -> assertThat(packages(bundle, "Import-Package"))
                        .filteredOn(name -> name.startsWith("io.jobyard."))
                        .allMatch(name -> name.startsWith("io.jobyard.api")
                                || name.startsWith("io.jobyard.spi")
                                || name.matches("io\\.jobyard\\..*\\.api(\\..*)?")));
    }

    @Test
    public void noBundleRequiresAnother() {
        assertThat(own)
                .allSatisfy(
                        bundle -> assertThat(bundle.header("Require-Bundle")).isEmpty());
    }

    @Test
    public void onlyTheStoreKnowsOfDatabases() {
        assertThat(own)
                .filteredOn(bundle -> !bundle.name().startsWith("io.jobyard.store."))
                .allSatisfy(bundle -> assertThat(packages(bundle, "Import-Package"))
                        .noneMatch(name -> name.startsWith("javax.persistence")
                                || name.startsWith("java.sql")
                                || name.startsWith("javax.sql")
                                || name.startsWith("org.osgi.service.jdbc")));
    }

    /** The others give back what they get, some of them in pieces. */
    @Test
    public void onlyHeadersAndSignaturesOfHttpRequestsAreMarkedForSecrets() throws IOException {
        List<String> schemas = new ArrayList<>();
        for (ListedBundle bundle : own) {
            try (JarFile jar = new JarFile(bundle.jar().toFile())) {
                for (JarEntry entry : jar.stream().toList()) {
                    if (entry.getName().endsWith(".schema.json")) {
                        schemas.add(new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
                    }
                }
            }
        }
        assertThat(schemas).hasSizeGreaterThan(3);
        assertThat(schemas)
                .filteredOn(schema -> schema.contains("x-jobyard-secret"))
                .singleElement()
                .asString()
                .contains("\"title\": \"http_request\"")
                .containsOnlyOnce("x-jobyard-secret-destination")
                .containsOnlyOnce("x-jobyard-secret-header")
                .containsOnlyOnce("x-jobyard-secret-sign")
                .matches(schema -> schema.split("\"x-jobyard-secret\"", -1).length == 3, "two fields for secrets");
    }

    private static Set<String> packages(ListedBundle bundle, String header) {
        return OSGiHeader.parseHeader(bundle.header(header)).keySet();
    }
}
