// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/** Says why a file is no bundle. */
final class JarCheck {

    private JarCheck() {}

    static Optional<DeployOutcome> trouble(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            return manifest != null && manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME) != null
                    ? Optional.empty()
                    : Optional.of(DeployOutcome.refused(
                            "it is no bundle: it has no manifest with a Bundle-SymbolicName",
                            "build it with bnd-maven-plugin, or take it away"));
        } catch (ZipException e) {
            return Optional.of(DeployOutcome.refused(
                    "it is no jar: " + FailureReason.of(e),
                    "write it beside deploy/ and move it there, so that it is whole"));
        }
    }

    static DeployOutcome unreadable(IOException e) {
        return DeployOutcome.healing(
                "it cannot be read: " + FailureReason.of(e),
                HealingFailure.ofFiles(e).orElse(HealingFailure.FILE).fix());
    }

    static DeployOutcome refused(BundleException e) {
        Optional<HealingFailure> healing = HealingFailure.ofFiles(e);
        if (healing.isPresent()) {
            return DeployOutcome.healing(
                    "it cannot be installed: " + FailureReason.of(e),
                    healing.get().fix());
        }
        return e.getType() == BundleException.DUPLICATE_BUNDLE_ERROR
                ? DeployOutcome.refused(
                        "its symbolic name and version are those of another bundle: "
                                + FailureReason.of(e).replaceFirst(".*: ", ""),
                        "delete one of the two jars, or give this one a version of its own")
                : DeployOutcome.refused(
                        "it cannot be installed: " + FailureReason.of(e), "mend its manifest and copy it again");
    }
}
