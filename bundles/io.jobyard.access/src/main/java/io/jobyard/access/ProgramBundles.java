// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * Which bundles are the program itself: the framework, what the launcher installs from the program's own directory, and in
 * Karaf what Jobyard's features install. All others were brought by somebody.
 */
final class ProgramBundles {

    private static final String OF_FEATURES = "mvn:io.jobyard/";

    private final @Nullable String directory;

    ProgramBundles(BundleContext context) {
        this(context.getProperty("jobyard.home"));
    }

    /** {@code home} is null where the program was not unpacked as a whole. */
    ProgramBundles(@Nullable String home) {
        directory =
                home == null ? null : directory(Path.of(home).toAbsolutePath().normalize());
    }

    /** As the launcher names what it finds in there, whether the directory exists or not. */
    private static String directory(Path home) {
        String uri = home.resolve("bundles").toUri().toString();
        return "reference:" + uri + (uri.endsWith("/") ? "" : "/");
    }

    boolean has(Bundle bundle) {
        return bundle.getBundleId() == Constants.SYSTEM_BUNDLE_ID || has(bundle.getLocation());
    }

    boolean has(String location) {
        return directory == null ? location.startsWith(OF_FEATURES) : location.startsWith(directory);
    }
}
