// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.Test;

/** What bnd writes for {@code @HandlesJob}, so that a resolver finds the bundle of a type and what that needs. */
public class CapabilitiesIT {

    @Test
    public void aHandlerBundleOffersItsTypesAndAsksForTheApi() throws IOException {
        assertThat(header(Program.EXAMPLES, "Provide-Capability"))
                .contains("io.jobyard.handler;type=crash", "io.jobyard.handler;type=sleep");
        assertThat(String.join(",", header(Program.EXAMPLES, "Require-Capability")))
                .containsOnlyOnce("osgi.implementation;filter:=\"(&(osgi.implementation=io.jobyard.handler)"
                        + "(version>=0.2.0)(!(version>=1.0.0)))\"");
        Path api = Program.bundles().stream()
                .filter(each -> each.name().equals("io.jobyard.api"))
                .findFirst()
                .orElseThrow()
                .jar();
        assertThat(header(api, "Provide-Capability"))
                .contains("osgi.implementation;osgi.implementation=\"io.jobyard.handler\";version:Version=\"0.2.0\"");
    }

    private static List<String> header(Path bundle, String name) throws IOException {
        try (JarFile jar = new JarFile(bundle.toFile())) {
            return List.of(jar.getManifest().getMainAttributes().getValue(name).split(","));
        }
    }
}
