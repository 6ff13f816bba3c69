// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Writes bundles that have nothing but a manifest. */
final class JarFixture {

    private JarFixture() {}

    /** As a whole, in the place of what is there. */
    static void bundle(Path file, String version, Map<String, String> headers) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", "com.acme.words");
        attributes.putValue("Bundle-Version", version);
        headers.forEach(attributes::putValue);
        Path next = file.resolveSibling("next");
        try (OutputStream out = Files.newOutputStream(next);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.finish();
        }
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
