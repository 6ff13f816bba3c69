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

/** Check of whether a file is a bundle. */
final class JarCheck {

    private JarCheck() {}

    static Optional<DeployOutcome> trouble(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            return manifest != null && manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME) != null
                    ? Optional.empty()
                    : Optional.of(DeployOutcome.refused(
                            "it is not a bundle: its manifest has no Bundle-SymbolicName",
                            "build it with bnd-maven-plugin, or remove it"));
        } catch (ZipException e) {
            return Optional.of(DeployOutcome.refused(
                    "it is not a jar: " + FailureReason.of(e),
                    "write it outside of deploy/ and move it there when it is complete"));
        }
    }

    static DeployOutcome unreadable(IOException e) {
        return DeployOutcome.healing(
                "cannot read it: " + FailureReason.of(e),
                HealingFailure.ofFiles(e).orElse(HealingFailure.FILE).fix());
    }

    static DeployOutcome refused(BundleException e) {
        Optional<HealingFailure> healing = HealingFailure.ofFiles(e);
        if (healing.isPresent()) {
            return DeployOutcome.healing(
                    "cannot install it: " + FailureReason.of(e), healing.get().fix());
        }
        return e.getType() == BundleException.DUPLICATE_BUNDLE_ERROR
                ? DeployOutcome.refused(
                        "another bundle has the same symbolic name and version: "
                                + FailureReason.of(e).replaceFirst(".*: ", ""),
                        "delete one of the two jars, or give this one another version")
                : DeployOutcome.refused(
                        "cannot install it: " + FailureReason.of(e), "fix its manifest and copy it again");
    }
}
