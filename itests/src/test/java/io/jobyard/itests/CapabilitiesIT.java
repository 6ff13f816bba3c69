// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.Test;

/** What bnd writes for {@code @HandlesJob}, so that a resolver finds the bundle of a type and what that needs. */
public class CapabilitiesIT {

    @Test
    public void aHandlerBundleOffersItsTypesAndAsksForTheApi() throws IOException {
        assertThat(header("io.jobyard.handler.demo", "Provide-Capability"))
                .contains(
                        "io.jobyard.handler;type=crash",
                        "io.jobyard.handler;type=echo",
                        "io.jobyard.handler;type=sleep");
        assertThat(String.join(",", header("io.jobyard.handler.demo", "Require-Capability")))
                .containsOnlyOnce("osgi.implementation;filter:=\"(&(osgi.implementation=io.jobyard.handler)"
                        + "(version>=0.2.0)(!(version>=1.0.0)))\"");
        assertThat(header("io.jobyard.api", "Provide-Capability"))
                .contains("osgi.implementation;osgi.implementation=\"io.jobyard.handler\";version:Version=\"0.2.0\"");
    }

    private static List<String> header(String bundle, String name) throws IOException {
        try (JarFile jar = new JarFile(Program.bundles().stream()
                .filter(each -> each.name().equals(bundle))
                .findFirst()
                .orElseThrow()
                .jar()
                .toFile())) {
            return List.of(jar.getManifest().getMainAttributes().getValue(name).split(","));
        }
    }
}
